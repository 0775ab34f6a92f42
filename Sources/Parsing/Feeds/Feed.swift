package import Stories

/// A feed: metadata of a source, and its entries in the order of the document.
///
/// Made by ``parseFeed(_:)`` from RSS 0.90–2.0, RSS 1.0, Atom 0.3 and 1.0 or JSON Feed 1.x. Addresses
/// are resolved where the document or its own address allow it, and as written elsewhere; text is that
/// of the feed without control characters. A value that the feed omits is `nil` or empty.
package struct Feed: Sendable, Hashable {
  package var format: FeedFormat
  package var title: FeedText?
  /// What the feed is about: RSS `description`, Atom `subtitle` or 0.3 `tagline`.
  package var subtitle: FeedText?
  /// The page of the site: RSS `link`, Atom `link rel=alternate`, JSON `home_page_url`.
  package var home: String?
  /// The feed's own address as it names it: `atom:link rel=self`, JSON `feed_url`.
  package var address: String?
  /// The feed's permanent name (Atom `id`), at most 2 kB.
  package var id: String?
  /// A BCP 47 tag as written.
  package var language: String?
  /// The WebSub hub that announces new entries (https://www.w3.org/TR/websub/).
  package var hub: String?
  /// How long to wait before the feed is fetched again, in minutes: RSS `ttl`, else the interval of
  /// `sy:updatePeriod` and `sy:updateFrequency`.
  package var ttl: Int?
  /// Hours of the day (0…23, GMT) in which nothing new appears: RSS `skipHours`.
  package var skipHours: [Int] = []
  /// English names of the days on which nothing new appears: RSS `skipDays`.
  package var skipDays: [String] = []
  package var published: Timestamp?
  package var updated: Timestamp?
  package var authors: [FeedPerson] = []
  package var contributors: [FeedPerson] = []
  package var categories: [FeedCategory] = []
  package var links: [FeedLink] = []
  package var rights: FeedText?
  package var generator: FeedGenerator?
  /// The address of a picture of the site: RSS `image`, Atom `logo`, `itunes:image`, JSON `icon`.
  package var image: String?
  /// The address of a small picture of the site: Atom `icon`, JSON `favicon`.
  package var icon: String?
  package var entries: [FeedEntry] = []

  package init(format: FeedFormat) { self.format = format }
}

/// An entry of a feed, with the values that the feed states.
package struct FeedEntry: Sendable, Hashable {
  /// The entry's permanent name: RSS `guid`, Atom `id`, RDF `about`, JSON `id`; at most 2 kB.
  package var id: String?
  package var title: FeedText?
  /// The page of the entry; of several the first, and the one before a redirecting service
  /// (`feedburner:origLink`).
  package var link: String?
  package var links: [FeedLink] = []
  package var published: Timestamp?
  /// When it was last changed, if the feed distinguishes that from publication.
  package var updated: Timestamp?
  package var authors: [FeedPerson] = []
  package var contributors: [FeedPerson] = []
  /// The beginning or an abstract: RSS `description`, Atom and JSON `summary`.
  package var summary: FeedText?
  /// The whole text: `content:encoded`, Atom `content`, JSON `content_html` and `content_text`.
  package var content: [FeedText] = []
  package var enclosures: [FeedEnclosure] = []
  package var categories: [FeedCategory] = []
  package var discussion = FeedDiscussion()
  /// Pictures, videos and recordings with caption and credit, from Media RSS; numbered later.
  package var figures: [Figure] = []
  /// The address of the entry's main picture: `itunes:image`, JSON `image`.
  package var image: String?
  package var language: String?
  package var rights: FeedText?
  /// The feed that the entry was taken from, without entries.
  package var source: Feed?

  package init() {}
}

/// An author of or contributor to a feed or an entry.
package struct FeedPerson: Sendable, Hashable {
  package var name: String?
  package var mail: String?
  /// A page of the person.
  package var address: String?
  package var picture: String?

  package init(
    name: String? = nil, mail: String? = nil, address: String? = nil, picture: String? = nil
  ) {
    self.name = name
    self.mail = mail
    self.address = address
    self.picture = picture
  }
}

/// A category or keyword of a feed or an entry.
package struct FeedCategory: Sendable, Hashable {
  package var name: String
  /// The vocabulary that it is from.
  package var scheme: String?
  /// The name for display, if it differs.
  package var label: String?

  package init(_ name: String, scheme: String? = nil, label: String? = nil) {
    self.name = name
    self.scheme = scheme
    self.label = label
  }
}

/// An Atom link (RFC 4287, 4.2.7).
package struct FeedLink: Sendable, Hashable {
  package var address: String
  /// The relation of the target; "alternate" by default.
  package var relation: String
  package var type: String?
  package var title: String?
  package var language: String?
  /// The size in bytes as written.
  package var length: String?

  package init(
    _ address: String, relation: String = "alternate", type: String? = nil, title: String? = nil,
    language: String? = nil, length: String? = nil
  ) {
    self.address = address
    self.relation = relation
    self.type = type
    self.title = title
    self.language = language
    self.length = length
  }
}

/// A file attached to an entry: audio, video, a document.
package struct FeedEnclosure: Sendable, Hashable {
  package var address: String
  /// The MIME type as written.
  package var type: String?
  /// The size in bytes.
  package var length: Int?
  package var title: String?
  /// The duration in seconds.
  package var duration: Int?

  package init(
    _ address: String, type: String? = nil, length: Int? = nil, title: String? = nil,
    duration: Int? = nil
  ) {
    self.address = address
    self.type = type
    self.length = length
    self.title = title
    self.duration = duration
  }
}

/// The comments on an entry: where they are, and how many.
package struct FeedDiscussion: Sendable, Hashable {
  /// The page with the comments: RSS `comments`, Atom `link rel=replies` to a page.
  package var page: String?
  /// The feed of the comments: `wfw:commentRss`, Atom `link rel=replies` to a feed.
  package var feed: String?
  /// The number of comments: `slash:comments`, `thr:total`, `thr:count`.
  package var count: Int?
  /// The id of the entry that this one is a reply to (`thr:in-reply-to`).
  package var replyTo: String?

  package init(
    page: String? = nil, feed: String? = nil, count: Int? = nil, replyTo: String? = nil
  ) {
    self.page = page
    self.feed = feed
    self.count = count
    self.replyTo = replyTo
  }
}

/// The program that generated a feed.
package struct FeedGenerator: Sendable, Hashable {
  package var name: String?
  package var address: String?
  package var version: String?
}
