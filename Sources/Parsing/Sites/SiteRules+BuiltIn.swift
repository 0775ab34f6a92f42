extension SiteRules {
  /// The rules of the program itself, at most 25.
  ///
  /// Sites that many people save pages of, whose markup the general way cannot read, each with why.
  /// What is wrong on a class of sites is mended in the general way.
  static let builtIn = table.compactMap { $0 }

  /// Whether a row of the table cannot be read; a test refuses that.
  package static var hasBrokenRow: Bool { table.contains { $0 == nil } }

  private static let table: [SiteRule?] = [
    // A posting is often one sentence, less than the safety tips below it.
    site("craigslist.org", body: ["#postingbody"], drop: [".print-information"]),
    // The comic is a picture; its words are the picture's title.
    site("xkcd.com", body: ["#comic"]),
    // The question of an "Ask" stands in the table of the thread's head, next to no text.
    site("news.ycombinator.com", body: [".toptext", ".fatitem .commtext"]),
    // An abstract is one block; the authors stand in a list of links.
    site(
      "arxiv.org", body: ["blockquote.abstract"], drop: [".abstract .descriptor"],
      byline: [".authors a"]),
  ]

  /// A row of the table; a selector that cannot be read makes it `nil`.
  private static func site(
    _ host: String, body: [String], drop: [String] = [], byline: [String] = []
  ) -> SiteRule? {
    let parts = [body, drop, byline].map { texts in texts.map { try? Selector($0) } }
    guard parts.joined().allSatisfy({ $0 != nil }) else { return nil }
    return SiteRule(
      host: host, body: parts[0].compactMap { $0 }, drop: parts[1].compactMap { $0 },
      byline: parts[2].compactMap { $0 })
  }
}
