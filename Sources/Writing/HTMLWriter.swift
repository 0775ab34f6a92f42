import Stories

/// A story as a clean page of its own: no scripts, no styles from outside, every text escaped.
struct HTMLWriter {
  private var out = SafeBytes()

  static func page(_ story: Story) -> [UInt8] {
    var writer = HTMLWriter()
    writer.head(story)
    writer.raw("<body>\n<article>\n")
    writer.masthead(story)
    for block in story.blocks { writer.block(block) }
    if let card = story.authorCard { writer.authorCard(card) }
    writer.raw("</article>\n")
    writer.thread(story.thread)
    writer.raw("</body>\n</html>\n")
    return writer.out.bytes
  }

  private mutating func raw(_ markup: String) { out.append(markup) }

  private mutating func text(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      default: bytes.append(byte)
      }
    }
    out.append(String(decoding: bytes, as: UTF8.self))
  }

  /// An element that holds only text, on a line of its own; nothing where there is no text.
  private mutating func element(_ name: String, _ content: String?, attributes: String = "") {
    guard let content, !content.isEmpty else { return }
    raw("<\(name)\(attributes)>")
    text(content)
    raw("</\(name.prefix { $0 != " " })>\n")
  }

  private mutating func attribute(_ name: String, _ value: String) {
    raw(" \(name)=\"")
    text(value)
    raw("\"")
  }

  private mutating func meta(_ name: String, _ key: String, _ content: String?) {
    guard let content else { return }
    raw("<meta \(name)=\"\(key)\"")
    attribute("content", content)
    raw(">\n")
  }

  private mutating func head(_ story: Story) {
    raw("<!DOCTYPE html>\n<html")
    if let language = story.language { attribute("lang", language) }
    raw(">\n<head>\n<meta charset=\"utf-8\">\n")
    element("title", story.title.isEmpty ? "Untitled" : story.title)
    for name in story.byline { meta("name", "author", name) }
    meta("property", "og:title", story.title.isEmpty ? nil : story.title)
    meta("property", "og:site_name", story.site)
    meta("property", "article:published_time", story.published?.iso8601)
    meta("property", "article:modified_time", story.updated?.iso8601)
    meta("property", "article:section", story.section)
    for tag in story.tags { meta("property", "article:tag", tag) }
    if let address = story.address.flatMap(WebAddress.link) {
      raw("<link rel=\"canonical\"")
      attribute("href", address)
      raw(">\n")
    }
    raw("</head>\n")
  }

  private mutating func masthead(_ story: Story) {
    element("h1", story.title)
    element("p", story.standfirst, attributes: " class=\"standfirst\"")
    if !story.byline.isEmpty {
      raw("<p class=\"byline\">By ")
      for (index, name) in story.byline.enumerated() {
        if index > 0 { raw(", ") }
        raw("<span rel=\"author\">")
        text(name)
        raw("</span>")
      }
      raw("</p>\n")
    }
    if let published = story.published?.iso8601 {
      raw("<p><time")
      attribute("datetime", published)
      raw(">")
      text(published)
      raw("</time></p>\n")
    }
  }

  private mutating func authorCard(_ card: AuthorCard) {
    raw("<aside class=\"author-card\">\n")
    element("h2", "About \(card.name)")
    element("p", card.text)
    raw("</aside>\n")
  }
}

// MARK: - Blocks

extension HTMLWriter {
  private mutating func block(_ block: Block) {
    switch block {
    case .paragraph(let phrases): inline(phrases, in: "p")
    case .heading(let level, let phrases): inline(phrases, in: "h\(min(max(level, 2), 6))")
    case .pullQuote(let phrases): inline(phrases, in: "aside", attributes: " class=\"pullquote\"")
    case .rule: raw("<hr>\n")
    case .quote(let blocks):
      raw("<blockquote>\n")
      for block in blocks { self.block(block) }
      raw("</blockquote>\n")
    case .code(let source, let language):
      raw("<pre><code")
      if let language { attribute("class", "language-\(language)") }
      raw(">")
      text(source)
      raw("</code></pre>\n")
    case .footnote(let label, let phrases):
      raw("<p class=\"footnote\"><sup>")
      text(label)
      raw("</sup> ")
      inline(phrases)
      raw("</p>\n")
    case .list(let list): self.list(list)
    case .table(let table): self.table(table)
    case .figure(let figure): self.figure(figure)
    case .embed(let embed):
      let words = embed.text.isEmpty ? embed.provider ?? embed.kind.rawValue : embed.text.text
      inline([Phrase(words, link: embed.address)], in: "p", attributes: " class=\"embed\"")
    }
  }

