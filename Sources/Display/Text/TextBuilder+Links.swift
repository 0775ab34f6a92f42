import Stories

/// The marked up stretches of the text, and what leads elsewhere in them.
extension TextBuilder {
  /// Marks what was written since a byte; a link that goes on in another style stays one link.
  mutating func addRun(_ from: Int, _ style: Phrase.Style, _ target: LinkTarget?) {
    addRun(from..<text.bytes.count, style, target)
  }

  private mutating func addRun(_ bytes: Range<Int>, _ style: Phrase.Style, _ target: LinkTarget?) {
    guard !style.isEmpty || target != nil, !bytes.isEmpty else { return }
    var link = -1
    if let target {
      let last = text.markup.styles.last
      if let last, last.end == bytes.lowerBound, last.link >= 0,
        text.markup.links[last.link] == target
      {
        link = last.link
      } else {
        link = text.markup.links.count
        text.markup.links.append(target)
      }
    }
    text.markup.styles.append(
      StyleRun(start: bytes.lowerBound, end: bytes.upperBound, style: style, link: link))
  }

  /// The footnote of a raised mark that the page left without a link.
  func raisedNote(_ phrase: Phrase) -> Int? {
    comment == nil && phrase.style.contains(.superscript)
      ? references.note(raised: phrase.text) : nil
  }

  /// Marks what was written since a byte, with links where its words name a figure or a footnote, or
  /// are an address.
  mutating func addMentions(_ from: Int, _ style: Phrase.Style) {
    var at = from
    for (range, target) in mentions(from) {
      addRun(at..<range.lowerBound, style, nil)
      addRun(range, style, target)
      at = range.upperBound
    }
    addRun(at, style, nil)
  }

  /// What words and addresses lead to, in order; a number within an address is part of it.
  private func mentions(_ from: Int) -> [(range: Range<Int>, target: LinkTarget)] {
    let addresses = BareAddress.all(in: text.bytes, from: from)
    var found: [(range: Range<Int>, target: LinkTarget)] = []
    var rest = addresses[...]
    for word in referringWords(from) {
      while let address = rest.first, address.range.upperBound <= word.range.lowerBound {
        found.append((address.range, address.target))
        rest.removeFirst()
      }
      if rest.first.map({ word.range.upperBound <= $0.range.lowerBound }) ?? true {
        found.append(word)
      }
    }
    return found + rest.map { ($0.range, $0.target) }
  }

  /// A caption names its own figure, and a headline is no place to jump from.
  private func referringWords(_ from: Int) -> [(range: Range<Int>, target: LinkTarget)] {
    guard !references.isEmpty else { return [] }
    switch text.items.last?.kind {
    case .paragraph, .quote, .footnote, .embed, .tableRow:
      return references.mentions(in: text.bytes[from...], withNotes: comment == nil).map {
        (from + $0.lowerBound..<from + $0.upperBound, .block($1))
      }
    default: return []
    }
  }
}
