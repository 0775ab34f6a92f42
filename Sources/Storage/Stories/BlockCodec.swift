internal import Stories

// The encoding of each kind of block: its tag, and how it is written and read.

/// The kind of a block, as a byte of the structure.
///
/// Libraries on disk contain these numbers: append new ones, and never reuse one.
private enum BlockTag: UInt8 {
  case paragraph = 1, heading, list, quote, pullQuote, code, table, figure, embed, footnote, rule
}

extension StoryEncoder {
  mutating func block(_ block: Block, depth: Int) {
    switch block {
    case .paragraph(let phrases):
      tag(.paragraph)
      self.phrases(phrases)
    case .heading(let level, let phrases):
      tag(.heading)
      number(level)
      self.phrases(phrases)
    case .list(let list):
      tag(.list)
      optional(list.start) { $0.number($1) }
      self.list(list.items) { $0.blocks($1, depth: depth + 1) }
    case .quote(let blocks):
      tag(.quote)
      self.blocks(blocks, depth: depth + 1)
    case .pullQuote(let phrases):
      tag(.pullQuote)
      self.phrases(phrases)
    case .code(let code, let language):
      tag(.code)
      words(code)
      endLine()
      optional(language) { $0.name($1) }
    case .table(let table):
      tag(.table)
      self.table(table)
    case .figure(let figure):
      tag(.figure)
      figures.append(figure)
    case .embed(let embed):
      tag(.embed)
      self.embed(embed)
    case .footnote(let label, let phrases):
      tag(.footnote)
      words(label)
      endLine()
      self.phrases(phrases)
    case .rule: tag(.rule)
    }
  }

  private mutating func tag(_ tag: BlockTag) { byte(tag.rawValue) }

  private mutating func table(_ table: Table) {
    phrases(table.caption)
    list(table.rows) { out, row in
      out.list(row) { out, cell in
        out.flag(cell.isHeader)
        out.number(cell.columns)
        out.number(cell.rows)
        out.phrases(cell.phrases)
      }
    }
  }

  private mutating func embed(_ embed: Embed) {
    name(embed.kind.rawValue)
    optional(embed.provider) { $0.name($1) }
    optional(embed.address) { $0.name($1) }
    phrases(embed.text)
  }
}

extension StoryDecoder {
  mutating func block(depth: Int) -> Block {
    switch BlockTag(rawValue: byte()) {
    case .paragraph: return .paragraph(phrases())
    case .heading:
      let level = number(in: 1...6)
      return .heading(level: level, phrases())
    case .list:
      let start = optional { $0.number() }
      return .list(Block.List(start: start, items: list { $0.blocks(depth: depth + 1) }))
    case .quote: return .quote(blocks(depth: depth + 1))
    case .pullQuote: return .pullQuote(phrases())
    case .code:
      let code = words()
      endLine()
      return .code(code, language: optional { $0.name() })
    case .table: return .table(table())
    case .figure:
      guard let figure = figures.popFirst() else { break }
      return .figure(figure)
    case .embed: return .embed(embed())
    case .footnote:
      let label = words()
      endLine()
      return .footnote(label: label, phrases())
    case .rule: return .rule
    case nil: break
    }
    fail()
    return .rule
  }

  private mutating func table() -> Table {
    let caption = phrases()
    let rows = list { decoder in
      decoder.list { decoder in
        let isHeader = decoder.flag()
        let columns = decoder.number(in: StoryEncoder.spans)
        let rows = decoder.number(in: StoryEncoder.spans)
        return Table.Cell(decoder.phrases(), isHeader: isHeader, columns: columns, rows: rows)
      }
    }
    return Table(caption: caption, rows: rows)
  }

  private mutating func embed() -> Embed {
    let kind = Embed.Kind(rawValue: name())
    if kind == nil { fail() }
    let provider = optional { $0.name() }
    let address = optional { $0.name() }
    return Embed(kind: kind ?? .other, provider: provider, address: address, text: phrases())
  }
}
