import Stories

/// How each kind of block is treated once it has been built.
///
/// The switches are exhaustive and in one file, so that a new kind of block is decided about in one
/// place after `BlockBuilder`, which makes it.
extension Block {
  /// Approximate length of the running text, in UTF-8 bytes: paragraphs, quotes, lists, code, tables.
  ///
  /// Headings, captions and other text around the story do not count: a page can have many of them
  /// and no story.
  var textBytes: Int {
    switch self {
    case .paragraph(let phrases): phrases.reduce(0) { $0 + $1.text.utf8.count }
    case .quote(let blocks): blocks.reduce(0) { $0 + $1.textBytes }
    case .list(let list): list.items.joined().reduce(0) { $0 + $1.textBytes }
    case .code(let text, _): text.utf8.count
    case .table(let table): table.rows.joined().reduce(0) { $0 + $1.phrases.text.utf8.count }
    case .heading, .pullQuote, .figure, .embed, .footnote, .rule: 0
    }
  }

  /// Whether dropping furniture left the block without the content that it led to.
  ///
  /// So is a heading without text before the next one of its level, and a rule at the end. `next` is
  /// the following block; `nil` at the end of the story.
  func isRemnant(before next: Block?) -> Bool {
    switch self {
    case .heading(let level, _): !(next?.isContent(belowHeading: level) ?? false)
    case .rule: next == nil
    case .paragraph, .list, .quote, .pullQuote, .code, .table, .figure, .embed, .footnote: false
    }
  }

  private func isContent(belowHeading level: Int) -> Bool {
    switch self {
    case .heading(let own, _): own > level
    case .rule: false
    case .paragraph, .list, .quote, .pullQuote, .code, .table, .figure, .embed, .footnote: true
    }
  }

  /// Whether the block is a heading or a line such as "The author" that introduces a biography.
  var introducesBiography: Bool {
    switch self {
    case .heading: true
    case .paragraph(let phrases):
      phrases.text.utf8.count < 30 && !".!?".contains(phrases.text.last ?? ".")
    case .list, .quote, .pullQuote, .code, .table, .figure, .embed, .footnote, .rule: false
    }
  }

  /// The block as it is kept in a comment; `nil` for a picture without a URL.
  ///
  /// A picture becomes a link, because numbered figures belong to the story, and a pull quote a quote,
  /// because forums mark quotes so.
  var inComment: Block? {
    switch self {
    case .pullQuote(let phrases): return .quote([.paragraph(phrases)])
    case .figure(let figure):
      guard let image = figure.image else { return nil }
      let words = figure.caption.isEmpty ? figure.alt ?? image : figure.caption.text
      return .paragraph([Phrase(words, link: image)])
    case .paragraph, .heading, .list, .quote, .code, .table, .embed, .footnote, .rule: return self
    }
  }
}
