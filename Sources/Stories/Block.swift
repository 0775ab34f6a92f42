/// One block of a story, in reading order: each case carries exactly its own data.
package indirect enum Block: Sendable, Hashable {
  case paragraph([Phrase])
  /// A section heading; `level` is 2…6, for level 1 is the headline.
  case heading(level: Int, [Phrase])
  case list(List)
  case quote([Block])
  /// A sentence of the story set large beside it; it is no part of the running text.
  case pullQuote([Phrase])
  case code(String, language: String?)
  case table(Table)
  case figure(Figure)
  case embed(Embed)
  case footnote(label: String, [Phrase])
  case rule

  /// A numbered or bulleted list; items may hold lists again.
  package struct List: Sendable, Hashable {
    /// The number of the first item, or `nil` where items have bullets.
    package var start: Int?
    /// The blocks of each item.
    package var items: [[Block]]

    package init(start: Int? = nil, items: [[Block]]) {
      self.start = start
      self.items = items
    }
  }
}

extension Block {
  /// What is true of a kind of block, for all code that need not know which kind it has.
  ///
  /// A new kind says it here once; what walks over blocks reads it and has no switch of its own.
  package struct Traits: Sendable {
    /// The kind in lower-case words: "pull quote".
    package let name: String
    /// The part that the block has in the story.
    package let role: Role
    /// What the block holds, in a form that kinds share.
    package let content: Content
    /// What words of the story may refer to it by; `nil` where nothing can.
    package let reference: Reference?

    fileprivate init(
      _ name: String, _ role: Role, _ content: Content, _ reference: Reference? = nil
    ) {
      self.name = name
      self.role = role
      self.content = content
      self.reference = reference
    }
  }

  /// What part a block has in the story.
  package enum Role: Sendable, Equatable {
    /// The running text: what a reader reads from beginning to end, and what makes a page a story.
    case text
    case heading(level: Int)
    /// Text below the story that it refers to; searched, and no running text.
    case note
    /// Beside the text: what is read or not, such as a picture.
    case aside
    /// Parts two pieces of text, and says nothing.
    case separator

    /// Whether its text belongs to the story as it is read and searched, with headings and notes.
    package var isRead: Bool {
      switch self {
      case .text, .heading, .note: true
      case .aside, .separator: false
      }
    }
  }

  /// What a block holds.
  package enum Content: Sendable {
    case none
    case phrases([Phrase])
    /// Text whose white space and line ends count.
    case code(String)
    /// Groups of blocks, such as the items of a list; a quote is one group.
    case blocks([[Block]])
    case table(Table)
  }

  /// What the text of a story names a block by.
  package enum Reference: Sendable {
    /// "Figure 3".
    case figure(Figure)
    /// The heading of a section, by its words.
    case section([Phrase])
    /// `[2]`.
    case note(label: String, [Phrase])
  }

  /// The traits of this block; constant time.
  package var traits: Traits {
    switch self {
    case .paragraph(let phrases): Traits("paragraph", .text, .phrases(phrases))
    case .heading(let level, let phrases):
      Traits("heading", .heading(level: level), .phrases(phrases), .section(phrases))
    case .list(let list): Traits("list", .text, .blocks(list.items))
    case .quote(let blocks): Traits("quote", .text, .blocks([blocks]))
    case .pullQuote(let phrases): Traits("pull quote", .aside, .phrases(phrases))
    case .code(let text, _): Traits("code", .text, .code(text))
    case .table(let table): Traits("table", .text, .table(table))
    case .figure(let figure):
      Traits("figure", .aside, .phrases(figure.caption), .figure(figure))
    case .embed(let embed): Traits("embed", .aside, .phrases(embed.text))
    case .footnote(let label, let phrases):
      Traits("footnote", .note, .phrases(phrases), .note(label: label, phrases))
    case .rule: Traits("rule", .separator, .none)
    }
  }

  /// The first text in the block that is not empty: of a list that of its items, of a table that of its
  /// cells, of a figure its caption; empty if there is none.
  package var firstText: String {
    switch traits.content {
    case .none: ""
    case .phrases(let phrases): phrases.text
    case .code(let text): text
    case .blocks(let groups): groups.joined().firstText
    case .table(let table):
      table.rows.joined().lazy.map(\.phrases.text).first { !$0.isEmpty } ?? ""
    }
  }
}

extension Sequence<Block> {
  /// The first text of the blocks that is not empty; empty if there is none.
  package var firstText: String { lazy.map(\.firstText).first { !$0.isEmpty } ?? "" }
}
