/// The XML namespaces of feeds.
///
/// Recognised by address in any spelling that feeds use (letter case, `https`, a slash or `#` at the
/// end). A prefix that is not declared, or has an unknown address, is accepted if it is the
/// conventional one. Addresses are those of the specifications that the cases name.
enum XMLVocabulary: String, Sendable, Hashable {
  /// Elements without a namespace, of RSS 0.90, 1.0, 1.1 and 2.0, and of an unknown default namespace: `http://purl.org/rss/1.0/`, `http://backend.userland.com/rss2`.
  case core
  /// RFC 4287 and the draft before it: `http://www.w3.org/2005/Atom`, `http://purl.org/atom/ns#`.
  case atom
  /// `http://www.w3.org/1999/02/22-rdf-syntax-ns#`
  case rdf
  /// Dublin Core, `http://purl.org/dc/elements/1.1/`, also as 1.0.
  case dublinCore = "dc"
  /// `http://purl.org/dc/terms/`
  case terms = "dcterms"
  /// RSS 1.0's module for whole texts, `http://purl.org/rss/1.0/modules/content/`.
  case content
  /// RSS 1.0's module for comment counts, `http://purl.org/rss/1.0/modules/slash/`.
  case slash
  /// RSS 1.0's module for intervals, `http://purl.org/rss/1.0/modules/syndication/`.
  case syndication = "sy"
  /// The Comment API, `http://wellformedweb.org/CommentAPI/`.
  case commentAPI = "wfw"
  /// Atom Threading Extensions, RFC 4685: `http://purl.org/syndication/thread/1.0`.
  case threading = "thr"
  /// Media RSS, `http://search.yahoo.com/mrss/`.
  case media
  /// `http://www.itunes.com/dtds/podcast-1.0.dtd`
  case itunes
  /// `http://rssnamespace.org/feedburner/ext/1.0`
  case feedburner
  case xhtml
  /// The reserved prefix `xml`.
  case xml
  /// Any other; such elements are ignored.
  case other

  /// The vocabulary with an address; `nil` for an unknown one.
  init?(address: String) {
    var key = address.lowercased()[...]
    if key.hasPrefix("https://") { key = "http://" + key.dropFirst(8) }
    while key.hasSuffix("/") || key.hasSuffix("#") { key = key.dropLast() }
    guard let found = Self.addresses[String(key)] else { return nil }
    self = found
  }

  /// The vocabulary that a prefix conventionally stands for.
  init(prefix: String) {
    switch prefix.lowercased() {
    case "", "rss": self = .core
    case "dcterm": self = .terms
    case "mrss": self = .media
    case let prefix: self = Self(rawValue: prefix) ?? .other
    }
  }

  private static let addresses: [String: XMLVocabulary] = [
    "": .core, "http://purl.org/rss/1.0": .core, "http://my.netscape.com/rdf/simple/0.9": .core,
    "http://channel.netscape.com/rdf/simple/0.9": .core,
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": .core,
    "http://backend.userland.com/rss": .core, "http://backend.userland.com/rss2": .core,
    "http://backend.userland.com/rss20": .core, "http://blogs.law.harvard.edu/tech/rss": .core,
    "http://purl.org/net/rss1.1": .core, "http://purl.org/rss/2.0": .core,
    "http://cyber.law.harvard.edu/rss": .core, "http://cyber.law.harvard.edu/rss/rss.html": .core,
    "http://www.w3.org/2005/atom": .atom, "http://purl.org/atom/ns": .atom,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": .rdf,
    "http://purl.org/dc/elements/1.1": .dublinCore, "http://purl.org/dc/elements/1.0": .dublinCore,
    "http://purl.org/rss/1.0/modules/dc": .dublinCore,
    "http://purl.org/dc/terms": .terms, "http://purl.org/rss/1.0/modules/dcterms": .terms,
    "http://purl.org/rss/1.0/modules/content": .content,
    "http://purl.org/rss/1.0/modules/slash": .slash,
    "http://purl.org/rss/1.0/modules/syndication": .syndication,
    "http://wellformedweb.org/commentapi": .commentAPI,
    "http://purl.org/syndication/thread/1.0": .threading,
    "http://search.yahoo.com/mrss": .media, "http://video.search.yahoo.com/mrss": .media,
    "http://tools.search.yahoo.com/mrss": .media, "http://www.rssboard.org/media-rss": .media,
    "http://www.itunes.com/dtds/podcast-1.0.dtd": .itunes,
    "http://www.itunes.com/dtds/podcast-1.0": .itunes,
    "http://rssnamespace.org/feedburner/ext/1.0": .feedburner,
    "http://www.w3.org/1999/xhtml": .xhtml, "http://www.w3.org/tr/html4": .xhtml,
    "http://www.w3.org/xml/1998/namespace": .xml,
  ]
}
