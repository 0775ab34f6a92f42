import Stories

/// Splits a picture's text into its caption and its credit.
///
/// The patterns are tried in the order of `CreditSplit.firstMatch`; the first match wins. A credit is
/// a name, never prose: every pattern without a label requires that each word can be part of a name.
/// Labels and brackets are removed, "File" and "Pool" stay. Only the last 600 bytes are examined.
func splitCredit(_ caption: [Phrase]) -> (caption: [Phrase], credit: String?) {
  let split = CreditSplit(caption.text)
  return (caption.sliced(split.caption), split.credit)
}

/// Whether a whole line is a credit: "Name/Agency", "Photo: Name", "© Name".
func isCreditLine(_ text: String) -> Bool {
  let split = CreditSplit(text)
  return split.credit != nil && split.caption.isEmpty
}

/// Whether a line consists of one to six words that can all be part of names; at most 80 bytes.
func isNameLine(_ text: String) -> Bool {
  let scan = WordScan(text)
  guard (1...6).contains(scan.words.count), text.utf8.count <= 80 else { return false }
  return scan.words.indices.allSatisfy { CreditSplit.isNamePart(scan, $0) }
    && scan.isCapitalised(scan.words[0]) && !scan.bytes.contains { $0.isDigit }
}

/// The name in a credit: without label, brackets, and notices such as "all rights reserved".
func cleanCredit(_ text: String) -> String? {
  let split = CreditSplit(text)
  if split.caption.isEmpty, let credit = split.credit { return credit }
  return CreditSplit.clean(text)
}

/// The caption's range in a text, and the credit found before or after it.
struct CreditSplit {
  /// UTF-8 offsets of the caption in the text.
  private(set) var caption: Range<Int>
  private(set) var credit: String?

  init(_ text: String) {
    let count = text.utf8.count
    var scan = WordScan(text)
    var base = 0
    if count > 600 {
      base = count - 600
      let tail = Array(scan.bytes[base...].drop { $0 & 0xC0 == 0x80 })
      base = count - tail.count
      scan = WordScan(tail)
    }
    let start = base == 0 ? Self.captionStart(scan) : 0
    caption = start..<count
    guard let found = Self.firstMatch(scan, from: start) else {
      trim(text)
      return
    }
    if found.isLeading {
      caption = (base + found.range.upperBound)..<count
    } else {
      caption = start..<(base + found.range.lowerBound)
    }
    credit = found.credit
    trim(text)
  }

  struct Match {
    var range: Range<Int>
    var credit: String
    var isLeading = false
  }

  /// Trims white space and the separators between caption and credit from the caption's range.
  private mutating func trim(_ text: String) {
    let bytes = Array(text.utf8)
    var (low, high) = (caption.lowerBound, max(caption.lowerBound, caption.upperBound))
    while high > low {
      if [0x20, 0x09, 0x0A, 0x0D, 0x7C].contains(bytes[high - 1]) {
        high -= 1
      } else if high - 2 >= low, bytes[high - 2] == 0xC2, [0xA0, 0xA9].contains(bytes[high - 1]) {
        high -= 2
      } else if credit != nil, bytes[high - 1] == 0x2F || bytes[high - 1] == 0x28 {
        high -= 1
      } else if credit != nil, high - 3 >= low, bytes[high - 3] == 0xE2, bytes[high - 2] == 0x80,
        (0x93...0x95).contains(bytes[high - 1])
      {
        high -= 3
      } else {
        break
      }
    }
    while low < high, WordScan.spaceLength(bytes, low) > 0 || bytes[low] == 0x7C {
      low += max(1, WordScan.spaceLength(bytes, low))
    }
    caption = low..<max(low, high)
  }

  private static func firstMatch(_ scan: WordScan, from start: Int) -> Match? {
    guard !scan.words.isEmpty else { return nil }
    return bracketed(scan) ?? fullWidthBracket(scan) ?? labelled(scan, from: start)
      ?? copyrightMarked(
        scan, from: start)
      ?? afterBar(scan, from: start) ?? trailingName(scan, from: start)
  }
}

// MARK: - Patterns

