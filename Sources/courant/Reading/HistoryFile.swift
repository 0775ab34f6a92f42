import App
import Files
import Glibc

/// The file in which typed lines outlive a run: one line each, with its kind's sign before it.
///
/// Lines are only ever put behind the others, in one write each, so that two Courants can keep
/// theirs in one file; it is written anew, shorter, when it has grown.
struct HistoryFile {
  let path: Path

  /// Beyond this the file is cut to what is still remembered.
  private static let mostBytes = 256 << 10

  init(folder: Path = StandardFolders.state) { path = folder.appending("history") }

  /// What the file holds; a missing or unreadable one holds nothing.
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

  /// Keeps a line; a disk that takes none costs only the memory of it.
  func keep(_ line: History.Line) {
    guard (try? makeFolder(path.folder)) != nil else { return }
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
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
