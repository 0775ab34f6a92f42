import Stories

/// Says in plain text why a page became the story it became, for people who report a bad page.
///
/// Contract: for each block of the page whether it was kept or dropped, by what and with which
/// numbers; the candidates for the body with their scores; every reading that was tried; which parts
/// of the page give the title, the byline and the dates; figures, thread, encoding, confidence, notes.
/// Letters are counted as `PageStudy` counts them. A page that gives no story is explained too.
package func explainPage(
  _ page: Page, rules: SiteRules = .standard
) throws(PageError) -> String {
  let trace = PageTrace()
  var text = ExplanationText()
  do throws(PageError) {
    let parsed = try parsePage(page, rules: rules, trace: trace)
    text.result(page, parsed)
    if trace.stages == nil { text.plainParts(parsed) }
  } catch {
    guard trace.stages != nil else { throw error }
    text.part("Result")
    text.row("story", "none: there is no running text in the page")
  }
  if let stages = trace.stages {
    let explanation = Explanation(stages)
    explanation.head(&text)
    explanation.body(&text)
    explanation.blocks(&text)
    explanation.figures(&text)
    explanation.thread(&text)
  }
  return text.text
}

/// The parts of the explanation of an HTML page.
struct Explanation {
  let stages: PageTrace.Stages
  /// The page as the search for the body saw it: all furniture marked, nothing pruned.
  let searched: PageStudy

  init(_ stages: PageTrace.Stages) {
    self.stages = stages
    var study = stages.untouched
    if stages.reading.isFromSiteRule {
      stages.named?.markDropped(&study)
    } else {
      study.markFurniture(stages.reading.study.leniency)
    }
    searched = study
  }

  /// The page as the story was made from it.
  var study: PageStudy { stages.reading.study }
  var tree: HTMLTree { study.tree }
  var story: Story { stages.story }
}

extension ExplanationText {
  fileprivate mutating func result(_ page: Page, _ parsed: ParsedPage) {
    part("Result")
    row("page", [page.name, page.address].compactMap { $0 }.joined(separator: ", "))
    row("read as", "\(parsed.report.format.rawValue) in \(parsed.report.encoding)")
    if let charset = page.charset { row("", "the caller says \(charset.quoted())") }
    if let charset = Declaration.find(page.bytes) { row("", "the page says \(charset.quoted())") }
    if Encoding.isValidUTF8(page.bytes) { row("", "the bytes are valid UTF-8") }
    row("confidence", parsed.report.confidence.inHundredths)
    if parsed.story.isCut { row("cut", "a notice of a paywall stands in the page") }
    for note in parsed.report.notes { row("note", note) }
  }

  /// What there is to say of a page of plain text, which has no elements.
  fileprivate mutating func plainParts(_ parsed: ParsedPage) {
    let story = parsed.story
    part("Head")
    row("title", story.title.quoted(200))
    row("byline", story.byline.joined(separator: ", "))
    row("published", story.published?.iso8601 ?? "not found")
    part("Blocks")
    table(
      ["", "kind", "words"],
      story.blocks.map { ["+", $0.traits.name, $0.firstText.quoted()] }
        + parsed.report.dropped.map { ["-", $0.kind.rawValue, $0.text.quoted()] }, numbers: 0)
    part("Thread")
    row("comments", String(story.thread.comments.count))
  }
}
