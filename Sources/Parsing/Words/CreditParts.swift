import Stories

/// The pieces the patterns of `CreditSplit` are made of: labels, name parts, agencies, clean-up.
extension CreditSplit {
  /// A label that begins at word `at`, and the word after it; `nil` where there is none.
  ///
  /// A label is a kind ("Photo"), a giver ("credit"), or both, closed by a mark ("Photo:",
  /// "Credit…") or by a small word ("photo by", "courtesy of").
  static func label(_ scan: WordScan, at: Int) -> (after: Int, isStrong: Bool)? {
    var word = at
    var hasKind = false
    var hasGiver = false
    while word < scan.words.count, word < at + 3 {
      let whole = scan.lower(word)
      let (name, mark) = parted(whole)
      let isKind = CreditWords.kinds.contains(name) || CreditWords.kinds.contains(whole)
      let isGiver = CreditWords.givers.contains(name)
      guard isKind || isGiver else { break }
      hasKind = hasKind || isKind
      hasGiver = hasGiver || isGiver
      word += 1
      if mark == ":" || mark == "：" || mark == "=" || mark == "©" || mark == "…" || mark == "..."
        || mark == "/" && ["foto", "bild", "photo"].contains(name)
        || (mark == "," && hasGiver && (hasKind || name == "copyright"))
      {
        return (word, true)
      }
      if !mark.isEmpty && mark != "(" { return nil }
    }
    guard word > at, word < scan.words.count else { return nil }
    let next = scan.lower(word)
    if [":", "：", "=", "…", "..."].contains(next) { return (word + 1, true) }
    if next == "©" { return (word + 1, true) }
    let isStart = at == 0 || scan.endsSentence(before: scan.words[at - 1].upperBound)
    let first = scan.words[at].lowerBound
    let isOpened = isStart || first > 0 && [0x28, 0x5B, 0x7C].contains(scan.bytes[first])
    let isUpper = scan.isCapitalised(scan.words[at])
    if ["by", "via", "par", "von", "per", "por", "courtesy", "from"].contains(next),
      isOpened || isUpper && next != "via" && next != "from", hasKind || hasGiver
    {
      let skips = word + 1 < scan.words.count && scan.lower(word + 1) == "of" ? 2 : 1
      return (word + skips, false)
    }
    if next == "of", scan.bare(word - 1) == "courtesy" { return (word + 1, false) }
    // "Copyright Name" and "Credit Name" without any mark, at the head of a sentence only.
    if hasGiver, isStart, isUpper, scan.isCapitalised(scan.words[word]),
      ["copyright", "credit", "bildquelle"].contains(scan.bare(word - 1))
    {
      return (word, false)
    }
    return nil
  }

  /// A word without brackets before it, and the marks behind it.
  private static func parted(_ word: String) -> (name: String, mark: String) {
    var name = Substring(word)
    while let first = name.utf8.first, first == 0x28 || first == 0x5B || first == 0x7C {
      name = name.dropFirst()
    }
    // Most words end in a letter, and so in no mark.
    guard let last = name.utf8.last, !last.isAlphanumeric else { return (String(name), "") }
    for mark in ["...", "…", ":", "：", "=", "©", ",", "/"] where name.hasSuffix(mark) {
      return (String(name.dropLast(mark.count)), mark)
    }
    return (String(name), "")
  }

  /// Whether a word may stand in a name: capitalised, a joiner, or an agency.
  static func isNamePart(_ scan: WordScan, _ word: Int) -> Bool {
    let range = scan.words[word]
    guard range.count <= 60 else { return false }
    if scan.bytes[range.lowerBound] == 0x2F { return true }
    if CreditWords.joiners.contains(scan.lower(word)) { return true }
    return scan.isCapitalised(range) || CreditWords.agencies.contains(scan.bare(word))
      || pieces(scan, word..<word + 1).contains { CreditWords.agencies.contains($0) }
  }

  /// "J." in a name is no end of a sentence.
  static func isInitial(_ scan: WordScan, _ word: Int) -> Bool {
    let range = scan.words[word]
    return range.count <= 4 && scan.bytes[range.upperBound - 1] == 0x2E
  }

  /// Whether an agency is named among these words.
  static func agency(_ scan: WordScan, _ words: Range<Int>) -> Bool {
    let parts = pieces(scan, words)
    for index in parts.indices {
      var name = ""
      for word in parts[index...].prefix(4) {
        name += name.isEmpty ? word : " " + word
        if CreditWords.agencies.contains(name) {
          // Short names are words too ("pa", "tt"): they count in capitals only.
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

  /// Lower-case pieces of words, cut at slashes and brackets too.
  private static func pieces(_ scan: WordScan, _ words: Range<Int>) -> [String] {
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
        // "pa", "tt" or "rex" in small letters are words; "dpa" and its like sign so.
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

  /// A credit without labels, brackets, years and what pages hang behind it.
  static func clean(_ text: String) -> String? {
    var scan = WordScan(Array(text.utf8.prefix(400)))
    for _ in 0..<3 {
      guard let label = label(scan, at: 0), label.after < scan.words.count else { break }
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
    line = strippedEnds(line)
    // A notice of rights behind the maker's name: "Name/Copyright 2025 Agency".
    let slash = line.utf8.indices.first {
      line.utf8[$0] == 0x2F && line[$0...].hasPrefix("/Copyright ")
    }
    if let slash, slash > line.startIndex { line = String(line[..<slash]) }
    for tail in CreditWords.tails where line.lowercased().hasSuffix(tail) {
      line = String(line.dropLast(tail.count))
    }
    line = strippedEnds(line)
    guard line.contains(" | ") else { return line.isEmpty ? nil : line }
    // Bars part the agency from the maker; some pages write the same name on both sides.
    var names: [Substring] = []
    for name in line.split(separator: "|") {
      let name = Substring(strippedEnds(String(name)))
      if !name.isEmpty, !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: ", ")
  }

  private static func strippedEnds(_ line: String) -> String {
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

  /// Where the caption begins behind a spoken lead: "Image caption, ".
  static func captionStart(_ scan: WordScan) -> Int {
    guard !scan.words.isEmpty else { return 0 }
    let head = scan.text(0..<min(40, scan.bytes.count)).lowercased()
    for lead in CreditWords.leads where head.hasPrefix(lead) {
      var end = lead.utf8.count
      guard end < scan.bytes.count,
        [0x2C, 0x3A].contains(scan.bytes[end]) || lead == "image caption"
      else { continue }
      while end < scan.bytes.count,
        [0x2C, 0x3A].contains(scan.bytes[end]) || WordScan.space(scan.bytes, end) > 0
      {
        end += max(1, WordScan.space(scan.bytes, end))
      }
      return end
    }
    return 0
  }
}

extension [Phrase] {
  /// The runs that stand in a range of UTF-8 offsets of the whole text.
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
