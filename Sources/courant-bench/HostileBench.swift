import Glibc
import Parsing
import Stories

/// Time and memory that pages of every hostile shape cost, each 10 MB.
///
/// The bound is on the work, not on what comes of it: a refusal with its reason is a good answer.
struct HostileBench {
  static let size = 10_000_000
  static let secondsAllowed = 2.0
  static let megabytesAllowed = 300

  /// Whether every page stayed within the bounds.
  func run(_ table: inout Table, only: String?) -> Bool {
    var isKept = true
    for make in HostileShape.all(size: Self.size) {
      let shape = make()
      if let only, !shape.name.contains(only) { continue }
      forgetPeak()
      let begin = processorSeconds()
      let parsed = try? parsePage(Page(bytes: shape.bytes, format: shape.format))
      let spent = processorSeconds() - begin
      let peak = peakMegabytes()
      let isOver = spent > Self.secondsAllowed || peak > Self.megabytesAllowed
      if isOver { isKept = false }
      table.add(
        shape.name, milliseconds(spent), "\(peak) MB, \(parsed?.story.blocks.count ?? 0) blocks",
        isOver ? "TOO MUCH" : "")
    }
    table.add("at most", "2000 ms", "\(Self.megabytesAllowed) MB", isKept ? "kept" : "NOT KEPT")
    return isKept
  }

  /// Resets the kernel's peak of the resident size.
  private func forgetPeak() {
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
