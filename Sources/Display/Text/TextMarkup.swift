import Stories

/// What a story's text says beside its bytes, each list ascending by byte offset in them.
struct TextMarkup: Sendable {
  /// Emphasis and links.
  var styles: [StyleRun] = []
  /// Where the links of `styles` lead; in the order in which the text has them.
  var links: [LinkTarget] = []
  /// The format characters that were removed from the text.
  var formatCharacters: [FormatCharacter] = []
  /// The bidi levels of the passages with right-to-left text.
  var levels: [LevelRun] = []

  /// The format characters that stood inside a passage.
  func formatCharacters(in passage: Passage) -> ArraySlice<FormatCharacter> {
    guard !passage.isASCII, !formatCharacters.isEmpty else { return [] }
    let first = formatCharacters.firstIndex(after: passage.range.lowerBound) { Int($0.offset) }
    let last = formatCharacters.firstIndex(after: passage.range.upperBound) { Int($0.offset) }
    return formatCharacters[first..<last]
  }

  /// Whether a soft hyphen stood before a byte.
  func hasSoftHyphen(before byte: Int) -> Bool {
    guard !formatCharacters.isEmpty else { return false }
    let first = formatCharacters.firstIndex(after: byte - 1) { Int($0.offset) }
    return formatCharacters[first...].prefix { Int($0.offset) == byte }.contains(
      where: \.isSoftHyphen)
  }

  /// The stretches of equal level in a row of a passage that has levels.
  func levels(in row: Range<Int>) -> [(bytes: Range<Int>, level: UInt8)] {
    var run = max(0, levels.firstIndex(after: row.lowerBound) { Int($0.start) } - 1)
    var result: [(Range<Int>, UInt8)] = []
    var at = row.lowerBound
    while at < row.upperBound, run < levels.count {
      let next = run + 1 < levels.count ? Int(levels[run + 1].start) : row.upperBound
      let end = max(at, min(next, row.upperBound))
      if end > at { result.append((at..<end, levels[run].level)) }
      at = end
      run += 1
    }
    return result
  }
}

/// A stretch of marked up text.
struct StyleRun: Sendable {
  var start: Int
  var end: Int
  var style: Phrase.Style
  /// An index in `links`, or -1.
  var link: Int
}
