import Stories

/// Chooses the story's dates of publication and last update.
///
/// The order is JSON-LD, the `meta` families, visible dates near the headline, the day in the URL,
/// and any short line near the headline that parses as a date. No precision is added: a day stays a
/// day, a time without a zone stays without. A time in UTC is converted to the page's own zone where
/// the page shows the same moment in it.
extension MetadataChoice {
  func dates(near headline: Int?) -> (published: Timestamp?, updated: Timestamp?) {
    let visible = VisibleDates(self, near: headline)
    var published = published(visible, near: headline)
    var updated = updatedInData ?? visible.updated
    published = published.map { visible.inPageZone($0) }
    updated = updated.map { visible.inPageZone($0) }
    // An update before publication comes from a wrong clock; one at the same moment is no update.
    if let first = published, let last = updated, last == first || last.isEarlierDay(than: first) {
      updated = nil
    }
    return (published, updated)
  }

  private func published(_ visible: VisibleDates, near headline: Int?) -> Timestamp? {
    if let date = publishedInData ?? visible.published { return date }
    if let date = dayInURL ?? createdInData { return date }
    return visible.updated ?? lineDate(near: headline)
  }

  // MARK: The page's data

  private var publishedInData: Timestamp? {
    if let date = parseDate(metadata.linkedText("datePublished")) { return date }
    for key in Self.publishedKeys { if let date = parseDate(metadata.meta[key]) { return date } }
    for key in metadata.dateKeys { if let date = parseDate(metadata.meta[key]) { return date } }
    return parseDate(metadata.linked.text("datePublished", in: metadata.linked.otherWorks))
  }

  private var createdInData: Timestamp? {
    parseDate(metadata.linkedText("dateCreated")) ?? parseDate(metadata.linkedText("uploadDate"))
      ?? parseDate(metadata.linked.text("uploadDate", in: metadata.linked.otherWorks))
  }

  private var updatedInData: Timestamp? {
    if let date = parseDate(metadata.linkedText("dateModified")) { return date }
    for key in Self.updatedKeys { if let date = parseDate(metadata.meta[key]) { return date } }
    return parseDate(metadata.linked.text("dateModified", in: metadata.linked.otherWorks))
  }

  /// Names of `meta` elements for the date of publication, the most reliable first: Open Graph, rNews,
  /// Parse.ly, Sailthru, Cxense, Highwire Press, Dublin Core, and plain names.
  private static let publishedKeys = [
    "article:published_time", "og:article:published_time", "datepublished", "rnews:datepublished",
    "pubdate", "og:pubdate", "parsely-pub-date", "sailthru.date", "article.published",
    "article:published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "citation_publication_date", "citation_online_date", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "date", "publish-date",
    "publishdate", "publication_date", "publish_date", "published_time", "datecreated",
    "last-modified-original",
  ]

  private static let updatedKeys = [
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "sailthru.updated",
  ]

  // MARK: Reading

  /// Parses the date in a text; an ambiguous one (3/10) is resolved by the day in the URL, otherwise by
  /// the custom of the page's language and country.
  func parseDate(_ text: String?) -> Timestamp? {
    guard let text else { return nil }
    let usual = plausible(
      DateParser.parse(text, monthFirst: isMonthFirst, language: language))
    guard let day = dayInURL, let usual, !usual.isSameDay(as: day),
      let other = DateParser.parse(text, monthFirst: !isMonthFirst, language: language),
      other.isSameDay(as: day)
    else { return usual }
    return other
  }

  private var isMonthFirst: Bool {
    let tag = (language ?? "en").lowercased()
    guard tag.hasPrefix("en") else { return false }
    if tag.hasPrefix("en-"), tag != "en-us" { return false }
    guard let host = addresses.host else { return true }
    return ![".uk", ".au", ".nz", ".ie", ".in", ".za"].contains { host.hasSuffix($0) }
  }

  private func plausible(_ date: Timestamp?) -> Timestamp? {
    date.flatMap { (1990...2100).contains($0.calendar.year) ? $0 : nil }
  }

  /// The first date in one of 300 short lines after the headline, or else from the start of the page.
  private func lineDate(near headline: Int?) -> Timestamp? {
    let start = headline ?? metadata.headlines.first?.node ?? 1
    var examined = 0
    for from in [start, 1] {
      for node in from..<max(from, tree.count) where (6...60).contains(study.ownLetters[node]) {
        guard tree.isElement(node), !study.isDropped(node) else { continue }
        examined += 1
        if examined > 300 { break }
        if let date = parseDate(tree.line(node, limit: 200)), !tree.isQuoted(node) { return date }
      }
    }
    return nil
  }
}

extension HTMLTree {
  /// Whether the node is in a `blockquote`: an embedded post or an older report has a date of its own.
  fileprivate func isQuoted(_ node: Node) -> Bool {
    closest(node) { tag($0) == .blockquote } != nil
  }
}

extension Timestamp {
  fileprivate func isSameDay(as other: Timestamp) -> Bool {
    let (one, two) = (calendar, other.calendar)
    return one.year == two.year && one.month == two.month && one.day == two.day
  }

  fileprivate func isEarlierDay(than other: Timestamp) -> Bool {
    self < other && !isSameDay(as: other) && other.seconds - seconds > 86_400
  }
}

/// The visible dates of publication and update nearest to the headline.
struct VisibleDates {
  private(set) var published: Timestamp?
  private(set) var updated: Timestamp?
  /// Visible times with seconds, from which the page's time zone is inferred; at most 40.
  private var moments: [Timestamp] = []

  /// The number of date markers examined; more of them are a list of other stories.
  private static let maximumMarkers = 400
  /// The number of nodes after the headline within which a short line needs no date marker.
  private static let maximumUnmarkedDistance = 40

