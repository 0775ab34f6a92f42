import Stories

/// Building the story's blocks from the classified pieces.
extension PlainTextParser {
  mutating func build() {
    var index = 0
    let end = max(body.upperBound, captions.keys.max().map { $0 + 1 } ?? 0)
    while index < min(end, pieces.count) {
      let piece = pieces[index]
      switch parts[index] {
      case .paragraph: story.blocks.append(.paragraph(phrases(piece.text)))
      case .heading:
        // Empty if the heading is only a footnote reference: "[^]".
        let words = phrases(piece.text)
        if !words.text.isEmpty { story.blocks.append(.heading(level: 2, words)) }
      case .caption, .credit:
        story.blocks.append(
          .figure(
            Figure(
              caption: captions[index].map { phrases($0) } ?? [], credit: credits[index])))
      case .open where body.contains(index): index = buildMarkup(index) - 1
      default: break
      }
      index += 1
    }
    extractDateline()
  }

  /// Builds the block of a piece with markup (quote, list, code, heading); returns the next index.
  private mutating func buildMarkup(_ index: Int) -> Int {
    let piece = pieces[index]
    switch piece.kind {
    case .heading(let level):
      let words = phrases(piece.text)
      if !words.text.isEmpty { story.blocks.append(.heading(level: min(6, max(2, level)), words)) }
    case .code(let language): story.blocks.append(.code(piece.text, language: language))
    case .rule: if !story.blocks.isEmpty { story.blocks.append(.rule) }
    case .image(let alt, let at): story.blocks.append(.figure(image(alt: alt, at: at)))
    case .text: story.blocks.append(.paragraph(phrases(piece.text)))
    case .table(let rows, let hasHead): story.blocks.append(table(rows, hasHead: hasHead))
    case .note(let label):
      story.blocks.append(.footnote(label: label, phrases(piece.text)))
    case .quote, .item:
      var next = index
      while next < pieces.count, parts[next] == .open, belongsTogether(pieces[next], piece) {
        next += 1
      }
      story.blocks += nested(index..<next)
      return next
    }
    return index + 1
  }

  private func table(_ rows: [[String]], hasHead: Bool) -> Block {
    let width = rows.first?.count ?? 0
    return .table(
      Table(
        rows: rows.enumerated().map { number, row in
          row.prefix(width).map { Table.Cell(phrases($0), isHeader: hasHead && number == 0) }
        }))
  }

  /// Whether two pieces belong to the same quote or list, nested lists included.
  private func belongsTogether(_ one: PlainPiece, _ other: PlainPiece) -> Bool {
    switch (one.kind, other.kind) {
    case (.quote, .quote): true
    case (.item(let number), .item(let first)):
      (number == nil) == (first == nil) || one.depth > other.depth + 1
    default: false
    }
  }

