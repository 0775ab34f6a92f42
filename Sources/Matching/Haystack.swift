import Glibc
import Synchronization

/// A text made ready to be searched again and again, as a reader types.
package final class Haystack: Sendable {
  /// What a search found: byte ranges of the text, in order, none overlapping.
  package struct Result: Sendable {
    package var ranges: [Range<UInt32>] = []
    /// Whether the pattern needed more than its time; `ranges` are those found before.
    package var isTooComplex = false
  }

  private let text: [UInt8]
  private let lower: FoldedText
  /// Folded with upper case kept: made when a regular expression first asks for it.
  private let kept = Mutex<FoldedText?>(nil)

  /// Folds a text of valid UTF-8; zero bytes end its passages, and no match crosses one.
  package init(_ text: [UInt8]) {
    self.text = text
    lower = FoldedText(text, isLower: true)
  }

  /// Finds a pattern from the beginning to the end.
  package func find(_ pattern: Pattern) -> Result {
    guard !pattern.isEmpty else { return Result() }
    if let expression = pattern.expression {
      return find(expression, in: pattern.isCaseSensitive ? keptText() : lower)
    }
    return find(words: pattern)
  }

  private func keptText() -> FoldedText {
    kept.withLock { kept in
      if let kept { return kept }
      let made = FoldedText(text, isLower: false)
      kept = made
      return made
    }
  }

  private func find(_ expression: Expression, in folded: FoldedText) -> Result {
    var result = Result()
    var cursor = 0
    result.isTooComplex = expression.findAll(in: folded.bytes) { from, to in
      result.ranges.append(original(from, to, of: folded, &cursor))
    }
    return result
  }

  private func find(words pattern: Pattern) -> Result {
    var result = Result()
    var cursor = 0
    Self.findAll(pattern.lowered, in: lower.bytes) { from, to in
      let range = original(from, to, of: lower, &cursor)
      if !pattern.isCaseSensitive || hasCase(range, of: pattern) { result.ranges.append(range) }
    }
    return result
  }

  /// Whether the text itself has the pattern's upper and lower case.
  private func hasCase(_ range: Range<UInt32>, of pattern: Pattern) -> Bool {
    let words = Array(text[Int(range.lowerBound)..<Int(range.upperBound)])
    return FoldedText(words, isLower: false).bytes == pattern.folded
  }

  /// A range of the text itself; within a letter that was folded to several, the whole letter.
  private func original(
    _ from: Int, _ to: Int, of folded: FoldedText, _ cursor: inout Int
  ) -> Range<UInt32> {
    var start = min(folded.originalOffset(from, &cursor), text.count)
    var end = min(folded.originalOffset(to, &cursor), text.count)
    while start > 0, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: max(start, end))
  }

  // MARK: - Plain words

  /// Looks for the needle's rarest byte, which memchr finds faster than anything compares.
  private static func findAll(_ needle: [UInt8], in text: [UInt8], _ body: (Int, Int) -> Void) {
    guard let rare = needle.indices.max(by: { rarity(needle[$0]) < rarity(needle[$1]) }) else {
      return
    }
    let wanted = Int32(needle[rare])
    let size = needle.count
    text.withUnsafeBufferPointer { text in
      needle.withUnsafeBufferPointer { needle in
        guard let base = text.baseAddress, let words = needle.baseAddress else { return }
        var start = 0
        while start + size <= text.count {
          let from = base + start + rare
          let room = text.count - start - size + 1
          guard let hit = memchr(from, wanted, room) else { return }
          let at = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit)) - rare
          if memcmp(base + at, words, size) == 0 {
            body(at, at + size)
            start = at + size
          } else {
            start = at + 1
          }
        }
      }
    }
  }

  /// How rare a byte is in prose, roughly: more is rarer.
  private static func rarity(_ byte: UInt8) -> Int {
    let common: StaticString = "zqxjkvbpygfwmucldrhsnioate "
    for index in 0..<common.utf8CodeUnitCount where common.utf8Start[index] == byte {
      return 27 - index
    }
    return byte < 0x80 ? 40 : 15
  }
}
