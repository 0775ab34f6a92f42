/// Rows of cells; a cell may span several columns or rows.
package struct Table: Sendable, Hashable {
  /// One cell; it begins in the first free column of its row.
  package struct Cell: Sendable, Hashable {
    /// The text of the cell.
    package var phrases: [Phrase]
    /// Whether it is the header of its row or column.
    package var isHeader: Bool
    /// How many columns and rows the cell covers, each at least 1.
    package var columns: Int
    /// The number of rows that the cell covers, at least 1.
    package var rows: Int

    package init(_ phrases: [Phrase], isHeader: Bool = false, columns: Int = 1, rows: Int = 1) {
      self.phrases = phrases
      self.isHeader = isHeader
      self.columns = max(1, columns)
      self.rows = max(1, rows)
    }
  }

  /// The caption; empty if there is none.
  package var caption: [Phrase]
  /// The cells of each row, without places that a cell of a row above covers.
  package var rows: [[Cell]]

  package init(caption: [Phrase] = [], rows: [[Cell]]) {
    self.caption = caption
    self.rows = rows
  }
}

/// A picture, chart, video or audio slot in the story.
package struct Figure: Sendable, Hashable {
  /// What the figure shows.
  package enum Kind: String, Sendable, Hashable, CaseIterable { case photo, chart, video, audio }

  /// Its place among the story's figures, from 1; 0 until `Story.numberFigures()` has run.
  package var number: Int
  /// The kind of the content.
  package var kind: Kind
  /// The caption; empty if there is none.
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
  /// What the other site serves.
  package enum Kind: String, Sendable, Hashable, CaseIterable { case video, audio, post, other }

  /// The kind of the content.
  package var kind: Kind
  /// Who serves it: "YouTube", "Mastodon".
  package var provider: String?
  /// The URL of the embedded page; `nil` if the page does not name it.
  package var address: String?
  /// The text that the page has for it; empty if there is none.
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
