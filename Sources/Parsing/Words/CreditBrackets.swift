/// Credits in brackets at the end of a caption.
extension CreditSplit {
  /// A credit in ASCII brackets at the end: `(AP Photo/Name)`, `[Image credit: Name]`.
  static func bracketed(_ scan: WordScan) -> Match? {
    let bytes = scan.bytes
    guard let last = scan.words.last else { return nil }
    var end = last.upperBound
    if end > 1, bytes[end - 1] == 0x2E { end -= 1 }
    guard end > 1, bytes[end - 1] == 0x29 || bytes[end - 1] == 0x5D else { return nil }
    let isSquare = bytes[end - 1] == 0x5D
    let opener: UInt8 = isSquare ? 0x5B : 0x28
    var depth = 0
    var open = end - 1
    while open >= 0 {
      if bytes[open] == bytes[end - 1] { depth += 1 }
      if bytes[open] == opener { depth -= 1 }
      if depth == 0 { break }
      open -= 1
    }
    guard open >= 0, open < end - 2 else { return nil }
    let inner = WordScan(Array(bytes[open + 1..<end - 1]))
    guard inner.words.count <= 16, !inner.words.isEmpty else { return nil }
    if let label = parseLabel(inner, at: 0), label.after < inner.words.count {
      let text = inner.text(inner.words[label.after].lowerBound..<inner.bytes.count)
      return clean(text).map { Match(range: open..<end, credit: $0) }
    }
    let words = inner.words.indices
    let before = scan.words.prefix { $0.upperBound <= open }.last?.upperBound ?? 0
    let hasAgency = containsAgency(inner, words)
    let isName = words.allSatisfy { isNamePart(inner, $0) }
    let isOwnSentence = scan.endsSentence(before: before)
    // A single word in brackets is usually a party or a country; two or more after a full stop are
    // the photographer's name.
    guard
      hasAgency && (isName || inner.words.count <= 8)
        || isName && before > 0
          && (inner.bytes.contains(0x2F) && inner.words.count <= 6
            || (isOwnSentence || isSquare) && (2...5).contains(inner.words.count))
    else { return nil }
    if before == 0, !hasAgency { return nil }
    // "Foto: Name (AGENCY)": the label before the bracket begins the credit.
    if hasAgency, let joined = labelled(scan, from: 0) { return joined }
    // "Sentence. First Last (AGENCY)": the name before the bracket belongs to the credit.
    if hasAgency, let from = nameStart(scan, before: open) {
      let whole = scan.text(from..<end)
      return Match(range: from..<end, credit: whole)
    }
    return clean(inner.text(0..<inner.bytes.count)).map { Match(range: open..<end, credit: $0) }
  }

  /// The offset of a name of two to four words between the end of a sentence and the bracket.
  private static func nameStart(_ scan: WordScan, before open: Int) -> Int? {
    let words = scan.words.indices.filter { scan.words[$0].upperBound <= open }
    for (place, word) in words.reversed().prefix(4).enumerated() {
      let range = scan.words[word]
      guard isNamePart(scan, word) else { return nil }
      if let dot = scan.bytes[range].lastIndex(of: 0x2E), dot + 1 < range.upperBound,
        dot > range.lowerBound + 1, scan.bytes[dot + 1].isUpper
      {
        return dot + 1
      }
      let isClosed = word == 0 || scan.endsSentence(before: scan.words[word - 1].upperBound)
      if place >= 1, isClosed { return range.lowerBound }
    }
    return nil
  }

  /// A credit in full-width brackets: a name followed by the word for "photographed by" or "provided
  /// by" (`（Name撮影）`), or an agency.
  static func fullWidthBracket(_ scan: WordScan) -> Match? {
    let bytes = scan.bytes
    let (opener, closer) = (Array("（".utf8), Array("）".utf8))
    guard bytes.count > 6, bytes.suffix(3).elementsEqual(closer) else { return nil }
    var open = bytes.count - 6
    let first = max(0, bytes.count - 90)
    while open >= first, !bytes[open..<open + 3].elementsEqual(opener) { open -= 1 }
    guard open >= first, open > 0 else { return nil }
    let inner = scan.text(open + 3..<bytes.count - 3)
    for word in ["撮影", "提供"] where inner.hasSuffix(word) && inner != word {
      return clean(String(inner.dropLast(word.count))).map {
        Match(range: open..<bytes.count, credit: $0)
      }
    }
    guard CreditWords.agencies.contains(inner.lowercased()) else { return nil }
    return Match(range: open..<bytes.count, credit: inner)
  }
}
