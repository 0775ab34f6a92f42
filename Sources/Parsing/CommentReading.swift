import Stories

/// Reads one comment out of its part of the page: author, time, text.
struct CommentReading {
  /// In which replies and the furniture of comments are marked as dropped.
  let study: PageStudy
  let addresses: Addresses
  let markup: CommentMarkup
  /// Nodes that begin another comment: there this one's own part ends.
  let starts: [Bool]

  private var tree: HTMLTree { study.tree }

  /// The comment's own elements: those below it that belong to no reply.
  func own(_ node: Int, upTo end: Int) -> [Int] {
    var out: [Int] = []
    var next = node + 1
    while next < end {
      if starts[next] {
        next = tree.end(next)
        continue
      }
      if tree.isElement(next) { out.append(next) }
      next += 1
    }
    return out
  }

  func read(_ node: Int, upTo end: Int) -> PostedComment? {
    let own = own(node, upTo: end)
    let text = textNode(own)
    let author = author(node, own) ?? ""
    let blocks = text.map { self.blocks($0) } ?? looseBlocks(node, own)
    let isDeleted =
      own.contains { tree.hasClass("deleted-comment", $0) } || tree.hasClass("deleted", node)
    guard !blocks.isEmpty || isDeleted, !author.isEmpty || text != nil else { return nil }
    var marks: Comment.Marks = isDeleted ? .deleted : []
    if tree.hasClass("bypostauthor", node)
      || own.contains(where: { tree.hasClass("blog-author", $0) })
      || tree.hasClass("blog-author", node)
    {
      marks.insert(.storyAuthor)
    }
    return PostedComment(
      id: markup.id(node), author: author, time: time(own, outside: text), blocks: blocks,
      marks: marks)
  }

  // MARK: - Author

  private func author(_ node: Int, _ own: [Int]) -> String? {
    if let said = tree.value(named: "data-author", of: node) { return said }
    if tree.tag(node) == .dt { return clean(tree.line(node, limit: 300)) }
    for name in own where tree.hasToken("name", in: .itemprop, name) {
      if let text = clean(tree.line(name, limit: 300)) { return text }
    }
    for token in CommentMarkup.authors {
      for name in own where tree.hasClass(token, name) && tree.tag(name) != .img {
        if let text = clean(
          tree.text(name, limit: 300).split(separator: "\n").first.map(String.init) ?? "")
        {
          return text
        }
      }
    }
    for name in own where tree.tag(name) == .cite || tree.classOrIDContains("author", name) {
      if let text = clean(tree.line(name, limit: 300)), text.utf8.count < 80 { return text }
    }
    return nil
  }

  private func clean(_ text: String) -> String? {
    var text = text
    for tail in [
      "...", "…", ":", " says", " said", " schreibt", " sagt", " dit", " dice", " wrote", " –", ",",
    ]
    where text.lowercased().hasSuffix(tail) {
      text = String(text.dropLast(tail.count))
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text.isEmpty || text.utf8.count > 120 ? nil : text
  }

  // MARK: - Time

  private func time(_ own: [Int], outside text: Int?) -> Timestamp? {
    for node in own where text.map({ !tree.contains($0, node) }) ?? true {
      guard tree.tag(node) == .time || tree.has(.datetime, node) else { continue }
      if let time = DateReading.read(tree.value(.datetime, of: node))
        ?? plainDate(tree.line(node, limit: 200))
      {
        return time
      }
    }
    for node in own where text.map({ !tree.contains($0, node) }) ?? true {
      if let title = tree.value(.title, of: node), title.utf8.count < 60,
        title.utf8.contains(where: { $0.isDigit }), let time = plainDate(title)
      {
        return time
      }
      if tree.tag(node) == .a, let address = tree.value(.href, of: node),
        let time = bloggerTime(address)
      {
        return time
      }
    }
    for node in own where text.map({ !tree.contains($0, node) }) ?? true {
      guard study.letters[node] >= 6, study.letters[node] < 80 else { continue }
      if let time = plainDate(tree.line(node, limit: 200)) { return time }
    }
    return nil
  }

  /// Blogger's permalinks carry the milliseconds: `?showComment=1433578985419#c…`.
  private func bloggerTime(_ address: String) -> Timestamp? {
    let bytes = Array(address.utf8.prefix(500))
    guard let at = bytes.firstRange(of: "showComment=") else { return nil }
    let digits = bytes[(at + 12)...].prefix { $0.isDigit }.prefix(14)
    guard let value = Int64(String(decoding: digits, as: UTF8.self)), value > 100_000_000_000 else {
      return nil
    }
    return Timestamp(seconds: value / 1000)
  }

  // MARK: - Text

  private func textNode(_ own: [Int]) -> Int? {
    if let said = own.first(where: {
      tree.hasToken("text", in: .itemprop, $0) || tree.hasToken("commenttext", in: .itemprop, $0)
    }) {
      return said
    }
    for token in CommentMarkup.texts {
      if let node = own.first(where: { tree.hasClass(token, $0) && study.letters[$0] > 0 }) {
        return node
      }
    }
    return nil
  }

  /// Pictures become links: the numbered figures are those of the story.
  private func blocks(_ node: Int) -> [Block] {
    BlockBuilder.blocks(in: node, study, addresses).compactMap { block in
      guard case .figure(let figure) = block else { return block }
      guard let image = figure.image else { return nil }
      let words = figure.caption.isEmpty ? figure.alt ?? image : figure.caption.text
      return .paragraph([Phrase(words, link: image)])
    }
  }

  /// The paragraphs of a comment whose text has no box of its own.
  private func looseBlocks(_ node: Int, _ own: [Int]) -> [Block] {
    let paragraphs = own.filter {
      tree.tag($0) == .p && study.letters[$0] > 0 && !isInFurniture($0, node)
    }
    return paragraphs.map { .paragraph(BlockBuilder.phrases(in: $0, study, addresses)) }
      .filter { if case .paragraph(let phrases) = $0 { !phrases.isEmpty } else { true } }
  }

  private func isInFurniture(_ node: Int, _ top: Int) -> Bool {
    tree.closest(node) { $0 <= top || study.dropped[$0] != nil }.map { $0 > top } ?? false
  }
}
