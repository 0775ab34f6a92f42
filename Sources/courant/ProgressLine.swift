import Glibc

/// A line on standard error that counts finished work, overwritten in place; nothing where standard
/// error is no terminal.
final class ProgressLine {
  private let label: String
  private let isShown = isatty(2) == 1
  /// The last percentage shown.
  private var last = -1

  init(_ label: String) { self.label = label }

  func show(_ done: Int, of total: Int) {
    // A hundred updates cost little however many pages there are.
    guard isShown, total > 1, done * 100 / total != last else { return }
    last = done * 100 / total
    put("\r\u{1B}[K\(label) \(done) of \(total)")
  }

  /// Erases the line.
  func clear() { if isShown, last >= 0 { put("\r\u{1B}[K") } }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}
