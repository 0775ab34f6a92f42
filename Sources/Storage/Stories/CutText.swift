/// Distinguishes an excerpt of a text from an edited, shorter version of it, and a page whose download
/// was interrupted from one that is shorter.
enum CutText {
  /// Whether a page is another one whose end is missing: its first bytes, or, where the bytes differ
  /// because each download is made anew, HTML without the end tag of its body that the other has.
  static func isCutPage(_ page: [UInt8], from whole: [UInt8]) -> Bool {
    if page.count < whole.count, whole.starts(with: page) { return true }
    return hasEnd(whole) && !hasEnd(page)
  }

  /// Whether the last bytes hold `</body` or `</html`, which may be followed by scripts and comments.
  private static func hasEnd(_ page: [UInt8]) -> Bool {
    let tail = page.suffix(endBytes).map { $0 | 0x20 }
    let tags = ["</body", "</html"].map { Array($0.utf8).map { $0 | 0x20 } }
    return tail.indices.contains { start in
      tail[start] == 0x3C | 0x20 && tags.contains { tail[start...].starts(with: $0) }
    }
  }

  private static let endBytes = 16 << 10

  /// Whether a text is an excerpt of a longer one, and not a version that was shortened by an editor.
  ///
  /// Editors remove sentences and paragraphs, and seldom more than half. So a text is an excerpt if it
  /// is less than half as long and mostly contained in the other, or if it is the beginning of the other
  /// and ends within a sentence. A false positive drops an update; a false negative replaces the whole
  /// text, which then remains as a revision only.
  static func isCut(_ text: [UInt8], from whole: [UInt8]) -> Bool {
    let (text, whole) = (withoutSpaceAtEnd(text), withoutSpaceAtEnd(whole))
    guard text.count < whole.count else { return false }
    let shared = zip(text, whole).prefix { $0 == $1 }.count
    let isBeginning = shared > 0 && shared + raggedEndBytes >= text.count
    guard text.count * 2 > whole.count else {
      return isBeginning || isMostlyContained(Shingles(text), in: Shingles(whole))
    }
    return isBeginning && endsWithinSentence(text)
  }

  /// How many bytes at the end of an excerpt may differ: part of a character, entity or tag.
  private static let raggedEndBytes = 12
  /// The share of the shingles of an excerpt that must occur in the whole text.
  static let containedShare = 0.6

  private static func isMostlyContained(_ part: Shingles, in whole: Shingles) -> Bool {
    part.count > 0 && Double(part.shared(with: whole)) >= containedShare * Double(part.count)
  }

  private static func withoutSpaceAtEnd(_ text: [UInt8]) -> [UInt8] {
    Array(text.prefix((text.lastIndex { $0 > 0x20 } ?? -1) + 1))
  }

  private static func endsWithinSentence(_ text: [UInt8]) -> Bool {
    guard let last = String(decoding: text.suffix(16), as: UTF8.self).unicodeScalars.last else {
      return false
    }
    return last.properties.isAlphabetic || last == "\u{FFFD}"
      || ",;:-".unicodeScalars.contains(last)
  }
}
