import Stories

/// Cleans captions of boilerplate: counters, button labels, repeated lines.
enum CaptionLabels {
  /// A caption without counters and button labels around it; empty if nothing else is left.
  ///
  /// `isCredited` is whether a credit was split off, so that a label left before it ("Credit:") is
  /// removed too.
  static func trimmed(_ caption: [Phrase], isCredited: Bool) -> [Phrase] {
    let text = caption.text
    let scan = WordScan(text)
    guard let last = scan.words.last else { return [] }
    var (low, high) = (counterEnd(scan), last.upperBound)
    let lower = Array(scan.text(0..<high).lowercased().utf8)
    if lower.count == high { (low, high) = withoutButtons(lower, low..<high) }
    if isCredited { high = labelStart(scan, before: high) }
    let bytes = scan.bytes
    while low < high, WordScan.spaceLength(bytes, low) > 0 {
      low += WordScan.spaceLength(bytes, low)
    }
    while high > low,
      bytes[high - 1].isSpace || bytes[high - 1] == 0x7C
        || high - 2 > low && bytes[high - 1] == 0x2D && bytes[high - 2].isSpace
    {
      high -= 1
    }
    // What is left may be only punctuation, a date or a label.
    let letters = bytes[low..<max(low, high)]
    guard letters.contains(where: { $0.isLetter || $0 >= 0xC3 }),
      !CreditWords.isLabel(scan.text(letters.startIndex..<letters.endIndex))
    else { return [] }
    return low == 0 && high == bytes.count ? caption : caption.sliced(low..<high)
  }

  /// The range without up to three button labels in a row at each end.
  private static func withoutButtons(_ lower: [UInt8], _ range: Range<Int>) -> (Int, Int) {
    var (low, high) = (range.lowerBound, range.upperBound)
    for _ in 0..<3 {
      for words in CreditWords.buttonLabels where high - low >= words.utf8.count {
        if lower[low..<high].suffix(words.utf8.count).elementsEqual(words.utf8) {
          high -= words.utf8.count
        }
        if lower[low..<high].starts(with: words.utf8) { low += words.utf8.count }
      }
      while high > low, lower[high - 1].isSpace { high -= 1 }
    }
    return (low, high)
  }

  /// The offset of a trailing label without a name, such as "Credit...", or of trailing punctuation.
  private static func labelStart(_ scan: WordScan, before end: Int) -> Int {
    let bytes = scan.bytes
    var high = end
    let marks: [UInt8] = [0x2E, 0x3A, 0x20, 0x0A]
    while high > 0, marks.contains(bytes[high - 1]) { high -= 1 }
    var start = high
    while start > 0, high - start < 30, bytes[start - 1].isLetter || bytes[start - 1] >= 0x80 {
      start -= 1
    }
    let hasMark =
      bytes[high..<end].contains(0x3A) || bytes[high..<end].filter { $0 == 0x2E }.count > 1
    if hasMark, CreditWords.isLabel(scan.text(start..<high)) { return start }
    high = end
    while high > 0, [0x2C, 0x3B, 0x2F, 0x28, 0x20].contains(bytes[high - 1]) { high -= 1 }
    return high
  }

  /// The offset after a counter, such as "Image 1 of 13" or "1/13".
  private static func counterEnd(_ scan: WordScan) -> Int {
    let isNumber: (Int) -> Bool = { word in
      let bare = scan.bytes[scan.trimmed(scan.words[word])]
      return !bare.isEmpty && bare.count <= 3 && bare.allSatisfy { $0.isDigit }
    }
    guard scan.words.count > 1 else { return 0 }
    let first = scan.bytes[scan.words[0]]
    let parts = first.split(separator: 0x2F)
    if parts.count == 2, parts.allSatisfy({ $0.count <= 3 && $0.allSatisfy { $0.isDigit } }) {
      return scan.words[0].upperBound
    }
    let at = CreditWords.pictureNouns.contains(scan.lowercasedWord(0)) ? 1 : 0
    guard scan.words.count > at + 3, isNumber(at), isNumber(at + 2),
      ["of", "von", "de", "sur", "di", "/", "av", "van", "z", "из"].contains(
        scan.lowercasedWord(at + 1))
    else { return 0 }
    return scan.words[at + 2].upperBound
  }

  /// A caption without lines that repeat another line or are a truncated copy of it.
  static func withoutRepeatedLines(_ caption: [Phrase]) -> [Phrase] {
    let text = caption.text
    guard text.utf8.contains(0x0A) else { return caption }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count <= 12 else { return caption }
    var kept: [Phrase] = []
    var start = 0
    for (index, line) in lines.enumerated() {
      let end = start + line.utf8.count
      let isRepeat = lines.enumerated().contains { other, whole in
        other != index && !line.isEmpty
          && (line == whole ? other < index : isTruncated(line, of: whole))
      }
      if !isRepeat, !line.isEmpty {
        if !kept.isEmpty { kept.append(Phrase("\n")) }
        kept += caption.sliced(start..<end)
      }
      start = end + 1
    }
    return kept
  }

  /// Whether a text of at least 20 bytes is a truncated copy of another, with or without an ellipsis.
  static func isTruncated(_ text: String, of whole: String) -> Bool {
    var text = Substring(text)
    while let last = text.unicodeScalars.last, ".… ".unicodeScalars.contains(last) {
      text.unicodeScalars.removeLast()
    }
    return text.utf8.count >= 20 && whole.utf8.count > text.utf8.count && whole.hasPrefix(text)
  }
}
