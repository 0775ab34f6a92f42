import Stories

/// The largest page that is parsed, in bytes.
package let pageLimit = 64 << 20

/// Parses a page of any kind: HTML or plain text.
package func parsePage(_ page: Page) throws(PageError) -> ParsedPage {
  guard page.bytes.count <= pageLimit else { throw .tooLarge(limit: pageLimit) }
  if let look = BinaryLook.find(page.bytes) { throw .binary(look) }
  guard page.bytes.contains(where: { !$0.isSpace && $0 != 0 }) else { throw .empty }
  let (text, encoding) = Encoding.decode(page.bytes, charset: page.charset)
  guard isPlainText(page, text) else { return try parseHTML(text, page, encoding: encoding) }
  var parsed = parsePlainText(text, address: page.address)
  parsed.report.encoding = encoding
  guard !parsed.story.blocks.isEmpty || !parsed.story.thread.comments.isEmpty else {
    throw .noStory("There is no running text in it.")
  }
  return parsed
}

/// The stages of an HTML page, in order.
func parseHTML(_ text: [UInt8], _ page: Page, encoding: String) throws(PageError) -> ParsedPage {
  let tree = HTMLTree(text)
  let said = Metadata(tree)
  var study = PageStudy(tree)
  let addresses = Addresses(base: baseAddress(tree, said, page))
  let thread = findThread(&study, addresses)
  let card = findAuthorCard(&study)
  let untouched = study
  study.markFurniture(.usual)

  let choice = MetadataChoice(said, study, addresses)
  let (title, titleNode) = choice.title
  var story = Story(title: title, authorCard: card, thread: thread)
  story.site = choice.site
  story.language = choice.language
  story.address = choice.address ?? page.address
  story.byline = choice.byline(site: story.site)
  story.published = choice.published
  story.updated = choice.updated
  story.section = said.named("article:section") ?? said.linkedText("articleSection")
  story.tags = said.tags

  var report = Report(encoding: encoding)
  var reading = StoryReading(study, title: title, addresses)
  for boldness in Boldness.allCases.dropFirst() where reading.letters < boldness.tried {
    var bolder = untouched
    bolder.markFurniture(boldness)
    let other = StoryReading(bolder, title: title, addresses)
    if Double(other.letters) > Double(reading.letters) * Thresholds.bolderGain { reading = other }
  }
  story.blocks = reading.blocks
  report.confidence = reading.confidence
  if let body = reading.body {
    if let lead = findLeadFigure(
      reading.study, addresses, body: body, title: titleNode, blocks: story.blocks)
    {
      story.blocks.insert(.figure(lead), at: 0)
    }
    story.standfirst = findStandfirst(reading.study, said, body: body, title: titleNode)
    let lead = leadFigures(reading.study, addresses, body: body, title: titleNode)
    let shown = Set(story.figures.compactMap(\.image))
    story.blocks =
      lead.filter { $0.image.map { !shown.contains($0) } ?? true }.map { .figure($0) }
      + story.blocks
  }
  if let told = articleBody(said), StoryReading.letters(told) > reading.letters * 2 {
    story.blocks = told
    report.notes.append("The text is from the page's data, for the page itself shows less.")
  }
  if story.blocks.isEmpty, story.thread.comments.isEmpty {
    // Better the whole page, said to be so, than a page that will not open.
    story.blocks = wholePage(PageStudy(tree), addresses)
    report.confidence = 0
    if !story.blocks.isEmpty { report.notes.append("No story stood out; this is the whole page.") }
  }
  if tree.isCutInDepth {
    report.notes.append("Nested deeper than \(HTMLTree.depthLimit) levels; the rest was flattened.")
  }
  if tree.isCutInNodes { report.notes.append("Too many elements; the page was cut.") }
  report.dropped = droppedParts(reading.study)
  story.isCut = reading.study.dropped.contains { $0 == .paywall }
  story.numberFigures()
  guard !story.blocks.isEmpty || !story.thread.comments.isEmpty else {
    throw .noStory("There is no running text in it.")
  }
  return ParsedPage(story: story, report: report)
}

/// The base that links are resolved against: the page's own `base` if it is a web address.
private func baseAddress(_ tree: HTMLTree, _ said: Metadata, _ page: Page) -> String? {
  let address = page.address ?? said.canonical ?? said.named("og:url")
  guard let node = (0..<tree.count).first(where: { tree.tag($0) == .base && tree.has(.href, $0) })
  else { return address }
  return Addresses(base: address).absolute(tree.value(.href, of: node)) ?? address
}

/// All that the page shows, where no part of it reads like a story; nothing if that is next to nothing.
private func wholePage(_ study: PageStudy, _ addresses: Addresses) -> [Block] {
  let body = (0..<study.tree.count).first { study.tree.tag($0) == .body } ?? HTMLTree.root
  guard study.letters[body] >= Thresholds.wholePage else { return [] }
  return BlockBuilder.blocks(in: body, study, addresses)
}

