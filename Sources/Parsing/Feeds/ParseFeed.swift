import Stories

/// A feed with information on how it was parsed.
package struct ParsedFeed: Sendable {
  package var feed: Feed
  /// Whether the document is truncated; the entries are those that are complete.
  package var isCut = false
  /// The number of entries in the document, of which at most ``entryLimit`` are returned.
  package var total = 0
  /// The name of the encoding that the bytes were decoded with.
  package var encoding = "UTF-8"
  /// Messages for the user: what was dropped, and why.
  package var notes: [String] = []
}

/// The most entries of a feed; of more, the newest are returned.
package let entryLimit = 2000

/// Why bytes could not be parsed as a feed.
package enum FeedError: Error, Sendable, Equatable {
  /// Neither RSS nor Atom nor JSON Feed.
  case noFeed
  /// More bytes than `limit`.
  case tooLarge(limit: Int)
}

/// Parses a feed: RSS, Atom or JSON Feed, detected by its content.
///
/// Relative references are resolved against the page's address; its charset is used as for a page.
/// Throws `.noFeed` for anything else and `.tooLarge` for too many bytes. Linear in the input, without recursion deeper than ``XMLTree/depthLimit``, and in memory
/// that is bounded by ``entryLimit`` entries beside the bytes themselves.
package func parseFeed(_ page: Page) throws(FeedError) -> ParsedFeed {
  guard page.bytes.count <= pageLimit else { throw .tooLarge(limit: pageLimit) }
  let (text, encoding) = Encoding.decode(page.bytes, charset: page.charset)
  var parsed: ParsedFeed
  switch FeedDocument.find(text) {
  case .xml(let format, let start): parsed = parseXML(text, from: start, format, page.address)
  case .json(let format): parsed = parseJSON(text, format, page.address)
  case .list, nil: throw .noFeed
  }
  parsed.encoding = encoding
  parsed.feed.address = parsed.feed.address ?? page.address
  if parsed.total > parsed.feed.entries.count {
    parsed.notes.append(
      "There are \(parsed.total) entries; the newest \(parsed.feed.entries.count) are kept.")
  }
  if parsed.isCut { parsed.notes.append("The feed ends early; its whole entries are kept.") }
  return parsed
}

private func parseXML(
  _ text: [UInt8], from start: Int, _ format: FeedFormat, _ address: String?
) -> ParsedFeed {
  var tree = XMLTree(text, from: start, address: address, isEntry: isFeedEntry)
  var entries = NewestEntries()
  while let element = tree.nextEntry() {
    let reader = FeedEntryReader(element, format)
    entries.add(time: reader.time, reader.entry)
  }
  let head = tree.root.map { FeedHeadReader(root: $0, format: format).feed() }
  var parsed = ParsedFeed(feed: head ?? Feed(format: format))
  parsed.isCut = tree.isCut
  if tree.limitsMet.contains(.depth) {
    parsed.notes.append("Nested deeper than \(XMLTree.depthLimit) levels; the rest was left out.")
  }
  if tree.limitsMet.contains(.text) {
    parsed.notes.append("Text of more than \(XMLTree.textLimit >> 20) MB was cut.")
  }
  parsed.take(entries, address)
  return parsed
}

/// Whether an element is an entry of a feed: an `item` of RSS or an `entry` of Atom.
func isFeedEntry(_ element: XMLElement) -> Bool {
  switch element.name {
  case "item": element.space == .core
  case "entry": element.space == .atom || element.space == .core
  default: false
  }
}

private func parseJSON(_ text: [UInt8], _ format: FeedFormat, _ address: String?) -> ParsedFeed {
  var entries = NewestEntries()
  let reader = JSONFeedReader(text, format) { entries.add(time: $0, $1) }
  var parsed = ParsedFeed(feed: reader.feed)
  parsed.isCut = reader.isCut
  parsed.take(entries, address)
  return parsed
}

extension ParsedFeed {
  fileprivate mutating func take(_ entries: NewestEntries, _ address: String?) {
    total = entries.total
    feed.entries = entries.all
    feed.resolve(against: address)
  }
}

extension Feed {
  /// Resolves addresses that are still relative: the feed's page against its address, and the entries'
  /// links against that page.
  ///
  /// `xml:base` has been applied before.
  fileprivate mutating func resolve(against address: String?) {
    home = FeedAddress.resolved(home, address)
    image = FeedAddress.resolved(image, home ?? address)
    icon = FeedAddress.resolved(icon, home ?? address)
    self.address = FeedAddress.resolved(self.address, address)
    let site = FeedAddress.web(home) ?? address
    links.resolve(against: site)
    authors.resolve(against: site)
    contributors.resolve(against: site)
    let program = FeedAddress.resolved(generator?.address, site)
    generator?.address = program
    for index in entries.indices { entries[index].resolve(against: site) }
  }
}

extension FeedEntry {
  fileprivate mutating func resolve(against site: String?) {
    link = FeedAddress.resolved(link, site)
    image = FeedAddress.resolved(image, site)
    discussion.page = FeedAddress.resolved(discussion.page, site)
    discussion.feed = FeedAddress.resolved(discussion.feed, site)
    links.resolve(against: site)
    authors.resolve(against: site)
    contributors.resolve(against: site)
    for index in enclosures.indices {
      enclosures[index].address =
        FeedAddress.resolved(enclosures[index].address, site) ?? enclosures[index].address
    }
  }
}

extension [FeedLink] {
  fileprivate mutating func resolve(against site: String?) {
    for index in indices {
      self[index].address = FeedAddress.resolved(self[index].address, site) ?? self[index].address
    }
  }
}

extension [FeedPerson] {
  fileprivate mutating func resolve(against site: String?) {
    for index in indices {
      self[index].address = FeedAddress.resolved(self[index].address, site)
    }
  }
}

/// The newest entries of a feed, in the order of the document.
///
/// An undated entry gets the time of the one before it. At most twice ``entryLimit`` are in memory, and
/// an entry that is too old is not even constructed.
struct NewestEntries {
  private var kept: [(entry: FeedEntry, time: Int64)] = []
  private(set) var total = 0
  private var lastTime = Int64.max
  /// Only newer entries are added; in seconds since 1970.
  private var oldest = Int64.min

  mutating func add(time: Timestamp?, _ make: () -> FeedEntry) {
    lastTime = time?.seconds ?? lastTime
    defer { total += 1 }
    guard oldest == .min || lastTime > oldest else { return }
    kept.append((make(), lastTime))
    if kept.count >= 2 * entryLimit { prune() }
  }

  private mutating func prune() {
    guard kept.count > entryLimit else { return }
    let order = kept.indices.sorted { (kept[$1].time, $0) < (kept[$0].time, $1) }
    kept = order.prefix(entryLimit).sorted().map { kept[$0] }
    oldest = kept.reduce(.max) { min($0, $1.time) }
  }

  /// The newest entries, at most ``entryLimit``.
  var all: [FeedEntry] {
    var copy = self
    copy.prune()
    return copy.kept.map(\.entry)
  }
}
