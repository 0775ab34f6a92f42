internal import Stories

/// Finds the feeds that a page links to, and the known feeds of its site.
package enum FeedDiscovery {
  /// A feed of a page: its address, and the title that the page gives.
  package struct Found: Sendable, Hashable {
    package var address: String
    package var title: String?

    package init(_ address: String, title: String? = nil) {
      self.address = address
      self.title = title
    }
  }

  /// The most feeds of one page; more are not listed.
  private static let limit = 50

  /// The feeds of a page in document order, without duplicates: those of `link` elements (the HTML standard, 4.6.7,
  /// "alternate" with the type of a feed, and "feed"), then those of ``known(for:page:)``.
  ///
  /// Feeds of comments come last.
  package static func feeds(in page: Page) -> [Found] {
    let (text, _) = Encoding.decode(page.bytes, charset: page.charset)
    let tree = HTMLTree(text)
    let base =
      (0..<tree.count).first { tree.tag($0) == .base && tree.has(.href, $0) }
      .flatMap { FeedAddress.resolved(tree.value(.href, of: $0), page.address) } ?? page.address
    var found = linked(tree, base)
    if let address = page.address { found += known(for: address, page: tree) }
    var addresses: Set<String> = []
    found = found.filter { addresses.insert($0.address).inserted && $0.address != page.address }
    let (comments, others) = (found.filter(isOfComments), found.filter { !isOfComments($0) })
    return Array((others + comments).prefix(limit))
  }

  private static func linked(_ tree: HTMLTree, _ base: String?) -> [Found] {
    (0..<tree.count).compactMap { node in
      guard tree.tag(node) == .link, let relation = tree.value(.rel, of: node)?.lowercased(),
        let address = FeedAddress.resolved(tree.value(.href, of: node), base),
        isFeed(relations: relation.split(separator: " "), type: tree.value(.type, of: node))
      else { return nil }
      return Found(address, title: tree.value(.title, of: node)?.trimmedOfSpace)
    }
  }

  static func isFeed(relations: [Substring], type: String?) -> Bool {
    let type = type?.lowercased().prefix { $0 != ";" }.description.trimmedOfSpace
    if relations.contains("feed") { return type != "text/html" }
    guard relations.contains("alternate"), !relations.contains("stylesheet"), let type else {
      return false
    }
    return [
      "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
      "application/json", "application/xml", "text/xml", "text/rss+xml", "text/atom+xml",
      "application/rss", "application/atom", "text/rss", "text/atom", "application/x-rss+xml",
      "application/x-atom+xml",
    ].contains(type)
  }

  /// Whether a feed is of the comments of a site or a story.
  package static func isOfComments(_ feed: Found) -> Bool {
    feed.address.contains("/comments/") || (feed.title?.lowercased().contains("comments") ?? false)
  }

  /// The known feeds of a site for an address, without a request.
  ///
  /// Channels and playlists of YouTube, subreddits and users of Reddit, repositories of GitHub, GitLab
  /// and Codeberg, profiles of Medium and of Mastodon.
  package static func known(for address: String) -> [Found] {
    guard let address = WebAddress(address), address.isWeb else { return [] }
    return KnownFeeds(address).feeds
  }

  /// The same with what only the page has: the ID of a YouTube channel.
  private static func known(for address: String, page: HTMLTree) -> [Found] {
    let found = known(for: address)
    guard found.isEmpty, WebAddress(address)?.site == "youtube.com" else { return found }
    for node in 0..<page.count {
      let said: String? =
        switch page.tag(node) {
        case .link where page.value(.rel, of: node) == "canonical": page.value(.href, of: node)
        case .meta where page.value(.property, of: node) == "og:url": page.value(.content, of: node)
        default: nil
        }
      let feeds = said.map { known(for: $0) } ?? []
      if !feeds.isEmpty { return feeds }
    }
    return []
  }
}

