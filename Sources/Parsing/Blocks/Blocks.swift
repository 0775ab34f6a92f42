import Stories

/// Builds the story's blocks from the content container.
///
/// Blocks are in document order, without dropped subtrees. Every run of inline text between two block
/// boundaries is a paragraph, whatever the elements are called, and so is each part between two or
/// more line breaks. The recursion depth is at most the tree's, which is `HTMLTree.depthLimit`.
struct BlockBuilder {
  let study: PageStudy
  let addresses: Addresses
  var blocks: [Block] = []
  private var inline = InlineText()
  private var pendingBreaks = 0
  /// Nodes to be left out because they are handled elsewhere, such as the credit in a caption.
  private var skipped: [Int] = []
  /// Figures found inside the current paragraph, to be added after it.
  private var pendingFigures: [Block] = []

  init(_ study: PageStudy, _ addresses: Addresses) {
    self.study = study
    self.addresses = addresses
  }

  private var tree: HTMLTree { study.tree }

  /// The blocks of a node's content.
  static func blocks(in node: Int, _ study: PageStudy, _ addresses: Addresses) -> [Block] {
    var builder = BlockBuilder(study, addresses)
    builder.children(of: node, Context())
    builder.finishParagraph()
    return builder.blocks
  }

  /// The inline text of a node; nested blocks are joined by line breaks.
  static func phrases(
    in node: Int, _ study: PageStudy, _ addresses: Addresses, without skipped: [Int] = []
  ) -> [Phrase] {
    var builder = BlockBuilder(study, addresses)
    builder.skipped = skipped
    builder.flatten(node, Context())
    return builder.inline.take()
  }

  struct Context {
    var style: Phrase.Style = []
    var link: String?
  }
}

// MARK: - Walking

extension BlockBuilder {
  private mutating func children(of node: Int, _ context: Context) {
    var child = node + 1
    let end = tree.end(node)
    while child < end {
      visit(child, context)
      child = tree.end(child)
    }
  }

  private mutating func visit(_ node: Int, _ context: Context) {
    let tag = tree.tag(node)
    if tag == .text { return text(node, context) }
    guard study.dropped[node] == nil else { return }
    if HTMLTag.unseen.contains(tag) { return embed(node, tag) }
    if let slot = study.figures[node] {
      return figure(FigureBuilder(study, addresses).figure(for: slot), node)
    }
    if study.figures.isPart(node) { return }
    switch tag {
    case .br: return lineBreak()
    case .hr: return add(.rule)
    case .h1, .h2, .h3, .h4, .h5, .h6: return heading(node, tag)
    case .ul, .ol, .menu, .dir: return list(node, tag)
    case .dl: return definitions(node)
    case .blockquote: return quote(node)
    case .pre, .xmp: return code(node)
    case .table: return table(node)
    case .figure: return figureContent(node, context)
    case .img, .ampImg:
      return figure(FigureBuilder(study, addresses).figure(standalone: node), node)
    default: break
    }
    if tag.isInline {
      let inner = styled(tag, node, context)
      // No quotation marks are generated for `q`: the text stays as the page has it.
      return children(of: node, inner)
    }
    if let heading = headingClass(node, tag) { return self.heading(node, heading) }
    finishParagraph()
    if isPullQuote(node, tag) {
      let phrases = Self.phrases(in: node, study, addresses)
      if !phrases.isEmpty { blocks.append(.pullQuote(phrases)) }
      return
    }
    if study.evidence[node].contains(.note), let note = footnote(node, number: nil) {
      return blocks.append(note)
    }
    children(of: node, context)
    finishParagraph()
  }

  private mutating func text(_ node: Int, _ context: Context) {
    let bytes = tree.textBytes(node)
    if pendingBreaks > 0, bytes.contains(where: { !$0.isSpace && $0 != 0xC2 && $0 != 0xA0 }) {
      if pendingBreaks > 1 { finishParagraph() } else { inline.breakLine() }
      pendingBreaks = 0
    }
    inline.append(bytes, style: context.style, link: context.link)
  }