extension CreditSplit {
  /// A credit after a label: "Photo: Name", "Image source, Agency", "Courtesy of Name", in many languages.
  static func labelled(_ scan: WordScan, from start: Int) -> Match? {
    var last: (word: Int, after: Int)?
    if let match = gluedLabel(scan, from: start) { return match }
    for word in scan.words.indices where scan.words[word].lowerBound >= start {
      guard let found = parseLabel(scan, at: word), !isFilePhoto(scan, word, found.after) else {
        continue
      }
      if let old = last, word < old.after || word - old.after <= 6 { continue }
      last = (word, found.after)
    }
    guard let last, last.after < scan.words.count else { return nil }
    let rest = last.after..<scan.words.count
    var from = scan.words[last.word].lowerBound
    if from > 0, [0x28, 0x5B].contains(scan.bytes[from - 1]) { from -= 1 }
    if rest.count <= 16 {
      let text = scan.text(scan.words[rest.lowerBound].lowerBound..<scan.bytes.count)
      return clean(text).map { Match(range: from..<scan.bytes.count, credit: $0) }
    }
    // The credit comes first: "Photo: Name. A harbour at dusk …".
    guard last.word == 0 || scan.words[last.word].lowerBound == start else { return nil }
    for word in rest.prefix(10) where scan.endsSentence(before: scan.words[word].upperBound) {
      let range = from..<scan.words[word].upperBound
      let text = scan.text(scan.words[rest.lowerBound].lowerBound..<range.upperBound)
      return clean(text).map { Match(range: range, credit: $0, isLeading: true) }
    }
    return nil
  }

  /// "FILE PHOTO: A ship in the bay": the label introduces the caption, so there is no credit.
  private static func isFilePhoto(_ scan: WordScan, _ label: Int, _ after: Int) -> Bool {
    label > 0 && scan.strippedWord(label - 1) == "file"
      && !scan.words.indices[after...].allSatisfy { isNamePart(scan, $0) }
  }

  /// A label without a space before it: "…in the bay.Photo: Name".
  private static func gluedLabel(_ scan: WordScan, from start: Int) -> Match? {
    for word in scan.words.indices.suffix(14).dropLast() {
      let range = scan.words[word]
      guard range.lowerBound >= start, scan.bytes[range.upperBound - 1] == 0x3A else { continue }
      let text = scan.text(range)
      for label in [
        "Quelle:", "Foto:", "Credit:", "Photo:", "Bild:", "Credits:", "Source:", "Image:",
      ]
      where text.hasSuffix(label) && range.count > label.utf8.count {
        let from = range.upperBound - label.utf8.count
        guard scan.bytes[from - 1] != 0x28, scan.bytes[from - 1] != 0x5B else { continue }
        let rest = scan.text(range.upperBound..<scan.bytes.count)
        return clean(rest).map { Match(range: from..<scan.bytes.count, credit: $0) }
      }
    }
    return nil
  }

  /// A credit after a copyright sign: "© 2024 Name", "(c) Name", "（Ｃ）Name".
  private static func copyrightMarked(_ scan: WordScan, from start: Int) -> Match? {
    let bytes = scan.bytes
    var at: (range: Range<Int>, Int)?
    for index in bytes.indices where index >= start {
      if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA9 {
        at = at ?? (index..<index + 2, 0)
      } else if bytes[index] == 0x28, index + 2 < bytes.count, bytes[index + 2] == 0x29,
        bytes[index + 1] | 0x20 == 0x63
      {
        at = at ?? (index..<index + 3, 0)
      } else if bytes[index] == 0xEF, index + 8 < bytes.count,
        Array(bytes[index..<index + 9]) == [0xEF, 0xBC, 0x88, 0xEF, 0xBC, 0xA3, 0xEF, 0xBC, 0x89]
      {
        at = at ?? (index..<index + 9, 0)
      }
    }
    guard let sign = at?.range else { return nil }
    let rest = scan.text(sign.upperBound..<bytes.count)
    guard WordScan(rest).words.count <= 16, let credit = clean(rest) else { return nil }
    return Match(range: sign.lowerBound..<bytes.count, credit: credit)
  }

