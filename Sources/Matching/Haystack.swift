import Glibc
import Threads

/// A text prepared for repeated searches, as during incremental search.
package final class Haystack: Sendable {
  /// The matches of a search: byte ranges of the text, ascending and disjoint.
  package struct Result: Sendable {
    package var ranges: [Range<UInt32>] = []
    /// Whether the search stopped at a limit of `Expression`; `ranges` are the matches before that.
    package var isTooComplex = false
  }

  private let text: [UInt8]
  private let lower: FoldedSearchText
  /// Folded with case preserved; computed for the first case-sensitive regular expression.
  private let caseSensitive = Monitor<FoldedSearchText?>(nil)

  /// Folds a text of valid UTF-8; NUL separates passages, and no match crosses one.
  package init(_ text: [UInt8]) {
    self.text = text
    lower = FoldedSearchText(text, isLower: true)
  }

  /// All matches of a pattern.
  package func find(_ pattern: Pattern) -> Result {
    guard !pattern.isEmpty else { return Result() }
    if let expression = pattern.expression {
      return find(expression, in: pattern.isCaseSensitive ? caseSensitiveText() : lower)
    }
    return find(words: pattern)
  }

  private func caseSensitiveText() -> FoldedSearchText {
    caseSensitive.change { cached in
      if let cached { return cached }
      let made = FoldedSearchText(text, isLower: false)
      cached = made
      return made
    }
  }

  private func find(_ expression: Expression, in folded: FoldedSearchText) -> Result {
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

  /// Whether a match of the lower-case text has the pattern's case too.
  private func hasCase(_ range: Range<UInt32>, of pattern: Pattern) -> Bool {
    let words = Array(text[Int(range.lowerBound)..<Int(range.upperBound)])
    return FoldedSearchText(words, isLower: false).bytes == pattern.folded
  }

  /// The original range of a folded one, extended to whole scalars.
  private func original(
    _ from: Int, _ to: Int, of folded: FoldedSearchText, _ cursor: inout Int
  ) -> Range<UInt32> {
    var start = min(folded.originalOffset(from, &cursor), text.count)
    var end = min(folded.originalOffset(to, &cursor), text.count)
    while start > 0, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: max(start, end))
  }

  // MARK: - Plain words

  /// Finds the needle by its rarest byte, since `memchr` is faster than any comparison.
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

  /// The approximate rarity of a byte in prose; higher is rarer.
  private static func rarity(_ byte: UInt8) -> Int {
    let common: StaticString = "zqxjkvbpygfwmucldrhsnioate "
    for index in 0..<common.utf8CodeUnitCount where common.utf8Start[index] == byte {
      return 27 - index
    }
    return byte < 0x80 ? 40 : 15
  }
}
