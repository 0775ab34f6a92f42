import Stories

/// The building blocks of the patterns of `CreditSplit`: labels, name parts, agencies, clean-up.
extension CreditSplit {
  /// Parses a label that begins at word `at`; returns the index of the word after it, or `nil`.
  ///
  /// A label is a picture noun ("Photo"), a source noun ("credit"), or both, terminated by
  /// punctuation ("Photo:", "Credit…") or a preposition ("photo by", "courtesy of"). `isStrong` is
  /// whether it was punctuation.
  static func parseLabel(_ scan: WordScan, at: Int) -> (after: Int, isStrong: Bool)? {
    var word = at
    var hasKind = false
    var hasSource = false
    while word < scan.words.count, word < at + 3 {
      let whole = scan.lowercasedWord(word)
      let (name, mark) = splitPunctuation(whole)
      let isKind =
        CreditWords.pictureNouns.contains(name) || CreditWords.pictureNouns.contains(whole)
      let isSource = CreditWords.sourceNouns.contains(name)
      guard isKind || isSource else { break }
      hasKind = hasKind || isKind
      hasSource = hasSource || isSource
      word += 1
      if mark == ":" || mark == "：" || mark == "=" || mark == "©" || mark == "…" || mark == "..."
        || mark == "/" && ["foto", "bild", "photo"].contains(name)
        || (mark == "," && hasSource && (hasKind || name == "copyright"))
      {
        return (word, true)
      }
      if !mark.isEmpty && mark != "(" { return nil }
    }
    guard word > at, word < scan.words.count else { return nil }
    let next = scan.lowercasedWord(word)
    if [":", "：", "=", "…", "..."].contains(next) { return (word + 1, true) }
    if next == "©" { return (word + 1, true) }
    let isStart = at == 0 || scan.endsSentence(before: scan.words[at - 1].upperBound)
    let first = scan.words[at].lowerBound
    let isOpened = isStart || first > 0 && [0x28, 0x5B, 0x7C].contains(scan.bytes[first])
    let isUpper = scan.isCapitalised(scan.words[at])
    if ["by", "via", "par", "von", "per", "por", "courtesy", "from"].contains(next),
      isOpened || isUpper && next != "via" && next != "from", hasKind || hasSource
    {
      let skips = word + 1 < scan.words.count && scan.lowercasedWord(word + 1) == "of" ? 2 : 1
      return (word + skips, false)
    }
    if next == "of", scan.strippedWord(word - 1) == "courtesy" { return (word + 1, false) }
    // "Copyright Name" and "Credit Name" without punctuation count at the start of a sentence only:
    // elsewhere the words are prose.
    if hasSource, isStart, isUpper, scan.isCapitalised(scan.words[word]),
      ["copyright", "credit", "bildquelle"].contains(scan.strippedWord(word - 1))
    {
      return (word, false)
    }
    return nil
  }

  /// A word without opening brackets, and the punctuation at its end.
  private static func splitPunctuation(_ word: String) -> (name: String, mark: String) {
    var name = Substring(word)
    while let first = name.utf8.first, first == 0x28 || first == 0x5B || first == 0x7C {
      name = name.dropFirst()
    }
    // Fast path: most words end in a letter.
    guard let last = name.utf8.last, !last.isAlphanumeric else { return (String(name), "") }
    for mark in ["...", "…", ":", "：", "=", "©", ",", "/"] where name.hasSuffix(mark) {
      return (String(name.dropLast(mark.count)), mark)
    }
    return (String(name), "")
  }

  /// Whether a word can be part of a name: capitalised, a name particle, or an agency.
  static func isNamePart(_ scan: WordScan, _ word: Int) -> Bool {
    let range = scan.words[word]
    guard range.count <= 60 else { return false }
    if scan.bytes[range.lowerBound] == 0x2F { return true }
    if CreditWords.nameParticles.contains(scan.lowercasedWord(word)) { return true }
    return scan.isCapitalised(range) || CreditWords.agencies.contains(scan.strippedWord(word))
      || nameTokens(scan, word..<word + 1).contains { CreditWords.agencies.contains($0) }
  }

  /// Whether a word is an initial ("J."), whose full stop does not end a sentence.
  static func isInitial(_ scan: WordScan, _ word: Int) -> Bool {
    let range = scan.words[word]
    return range.count <= 4 && scan.bytes[range.upperBound - 1] == 0x2E
  }

  /// Whether one to four consecutive words are the name of an agency.
  static func containsAgency(_ scan: WordScan, _ words: Range<Int>) -> Bool {
    let parts = nameTokens(scan, words)
    for index in parts.indices {
      var name = ""
      for word in parts[index...].prefix(4) {
        name += name.isEmpty ? word : " " + word
        if CreditWords.agencies.contains(name) {
          return true
        }
      }
    }
    return false
  }

  static func hasNameSlash(_ scan: WordScan, _ words: Range<Int>) -> Bool {
    words.contains { word in
      let range = scan.words[word]
      return scan.bytes[range].contains(0x2F) && !scan.text(range).contains("://")
    } && words.allSatisfy { scan.isCapitalised(scan.words[$0]) }
  }