  /// A name after a vertical bar, slash or dash, such as `| Name/Agency`.
  private static func afterBar(_ scan: WordScan, from start: Int) -> Match? {
    let bars: Set<String> = ["|", "—", "–", "-", "•", "·", "/"]
    guard
      let bar = scan.words.indices.last(where: {
        scan.words[$0].lowerBound >= start && bars.contains(scan.text(scan.words[$0]))
      }), bar + 1 < scan.words.count
    else { return nil }
    let rest = bar + 1..<scan.words.count
    guard rest.count <= 8, rest.allSatisfy({ isNamePart(scan, $0) }) else { return nil }
    let isBar = scan.text(scan.words[bar]) == "|"
    let isSlash = scan.text(scan.words[bar]) == "/"
    let isPlainName =
      isSlash && (2...4).contains(rest.count)
      && rest.allSatisfy { scan.isCapitalised(scan.words[$0]) }
    guard isBar || isPlainName || containsAgency(scan, rest), bar > 3 || isBar else { return nil }
    let text = scan.text(scan.words[bar + 1].lowerBound..<scan.bytes.count)
    return clean(text).map {
      Match(range: scan.words[bar].lowerBound..<scan.bytes.count, credit: $0)
    }
  }

  /// An unlabelled name at the end: "Name/Agency/File", or "Agency" alone, after a sentence, or
  /// without a space after the full stop ("in the bay.Agency").
  private static func trailingName(_ scan: WordScan, from start: Int) -> Match? {
    let words = scan.words.indices.filter { scan.words[$0].lowerBound >= start }
    guard let lastWord = words.last, let firstWord = words.first else { return nil }
    var first = lastWord + 1
    while first > firstWord, lastWord - first < 10, isNamePart(scan, first - 1),
      first - 1 == lastWord || !scan.endsSentence(before: scan.words[first - 1].upperBound)
        || isInitial(scan, first - 1)
    {
      first -= 1
    }
    if let match = gluedAgency(scan, lastWord) { return match }
    guard first <= lastWord else { return nil }
    if let slashed = (first...lastWord).first(where: { isAgencyWithSlash(scan, $0) }),
      slashed > first,
      lastWord - slashed <= 5, slashed > firstWord + 2
    {
      let from = scan.words[slashed].lowerBound
      let text = scan.text(from..<scan.bytes.count)
      return clean(text).map { Match(range: from..<scan.bytes.count, credit: $0) }
    }
    let rest = first..<lastWord + 1
    let from = scan.words[first].lowerBound
    let isWhole = first == firstWord
    let isClosed = isWhole || scan.endsSentence(before: scan.words[first - 1].upperBound)
    let text = scan.text(from..<scan.bytes.count)
    guard isClosed,
      containsAgency(scan, rest) || isWhole && rest.count <= 8 && hasNameSlash(scan, rest)
    else { return nil }
    return clean(text).map { Match(range: from..<scan.bytes.count, credit: $0) }
  }

  /// Whether a word is an agency in capitals followed by a slash: "EFE/ Name".
  private static func isAgencyWithSlash(_ scan: WordScan, _ word: Int) -> Bool {
    let head = scan.bytes[scan.words[word]].prefix { $0 != 0x2F }
    guard head.count < scan.words[word].count, (2...12).contains(head.count),
      head.allSatisfy({ $0.isUpper || $0 == 0x2D })
    else { return false }
    return CreditWords.agencies.contains(String(decoding: head, as: UTF8.self).lowercased())
  }

  private static func gluedAgency(_ scan: WordScan, _ word: Int) -> Match? {
    let range = scan.words[word]
    guard
      let stop = range.dropFirst(2).first(where: {
        scan.bytes[$0] == 0x2E && $0 + 1 < range.upperBound
      })
    else { return nil }
    let inner = WordScan(Array(scan.bytes[(stop + 1)..<scan.bytes.count]))
    guard containsAgency(inner, inner.words.indices), !scan.text(range).contains("://"),
      (0x41...0x5A).contains(scan.bytes[stop + 1])
    else { return nil }
    return clean(inner.text(0..<inner.bytes.count)).map {
      Match(range: stop + 1..<scan.bytes.count, credit: $0)
    }
  }
}