/// The feeds of well-known sites, by the structure of their addresses.
struct KnownFeeds {
  private let address: WebAddress
  /// The parts of the path.
  private let path: [String]

  init(_ address: WebAddress) {
    self.address = address
    path = address.path.split(separator: "/").map(String.init)
  }

  var feeds: [FeedDiscovery.Found] {
    switch address.site {
    case "youtube.com", "m.youtube.com": youTube
    case "reddit.com", "old.reddit.com", "new.reddit.com", "np.reddit.com": reddit
    case "github.com": repository { "https://github.com/\($0)/\($1).atom" }
    case "gitlab.com": repository { "https://gitlab.com/\($0)/-/\($1)?format=atom" }
    case "codeberg.org", "gitea.com": forgejo
    case "medium.com": medium
    default: mastodon
    }
  }

  private func query(_ name: String) -> String? {
    address.query?.split(separator: "&").first { $0.hasPrefix(name + "=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }

  private var youTube: [FeedDiscovery.Found] {
    let feed = "https://www.youtube.com/feeds/videos.xml"
    if path.first == "playlist", let list = query("list"), Self.isName(list) {
      return [FeedDiscovery.Found("\(feed)?playlist_id=\(list)")]
    }
    guard path.first == "channel", path.count >= 2, Self.isName(path[1]) else { return [] }
    return [FeedDiscovery.Found("\(feed)?channel_id=\(path[1])")]
  }

  private var reddit: [FeedDiscovery.Found] {
    guard path.count >= 2, ["r", "u", "user"].contains(path[0]) else { return [] }
    let kind = path[0] == "u" ? "user" : path[0]
    return [FeedDiscovery.Found("https://www.reddit.com/\(kind)/\(path[1])/.rss")]
  }

  /// Releases, tags and commits, by the name of the repository.
  private func repository(_ form: (String, String) -> String) -> [FeedDiscovery.Found] {
    guard path.count >= 2, !Self.reserved.contains(path[0]) else { return [] }
    let name = path[0] + "/" + path[1]
    let isGitLab = address.site == "gitlab.com"
    return (isGitLab ? ["tags"] : ["releases", "tags", "commits"]).map {
      FeedDiscovery.Found(form(name, $0), title: "\(name): \($0)")
    }
  }

  /// First path components of GitHub's and GitLab's own pages, which are not users.
  private static let reserved: Set<String> = [
    "about", "apps", "collections", "contact", "customer-stories", "enterprise", "explore",
    "features", "issues", "login", "marketplace", "notifications", "orgs", "pricing", "pulls",
    "search", "security", "settings", "signup", "sponsors", "stars", "topics", "trending", "users",
  ]

  private var forgejo: [FeedDiscovery.Found] {
    guard path.count >= 2, !Self.reserved.contains(path[0]) else { return [] }
    let site = "https://\(address.site)/\(path[0])/\(path[1])"
    let name = path[0] + "/" + path[1]
    return [
      FeedDiscovery.Found(site + "/releases.rss", title: name + ": releases"),
      FeedDiscovery.Found(site + ".rss", title: name),
    ]
  }

  private var medium: [FeedDiscovery.Found] {
    guard let first = path.first, first.hasPrefix("@") || path.count == 1 else { return [] }
    return [FeedDiscovery.Found("https://medium.com/feed/\(first)")]
  }

  /// `https://HOST/@NAME`, the form of Mastodon's profiles; other sites that use it are excluded.
  private var mastodon: [FeedDiscovery.Found] {
    guard path.count == 1, let name = path.first, name.hasPrefix("@"),
      Self.isName(name.dropFirst()),
      !["tiktok.com", "threads.net", "threads.com", "vimeo.com", "substack.com"]
        .contains(address.site)
    else { return [] }
    return [FeedDiscovery.Found("\(address.origin)/\(name).rss")]
  }

  private static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0.isAlphanumeric || $0 == 0x2D || $0 == 0x5F }
  }
}