  /// The words in lower case, also split at slashes, brackets and punctuation.
  ///
  /// A lower-case ASCII word of at most three letters gives "": "pa", "tt" and "rex" are words as well
  /// as agencies, and count in capitals only.
  private static func nameTokens(_ scan: WordScan, _ words: Range<Int>) -> [String] {
    var out: [String] = []
    for word in words {
      for part in scan.bytes[scan.words[word]].split(whereSeparator: {
        [0x2F, 0x28, 0x29, 0x5B, 0x5D, 0x2C, 0x3A, 0x7C, 0x3B].contains($0)
      }) where part.count <= 40 {
        var piece = part
        while piece.last == 0x2E { piece = piece.dropLast() }
        let text = String(decoding: piece, as: UTF8.self)
        let isShort = piece.count <= 3 && piece.allSatisfy { $0 < 0x80 }
        let isLower = text == text.lowercased()
        // "dpa" and a few others sign in lower case.
        guard !isShort || !isLower || ["dpa", "epa", "apa", "zvg", "ddp", "epd"].contains(text)
        else {
          out.append("")
          continue
        }
        out.append(text.lowercased())
      }
    }
    return out
  }

  /// The name in a credit: without labels, brackets, years and trailing notices; `nil` if it is empty.
  ///
  /// Only the first 400 bytes are examined.
  static func clean(_ text: String) -> String? {
    var scan = WordScan(Array(text.utf8.prefix(400)))
    for _ in 0..<3 {
      guard let label = parseLabel(scan, at: 0), label.after < scan.words.count else { break }
      scan = WordScan(Array(scan.bytes[scan.words[label.after].lowerBound...]))
    }
    var words = scan.words.map { scan.text($0) }
    while let first = words.first {
      let bare = first.lowercased()
      let isYear = first.utf8.count == 4 && first.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard
        ["©", "(c)", "|", "-", "–", "—", "/", ":", "by", "(©)", "•", "·"].contains(bare) || isYear
      else { break }
      words.removeFirst()
    }
    var line = words.joined(separator: " ")
    while line.hasPrefix("©") || line.hasPrefix("(") && !line.contains(")") || line.hasPrefix("|") {
      line = String(line.dropFirst())
    }
    line = trimmedEnds(line)
    // A copyright notice after the photographer's name: "Name/Copyright 2025 Agency".
    let slash = line.utf8.indices.first {
      line.utf8[$0] == 0x2F && line[$0...].hasPrefix("/Copyright ")
    }
    if let slash, slash > line.startIndex { line = String(line[..<slash]) }
    for tail in CreditWords.trailingNotices where line.lowercased().hasSuffix(tail) {
      line = String(line.dropLast(tail.count))
    }
    line = trimmedEnds(line)
    guard line.contains(" | ") else { return line.isEmpty ? nil : line }
    // Bars separate agency and photographer; some pages write the same name on both sides.
    var names: [Substring] = []
    for name in line.split(separator: "|") {
      let name = Substring(trimmedEnds(String(name)))
      if !name.isEmpty, !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: ", ")
  }

  private static func trimmedEnds(_ line: String) -> String {
    var line = Substring(line)
    while let first = line.utf8.first, first == 0x20 { line = line.dropFirst() }
    if line.hasPrefix("("), line.hasSuffix(")"), line.dropFirst().firstIndex(of: "(") == nil {
      line = line.dropFirst().dropLast()
    }
    if line.hasPrefix("["), line.hasSuffix("]") { line = line.dropFirst().dropLast() }
    while let last = line.utf8.last {
      let isOpenBracket = last == 0x29 && !line.contains("(") || last == 0x5D && !line.contains("[")
      guard [0x20, 0x2E, 0x2C, 0x3B, 0x7C, 0x2D, 0x3A].contains(last) || isOpenBracket else {
        break
      }
      line = line.dropLast()
    }
    return String(line)
  }

  /// The offset of the caption after a prefix written for screen readers, such as "Image caption, ".
  static func captionStart(_ scan: WordScan) -> Int {
    guard !scan.words.isEmpty else { return 0 }
    let head = scan.text(0..<min(40, scan.bytes.count)).lowercased()
    for lead in CreditWords.captionPrefixes where head.hasPrefix(lead) {
      var end = lead.utf8.count
      guard end < scan.bytes.count,
        [0x2C, 0x3A].contains(scan.bytes[end]) || lead == "image caption"
      else { continue }
      while end < scan.bytes.count,
        [0x2C, 0x3A].contains(scan.bytes[end]) || WordScan.spaceLength(scan.bytes, end) > 0
      {
        end += max(1, WordScan.spaceLength(scan.bytes, end))
      }
      return end
    }
    return 0
  }
}

extension [Phrase] {
  /// The phrases within a range of UTF-8 offsets of the concatenated text.
  func sliced(_ range: Range<Int>) -> [Phrase] {
    var out: [Phrase] = []
    var base = 0
    for phrase in self {
      let size = phrase.text.utf8.count
      let low = Swift.max(range.lowerBound - base, 0)
      let high = Swift.min(range.upperBound - base, size)
      if low < high {
        var copy = phrase
        let cut = Swift.Array(phrase.text.utf8)[low..<high]
        copy.text = String(decoding: cut, as: UTF8.self)
        out.append(copy)
      }
      base += size
    }
    return out
  }
}
