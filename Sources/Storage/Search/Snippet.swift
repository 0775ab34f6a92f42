internal import Matching
internal import Queries

/// Finds the excerpt of a story in which most of the searched words occur close together.
///
/// FTS5's own `snippet` compares every occurrence with every other: one second for a thread of 5,000
/// comments, and more for a prefix. This one is linear in the text.
struct SnippetFinder {
  private struct Term {
    var pattern: Pattern
    var isOpen: Bool
    var parts: Set<TextTerm.Part>
  }

  /// An occurrence of one of the terms in a text, as a range of bytes.
  private struct Occurrence {
    var range: Range<Int>
    var term: Int
  }

  /// The occurrences to be shown of a text, and how many different terms they are of.
  private struct Excerpt {
    var text: [UInt8]
    var occurrences: ArraySlice<Occurrence>
    var termCount: Int
  }

  private let terms: [Term]

  /// Control characters that mark a match; one in the text itself would only misplace a highlight.
  static let marks = (start: "\u{02}", end: "\u{03}")

  /// The length of a snippet in bytes: two lines of a wide screen.
  private static let snippetBytes = 200
  /// The most bytes of context before the first match.
  private static let leadingBytes = 48

  /// The headline is last because it is shown above the snippet anyway.
  private static let order: [TextTerm.Part] = [.body, .captions, .comments, .title]

  init(_ terms: [TextTerm]) {
    self.terms = terms.compactMap { term in
      let words = term.words.lowercased().split { !$0.unicodeScalars.allSatisfy(\.isPartOfWord) }
      guard !words.isEmpty else { return nil }
      return Term(
        pattern: Pattern(typed: words.joined(separator: "\\W+")), isOpen: term.isOpen,
        parts: term.parts)
    }
  }

  /// The best excerpt of a story's texts, with `marks` around each match; empty if nothing matches.
  func snippet(of texts: [TextTerm.Part: String]) -> String {
    var best: Excerpt?
    for part in Self.order {
      let found = find(in: Array((texts[part] ?? "").utf8), part)
      if let found, found.termCount > best?.termCount ?? 0 { best = found }
    }
    return best.map(write) ?? ""
  }

  // MARK: - Finding

  private func find(in text: [UInt8], _ part: TextTerm.Part) -> Excerpt? {
    guard !text.isEmpty, terms.contains(where: { $0.parts.contains(part) }) else { return nil }
    let haystack = Haystack(text)
    var occurrences: [Occurrence] = []
    for (index, term) in terms.enumerated() where term.parts.contains(part) {
      for range in haystack.find(term.pattern).ranges {
        let range = Int(range.lowerBound)..<Int(range.upperBound)
        if let whole = whole(range, of: text, isOpen: term.isOpen) {
          occurrences.append(Occurrence(range: whole, term: index))
        }
      }
    }
    occurrences.sort { $0.range.lowerBound < $1.range.lowerBound }
    return densestRange(occurrences).map {
      Excerpt(text: text, occurrences: occurrences[$0.range], termCount: $0.termCount)
    }
  }

  /// A match extended to the end of its word if the term is a prefix; `nil` for a part of another word.
  private func whole(_ range: Range<Int>, of text: [UInt8], isOpen: Bool) -> Range<Int>? {
    let before = text[max(0, range.lowerBound - 4)..<range.lowerBound]
    if String(decoding: before, as: UTF8.self).unicodeScalars.last?.isPartOfWord == true {
      return nil
    }
    let after = text[range.upperBound..<min(text.count, range.upperBound + Self.leadingBytes)]
    let rest = String(decoding: after, as: UTF8.self).unicodeScalars.prefix { $0.isPartOfWord }
    guard isOpen else { return rest.isEmpty ? range : nil }
    let end = range.upperBound + String(rest).utf8.count
    return range.lowerBound..<min(text.count, end)
  }

  /// The first range of occurrences with the most different terms within the length of a snippet.
  private func densestRange(
    _ occurrences: [Occurrence]
  ) -> (range: Range<Int>, termCount: Int)? {
    let length = Self.snippetBytes - Self.leadingBytes
    var counts = Array(repeating: 0, count: terms.count)
    var (start, different) = (0, 0)
    var best: (range: Range<Int>, termCount: Int)?
    for (end, last) in occurrences.enumerated() {
      counts[last.term] += 1
      if counts[last.term] == 1 { different += 1 }
      while last.range.upperBound - occurrences[start].range.lowerBound > length, start < end {
        counts[occurrences[start].term] -= 1
        if counts[occurrences[start].term] == 0 { different -= 1 }
        start += 1
      }
      if different > best?.termCount ?? 0 { best = (start..<end + 1, different) }
    }
    guard var best else { return nil }
    let first = occurrences[best.range.lowerBound].range.lowerBound
    // Further occurrences within the snippet are marked as well.
    while best.range.upperBound < occurrences.count,
      occurrences[best.range.upperBound].range.upperBound - first <= length
    {
      best.range = best.range.lowerBound..<best.range.upperBound + 1
    }
    return best
  }

  // MARK: - Writing

  private func write(_ excerpt: Excerpt) -> String {
    let occurrences = excerpt.occurrences
    guard let first = occurrences.first, let last = occurrences.last else { return "" }
    let text = excerpt.text
    let start =
      sentenceStart(before: first.range.lowerBound, of: text)
      ?? wordStart(
        first.range.lowerBound - Self.leadingBytes, of: text, to: first.range.lowerBound)
    let end = wordEnd(start + Self.snippetBytes, of: text, from: last.range.upperBound)
    var snippet = start > 0 ? "…" : ""
    var written = start
    for range in occurrences.map(\.range) where range.lowerBound >= written {
      snippet += String(decoding: text[written..<range.lowerBound], as: UTF8.self)
      snippet += Self.marks.start + String(decoding: text[range], as: UTF8.self)
      snippet += Self.marks.end
      written = range.upperBound
    }
    if written < end { snippet += String(decoding: text[written..<end], as: UTF8.self) }
    return snippet + (end < text.count ? "…" : "")
  }

  /// The start of the line or sentence around an offset; `nil` if it is too far away.
  private func sentenceStart(before offset: Int, of text: [UInt8]) -> Int? {
    var start = offset
    while start > 0, offset - start <= 2 * Self.leadingBytes {
      let byte = text[start - 1]
      if byte == 10 { return start }
      if byte == 32, start > 1, [0x2E, 0x21, 0x3F].contains(text[start - 2]) { return start }
      start -= 1
    }
    return start == 0 ? 0 : nil
  }

  /// The first start of a word, or at least of a character, at an offset or after it.
  private func wordStart(_ offset: Int, of text: [UInt8], to last: Int) -> Int {
    guard offset > 0 else { return 0 }
    if let space = text[offset..<last].firstIndex(where: { $0 <= 0x20 }) { return space + 1 }
    return text[offset...last].firstIndex { $0 & 0xC0 != 0x80 } ?? last
  }

  /// The last end of a word, or at least of a character, at an offset or before it.
  private func wordEnd(_ offset: Int, of text: [UInt8], from first: Int) -> Int {
    guard offset < text.count else { return text.count }
    guard offset > first else { return first }
    if let space = text[first..<offset].lastIndex(where: { $0 <= 0x20 }) { return space }
    return text[first...offset].lastIndex { $0 & 0xC0 != 0x80 } ?? first
  }
}
