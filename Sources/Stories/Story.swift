/// One article: what the page said, and nothing of what the reader did.
package struct Story: Sendable, Hashable {
  /// The headline, without the site's name; empty where the page has none.
  package var title: String
  /// The summary under the headline; `nil` if there is none.
  package var standfirst: String?
  /// The people who wrote it, in the page's order, without "By".
  package var byline: [String]
  /// "BEIJING (Reuters)" where the page puts it before the first sentence.
  package var dateline: String?
  /// The time of publication as the page gives it.
  package var published: Timestamp?
  /// The time of the last change as the page gives it.
  package var updated: Timestamp?
  /// The name of the site: "The Harbour Post".
  package var site: String?
  /// A BCP 47 tag: "en", "pt-BR".
  package var language: String?
  /// The canonical address of the page.
  package var address: String?
  /// The section of the site: "Politics".
  package var section: String?
  /// The keywords of the page, not the user's own tags.
  package var tags: [String]
  /// The sort of page that the story came from.
  package var kind: Kind
  /// The body in reading order.
  package var blocks: [Block]
  /// The biography of the author below the story.
  package var authorCard: AuthorCard?
  /// The comments of the page.
  package var thread: Thread
  /// Whether the page showed only the beginning: a paywall or a cut copy.
  package var isCut: Bool

  /// What sort of page the story came from.
  package enum Kind: String, Sendable, Hashable, CaseIterable { case article, forum, other }

  package init(
    title: String, standfirst: String? = nil, byline: [String] = [], dateline: String? = nil,
    published: Timestamp? = nil, updated: Timestamp? = nil, site: String? = nil,
    language: String? = nil, address: String? = nil, section: String? = nil, tags: [String] = [],
    kind: Kind = .article, blocks: [Block] = [], authorCard: AuthorCard? = nil,
    thread: Thread = Thread(), isCut: Bool = false
  ) {
    self.title = title
    self.standfirst = standfirst
    self.byline = byline
    self.dateline = dateline
    self.published = published
    self.updated = updated
    self.site = site
    self.language = language
    self.address = address
    self.section = section
    self.tags = tags
    self.kind = kind
    self.blocks = blocks
    self.authorCard = authorCard
    self.thread = thread
    self.isCut = isCut
  }
}

/// The "About NAME" box of a page.
package struct AuthorCard: Sendable, Hashable {
  /// The name of the author.
  package var name: String
  /// The biography; `nil` where the page has none or only filler text.
  package var text: String?
  /// Whether the page filled the biography with filler text ("Lorem ipsum…").
  package var isPlaceholder: Bool

  package init(name: String, text: String? = nil, isPlaceholder: Bool = false) {
    self.name = name
    self.text = text
    self.isPlaceholder = isPlaceholder
  }
}

// MARK: - Figures

extension Story {
  /// The story's figures in reading order.
  package var figures: [Figure] {
    blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  /// Numbers the figures 1…n in reading order; figures stand at the top level only.
  package mutating func numberFigures() {
    var number = 0
    for index in blocks.indices {
      guard case .figure(var figure) = blocks[index] else { continue }
      number += 1
      figure.number = number
      blocks[index] = .figure(figure)
    }
  }
}