  init(_ choice: MetadataChoice, near headline: Int?) {
    let tree = choice.tree
    let start = headline.map { tree.end($0) }
    var nearest: (published: Int, updated: Int) = (.max, .max)
    var examined = 0
    for node in 1..<max(1, tree.count)
    where DateMarker.isPossible(node, tree, choice.study.evidence)
      || start.map({ ($0..<$0 + Self.maximumUnmarkedDistance).contains(node) }) ?? false
    {
      guard examined < Self.maximumMarkers, var marker = DateMarker(node, choice) else { continue }
      examined += 1
      guard !choice.isInComments(node, orRelated: false),
        !tree.isQuoted(node), let date = marker.date(choice)
      else { continue }
      if date.precision == .second, moments.count < 40 { moments.append(date) }
      var distance = node - (start ?? 0)
      // Above the headline, today's date is as frequent as the story's.
      if distance < 0 { distance = 100 - 4 * distance }
      distance += marker.strength.rawValue + (choice.study.isDropped(node) ? 300 : 0)
      if marker.isUpdate {
        if distance < nearest.updated { (nearest.updated, updated) = (distance, date) }
      } else if distance < nearest.published {
        (nearest.published, published) = (distance, date)
      }
    }
  }

  /// Converts a time in UTC to the zone in which the page shows the same moment; others are unchanged.
  func inPageZone(_ date: Timestamp) -> Timestamp {
    guard date.offset == 0, date.precision == .second else { return date }
    for moment in moments {
      let difference = moment.seconds - date.seconds
      if let offset = moment.offset {
        if difference == 0, offset != 0 { return date.inZone(offset) }
      } else if difference != 0, abs(difference) <= 14 * 3600, difference.isMultiple(of: 900) {
        return date.inZone(Int(difference / 60))
      }
    }
    return date
  }

  /// A node that markup or class names identify as a date.
  private struct DateMarker {
    enum Strength: Int { case published = 0, time = 20, named = 30, byline = 40, line = 60 }

    let node: Int
    let strength: Strength
    var isUpdate: Bool

    /// A cheap test that rejects most nodes before `init` examines them.
    @inline(__always)
    static func isPossible(_ node: Int, _ tree: HTMLTree, _ evidence: [Evidence]) -> Bool {
      let record = tree.records[node]
      if record.tag == .text { return false }
      if record.tag == .time { return true }
      guard record.attributeCount > 0 else { return false }
      return !evidence[node].isDisjoint(with: [.date, .byline, .author])
        || tree.has(.itemprop, node) || tree.has(.property, node)
    }

    init?(_ node: Int, _ choice: MetadataChoice) {
      let tree = choice.tree
      let record = tree.records[node]
      guard !HTMLTag.unseen.contains(record.tag) || record.tag == .meta else { return nil }
      let isModifiedProperty =
        tree.hasToken("datemodified", in: .itemprop, node)
        || tree.hasToken("dateupdated", in: .itemprop, node)
      let evidence = choice.study.evidence[node]
      if tree.hasToken("datepublished", in: .itemprop, node)
        || tree.has(.property, node)
          && tree.hasToken("datepublished", in: .property, node)
        || tree.hasClass("dt-published", node) || tree.hasClass("published", node)
      {
        strength = .published
      } else if record.tag == .time || isModifiedProperty
        || tree.hasToken("datecreated", in: .itemprop, node)
      {
        strength = .time
      } else if evidence.contains(.date),
        choice.study.letters[node] < Thresholds.maximumLabelLetters
      {
        strength = .named
      } else if !evidence.isDisjoint(with: [.byline, .author]), choice.study.letters[node] < 200 {
        strength = .byline
      } else if record.tag != .text, (6...60).contains(choice.study.ownLetters[node]),
        choice.study.linkedLetters[node] == 0
      {
        strength = .line
      } else {
        return nil
      }
      self.node = node
      isUpdate =
        isModifiedProperty
        || (strength != .published
          && (tree.classOrIDContains("updated", node) || tree.classOrIDContains("modified", node)))
    }

    /// Parses the marker's date; a word such as "updated" beside it sets `isUpdate`.
    mutating func date(_ choice: MetadataChoice) -> Timestamp? {
      let tree = choice.tree
      let text = tree.line(node, limit: 200)
      let written = [
        tree.value(.content, of: node), tree.value(.datetime, of: node), text,
        tree.value(.title, of: node),
      ]
      for text in written {
        guard let text, text.utf8.count <= 200, let date = choice.parseDate(text) else { continue }
        if !isUpdate, strength != .published { isUpdate = Self.indicatesUpdate(tree, node) }
        return date
      }
      return nil
    }

    private static let updateWords = [
      "updated", "modified", "edited", "aktualisiert", "mis à jour", "modifié", "actualizado",
      "atualizado", "aggiornato", "bijgewerkt", "opdateret", "oppdatert", "uppdaterad", "обновлен",
      "zaktualizowan", "更新", "수정", "güncelle", "päivitetty",
    ]
    private static let publicationWords = [
      "published", "posted", "veröffentlicht", "erstellt", "publié", "publicado", "pubblicato",
      "gepubliceerd", "publisert", "publicerad", "опубликован", "opublikowan", "입력", "yayın",
    ]

    private static func indicatesUpdate(_ tree: HTMLTree, _ node: Int) -> Bool {
      var text = tree.line(node, limit: 200)
      if tree.tag(node) == .time, let parent = tree.parent(node) {
        text = tree.line(parent, limit: 120)
      }
      let lowered = text.lowercased()
      return updateWords.contains(where: lowered.holds)
        && !publicationWords.contains(where: lowered.holds)
    }
  }
}