  private mutating func lineBreak() { pendingBreaks += 1 }

  mutating func finishParagraph() {
    pendingBreaks = 0
    if inline.isEmpty { inline = InlineText() } else { blocks.append(.paragraph(inline.take())) }
    if !pendingFigures.isEmpty {
      blocks += pendingFigures
      pendingFigures = []
    }
  }

  private mutating func add(_ block: Block) {
    finishParagraph()
    blocks.append(block)
  }

  /// Whether an element is a pull quote: has a class for it and is no longer than a few sentences.
  private func isPullQuote(_ node: Int, _ tag: HTMLTag) -> Bool {
    guard study.evidence[node].contains(.quote), study.letters[node] < Thresholds.maximumCardLetters
    else {
      return false
    }
    return tag == .aside || tree.classOrIDContains("pullquote", node)
      || tree.classOrIDContains("pull-quote", node) || tree.classOrIDContains("pull_quote", node)
  }

  private func styled(_ tag: HTMLTag, _ node: Int, _ context: Context) -> Context {
    var inner = context
    switch tag {
    case .em, .i, .cite, .dfn, .var: inner.style.insert(.emphasis)
    case .strong, .b: inner.style.insert(.strong)
    case .code, .kbd, .samp, .tt: inner.style.insert(.code)
    case .sup: inner.style.insert(.superscript)
    case .sub: inner.style.insert(.subscript)
    case .del, .s, .strike: inner.style.insert(.deleted)
    case .a: inner.link = addresses.absolute(tree.value(.href, of: node)) ?? context.link
    default: break
    }
    return inner
  }

  /// Collects the inline text of the subtree, for contexts that cannot hold blocks.
  private mutating func flatten(_ node: Int, _ context: Context) {
    var child = node + 1
    let end = tree.end(node)
    while child < end {
      let tag = tree.tag(child)
      if tag == .text {
        inline.append(tree.textBytes(child), style: context.style, link: context.link)
      } else if study.dropped[child] == nil, !HTMLTag.unseen.contains(tag),
        !skipped.contains(child)
      {
        if tag == .br || !tag.isInline { inline.breakLine() }
        flatten(child, styled(tag, child, context))
        if !tag.isInline { inline.breakLine() }
      }
      child = tree.end(child)
    }
  }
}

// MARK: - Blocks of each kind

extension BlockBuilder {
  private mutating func heading(_ node: Int, _ tag: HTMLTag) {
    finishParagraph()
    let phrases = Self.phrases(in: node, study, addresses)
    guard !phrases.isEmpty else { return }
    blocks.append(.heading(level: max(2, tag.headingLevel ?? 2), phrases))
  }

  /// The heading level that a CSS framework's class ("h2") gives a short line.
  private func headingClass(_ node: Int, _ tag: HTMLTag) -> HTMLTag? {
    guard tag == .div || tag == .p, study.runningLetters[node] == 0, study.pictures[node] == 0,
      (1..<Thresholds.maximumLabelLetters).contains(study.letters[node]), tree.has(.class, node)
    else { return nil }
    let names: [(StaticString, HTMLTag)] = [("h2", .h2), ("h3", .h3), ("h4", .h4), ("h5", .h5)]
    return names.first { tree.hasClass($0.0, node) }?.1
  }

  private mutating func list(_ node: Int, _ tag: HTMLTag) {
    finishParagraph()
    if let notes = footnotes(inList: node) { return blocks += notes }
    var items: [[Block]] = []
    for child in tree.children(node) where tree.isElement(child) {
      guard study.dropped[child] == nil else { continue }
      let item = Self.blocks(in: child, study, addresses)
      if !item.isEmpty { items.append(item) }
    }
    guard !items.isEmpty else { return }
    // Figures are top-level blocks only, so a list with figures becomes its items' blocks.
    let isGallery = items.contains { $0.contains { if case .figure = $0 { true } else { false } } }
    if isGallery { return blocks += items.flatMap { $0 } }
    let start = tree.value(.start, of: node).flatMap { Int($0) } ?? 1
    blocks.append(.list(Block.List(start: tag == .ol ? start : nil, items: items)))
  }

