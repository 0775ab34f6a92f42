import Stories

/// A story as plain text: one line a paragraph, an empty line between blocks.
struct TextWriter {
  private var out = SafeBytes()

  static func document(_ story: Story) -> [UInt8] {
    var writer = TextWriter()
    writer.head(story)
    for block in story.blocks { writer.block(block, indent: "") }
    if let card = story.authorCard {
      writer.paragraph("About \(card.name)\(card.text.map { ": \($0)" } ?? "")", indent: "")
    }
    writer.thread(story.thread)
    return writer.out.bytes
  }

  private mutating func head(_ story: Story) {
    paragraph(story.title, indent: "")
    paragraph(story.standfirst ?? "", indent: "")
    paragraph(story.sourceLine, indent: "")
    paragraph(story.address.map { WebAddress.shown($0) } ?? "", indent: "")
  }

  /// A block of one or more lines and the empty line before it.
  private mutating func paragraph(_ text: String, indent: String, marker: String = "") {
    guard !text.isEmpty else { return }
    if !out.bytes.isEmpty { out.append("\n") }
    lines(text, indent: indent, marker: marker)
  }

  private mutating func lines(_ text: String, indent: String, marker: String = "") {
    var lead = marker
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      out.append(indent + lead)
      out.append(line)
      out.append("\n")
      lead = String(repeating: " ", count: marker.utf8.count)
    }
  }

  private mutating func block(_ block: Block, indent: String) {
    switch block {
    case .paragraph(let phrases), .heading(_, let phrases):
      paragraph(phrases.text, indent: indent)
    case .pullQuote(let phrases): paragraph("“\(phrases.text)”", indent: indent + "    ")
    case .footnote(let label, let phrases):
      paragraph(phrases.text, indent: indent, marker: "[\(label)] ")
    case .rule: paragraph("* * *", indent: indent)
    case .code(let text, _): paragraph(text, indent: indent + "    ")
    case .quote(let blocks): for block in blocks { self.block(block, indent: indent + "> ") }
    case .list(let list): self.list(list, indent: indent)
    case .table(let table): self.table(table, indent: indent)
    case .figure(let figure):
      let kind = figure.kind.rawValue
      paragraph("[Figure \(figure.number), \(kind)] \(figure.words)", indent: indent)
    case .embed(let embed):
      let words = [
        embed.provider, embed.text.isEmpty ? nil : embed.text.oneLine,
        embed.address.map { WebAddress.shown($0) },
      ]
      let text = words.compactMap { $0 }.joined(separator: " — ")
      paragraph("[\(embed.kind.rawValue)] \(text)", indent: indent)
    }
  }

  private mutating func list(_ list: Block.List, indent: String) {
    for (index, item) in list.items.enumerated() {
      let marker = list.start.map { "\($0 &+ index). " } ?? "- "
      let inner = indent + String(repeating: " ", count: marker.utf8.count)
      var rest = item[...]
      if case .paragraph(let phrases) = item.first {
        if index == 0, !out.bytes.isEmpty { out.append("\n") }
        lines(phrases.text, indent: indent, marker: marker)
        rest = item.dropFirst()
      }
      for block in rest { self.block(block, indent: inner) }
    }
  }

  private mutating func table(_ table: Table, indent: String) {
    paragraph(table.caption.oneLine, indent: indent)
    let rows = table.rows.map { $0.map(\.phrases.oneLine).joined(separator: "\t") }
    paragraph(rows.joined(separator: "\n"), indent: indent)
  }

  private mutating func thread(_ thread: Thread) {
    paragraph(thread.headline ?? "", indent: "")
    for comment in thread.comments {
      // The indent stops growing, as on the screen, before the text gets narrow.
      let indent = String(repeating: "  ", count: min(comment.depth, 12))
      paragraph(comment.head, indent: indent)
      for line in comment.text.split(separator: "\n") { lines(String(line), indent: indent + "  ") }
    }
  }
}
