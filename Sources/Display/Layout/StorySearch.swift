package import Matching

/// One place where a pattern was found.
package struct Match: Sendable, Hashable {
  // Small, since a single letter is found half a million times in a long story.
  private let start: UInt32
  private let end: UInt32
  private let passageIndex: Int32
  private let commentIndex: Int32

  init(passage: Int, range: Range<UInt32>, comment: Int?) {
    start = range.lowerBound
    end = range.upperBound
    passageIndex = Int32(truncatingIfNeeded: passage)
    commentIndex = Int32(truncatingIfNeeded: comment ?? -1)
  }

  /// The index in `StoryText.passages`.
  package var passage: Int { Int(passageIndex) }
  /// UTF-8 bytes, counted from the start of the whole text.
  package var range: Range<Int> { Int(start)..<Int(end) }
  /// The index of the comment it stands in, or `nil` in the story itself.
  package var comment: Int? { commentIndex < 0 ? nil : Int(commentIndex) }
}

/// The matches that are shown marked, in reading order, and which of them is the current one.
package struct SearchMarks: Sendable, Hashable {
  /// In reading order.
  package var matches: [Match]
  /// The index of the current match.
  package var current: Int?

  package init(_ matches: [Match], current: Int? = nil) {
    self.matches = matches
    self.current = current
  }
}

/// What a search found.
package struct Findings: Sendable, Hashable {
  /// All matches in reading order.
  package var matches: [Match]
  /// Whether the pattern needed more steps than it may take; `matches` are those found before.
  package var isTooComplex: Bool

  package init(_ matches: [Match] = [], isTooComplex: Bool = false) {
    self.matches = matches
    self.isTooComplex = isTooComplex
  }
}

/// Search over the text of a story and its thread, independent of how it is laid out.
///
/// Making one folds the whole text once; each search after it is a single walk.
package struct StorySearch: Sendable {
  private let text: StoryText
  private let haystack: Haystack

  /// Folds a text, so that its case and accents do not matter.
  package init(_ text: StoryText) {
    self.text = text
    haystack = Haystack(text.bytes)
  }

  /// Finds a pattern everywhere: in the text, in captions, credits, cells, comments and names.
  package func find(_ pattern: Pattern) -> Findings {
    let found = haystack.find(pattern)
    var matches: [Match] = []
    matches.reserveCapacity(found.ranges.count)
    var passage = 0
    var comment: Int?
    for range in found.ranges {
      while passage + 1 < text.passages.count,
        text.passages[passage + 1].range.lowerBound <= Int(range.lowerBound)
      {
        passage += 1
        comment = nil
      }
      if comment == nil { comment = text.comment(ofItem: text.passages[passage].item) ?? -1 }
      guard Int(range.upperBound) <= text.passages[passage].range.upperBound else { continue }
      matches.append(Match(passage: passage, range: range, comment: comment))
    }
    return Findings(matches, isTooComplex: found.isTooComplex)
  }
}

extension StoryText {
  /// The comment that an item is part of.
  func comment(ofItem item: Int) -> Int? {
    let next = commentItems.firstIndex(after: item) { $0 }
    return next > 0 && next < commentItems.count ? next - 1 : nil
  }
}