  private mutating func definitions(_ node: Int) {
    finishParagraph()
    for child in tree.children(node) where tree.isElement(child) {
      guard study.dropped[child] == nil else { continue }
      if tree.tag(child) == .dt {
        var phrases = Self.phrases(in: child, study, addresses)
        for index in phrases.indices { phrases[index].style.insert(.strong) }
        if !phrases.isEmpty { blocks.append(.paragraph(phrases)) }
      } else {
        blocks += Self.blocks(in: child, study, addresses)
      }
    }
  }

  private mutating func quote(_ node: Int) {
    finishParagraph()
    let inner = Self.blocks(in: node, study, addresses)
    guard !inner.isEmpty else { return }
    if isPullQuote(node, .blockquote) {
      return blocks.append(.pullQuote(Self.phrases(in: node, study, addresses)))
    }
    if let embed = quotedPost(node, inner) { return blocks.append(embed) }
    // Figures are top-level blocks only.
    let figures = inner.filter { if case .figure = $0 { true } else { false } }
    let rest = inner.filter { if case .figure = $0 { false } else { true } }
    blocks += figures
    if !rest.isEmpty { blocks.append(.quote(rest)) }
  }

  private mutating func code(_ node: Int) {
    finishParagraph()
    var bytes: [UInt8] = []
    for inner in tree.descendants(node) {
      if tree.isText(inner) { bytes += tree.textBytes(inner) }
      if tree.tag(inner) == .br { bytes.append(0x0A) }
    }
    while let last = bytes.last, last.isSpace { bytes.removeLast() }
    while let first = bytes.first, first == 0x0A || first == 0x0D { bytes.removeFirst() }
    guard !bytes.isEmpty else { return }
    blocks.append(.code(String(decoding: bytes, as: UTF8.self), language: language(of: node)))
  }

  private func language(of node: Int) -> String? {
    for here in [node, tree.firstChild(node) ?? node] where tree.isElement(here) {
      for token in (tree.value(.class, of: here) ?? "").split(separator: " ") {
        for prefix in ["language-", "lang-", "brush:"] where token.hasPrefix(prefix) {
          return String(token.dropFirst(prefix.utf8.count))
        }
      }
    }
    return nil
  }

  /// Adds the content of a `figure` element that is not in the figure map: a quote, a table, code.
  ///
  /// An empty media player is left out.
  private mutating func figureContent(_ node: Int, _ context: Context) {
    let hasPicture = study.figures.pictures.count(in: node, tree) > 0
    let contentTags: [HTMLTag] = [.blockquote, .table, .pre, .ul, .ol]
    guard
      hasPicture || study.runningLetters[node] > 0
        || tree.descendants(node).contains(where: { contentTags.contains(tree.tag($0)) })
    else { return }
    finishParagraph()
    let start = blocks.count
    children(of: node, context)
    finishParagraph()
    // The line below a quote is its attribution.
    if blocks.count == start + 2, case .quote(var quoted) = blocks[start],
      case .paragraph(let name) = blocks[start + 1], case .paragraph(let last) = quoted.last
    {
      quoted[quoted.count - 1] = .paragraph(last + [Phrase("\n")] + name)
      blocks[start...] = [.quote(quoted)]
    }
  }

  private mutating func figure(_ figure: Figure?, _ node: Int) {
    guard let figure else { return }
    if !tree.tag(node).isInline || inline.isEmpty {
      finishParagraph()
      blocks.append(.figure(figure))
    } else {
      pendingFigures.append(.figure(figure))
    }
  }
}