  /// The quote or list of the pieces; deeper pieces are nested in the preceding one.
  private func nested(_ range: Range<Int>, level: Int = 0) -> [Block] {
    let isQuote = pieces[range.lowerBound].kind == .quote
    var blocks: [Block] = []
    var items: [[Block]] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let piece = pieces[index]
      var next = index + 1
      if level < PlainMark.maximumDepth {
        while next < range.upperBound, pieces[next].depth > piece.depth + (isQuote ? 0 : 1) {
          next += 1
        }
      }
      let own = Block.paragraph(phrases(piece.text))
      let inner = next > index + 1 ? nested(index + 1..<next, level: level + 1) : []
      if isQuote {
        blocks += [own] + inner
      } else {
        items.append([own] + inner)
      }
      index = next
    }
    if isQuote { return [.quote(blocks)] }
    guard case .item(let start) = pieces[range.lowerBound].kind else { return [] }
    return [.list(Block.List(start: start, items: items))]
  }

  private func image(alt: String, at: String) -> Figure {
    var address = at
    var title: String?
    if let quote = at.firstIndex(of: "\"") {
      title = String(at[at.index(after: quote)...].prefix { $0 != "\"" })
      address = String(at[..<quote])
    }
    while address.hasSuffix(" ") { address.removeLast() }
    let caption = splitCredit([Phrase(title ?? alt)])
    return Figure(
      caption: caption.caption, credit: caption.credit, alt: alt.isEmpty ? nil : alt,
      image: address.isEmpty ? nil : address)
  }

  private func phrases(_ text: String) -> [Phrase] {
    source.isMarkdown ? markdownPhrases(text, source.references) : [Phrase(text)]
  }

  /// Extracts the dateline before the first sentence: "HARBOUR TOWN (Agency) — The ferry …".
  private mutating func extractDateline() {
    guard
      let at = story.blocks.firstIndex(where: {
        if case .paragraph = $0 { true } else { false }
      }), case .paragraph(let text) = story.blocks[at]
    else { return }
    let scan = WordScan(String(decoding: text.text.utf8.prefix(120), as: UTF8.self))
    guard
      let dash = scan.words.indices.prefix(9).dropFirst().first(where: {
        ["-", "–", "—", "--"].contains(scan.text(scan.words[$0]))
      }), dash + 1 < scan.words.count
    else { return }
    let place = scan.words[0].lowerBound..<scan.words[dash - 1].upperBound
    let first = scan.text(scan.words[0])
    let hasBracket = scan.bytes[place.upperBound - 1] == 0x29
    guard first.utf8.count >= 3, first == first.uppercased(), first != first.lowercased(),
      hasBracket || scan.text(place) == scan.text(place).uppercased()
    else { return }
    story.dateline = scan.text(place)
    story.blocks[at] = .paragraph(
      text.sliced(scan.words[dash + 1].lowerBound..<text.text.utf8.count))
  }
}

// MARK: - Heads that are written for programs

extension PlainTextParser {
  /// Extracts the front matter of a Markdown file: fields between two lines "---".
  mutating func parseFrontMatter() {
    guard let first = pieces.first, first.kind == .rule || first.text == "---",
      let last = pieces.indices.dropFirst().prefix(40).first(where: {
        pieces[$0].kind == .rule || pieces[$0].text == "---"
      })
    else { return }
    for index in 0...last { parts[index] = .used }
    for index in 1..<last { setField(pieces[index].text) }
  }

  /// Extracts the header fields of a mail message (RFC 5322): "From:", "Date:", "Subject:".
  mutating func parseMailHeader() {
    let names: Set<String> = [
      "from", "to", "date", "subject", "cc", "reply-to", "message-id", "sent", "list-id",
      "mime-version", "content-type", "received", "x-mailer", "in-reply-to",
    ]
    var last: Int?
    var fields = 0
    for index in pieces.indices.prefix(30) where parts[index] == .open {
      let name = pieces[index].text.utf8.prefix(30).prefix { $0 != 0x3A }
      guard names.contains(String(decoding: name, as: UTF8.self).lowercased()) else { break }
      last = index
      fields += 1
    }
    guard let last, fields >= 2 else { return }
    for index in 0...last where parts[index] == .open {
      setField(pieces[index].text)
      parts[index] = .used
    }
    // A signature follows the separator line "--" (RFC 3676, 4.3).
    guard let sign = pieces.indices.last(where: { pieces[$0].text == "--" }), sign > last else {
      return
    }
    for index in sign..<pieces.count { drop(index, .footer) }
  }

  private mutating func setField(_ line: String) {
    guard let colon = line.firstIndex(of: ":") else { return }
    var value = line[line.index(after: colon)...].drop { $0 == " " }
    if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
      value = value.dropFirst().dropLast()
    }
    guard !value.isEmpty else { return }
    switch line[..<colon].lowercased() {
    case "title", "subject": story.title = String(value)
    case "author", "from":
      let name = value.prefix { $0 != "<" }.drop { $0 == " " || $0 == "\"" }
      var text = String(name.isEmpty ? value : name)
      while text.hasSuffix(" ") || text.hasSuffix("\"") { text.removeLast() }
      if !text.isEmpty { story.byline = [text] }
    case "date", "sent": story.published = parseVisibleDate(String(value))
    default: break
    }
  }
}