  private mutating func list(_ list: Block.List) {
    let name = list.start == nil ? "ul" : "ol"
    raw("<\(name)")
    if let start = list.start, start != 1 { attribute("start", String(start)) }
    raw(">\n")
    for item in list.items {
      raw("<li>")
      if item.count == 1, case .paragraph(let phrases) = item[0] {
        inline(phrases)
      } else {
        for block in item { self.block(block) }
      }
      raw("</li>\n")
    }
    raw("</\(name)>\n")
  }

  private mutating func table(_ table: Table) {
    raw("<table>\n")
    if !table.caption.isEmpty { inline(table.caption, in: "caption") }
    for row in table.rows {
      raw("<tr>")
      for cell in row {
        let name = cell.isHeader ? "th" : "td"
        raw("<\(name)")
        if cell.columns > 1 { attribute("colspan", String(cell.columns)) }
        if cell.rows > 1 { attribute("rowspan", String(cell.rows)) }
        raw(">")
        inline(cell.phrases)
        raw("</\(name)>")
      }
      raw("</tr>\n")
    }
    raw("</table>\n")
  }

  private mutating func figure(_ figure: Figure) {
    raw("<figure>\n")
    if let image = figure.image.flatMap(WebAddress.link) {
      raw("<img")
      attribute("src", image)
      attribute("alt", figure.alt ?? "")
      raw(">\n")
    }
    if !figure.caption.isEmpty || figure.credit != nil {
      raw("<figcaption>")
      inline(figure.caption)
      if let credit = figure.credit {
        raw(" <span class=\"credit\">")
        text(credit)
        raw("</span>")
      }
      raw("</figcaption>\n")
    }
    raw("</figure>\n")
  }

  private mutating func inline(_ phrases: [Phrase], in name: String, attributes: String = "") {
    raw("<\(name)\(attributes)>")
    inline(phrases)
    raw("</\(name)>\n")
  }

  private mutating func inline(_ phrases: [Phrase]) {
    for phrase in phrases {
      let link = phrase.link.flatMap(WebAddress.link)
      if let link {
        raw("<a")
        attribute("href", link)
        raw(">")
      }
      let names = Self.elements.filter { phrase.style.contains($0.0) }.map(\.1)
      for name in names { raw("<\(name)>") }
      for (index, line) in phrase.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { raw("<br>") }
        text(String(line))
      }
      for name in names.reversed() { raw("</\(name)>") }
      if link != nil { raw("</a>") }
    }
  }

  private static let elements: [(Phrase.Style, String)] = [
    (.emphasis, "em"), (.strong, "strong"), (.code, "code"), (.superscript, "sup"),
    (.subscript, "sub"), (.deleted, "del"),
  ]
}

// MARK: - Thread

extension HTMLWriter {
  private mutating func thread(_ thread: Thread) {
    guard let headline = thread.headline else { return }
    raw("<section id=\"comments\">\n")
    element("h2", headline)
    var depth = -1
    for comment in thread.comments {
      while depth > comment.depth {
        raw("</li>\n</ol>\n")
        depth -= 1
      }
      if depth < comment.depth {
        raw(depth < 0 ? "<ol class=\"comment-list\">\n" : "<ol class=\"children\">\n")
        depth = comment.depth
      } else {
        raw("</li>\n")
      }
      self.comment(comment)
    }
    while depth >= 0 {
      raw("</li>\n</ol>\n")
      depth -= 1
    }
    raw("</section>\n")
  }

  private mutating func comment(_ comment: Comment) {
    let isOwn = comment.marks.contains(.own)
    raw(isOwn ? "<li class=\"comment own\"" : "<li class=\"comment\"")
    attribute("id", "comment-\(comment.id)")
    raw("><div class=\"comment-body\">\n<p class=\"comment-meta\"><b class=\"fn\">")
    text(comment.author)
    raw("</b>")
    if let time = comment.time?.iso8601 {
      raw(" <time")
      attribute("datetime", time)
      raw(">")
      text(time)
      raw("</time>")
    }
    if isOwn { raw(" <small>(you)</small>") }
    raw("</p>\n<div class=\"comment-content\">\n")
    for block in comment.blocks { self.block(block) }
    raw("</div></div>\n")
  }
}
