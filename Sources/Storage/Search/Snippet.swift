internal import Matching
internal import Queries

/// Finds the place in a story where most of the words looked for stand together.
///
/// The index has a function for this too, but that one weighs every place where a word stands
/// against every other: a second for a thread of five thousand comments, and more while it is being
/// typed. This one takes time in proportion to the text.
struct SnippetFinder {
  private struct Term {
    var pattern: Pattern
    var isOpen: Bool
    var parts: Set<TextTerm.Part>
  }

  /// Where one of the terms stands in a text, in bytes.
  private struct Place {
    var range: Range<Int>
    var term: Int
  }

  /// The places of a text that are shown, and how many different terms stand there.
  private struct Find {
    var text: [UInt8]
    var places: ArraySlice<Place>
    var terms: Int
  }

  private let terms: [Term]

  /// Controls that no text needs; should a page hold them, a mark is off and no more.
  static let marks = (start: "\u{02}", end: "\u{03}")

  /// Two lines of a wide screen; words further apart than this do not stand together.
  private static let bytes = 200
  /// So much stands before the first of the words.
  private static let before = 48

  /// The headline comes last: it is shown above the snippet anyway.
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

  /// The words where they stand, between marks, and what stands around them.
  func snippet(of texts: [TextTerm.Part: String]) -> String {
    var best: Find?
    for part in Self.order {
      let found = find(in: Array((texts[part] ?? "").utf8), part)
      if let found, found.terms > best?.terms ?? 0 { best = found }
    }
    return best.map(write) ?? ""
  }

  // MARK: - Finding

  private func find(in text: [UInt8], _ part: TextTerm.Part) -> Find? {
    guard !text.isEmpty, terms.contains(where: { $0.parts.contains(part) }) else { return nil }
    let haystack = Haystack(text)
    var places: [Place] = []
    for (index, term) in terms.enumerated() where term.parts.contains(part) {
      for range in haystack.find(term.pattern).ranges {
        let range = Int(range.lowerBound)..<Int(range.upperBound)
        if let whole = whole(range, of: text, isOpen: term.isOpen) {
          places.append(Place(range: whole, term: index))
        }
      }
    }
    places.sort { $0.range.lowerBound < $1.range.lowerBound }
    return mostTogether(places).map { Find(text: text, places: places[$0.places], terms: $0.terms) }
  }

  /// A match with the rest of a word that may go on; `nil` of a part of another word.
  private func whole(_ range: Range<Int>, of text: [UInt8], isOpen: Bool) -> Range<Int>? {
    let before = text[max(0, range.lowerBound - 4)..<range.lowerBound]
    if String(decoding: before, as: UTF8.self).unicodeScalars.last?.isPartOfWord == true {
      return nil
    }
    let after = text[range.upperBound..<min(text.count, range.upperBound + Self.before)]
    let rest = String(decoding: after, as: UTF8.self).unicodeScalars.prefix { $0.isPartOfWord }
    guard isOpen else { return rest.isEmpty ? range : nil }
    let end = range.upperBound + String(rest).utf8.count
    return range.lowerBound..<min(text.count, end)
  }

  /// The first of the stretches in which most different terms stand.
  private func mostTogether(_ places: [Place]) -> (places: Range<Int>, terms: Int)? {
    var counts = Array(repeating: 0, count: terms.count)
    var (start, different) = (0, 0)
    var best: (places: Range<Int>, terms: Int)?
    for end in places.indices {
      counts[places[end].term] += 1
      if counts[places[end].term] == 1 { different += 1 }
      while places[end].range.upperBound - places[start].range.lowerBound > Self.bytes
        - Self.before,
        start < end
      {
        counts[places[start].term] -= 1
        if counts[places[start].term] == 0 { different -= 1 }
        start += 1
      }
      if different > best?.terms ?? 0 { best = (start..<end + 1, different) }
    }
    guard var best else { return nil }
    let first = places[best.places.lowerBound].range.lowerBound
    // What else of the words is shown is marked as well.
    while best.places.upperBound < places.count,
      places[best.places.upperBound].range.upperBound - first <= Self.bytes - Self.before
    {
      best.places = best.places.lowerBound..<best.places.upperBound + 1
    }
    return best
  }

  // MARK: - Writing

  private func write(_ find: Find) -> String {
    guard let first = find.places.first, let last = find.places.last else { return "" }
    let text = find.text
    let start =
      sentenceStart(before: first.range.lowerBound, of: text)
      ?? wordStart(
        first.range.lowerBound - Self.before, of: text, to: first.range.lowerBound)
    let end = wordEnd(start + Self.bytes, of: text, from: last.range.upperBound)
    var snippet = start > 0 ? "…" : ""
    var written = start
    for place in find.places where place.range.lowerBound >= written {
      snippet += String(decoding: text[written..<place.range.lowerBound], as: UTF8.self)
      snippet += Self.marks.start + String(decoding: text[place.range], as: UTF8.self)
      snippet += Self.marks.end
      written = place.range.upperBound
    }
    if written < end { snippet += String(decoding: text[written..<end], as: UTF8.self) }
    return snippet + (end < text.count ? "…" : "")
  }

  /// Where the line or sentence begins that an offset stands in, if that is not far.
  private func sentenceStart(before offset: Int, of text: [UInt8]) -> Int? {
    var start = offset
    while start > 0, offset - start <= 2 * Self.before {
      let byte = text[start - 1]
      if byte == 10 { return start }
      if byte == 32, start > 1, [0x2E, 0x21, 0x3F].contains(text[start - 2]) { return start }
      start -= 1
    }
    return start == 0 ? 0 : nil
  }

  /// The first beginning of a word, or at least of a letter, at an offset or after it.
  private func wordStart(_ offset: Int, of text: [UInt8], to last: Int) -> Int {
    guard offset > 0 else { return 0 }
    if let space = text[offset..<last].firstIndex(where: { $0 <= 0x20 }) { return space + 1 }
    return text[offset...last].firstIndex { $0 & 0xC0 != 0x80 } ?? last
  }

  /// The last end of a word, or at least of a letter, at an offset or before it.
  private func wordEnd(_ offset: Int, of text: [UInt8], from first: Int) -> Int {
    guard offset < text.count else { return text.count }
    guard offset > first else { return first }
    if let space = text[first..<offset].lastIndex(where: { $0 <= 0x20 }) { return space }
    return text[first...offset].lastIndex { $0 & 0xC0 != 0x80 } ?? first
  }
}
