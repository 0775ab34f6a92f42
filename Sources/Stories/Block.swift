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
    package var items: [[Block]]

    package init(start: Int? = nil, items: [[Block]]) {
      self.start = start
      self.items = items
    }
  }
}

/// Rows of cells; a cell may span several columns or rows.
package struct Table: Sendable, Hashable {
  package struct Cell: Sendable, Hashable {
    package var phrases: [Phrase]
    package var isHeader: Bool
    /// How many columns and rows the cell covers, each at least 1.
    package var columns: Int
    package var rows: Int

    package init(_ phrases: [Phrase], isHeader: Bool = false, columns: Int = 1, rows: Int = 1) {
      self.phrases = phrases
      self.isHeader = isHeader
      self.columns = max(1, columns)
      self.rows = max(1, rows)
    }
  }

  package var caption: [Phrase]
  package var rows: [[Cell]]

  package init(caption: [Phrase] = [], rows: [[Cell]]) {
    self.caption = caption
    self.rows = rows
  }
}

/// A picture, chart, video or audio slot in the story.
package struct Figure: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable { case photo, chart, video, audio }

  /// Its place among the story's figures, from 1; 0 until `Story.numberFigures()` has run.
  package var number: Int
  package var kind: Kind
  package var caption: [Phrase]
  /// Who made it: "Zhou Chengfeng/VCG/Getty Images".
  package var credit: String?
  /// What the page says for those who do not see it; never shown where there is a caption.
  package var alt: String?
  /// The absolute address of the largest version the page names.
  package var image: String?

  package init(
    number: Int = 0, kind: Kind = .photo, caption: [Phrase] = [], credit: String? = nil,
    alt: String? = nil, image: String? = nil
  ) {
    self.number = number
    self.kind = kind
    self.caption = caption
    self.credit = credit
    self.alt = alt
    self.image = image
  }
}

/// Something of another site that stands in the story: a video, a post, a map.
package struct Embed: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable { case video, audio, post, other }

  package var kind: Kind
  /// Who serves it: "YouTube", "Mastodon".
  package var provider: String?
  package var address: String?
  package var text: [Phrase]

  package init(
    kind: Kind, provider: String? = nil, address: String? = nil, text: [Phrase] = []
  ) {
    self.kind = kind
    self.provider = provider
    self.address = address
    self.text = text
  }
}
