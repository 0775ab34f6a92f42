import Stories

/// How blocks are treated once they have been built, by their role and content (`Block.Traits`).
extension Block {
  /// Approximate length of the running text, in UTF-8 bytes.
  ///
  /// Headings, captions and other text around the story do not count: a page can have many of them
  /// and no story.
  var textBytes: Int {
    let traits = traits
    guard traits.role == .text else { return 0 }
    return switch traits.content {
    case .none: 0
    case .phrases(let phrases): phrases.reduce(0) { $0 + $1.text.utf8.count }
    case .code(let text): text.utf8.count
    case .blocks(let groups): groups.joined().reduce(0) { $0 + $1.textBytes }
    case .table(let table): table.rows.joined().reduce(0) { $0 + $1.phrases.text.utf8.count }
    }
  }

  /// Whether dropping furniture left the block without the content that it led to.
  ///
  /// So is a heading without text before the next one of its level, and a rule at the end. `next` is
  /// the following block; `nil` at the end of the story.
  func isRemnant(before next: Block?) -> Bool {
    switch traits.role {
    case .heading(let level): !(next?.isContent(belowHeading: level) ?? false)
    case .separator: next == nil
    case .text, .note, .aside: false
    }
  }

  private func isContent(belowHeading level: Int) -> Bool {
    switch traits.role {
    case .heading(let own): own > level
    case .separator: false
    case .text, .note, .aside: true
    }
  }

  /// Whether the block is a heading or a line such as "The author" that introduces a biography.
  var introducesBiography: Bool {
    switch (traits.role, traits.content) {
    case (.heading, _): true
    case (.text, .phrases(let phrases)):
      phrases.text.utf8.count < 30 && !".!?".contains(phrases.text.last ?? ".")
    case (.text, _), (.note, _), (.aside, _), (.separator, _): false
    }
  }

  /// The block as it is kept in a comment, which is as it is but for two kinds; `nil` for a picture
  /// without a URL.
  ///
  /// A picture becomes a link, because numbered figures belong to the story, and a pull quote a quote,
  /// because forums mark quotes so.
  var inComment: Block? {
    if case .pullQuote(let phrases) = self { return .quote([.paragraph(phrases)]) }
    guard case .figure(let figure) = self else { return self }
    guard let image = figure.image else { return nil }
    let words = figure.caption.isEmpty ? figure.alt ?? image : figure.caption.text
    return .paragraph([Phrase(words, link: image)])
  }
}
