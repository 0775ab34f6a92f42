/// Tells a part of a text from an edited, shorter version of it.
enum CutText {
  /// Whether a text says only what is in a longer one, and was not made shorter by an editor.
  ///
  /// Editors take out sentences and paragraphs, and seldom more than half. So it was cut if it has less
  /// than half of the other and most of it stands there, or if it is the other's beginning and ends
  /// within a sentence. A wrong "yes" leaves an update out; a wrong "no" hides the whole text behind a
  /// revision.
  static func isCut(_ text: [UInt8], from whole: [UInt8]) -> Bool {
    let (text, whole) = (withoutSpaceAtEnd(text), withoutSpaceAtEnd(whole))
    guard text.count < whole.count else { return false }
    let shared = zip(text, whole).prefix { $0 == $1 }.count
    let isBeginning = shared > 0 && shared + brokenAtMost >= text.count
    guard text.count * 2 > whole.count else {
      return isBeginning || isMostly(Shingles(text), in: Shingles(whole))
    }
    return isBeginning && endsWithinSentence(text)
  }

  /// In bytes, how much the end of a cut text may differ: half a character, entity or tag.
  private static let brokenAtMost = 12
  private static let mostOf = 0.6

  private static func isMostly(_ few: Shingles, in many: Shingles) -> Bool {
    few.count > 0 && Double(few.shared(with: many)) >= mostOf * Double(few.count)
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
