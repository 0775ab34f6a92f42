/// Where stories come from: a site, a folder of pages, later a feed.
package struct Source: Sendable, Hashable {
  /// Its number in the library; never given to another one.
  package var id: Int64
  /// What lists call it, unique whatever the case; empty for stories of which nothing is known.
  package var name: String

  package init(id: Int64, name: String) {
    self.id = id
    self.name = name
  }
}

/// Where a thread below a story is held.
///
/// A story can have several. Each is replaced by itself: reading a page again leaves what came from
/// a service, and what the reader wrote, as it is.
package struct Discussion: Sendable, Hashable {
  /// Kept by name in libraries: a name is never used again for something else.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// On the page of the story.
    case page
    /// At another service, such as a forum or a link site.
    case service
    /// In the library only: what the reader wrote.
    case local
  }

  /// Where the discussion takes place.
  package var kind: Kind
  /// Where it can be read; `nil` where it has no address of its own.
  package var address: String?
  /// What the service is called; empty for a page and the reader's own.
  package var name: String

  package init(_ kind: Kind, address: String? = nil, name: String = "") {
    self.kind = kind
    self.address = address
    self.name = name
  }
}
