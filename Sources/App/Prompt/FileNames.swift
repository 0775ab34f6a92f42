/// Looks at the file system for what is typed as a path; the program gives it, for the reader itself
/// opens no file.
///
/// A path is typed where no shell reads it: `~` is the home folder, and a space is a space.
nonisolated package struct FileNames: Sendable {
  /// The typed paths that begin with one, folders with a slash behind them, in order; never many.
  package var completions: @Sendable (String) -> [String]
  /// The path that a typed one stands for, as bytes.
  package var path: @Sendable (String) -> [UInt8]
  /// The one name of a file that has several, such as with and without `./` before it.
  package var canonical: @Sendable ([UInt8]) -> [UInt8]

  /// Without these a path is taken as it is typed, and none is completed.
  package init(
    completions: @escaping @Sendable (String) -> [String] = { _ in [] },
    path: @escaping @Sendable (String) -> [UInt8] = { Array($0.utf8) },
    canonical: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
  ) {
    self.completions = completions
    self.path = path
    self.canonical = canonical
  }
}
