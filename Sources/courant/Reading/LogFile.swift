import Files
import Glibc

/// The file that says what went wrong while the screen was in use.
///
/// What was written to standard error meanwhile is appended to it, and what failed in the background,
/// which the screen has room for one line of. Programs that run at once share it.
struct LogFile {
  let path: Path

  /// In bytes: what is older is dropped from a larger file when the reader is opened.
  private static let mostBytes = 1 << 20
  private static let keptBytes = 256 << 10

  init(folder: Path = StandardFolders.state) { path = folder.appending("log") }

  /// Makes the folder for it, and shortens a file that has grown; `nil` where there is no such folder.
  func prepared() -> LogFile? {
    guard (try? makePrivateFolder(path.folder)) != nil else { return nil }
    shorten()
    return self
  }

  /// Appends a line with the time before it, and an indented one for each of some details.
  ///
  /// A failure is not reported: there is nowhere to report it to.
  func append(_ line: String, _ details: [String]) {
    guard (try? makePrivateFolder(path.folder)) != nil else { return }
    // Without O_NONBLOCK the opening of a pipe in its place would wait for a reader of it.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = path.withCString { open($0, flags, 0o600) }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let lines = ["\(Self.time) \(line)"] + details.map { "  \($0)" }
    let bytes = Array(lines.map { shown($0) + "\n" }.joined().utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// The local time, such as "2024-05-17 12:00:00".
  private static var time: String {
    var now = time_t(0)
    Glibc.time(&now)
    var parts = tm()
    localtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%d %H:%M:%S", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func shorten() {
    guard case .file(let size)? = try? fileKind(path), size > Self.mostBytes,
      let bytes = try? readFile(path, limit: 64 * Self.mostBytes)
    else { return }
    // From the next whole line on.
    let kept = bytes.suffix(Self.keptBytes).drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    try? writeFile(Array(kept), to: path)
  }
}
