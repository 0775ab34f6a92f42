import Stories

/// The parts of a page that the rule for its site names.
///
/// Contract: one walk of the tree for each selector, and only on pages of a site with a rule. What a
/// rule names and the page does not have changes nothing: the general way's answer stays.
struct NamedParts {
  let rule: SiteRule
  private let body: Int?
  private let dropped: [Int]
  private let writers: [Int]
  private let comments: [Int]

  init(_ rule: SiteRule, _ study: PageStudy) {
    self.rule = rule
    let tree = study.tree
    body = tree.nodes(matching: rule.body).max { study.letters[$0] < study.letters[$1] }
    dropped = tree.nodes(matching: rule.drop)
    writers = tree.nodes(matching: rule.byline)
    comments = tree.nodes(matching: rule.comments)
  }

  /// The reading that the rule gives; `nil` if it names no body, or the page has none of that name.
  func reading(
    _ untouched: PageStudy, title: String, _ addresses: Addresses
  ) -> StoryReading? {
    guard let body else { return nil }
    var study = untouched
    markDropped(&study)
    let reading = StoryReading(
      study, body: Candidate(node: body, confidence: Thresholds.siteRuleConfidence), title: title,
      addresses)
    return reading.blocks.isEmpty ? nil : reading
  }

  /// Marks what the rule drops, which is all of its furniture.
  func markDropped(_ study: inout PageStudy) {
    for node in dropped where node != body { study.dropped[node] = .other }
  }

  /// The people whom the rule's byline names.
  func people(_ tree: HTMLTree) -> [String] {
    PersonNames.read(writers.prefix(6).map { tree.line($0, limit: 300) })
  }

  /// The discussion of the comments that the rule names; `nil` if the page has none of them.
  func discussion(
    _ study: inout PageStudy, _ metadata: Metadata, _ addresses: Addresses
  ) -> Discussion? {
    guard !comments.isEmpty else { return nil }
    let discussion = findDiscussion(&study, metadata, addresses, named: comments)
    return discussion.thread.comments.isEmpty ? nil : discussion
  }
}
