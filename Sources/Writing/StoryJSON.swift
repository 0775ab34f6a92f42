package import Stories

extension JSONWriter {
  /// The fields of a story in the open object: the content of the page, block by block and as one text.
  package mutating func fields(of story: Story) {
    field("url", story.address)
    field("kind", story.kind.rawValue)
    field("title", story.title)
    field("standfirst", story.standfirst)
    field("byline", story.byline.isEmpty ? nil : story.byline.joined(separator: ", "))
    field("dateline", story.dateline)
    field("published", story.published?.iso8601)
    field("updated", story.updated?.iso8601)
    field("site", story.site)
    field("language", story.language)
    field("section", story.section)
    field("tags", story.tags)
    field("cut", story.isCut)
    field("text", story.runningText)
    field("headings", story.headings)
    key("captions")
    // A credit without a caption is written with its figure among the blocks.
    array(story.figures.filter { !$0.caption.isEmpty }) { $0.caption(of: $1) }
    thread(story.thread)
    key("author_card")
    if let card = story.authorCard { authorCard(card) } else { null() }
    key("blocks")
    array(story.blocks) { $0.block($1) }
  }

  private mutating func caption(of figure: Figure) {
    object {
      $0.field("text", figure.caption.oneLine)
      $0.field("credit", figure.credit)
      $0.field("alt", figure.alt)
      $0.field("image", figure.image)
    }
  }

  private mutating func authorCard(_ card: AuthorCard) {
    object {
      $0.field("name", card.name)
      $0.field("text", card.text)
      $0.field("placeholder", card.isPlaceholder)
    }
  }

  private mutating func thread(_ thread: Thread) {
    key("comments")
    array(thread.comments) { out, comment in
      out.object { out in
        out.field("id", comment.id)
        out.field("parent", comment.parent.map { thread.comments[$0].id })
        out.field("author", comment.author)
        out.field("time", comment.time?.iso8601)
        out.field("text", comment.text)
        let marks = [
          (Comment.Marks.originalPoster, "op"), (.storyAuthor, "author"), (.deleted, "deleted"),
          (.own, "own"),
        ].filter { comment.marks.contains($0.0) }.map(\.1)
        if !marks.isEmpty { out.field("marks", marks) }
      }
    }
    field("comment_count", thread.count)
    switch thread.state {
    case .open: field("comments_open", true)
    case .closed: field("comments_open", false)
    case .unknown: field("comments_open", Bool?.none)
    case .elsewhere(let service):
      field("comments_open", Bool?.none)
      field("comments_at", service)
    }
  }
}

// MARK: - Blocks

extension JSONWriter {
  private mutating func block(_ block: Block) {
    object { out in
      switch block {
      case .paragraph(let phrases): out.kind("paragraph", phrases)
      case .heading(let level, let phrases):
        out.kind("heading", phrases)
        out.field("level", level)
      case .pullQuote(let phrases): out.kind("pull_quote", phrases)
      case .footnote(let label, let phrases):
        out.kind("footnote", phrases)
        out.field("label", label)
      case .rule: out.field("kind", "rule")
      case .code(let text, let language):
        out.field("kind", "code")
        out.field("text", text)
        out.field("language", language)
      case .quote(let blocks):
        out.field("kind", "quote")
        out.blocks("blocks", blocks)
      case .list(let list): out.list(list)
      case .table(let table): out.table(table)
      case .figure(let figure): out.figure(figure)
      case .embed(let embed):
        out.kind("embed", embed.text)
        out.field("type", embed.kind.rawValue)
        out.field("provider", embed.provider)
        out.field("url", embed.address)
      }
    }
  }

  private mutating func blocks(_ name: String, _ blocks: [Block]) {
    key(name)
    array(blocks) { $0.block($1) }
  }

  /// The kind, the plain text and, where runs are marked or linked, the runs.
  private mutating func kind(_ name: String, _ phrases: [Phrase]) {
    field("kind", name)
    field("text", phrases.text)
    guard phrases.contains(where: { !$0.style.isEmpty || $0.link != nil }) else { return }
    key("phrases")
    array(phrases) { out, phrase in
      out.object { out in
        out.field("text", phrase.text)
        let style = phrase.style.names
        if !style.isEmpty { out.field("style", style) }
        if let link = phrase.link { out.field("link", link) }
      }
    }
  }

  private mutating func list(_ list: Block.List) {
    field("kind", "list")
    field("start", list.start)
    key("items")
    array(list.items) { out, item in out.array(item) { $0.block($1) } }
  }

  private mutating func table(_ table: Table) {
    field("kind", "table")
    if !table.caption.isEmpty { field("caption", table.caption.oneLine) }
    key("rows")
    array(table.rows) { out, row in
      out.array(row) { out, cell in
        out.object { out in
          out.field("text", cell.phrases.text)
          if cell.isHeader { out.field("header", true) }
          if cell.columns > 1 { out.field("columns", cell.columns) }
          if cell.rows > 1 { out.field("rows", cell.rows) }
        }
      }
    }
  }

  private mutating func figure(_ figure: Figure) {
    field("kind", "figure")
    field("number", figure.number)
    field("type", figure.kind.rawValue)
    field("caption", figure.caption.text)
    field("credit", figure.credit)
    field("alt", figure.alt)
    field("image", figure.image)
  }
}

extension Phrase.Style {
  fileprivate var names: [String] {
    [
      (Self.emphasis, "emphasis"), (.strong, "strong"), (.code, "code"),
      (.superscript, "superscript"), (.subscript, "subscript"), (.deleted, "deleted"),
    ].filter { contains($0.0) }.map(\.1)
  }
}
