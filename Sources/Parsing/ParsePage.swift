import Stories

/// The largest page that is parsed, in bytes.
package let pageLimit = 64 << 20

/// Parses a page of any kind: HTML or plain text; `rules` are asked where an HTML page gives little.
package func parsePage(
  _ page: Page, rules: SiteRules = .standard
) throws(PageError) -> ParsedPage {
  try parsePage(page, rules: rules, trace: nil)
}

/// The same; a trace collects what the stages of an HTML page gave.
func parsePage(
  _ page: Page, rules: SiteRules, trace: PageTrace?
) throws(PageError) -> ParsedPage {
  guard page.bytes.count <= pageLimit else { throw .tooLarge(limit: pageLimit) }
  if page.format != .text, let message = MIMEMessage(page.bytes) {
    guard let part = message.page(of: page) else {
      throw .binary("a message (MHTML or mail) without a page in it")
    }
    var parsed = try parseUnpacked(part, rules, trace)
    if parsed.story.title.isEmpty, let subject = message.subject { parsed.story.title = subject }
    return parsed
  }
  return try parseUnpacked(page, rules, trace)
}

/// Parses a page that is in no container.
private func parseUnpacked(
  _ page: Page, _ rules: SiteRules, _ trace: PageTrace?
) throws(PageError) -> ParsedPage {
  if let look = BinaryLook.find(page.bytes, name: page.name) { throw .binary(look) }
  guard page.bytes.contains(where: { !$0.isSpace && $0 != 0 }) else { throw .empty }
  let (text, encoding) = Encoding.decode(page.bytes, charset: page.charset)
  if let document = FeedDocument.find(text) { throw document.pageError }
  guard isPlainText(page, text) else {
    if let problem = HTMLEvents.libraryProblem { throw .noLibrary(problem) }
    return try parseHTML(text, page, encoding: encoding, rules, trace)
  }
  var parsed = parsePlainText(text, address: page.address)
  parsed.report.encoding = encoding
  guard !parsed.story.blocks.isEmpty || !parsed.story.thread.comments.isEmpty else {
    throw .noStory("There is no running text in it.")
  }
  return parsed
}

/// The stages of an HTML page, in order.
func parseHTML(
  _ text: [UInt8], _ page: Page, encoding: String, _ rules: SiteRules, _ trace: PageTrace?
) throws(PageError) -> ParsedPage {
  let tree = HTMLTree(text)
  let metadata = Metadata(tree)
  let address = page.address ?? metadata.canonical ?? metadata.named("og:url")
  let addresses = Addresses(base: baseAddress(tree, address))
  var study = PageStudy(tree)
  let named = rules.rule(for: address).map { NamedParts($0, study) }
  var discussion = findDiscussion(&study, metadata, addresses)
  if let named, named.rule.isFirst || discussion.thread.comments.isEmpty {
    discussion = named.discussion(&study, metadata, addresses) ?? discussion
  }
  let card = findAuthorCard(&study)
  study = FigureFinder.run(study)
  var untouched = study
  study.markFurniture(.usual)

  let choice = MetadataChoice(metadata, study, addresses)
  let (title, titleNode) = choice.findTitle()
  (study.headline, untouched.headline) = (titleNode, titleNode)
  var reading = StoryReading.best(study, untouched: untouched, title: title, addresses)
  var report = Report(encoding: encoding)
  if let named, named.rule.isFirst || reading.isPoor,
    let ruled = named.reading(untouched, title: title, addresses)
  {
    reading = ruled
    report.notes.append("Read by the rule for \(named.rule.host).")
  }
  var story = Story(
    title: title, kind: discussion.opening == nil ? .article : .forum, blocks: reading.blocks,
    authorCard: card, thread: discussion.thread)
  fillMetadata(&story, choice, headline: titleNode, address: page.address)
  discussion.opening?.setByline(of: &story, metadata)
  if let named, named.rule.isFirst || reading.isFromSiteRule || story.byline.isEmpty {
    let people = named.people(tree)
    if !people.isEmpty { story.byline = people }
  }
  story.standfirst = findStandfirst(reading, metadata, title: titleNode)
  addLeadFigures(&story, reading, addresses, title: titleNode)

  report.confidence = reading.confidence
  report.dropped = droppedParts(reading.study) + reading.lines
  report.dropped += removeSignatures(&story)
  report.notes += tree.cuts
  story.isCut = reading.study.dropped.contains { $0 == .paywall }
  if !reading.isFromSiteRule,
    let embedded = embeddedBody(metadata, tree, addresses, shown: reading.letters)
  {
    story.blocks = embedded
    report.notes.append("The text is from the page's data, for the page itself shows less.")
  }
  if story.blocks.isEmpty, story.thread.comments.isEmpty {
    // Showing the whole page, reported as such, is better than failing.
    story.blocks = wholePage(PageStudy(tree), addresses)
    report.confidence = 0
    report.notes.append("No story stood out; this is the whole page.")
  }
  story.numberFigures()
  trace?.stages = PageTrace.Stages(
    metadata: metadata, addresses: addresses, untouched: untouched, reading: reading, named: named,
    story: story)
  guard !story.blocks.isEmpty || !story.thread.comments.isEmpty else {
    throw .noStory("There is no running text in it.")
  }
  return ParsedPage(story: story, report: report)
}

/// The base that links are resolved against: the page's own `base` if it is a web address.
private func baseAddress(_ tree: HTMLTree, _ address: String?) -> String? {
  guard let node = (0..<tree.count).first(where: { tree.tag($0) == .base && tree.has(.href, $0) })
  else { return address }
  return Addresses(base: address).absolute(tree.value(.href, of: node)) ?? address
}
