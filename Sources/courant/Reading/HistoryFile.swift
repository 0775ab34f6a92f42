import App
import Files
import Glibc

/// The file that keeps typed lines between runs: one line each, after the sign of its kind.
///
/// Lines are appended, in one write each, so that two processes can share the file; it is rewritten
/// with what is still remembered when it has grown.
struct HistoryFile {
  let path: Path

  /// In bytes: a larger file is rewritten.
  private static let mostBytes = 256 << 10

  init(folder: Path = StandardFolders.state) { path = folder.appending("history") }

  /// The lines of the file; none if it is missing or cannot be read.
  func load() -> History {
    var history = History()
    guard let bytes = try? readFile(path, limit: 8 * Self.mostBytes) else { return history }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let kind = line.first.flatMap(History.Kind.init) else { continue }
      history.add(History.Line(kind, String(line.dropFirst())))
    }
    if bytes.count > Self.mostBytes { shorten(to: history) }
    return history
  }

  /// Appends a line; a failure only means that the next run does not know it.
  func keep(_ line: History.Line) {
    guard (try? makePrivateFolder(path.folder)) != nil else { return }
    // Without O_NONBLOCK the opening of a pipe in its place would wait for a reader of it.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = path.withCString { open($0, flags, 0o600) }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(Self.written(line).utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  private func shorten(to history: History) {
    let lines = History.Kind.allCases.flatMap { kind in
      history[kind].map { Self.written(History.Line(kind, $0)) }
    }
    try? writeFile(Array(lines.joined().utf8), to: path)
  }

  private static func written(_ line: History.Line) -> String {
    "\(line.kind.rawValue)\(line.text.filter { !$0.isNewline })\n"
  }
}
