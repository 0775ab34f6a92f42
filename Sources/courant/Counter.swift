import Glibc

/// A count that grows in place on a terminal, and is silent elsewhere.
final class Counter {
  private let words: String
  private let isShown = isatty(2) == 1
  private var last = -1

  init(_ words: String) { self.words = words }

  func show(_ done: Int, of total: Int) {
    // Hundredths are enough for the eye, and cost little however many pages there are.
    guard isShown, total > 1, done * 100 / total != last else { return }
    last = done * 100 / total
    put("\r\u{1B}[K\(words) \(done) of \(total)")
  }

  func clear() { if isShown, last >= 0 { put("\r\u{1B}[K") } }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}
