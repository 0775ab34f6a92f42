import Stories

/// Chooses when the story was published and last changed.
///
/// Contract: JSON-LD, then the page's `meta` families, then what stands near the headline, then the day in
/// the address, then a line by the headline that reads as a date. Never more than is written: a day
/// stays a day, a clock without a zone stays without. A time in UTC is told in the page's own zone
/// where the page shows the same moment in it.
extension MetadataChoice {
  func dates(near headline: Int?) -> (published: Timestamp?, updated: Timestamp?) {
    let seen = SeenDates(self, near: headline)
    var published = published(seen, near: headline)
    var updated = changedInData ?? seen.updated
    published = published.map { seen.inZoneOfPage($0) }
    updated = updated.map { seen.inZoneOfPage($0) }
    // A change before the publication is a clock that is wrong; one with it is none.
    if let first = published, let last = updated, last == first || last.isEarlierDay(than: first) {
      updated = nil
    }
    return (published, updated)
  }

  private func published(_ seen: SeenDates, near headline: Int?) -> Timestamp? {
    if let date = publishedInData ?? seen.published { return date }
    if let date = dayOfAddress ?? createdInData { return date }
    return seen.updated ?? lineDate(near: headline)
  }

  // MARK: The page's data

  private var publishedInData: Timestamp? {
    if let date = read(said.linkedText("datePublished")) { return date }
    for key in Self.publishedKeys { if let date = read(said.meta[key]) { return date } }
    for key in said.dateKeys { if let date = read(said.meta[key]) { return date } }
    return read(said.linked.text("datePublished", in: said.linked.works))
  }

  private var createdInData: Timestamp? {
    read(said.linkedText("dateCreated")) ?? read(said.linkedText("uploadDate"))
      ?? read(said.linked.text("uploadDate", in: said.linked.works))
  }

  private var changedInData: Timestamp? {
    if let date = read(said.linkedText("dateModified")) { return date }
    for key in Self.changedKeys { if let date = read(said.meta[key]) { return date } }
    return read(said.linked.text("dateModified", in: said.linked.works))
  }

  /// Names of `meta` elements: Open Graph, rNews, Parse.ly, Sailthru, Dublin Core, Cxense, and the
  /// plain ones, the most exact first.
  private static let publishedKeys = [
    "article:published_time", "og:article:published_time", "datepublished", "rnews:datepublished",
    "pubdate", "og:pubdate", "parsely-pub-date", "sailthru.date", "article.published",
    "article:published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "citation_publication_date", "citation_online_date", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "date", "publish-date",
    "publishdate", "publication_date", "publish_date", "published_time", "datecreated",
    "last-modified-original",
  ]

  private static let changedKeys = [
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "sailthru.updated",
  ]

  // MARK: Reading

  /// The date in a text; of two readings of 3/10 the one that the address confirms, else the custom
  /// of the page's language.
  func read(_ text: String?) -> Timestamp? {
    guard let text else { return nil }
    let usual = plausible(
      DateReading.read(text, monthFirst: isMonthFirst, language: language))
    guard let day = dayOfAddress, let usual, !usual.isSameDay(as: day),
      let other = DateReading.read(text, monthFirst: !isMonthFirst, language: language),
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

  /// A date in one of the short lines after the headline, or else at the page's beginning.
  private func lineDate(near headline: Int?) -> Timestamp? {
    let start = headline ?? said.headlines.first?.node ?? 1
    var looked = 0
    for from in [start, 1] {
      for node in from..<max(from, tree.count) where (6...60).contains(study.own[node]) {
        guard tree.isElement(node), !study.isDropped(node) else { continue }
        looked += 1
        if looked > 300 { break }
        if let date = read(tree.line(node, limit: 200)), !tree.isQuoted(node) { return date }
      }
    }
    return nil
  }
}

extension HTMLTree {
  /// Whether the node is quoted: a post in the story or an older report has a day of its own.
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

/// The dates that a page shows, from the nearest to its headline.
struct SeenDates {
  private(set) var published: Timestamp?
  private(set) var updated: Timestamp?
  /// Moments written with a clock, for telling the page's zone.
  private var moments: [Timestamp] = []

  /// So many marked places are looked at: more are a list of other stories.
  private static let limit = 400
  /// So far behind the headline a short line needs no mark.
  private static let near = 40

