import Stories

/// Parts a caption from its credit.
///
/// Patterns in the order of `CreditSplit.find`; the first that fits wins. A credit is a name, never
/// prose: each pattern but the labelled ones asks that every word could belong to a name. Labels
/// and brackets are dropped, "File" and "Pool" stay. Only the last 600 bytes are looked at.
func splitCredit(_ caption: [Phrase]) -> (caption: [Phrase], credit: String?) {
  let split = CreditSplit(caption.text)
  return (caption.sliced(split.caption), split.credit)
}

/// Whether a line is nothing but a credit: "Name/Agency", "Photo: Name", "© Name".
func isCreditLine(_ text: String) -> Bool {
  let split = CreditSplit(text)
  return split.credit != nil && split.caption.isEmpty
}

/// Whether a line holds nothing but one to six words of names.
func isNameLine(_ text: String) -> Bool {
  let scan = WordScan(text)
  guard (1...6).contains(scan.words.count), text.utf8.count <= 80 else { return false }
  return scan.words.indices.allSatisfy { CreditSplit.isNamePart(scan, $0) }
    && scan.isCapitalised(scan.words[0]) && !scan.bytes.contains { $0.isDigit }
}

/// A credit as the page gave it, without label, brackets and what pages hang behind it.
func cleanCredit(_ text: String) -> String? {
  let split = CreditSplit(text)
  if split.caption.isEmpty, let credit = split.credit { return credit }
  return CreditSplit.clean(text)
}

/// Where the caption stands in a text, and the credit found beside it.
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
    guard let found = Self.find(scan, from: start) else {
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

  struct Found {
    var range: Range<Int>
    var credit: String
    var isLeading = false
  }

  /// Drops the white space and separators that stood between caption and credit.
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
    while low < high, WordScan.space(bytes, low) > 0 || bytes[low] == 0x7C {
      low += max(1, WordScan.space(bytes, low))
    }
    caption = low..<max(low, high)
  }

  private static func find(_ scan: WordScan, from start: Int) -> Found? {
    guard !scan.words.isEmpty else { return nil }
    return bracketed(scan) ?? fullWidthBracket(scan) ?? labelled(scan, from: start) ?? marked(
      scan, from: start)
      ?? afterBar(scan, from: start) ?? tail(scan, from: start)
  }
}

// MARK: - Patterns

extension CreditSplit {
  /// "Photo: Name", "Image source, Agency", "Courtesy of Name", in many languages.
  static func labelled(_ scan: WordScan, from start: Int) -> Found? {
    var last: (word: Int, after: Int)?
    if let glued = gluedLabel(scan, from: start) { return glued }
    for word in scan.words.indices where scan.words[word].lowerBound >= start {
      guard let found = label(scan, at: word), !isFilePhoto(scan, word, found.after) else {
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
      return clean(text).map { Found(range: from..<scan.bytes.count, credit: $0) }
    }
    // The credit stands first: "Photo: Name. A harbour at dusk …".
    guard last.word == 0 || scan.words[last.word].lowerBound == start else { return nil }
    for word in rest.prefix(10) where scan.endsSentence(before: scan.words[word].upperBound) {
      let range = from..<scan.words[word].upperBound
      let text = scan.text(scan.words[rest.lowerBound].lowerBound..<range.upperBound)
      return clean(text).map { Found(range: range, credit: $0, isLeading: true) }
    }
    return nil
  }

  /// "FILE PHOTO: A ship in the bay": a caption with a word before it, and no credit.
  private static func isFilePhoto(_ scan: WordScan, _ label: Int, _ after: Int) -> Bool {
    label > 0 && scan.bare(label - 1) == "file"
      && !scan.words.indices[after...].allSatisfy { isNamePart(scan, $0) }
  }

  /// "…in the bay.Photo: Name": a label that lost the space before it.
  private static func gluedLabel(_ scan: WordScan, from start: Int) -> Found? {
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
        return clean(rest).map { Found(range: from..<scan.bytes.count, credit: $0) }
      }
    }
    return nil
  }

  /// "© 2024 Name", "(c) Name", full-width signs.
  private static func marked(_ scan: WordScan, from start: Int) -> Found? {
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
    return Found(range: sign.lowerBound..<bytes.count, credit: credit)
  }

  /// A name after a bar or dash, such as `| Name/Agency`.
  private static func afterBar(_ scan: WordScan, from start: Int) -> Found? {
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
    guard isBar || isPlainName || agency(scan, rest), bar > 3 || isBar else { return nil }
    let text = scan.text(scan.words[bar + 1].lowerBound..<scan.bytes.count)
    return clean(text).map {
      Found(range: scan.words[bar].lowerBound..<scan.bytes.count, credit: $0)
    }
  }

  /// "Name/Agency/File" and "Agency" alone or after a sentence, also glued: "in the bay.Agency".
  private static func tail(_ scan: WordScan, from start: Int) -> Found? {
    let words = scan.words.indices.filter { scan.words[$0].lowerBound >= start }
    guard let lastWord = words.last, let firstWord = words.first else { return nil }
    var first = lastWord + 1
    while first > firstWord, lastWord - first < 10, isNamePart(scan, first - 1),
      first - 1 == lastWord || !scan.endsSentence(before: scan.words[first - 1].upperBound)
        || isInitial(scan, first - 1)
    {
      first -= 1
    }
    if let glued = glued(scan, lastWord) { return glued }
    guard first <= lastWord else { return nil }
    if let slashed = (first...lastWord).first(where: { agencySlash(scan, $0) }), slashed > first,
      lastWord - slashed <= 5, slashed > firstWord + 2
    {
      let from = scan.words[slashed].lowerBound
      let text = scan.text(from..<scan.bytes.count)
      return clean(text).map { Found(range: from..<scan.bytes.count, credit: $0) }
    }
    let rest = first..<lastWord + 1
    let from = scan.words[first].lowerBound
    let isWhole = first == firstWord
    let isClosed = isWhole || scan.endsSentence(before: scan.words[first - 1].upperBound)
    let text = scan.text(from..<scan.bytes.count)
    guard isClosed, agency(scan, rest) || isWhole && rest.count <= 8 && hasNameSlash(scan, rest)
    else { return nil }
    return clean(text).map { Found(range: from..<scan.bytes.count, credit: $0) }
  }

  /// "EFE/ Name": an agency in capitals with a slash behind it.
  private static func agencySlash(_ scan: WordScan, _ word: Int) -> Bool {
    let head = scan.bytes[scan.words[word]].prefix { $0 != 0x2F }
    guard head.count < scan.words[word].count, (2...12).contains(head.count),
      head.allSatisfy({ $0.isUpper || $0 == 0x2D })
    else { return false }
    return CreditWords.agencies.contains(String(decoding: head, as: UTF8.self).lowercased())
  }

  private static func glued(_ scan: WordScan, _ word: Int) -> Found? {
    let range = scan.words[word]
    guard
      let stop = range.dropFirst(2).first(where: {
        scan.bytes[$0] == 0x2E && $0 + 1 < range.upperBound
      })
    else { return nil }
    let inner = WordScan(Array(scan.bytes[(stop + 1)..<scan.bytes.count]))
    guard agency(inner, inner.words.indices), !scan.text(range).contains("://"),
      (0x41...0x5A).contains(scan.bytes[stop + 1])
    else { return nil }
    return clean(inner.text(0..<inner.bytes.count)).map {
      Found(range: stop + 1..<scan.bytes.count, credit: $0)
    }
  }
}
