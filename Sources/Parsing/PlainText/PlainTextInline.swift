import Stories

/// Parses Markdown's inline markup: links, strong, emphasis, code; unclosed delimiters stay text.
///
/// One pass over the bytes. A closing delimiter is searched for in the next 2,000 bytes only, and a
/// failed search is remembered, so that a line of a million asterisks costs a million steps.
func markdownPhrases(_ text: String, _ references: [String: String] = [:]) -> [Phrase] {
  var parser = MarkdownInlineParser(bytes: Array(text.utf8), references: references)
  return parser.parse()
}

private struct MarkdownInlineParser {
  let bytes: [UInt8]
  let references: [String: String]
  var out: [Phrase] = []
  var plain: [UInt8] = []
  /// Delimiters that were not found, with the offset up to which they were searched for.
  var failedSearches: [String: Int] = [:]

  init(bytes: [UInt8], references: [String: String]) {
    self.bytes = bytes
    self.references = references
  }

  mutating func parse() -> [Phrase] {
    var index = 0
    while index < bytes.count {
      index = consume(index)
    }
    flush()
    return out
  }

  private mutating func consume(_ index: Int) -> Int {
    switch bytes[index] {
    case 0x5C where index + 1 < bytes.count && WordScan.isPunctuation(bytes[index + 1]):
      plain.append(bytes[index + 1])
      return index + 2
    case 0x60:
      return span(index, "`", .code)
    case 0x2A where index + 1 < bytes.count && bytes[index + 1] == 0x2A:
      return span(index, "**", .strong)
    case 0x2A: return span(index, "*", .emphasis)
    case 0x5F where index == 0 || !bytes[index - 1].isAlphanumeric:
      return span(index, "_", .emphasis)
    case 0x7E where index + 1 < bytes.count && bytes[index + 1] == 0x7E:
      return span(index, "~~", .deleted)
    case 0x5B: return link(index)
    case 0x3C: return address(index)
    default:
      plain.append(bytes[index])
      return index + 1
    }
  }

  private mutating func flush() {
    guard !plain.isEmpty else { return }
    out.append(Phrase(String(decoding: plain, as: UTF8.self)))
    plain = []
  }

  private mutating func findDelimiter(_ delimiter: String, from start: Int) -> Int? {
    if let until = failedSearches[delimiter], start < until { return nil }
    let wanted = Array(delimiter.utf8)
    let end = min(bytes.count, start + 2_000)
    var index = start
    while index + wanted.count <= end {
      if bytes[index] == wanted[0], wanted.count == 1 || bytes[index + 1] == wanted[1] {
        return index
      }
      index += 1
    }
    failedSearches[delimiter] = end
    return nil
  }

  private mutating func span(_ index: Int, _ delimiter: String, _ style: Phrase.Style) -> Int {
    let start = index + delimiter.utf8.count
    guard start < bytes.count, !bytes[start].isSpace,
      let end = findDelimiter(delimiter, from: start),
      end > start,
      !bytes[end - 1].isSpace
    else {
      plain += Array(delimiter.utf8)
      return start
    }
    flush()
    out.append(Phrase(String(decoding: bytes[start..<end], as: UTF8.self), style: style))
    return end + delimiter.utf8.count
  }

  /// Parses "[text](URL)", "[text][name]", "[name]" or "[^1]"; anything else stays text.
  private mutating func link(_ index: Int) -> Int {
    guard let close = findDelimiter("]", from: index + 1), close > index + 1 else {
      return keepByte(index)
    }
    let label = text(index + 1..<close)
    if label.begins(with: "^"), label.utf8.count <= 10 {
      return append(Phrase(label.without(1), style: .superscript), next: close + 1)
    }
    let next = close + 1 < bytes.count ? bytes[close + 1] : 0
    if next == 0x28, let end = findDelimiter(")", from: close + 2) {
      let target = PlainMark.target(text(close + 2..<end))
      return append(Phrase(label, link: target.isEmpty ? nil : target), next: end + 1)
    }
    if next == 0x5B, let end = findDelimiter("]", from: close + 2) {
      let name = end > close + 2 ? text(close + 2..<end) : label
      if let target = references[name.lowercased()] {
        return append(Phrase(label, link: target), next: end + 1)
      }
    }
    guard let target = references[label.lowercased()] else { return keepByte(index) }
    return append(Phrase(label, link: target), next: close + 1)
  }

  /// Parses an autolink: "<https://…>" or "<name@host>".
  private mutating func address(_ index: Int) -> Int {
    guard let close = findDelimiter(">", from: index + 1) else { return keepByte(index) }
    let address = text(index + 1..<close)
    guard !address.utf8.contains(0x20) else { return keepByte(index) }
    if WebAddress.beginsAsWeb(address) {
      return append(Phrase(address, link: address), next: close + 1)
    }
    guard address.utf8.contains(0x40), !address.utf8.contains(0x3C) else { return keepByte(index) }
    return append(Phrase(address, link: "mailto:" + address), next: close + 1)
  }

  private mutating func keepByte(_ index: Int) -> Int {
    plain.append(bytes[index])
    return index + 1
  }

  private mutating func append(_ phrase: Phrase, next: Int) -> Int {
    flush()
    out.append(phrase)
    return next
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