/// The standfirst, where it stands between the headline and the body.
private func findStandfirst(
  _ study: PageStudy, _ said: Metadata, body: Int, title: Int?
) -> String? {
  let tree = study.tree
  let description = [
    said.named("og:description"), said.named("description"), said.linkedText("description"),
  ]
  .compactMap { $0 }.map { MetadataChoice.key($0).prefix(60) }.filter { $0.count > 30 }
  let start = title.map { tree.end($0) } ?? 1
  guard start < body else { return nil }
  var node = start
  while node < body {
    if study.dropped[node] != nil {
      node = tree.end(node)
      continue
    }
    let tag = tree.tag(node)
    if tag != .text, tree.end(node) <= body, (30...700).contains(study.letters[node]),
      study.linkDensity(node) < 0.3, !HTMLTag.unseen.contains(tag)
    {
      let text = tree.line(node, limit: 2000)
      let key = MetadataChoice.key(text)
      let isNamed = study.evidence[node].contains(.standfirst) && tag != .figcaption
      if isNamed
        || description.contains(where: {
          key.starts(with: $0) || $0.starts(with: key.prefix(60)) && key.count > 40
        })
      {
        return text
      }
    }
    node += 1
  }
  return nil
}

/// The captioned pictures around the headline, before the body begins.
private func leadFigures(
  _ study: PageStudy, _ addresses: Addresses, body: Int, title: Int?
) -> [Figure] {
  let tree = study.tree
  // The picture may stand above the headline, in the same part of the page.
  let start = title.map { node in
    tree.ancestors(node).first { tree.tag($0) == .article || tree.tag($0) == .main } ?? node
  }
  guard var node = start, node < body else { return [] }
  var found: [Figure] = []
  node += 1
  while node < body, found.count < 3 {
    let tag = tree.tag(node)
    if study.dropped[node] != nil || (HTMLTag.unseen.contains(tag) && tag != .head) {
      node = tree.end(node)
      continue
    }
    let isFigure = tag == .figure && study.pictures[node] <= 1
    if tree.end(node) <= body, isFigure || PictureBox.isBox(node, tag, study) {
      if let figure = PictureBox.read(node, study, addresses),
        !figure.caption.isEmpty || figure.credit != nil
      {
        found.append(figure)
      }
      node = tree.end(node)
      continue
    }
    node += 1
  }
  return found
}

/// Last repairs on the blocks: no heading without text below it, no title twice.
private func tidy(_ blocks: [Block], title: String) -> [Block] {
  var kept: [Block] = []
  for block in blocks.reversed() {
    if case .heading(let level, _) = block {
      var next: Block? = kept.last
      if case .some(.heading(let nextLevel, _)) = next, nextLevel <= level { next = nil }
      if case .some(.rule) = next { next = nil }
      if next == nil { continue }
    }
    if case .rule = block, kept.isEmpty { continue }
    kept.append(block)
  }
  kept.reverse()
  joinCaptions(&kept)
  while case .some(.rule) = kept.first { kept.removeFirst() }
  return kept
}

/// One reading of a page: the body that was found, and its blocks.
struct StoryReading {
  var study: PageStudy
  var body: Int?
  var blocks: [Block] = []
  var letters: Int32 = 0
  var confidence = 0.0

  init(_ study: PageStudy, title: String, _ addresses: Addresses) {
    self.study = study
    guard let found = study.findBody() else { return }
    body = found.node
    confidence = found.confidence
    self.study.prune(found.node, title: title)
    blocks = tidy(BlockBuilder.blocks(in: found.node, self.study, addresses), title: title)
    letters = Self.letters(blocks)
  }

  /// Letters of the blocks' running text, roughly: bytes of paragraphs, quotes and lists.
  static func letters(_ blocks: [Block]) -> Int32 {
    var count = 0
    for block in blocks {
      switch block {
      case .paragraph(let phrases): count += phrases.reduce(0) { $0 + $1.text.utf8.count }
      case .quote(let inner): count += Int(letters(inner))
      case .list(let list): for item in list.items { count += Int(letters(item)) }
      case .code(let text, _): count += text.utf8.count
      case .table(let table):
        for row in table.rows { for cell in row { count += cell.phrases.text.utf8.count } }
      default: break
      }
    }
    return Int32(clamping: count)
  }
}

/// The text of the article that the page's JSON-LD carries, cut into its lines.
private func articleBody(_ said: Metadata) -> [Block]? {
  for article in said.articles {
    guard let text = article["articleBody"].text, text.utf8.count > 400 else { continue }
    let tree = HTMLTree(Array(text.utf8.prefix(2_000_000)))
    let lines = tree.text(HTMLTree.root, limit: 2_000_000).split(separator: "\n")
    return lines.map { .paragraph([Phrase(String($0))]) }
  }
  return nil
}

/// Gives a picture without words the short line after it, where that line ends in a credit.
private func joinCaptions(_ blocks: inout [Block]) {
  var index = 0
  while index + 1 < blocks.count {
    if case .figure(var figure) = blocks[index], figure.caption.isEmpty,
      case .paragraph(let phrases) = blocks[index + 1], phrases.text.utf8.count < 600
    {
      let (caption, credit) = splitCredit(phrases)
      if credit != nil {
        figure.caption = caption
        figure.credit = credit
        blocks[index] = .figure(figure)
        blocks.remove(at: index + 1)
      }
    }
    index += 1
  }
}
