/// The format of a feed, detected by its content alone.
package struct FeedFormat: Sendable, Hashable {
  package enum Family: String, Sendable, Hashable {
    /// RSS 0.91–2.0, and anything else with the root `rss` or `channel`.
    case rss
    /// RSS 0.90 and 1.0, whose root is RDF.
    case rdf
    case atom
    case json
  }

  package var family: Family
  /// The version as "2.0"; empty if the feed states none.
  package var version: String

  package init(_ family: Family, _ version: String = "") {
    self.family = family
    self.version = version
  }

  /// The name of the format for display: "RSS 2.0", "JSON Feed 1.1".
  package var words: String {
    let name =
      switch family {
      case .rss, .rdf: "RSS"
      case .atom: "Atom"
      case .json: "JSON Feed"
      }
    return version.isEmpty ? name : "\(name) \(version)"
  }
}

/// The kind of a document, detected by its beginning.
enum FeedDocument {
  /// A feed in XML, and where its markup begins.
  case xml(FeedFormat, start: Int)
  case json(FeedFormat)
  /// A list of feeds, and where its markup begins.
  case list(start: Int)

  /// The error for parsing it as a page.
  var pageError: PageError {
    switch self {
    case .xml(let format, _), .json(let format): .feed(format.words)
    case .list: .feedList
    }
  }

  /// The kind of a text in valid UTF-8; `nil` for a page or anything else.
  ///
  /// Decided by the name and namespace of the root, or by the version in JSON; neither the type from a
  /// server nor a file's name is used. Before the root there may be declarations, comments and up to
  /// 2 kB of text or of a server's warnings, but not if text follows the root too: that is a page about
  /// feeds.
  static func find(_ text: [UInt8]) -> FeedDocument? {
    let first = text.prefix(junkLimit).first { !$0.isSpace }
    if first == 0x7B { return JSONFeedReader.format(of: text).map(FeedDocument.json) }
    return xml(text)
  }

  private static let junkLimit = 2048
  /// Tags around the warnings of PHP.
  private static let warningTags: Set<String> = ["br", "b"]

  private static func xml(_ text: [UInt8]) -> FeedDocument? {
    var scan = XMLScan(text)
    var names = XMLNames()
    var start = 0
    var hasJunk = false
    while let event = scan.next() {
      switch event {
      case .begin(let tag):
        _ = names.declare(tag, scan)
        let element = names.element(tag, scan)
        if warningTags.contains(element.name), tag.name.lowerBound < junkLimit {
          hasJunk = true
          start = scan.at
          continue
        }
        guard !hasJunk || isBehindJunk(text, start, scan, names) else { return nil }
        return document(element, start: start, following: scan, names)
      case .text(let range):
        guard !text[range].allSatisfy(\.isSpace) else { continue }
        guard range.upperBound <= junkLimit else { return nil }
        hasJunk = true
        start = range.upperBound
      case .end, .literal: start = scan.at
      }
    }
    return nil
  }

  /// Whether a root may follow text that ends at an offset: it starts a line or follows a declaration,
  /// has an element in it, and no text follows the feed.
  private static func isBehindJunk(
    _ text: [UInt8], _ offset: Int, _ scan: XMLScan, _ names: XMLNames
  ) -> Bool {
    // The tags of a warning end its line.
    let isOwnLine = offset > 0 && (text[offset - 1] == 0x0A || text[offset - 1] == 0x3E)
    return (isOwnLine || text[offset...].drop(while: \.isSpace).starts(with: "<?xml".utf8))
      && nextElement(scan, names) != nil && !hasTextAfterFeed(text)
  }

  /// Whether more text follows the last tag than a server appends.
  private static func hasTextAfterFeed(_ text: [UInt8]) -> Bool {
    guard let last = text.lastIndex(of: 0x3E) else { return false }
    return text[last...].count { !$0.isSpace } > 200
  }

  private static func document(
    _ root: XMLElement, start: Int, following scan: XMLScan, _ names: XMLNames
  ) -> FeedDocument? {
    switch root.name {
    case "rss": return .xml(FeedFormat(.rss, rssVersion(root)), start: start)
    case "opml": return .list(start: start)
    case "channel" where root.space == .core || root.space == .other:
      return .xml(FeedFormat(.rss, rssVersion(root)), start: start)
    case "rdf" where root.space == .rdf:
      guard let next = nextElement(scan, names) else {
        return declaresRSS(root) ? .xml(FeedFormat(.rdf, rdfVersion(root)), start: start) : nil
      }
      let isFeed = ["channel", "item", "image", "textinput"].contains(next) || declaresRSS(root)
      return isFeed ? .xml(FeedFormat(.rdf, rdfVersion(root)), start: start) : nil
    case "feed":
      let isKnown = root.space == .atom || root.attribute("version") != nil
      guard isKnown || nextElement(scan, names).map(atomNames.contains) ?? true else {
        return nil
      }
      return .xml(FeedFormat(.atom, atomVersion(root)), start: start)
    default: return nil
    }
  }

  private static let atomNames: Set<String> = [
    "title", "id", "link", "updated", "modified", "author", "subtitle", "tagline", "entry",
    "generator", "icon", "logo", "rights", "copyright", "contributor", "category", "info",
  ]

  private static func nextElement(_ scan: XMLScan, _ names: XMLNames) -> String? {
    var (scan, names) = (scan, names)
    while let event = scan.next() {
      if case .begin(let tag) = event {
        _ = names.declare(tag, scan)
        return names.element(tag, scan).name
      }
    }
    return nil
  }
}

// MARK: - Versions

extension FeedDocument {
  private static func namespaces(_ root: XMLElement) -> [String] {
    root.attributes.filter { $0.writtenName.hasPrefix("xmlns") }.map { $0.value.lowercased() }
  }

  private static func declaresRSS(_ root: XMLElement) -> Bool {
    namespaces(root).contains { $0.contains("purl.org/rss/1") || $0.contains("netscape.com/rdf") }
  }

  private static func rssVersion(_ root: XMLElement) -> String {
    root.attribute("version")?.trimmedOfSpace?.prefix(bytes: 20) ?? ""
  }

  private static func rdfVersion(_ root: XMLElement) -> String {
    let isOld = namespaces(root).contains { $0.contains("netscape.com/rdf") }
    return isOld ? namespaces(root).contains { $0.contains("/0.9/") } ? "0.9" : "0.90" : "1.0"
  }

  private static func atomVersion(_ root: XMLElement) -> String {
    if let version = root.attribute("version")?.trimmedOfSpace { return version.prefix(bytes: 20) }
    return namespaces(root).contains { $0.contains("2005/atom") }
      ? "1.0"
      : root.space == .atom && namespaces(root).contains { $0.contains("purl.org") } ? "0.3" : "1.0"
  }
}
