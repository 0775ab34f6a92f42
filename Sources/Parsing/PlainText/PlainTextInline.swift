import Stories

/// Markdown's marks inside a line: links, strong, emphasis, code; anything unclosed stays text.
///
/// One pass over the bytes; a mark looks for its partner in the next 2,000 bytes only, and never
/// again once it found none, so that a line of a million stars costs a million steps.
func markdownPhrases(_ text: String, _ references: [String: String] = [:]) -> [Phrase] {
  var reader = MarkdownLine(bytes: Array(text.utf8), references: references)
  return reader.read()
}

private struct MarkdownLine {
  let bytes: [UInt8]
  let references: [String: String]
  var out: [Phrase] = []
  var plain: [UInt8] = []
  /// Marks that have no partner within reach; not looked for again before this offset.
  var fruitless: [String: Int] = [:]

  init(bytes: [UInt8], references: [String: String]) {
    self.bytes = bytes
    self.references = references
  }

  mutating func read() -> [Phrase] {
    var index = 0
    while index < bytes.count {
      index = take(index)
    }
    flush()
    return out
  }

  private mutating func take(_ index: Int) -> Int {
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

  private mutating func find(_ mark: String, from start: Int) -> Int? {
    if let until = fruitless[mark], start < until { return nil }
    let wanted = Array(mark.utf8)
    let end = min(bytes.count, start + 2_000)
    var index = start
    while index + wanted.count <= end {
      if bytes[index] == wanted[0], wanted.count == 1 || bytes[index + 1] == wanted[1] {
        return index
      }
      index += 1
    }
    fruitless[mark] = end
    return nil
  }

  private mutating func span(_ index: Int, _ mark: String, _ style: Phrase.Style) -> Int {
    let start = index + mark.utf8.count
    guard start < bytes.count, !bytes[start].isSpace, let end = find(mark, from: start),
      end > start,
      !bytes[end - 1].isSpace
    else {
      plain += Array(mark.utf8)
      return start
    }
    flush()
    out.append(Phrase(String(decoding: bytes[start..<end], as: UTF8.self), style: style))
    return end + mark.utf8.count
  }

  /// "[text](address)", "[text][name]", "[name]" or "[^1]"; anything else stays as it is.
  private mutating func link(_ index: Int) -> Int {
    guard let close = find("]", from: index + 1), close > index + 1 else { return keep(index) }
    let label = text(index + 1..<close)
    if label.begins(with: "^"), label.utf8.count <= 10 {
      return add(Phrase(label.without(1), style: .superscript), next: close + 1)
    }
    let next = close + 1 < bytes.count ? bytes[close + 1] : 0
    if next == 0x28, let end = find(")", from: close + 2) {
      let target = PlainMark.target(text(close + 2..<end))
      return add(Phrase(label, link: target.isEmpty ? nil : target), next: end + 1)
    }
    if next == 0x5B, let end = find("]", from: close + 2) {
      let name = end > close + 2 ? text(close + 2..<end) : label
      if let target = references[name.lowercased()] {
        return add(Phrase(label, link: target), next: end + 1)
      }
    }
    guard let target = references[label.lowercased()] else { return keep(index) }
    return add(Phrase(label, link: target), next: close + 1)
  }

  /// "<https://…>" or "<name@host>".
  private mutating func address(_ index: Int) -> Int {
    guard let close = find(">", from: index + 1) else { return keep(index) }
    let address = text(index + 1..<close)
    guard !address.utf8.contains(0x20) else { return keep(index) }
    if address.begins(with: "https://") || address.begins(with: "http://") {
      return add(Phrase(address, link: address), next: close + 1)
    }
    guard address.utf8.contains(0x40), !address.utf8.contains(0x3C) else { return keep(index) }
    return add(Phrase(address, link: "mailto:" + address), next: close + 1)
  }

  private mutating func keep(_ index: Int) -> Int {
    plain.append(bytes[index])
    return index + 1
  }

  private mutating func add(_ phrase: Phrase, next: Int) -> Int {
    flush()
    out.append(phrase)
    return next
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
