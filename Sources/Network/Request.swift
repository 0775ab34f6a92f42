package import Stories

/// What an earlier response gave to ask by whether the resource has changed (RFC 9110, section 13).
///
/// Opaque bytes that are sent back as they came, to the address alone that gave them.
package struct Validators: Sendable, Hashable {
  /// The address that gave them: the last of all hops.
  package let address: WebAddress
  /// `ETag`, sent as `If-None-Match`.
  package let etag: [UInt8]?
  /// `Last-Modified`, sent as `If-Modified-Since`.
  package let modified: [UInt8]?

  /// `nil` without either.
  ///
  /// A value with a control in it, or of more than 1 kB, is left out.
  package init?(address: WebAddress, etag: [UInt8]?, modified: [UInt8]?) {
    func usable(_ value: [UInt8]?) -> [UInt8]? {
      value.flatMap { value in
        let isPlain = value.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        return isPlain && !value.isEmpty && value.count <= 1024 ? value : nil
      }
    }
    self.address = address
    self.etag = usable(etag)
    self.modified = usable(modified)
    if self.etag == nil, self.modified == nil { return nil }
  }
}

/// What is asked for: an address by GET, and how.
package struct Request: Sendable {
  /// Without user, password and fragment.
  package let address: WebAddress
  /// Those that were given, else those of the address.
  package let credentials: Credentials?
  package var validators: Validators?
  package var limits: FetchLimits
  package var proxy: ProxyChoice = .environment
  /// `Courant/VERSION` unless a source has one of its own.
  package var userAgent: String
  package var accept: String
  /// What the caller knows the request by; it comes back with the result.
  package var tag: Int

  /// Splits a user and password off the address.
  ///
  /// Errors: ``FetchError/notWeb(scheme:)``, ``FetchError/badAddress``.
  package init(
    _ address: WebAddress, userAgent: String, accept: String = Request.anything,
    limits: FetchLimits = .feed, credentials: Credentials? = nil, tag: Int = 0
  ) throws(FetchError) {
    guard address.isWeb else { throw .notWeb(scheme: SafeText.reason(address.scheme)) }
    guard let clean = address.withoutSecrets else { throw .badAddress }
    self.address = clean
    self.credentials = credentials ?? Credentials(in: address)
    self.limits = limits
    self.userAgent = userAgent
    self.accept = accept
    self.tag = tag
  }

  /// `Accept` of a request that takes anything.
  package static let anything = "*/*"
  /// `Accept` of a request for a feed: feeds first, pages that may name one last.
  package static let feeds =
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    + "text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
  /// `Accept` of a request for a page.
  package static let pages = "text/html, application/xhtml+xml, */*;q=0.5"
}

/// Names a request that was started.
package struct RequestID: Sendable, Hashable, Comparable {
  let number: Int

  package static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}
