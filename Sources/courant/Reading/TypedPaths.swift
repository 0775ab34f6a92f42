import App
import Files
import Glibc

extension FileNames {
  /// The names of the files that there are.
  static let ofDisk = FileNames(
    completions: { completions(of: $0) }, path: { typedPath($0).bytes },
    canonical: { canonicalPath(Path(bytes: $0)).bytes })

  /// How many completions there are at most.
  private static let mostCompletions = 500

  /// Names of the folder that a typed path is in; hidden ones only where a dot is typed.
  private static func completions(of typed: String) -> [String] {
    let quote = typed.first.flatMap { isQuote($0) ? String($0) : nil } ?? ""
    let typed = typed.dropFirst(quote.count)
    if typed == "~" { return [quote + "~/"] }
    let start = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (before, wanted) = (String(typed[..<start]), typed[start...])
    let folder = Path(typed: before.isEmpty ? "." : before)
    let names = fileNames(in: folder).filter { name in
      // What is no UTF-8 cannot be typed.
      let text = name.text
      return Array(text.utf8) == name.bytes && text.hasPrefix(wanted)
        && (wanted.hasPrefix(".") || !text.hasPrefix("."))
    }
    return names.sorted().prefix(mostCompletions).map { name in
      let kind = try? fileKind(folder.appending(name), followLinks: true)
      return quote + before + name.text + (kind == .folder ? "/" : "")
    }
  }
}

/// The path that a typed one stands for: `~` is the home folder, and quotes around it or a backslash
/// before a space are what a shell would have needed, unless a file has them in its name.
func typedPath(_ typed: String) -> Path {
  let literal = Path(typed: typed)
  if (try? fileKind(literal)) != nil { return literal }
  if let first = typed.first, isQuote(first) {
    let inner = typed.dropFirst()
    return Path(typed: String(inner.last == first ? inner.dropLast() : inner))
  }
  return Path(typed: typed.replacing("\\ ", with: " "))
}

private func isQuote(_ character: Character) -> Bool { character == "\"" || character == "'" }

/// The name of a file from the root, without links, `.` and `..`; of one that is not there, the path
/// from the root without slashes at its end.
func canonicalPath(_ path: Path) -> Path {
  guard let found = path.withCString({ realpath($0, nil) }) else {
    var name = path.bytes
    if name.first != UInt8(ascii: "/"), let folder = getcwd(nil, 0) {
      defer { free(folder) }
      name = Path(bytes: bytes(of: folder)).appending(path).bytes
    }
    while name.count > 1, name.last == UInt8(ascii: "/") { name.removeLast() }
    return Path(bytes: name)
  }
  defer { free(found) }
  return Path(bytes: bytes(of: found))
}

private func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
  UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 }
}