  init(_ choice: MetadataChoice, near headline: Int?) {
    let tree = choice.tree
    let start = headline.map { tree.end($0) }
    var nearest: (published: Int, updated: Int) = (.max, .max)
    var looked = 0
    for node in 1..<max(1, tree.count)
    where Mark.isPossible(node, tree, choice.study.evidence)
      || start.map({ ($0..<$0 + Self.near).contains(node) }) ?? false
    {
      guard looked < Self.limit, var mark = Mark(node, choice) else { continue }
      looked += 1
      guard !choice.isInside(comments: node, orRelated: false),
        !tree.isQuoted(node), let date = mark.date(choice)
      else { continue }
      if date.precision == .second, moments.count < 40 { moments.append(date) }
      var distance = node - (start ?? 0)
      // Above the headline stands today's date as often as the story's.
      if distance < 0 { distance = 100 - 4 * distance }
      distance += mark.strength.rawValue + (choice.study.isDropped(node) ? 300 : 0)
      if mark.isUpdate {
        if distance < nearest.updated { (nearest.updated, updated) = (distance, date) }
      } else if distance < nearest.published {
        (nearest.published, published) = (distance, date)
      }
    }
  }

  /// A moment in UTC in the zone in which the page shows the same moment; else as it is.
  func inZoneOfPage(_ date: Timestamp) -> Timestamp {
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

  /// A place that is marked as a date.
  private struct Mark {
    enum Strength: Int { case published = 0, time = 20, named = 30, byline = 40, line = 60 }

    let node: Int
    let strength: Strength
    var isUpdate: Bool

    /// A quick look that lets few nodes pass.
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
      let isChange =
        tree.hasToken("datemodified", in: .itemprop, node)
        || tree.hasToken("dateupdated", in: .itemprop, node)
      let evidence = choice.study.evidence[node]
      if tree.hasToken("datepublished", in: .itemprop, node)
        || tree.has(.property, node)
          && tree.hasToken("datepublished", in: .property, node)
        || tree.hasClass("dt-published", node) || tree.hasClass("published", node)
      {
        strength = .published
      } else if record.tag == .time || isChange
        || tree.hasToken("datecreated", in: .itemprop, node)
      {
        strength = .time
      } else if evidence.contains(.date), choice.study.letters[node] < Thresholds.label {
        strength = .named
      } else if !evidence.isDisjoint(with: [.byline, .author]), choice.study.letters[node] < 200 {
        strength = .byline
      } else if record.tag != .text, (6...60).contains(choice.study.own[node]),
        choice.study.linked[node] == 0
      {
        strength = .line
      } else {
        return nil
      }
      self.node = node
      isUpdate =
        isChange
        || (strength != .published
          && (tree.classOrIDContains("updated", node) || tree.classOrIDContains("modified", node)))
    }

    /// The date there; a word for a change before it makes the mark one of a change.
    mutating func date(_ choice: MetadataChoice) -> Timestamp? {
      let tree = choice.tree
      let text = tree.line(node, limit: 200)
      let written = [
        tree.value(.content, of: node), tree.value(.datetime, of: node), text,
        tree.value(.title, of: node),
      ]
      for text in written {
        guard let text, text.utf8.count <= 200, let date = choice.read(text) else { continue }
        if !isUpdate, strength != .published { isUpdate = Self.tellsOfChange(tree, node) }
        return date
      }
      return nil
    }

    private static let changeWords = [
      "updated", "modified", "edited", "aktualisiert", "mis à jour", "modifié", "actualizado",
      "atualizado", "aggiornato", "bijgewerkt", "opdateret", "oppdatert", "uppdaterad", "обновлен",
      "zaktualizowan", "更新", "수정", "güncelle", "päivitetty",
    ]
    private static let publishWords = [
      "published", "posted", "veröffentlicht", "erstellt", "publié", "publicado", "pubblicato",
      "gepubliceerd", "publisert", "publicerad", "опубликован", "opublikowan", "입력", "yayın",
    ]

    private static func tellsOfChange(_ tree: HTMLTree, _ node: Int) -> Bool {
      var text = tree.line(node, limit: 200)
      if tree.tag(node) == .time, let parent = tree.parent(node) {
        text = tree.line(parent, limit: 120)
      }
      let lowered = text.lowercased()
      return changeWords.contains(where: lowered.holds)
        && !publishWords.contains(where: lowered.holds)
    }
  }
}
