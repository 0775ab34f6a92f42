import Glibc
import Parsing
import Stories

/// The parser's processor time and memory for adversarial pages of 10 MB each.
///
/// Only the cost is limited, not the result: a page may be refused.
struct HostileBench {
  static let size = 10_000_000
  /// The most processor time of a page, in seconds.
  static let timeLimit = 2.0
  /// The most resident memory at the peak, in megabytes.
  static let memoryLimit = 300

  /// Measures all pages, or those whose name contains `only`; whether all stayed within the limits.
  func run(_ table: inout Table, only: String?) -> Bool {
    var isWithinLimits = true
    for make in HostileShape.all(size: Self.size) {
      let shape = make()
      if let only, !shape.name.contains(only) { continue }
      resetPeak()
      let begin = processorSeconds()
      let parsed = try? parsePage(Page(bytes: shape.bytes, format: shape.format))
      let spent = processorSeconds() - begin
      let peak = peakMegabytes()
      let isOver = spent > Self.timeLimit || peak > Self.memoryLimit
      if isOver { isWithinLimits = false }
      table.add(
        shape.name, milliseconds(spent), "\(peak) MB, \(parsed?.story.blocks.count ?? 0) blocks",
        isOver ? "EXCEEDED" : "")
    }
    table.add("at most", "2000 ms", "\(Self.memoryLimit) MB", isWithinLimits ? "" : "EXCEEDED")
    return isWithinLimits
  }

  /// Resets the kernel's peak of the resident set size.
  private func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "we") else { return }
    fputs("5", file)
    fclose(file)
  }

  private func peakMegabytes() -> Int {
    guard let file = fopen("/proc/self/status", "re") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("VmHWM:") else { continue }
      return (Int(text.filter(\.isNumber)) ?? 0) / 1024
    }
    return 0
  }
}
