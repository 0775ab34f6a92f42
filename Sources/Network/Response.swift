package import Stories

/// One step from an address to another that a server asked for.
package struct Redirect: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// 301 and 308: the address has changed.
    case permanent
    /// 302, 303 and 307.
    case temporary
  }

  package let kind: Kind
  /// The address that was led to, without secrets.
  package let address: WebAddress
}

/// What a server answered.
package struct Response: Sendable {
  /// The status of the last hop, such as 200, 304 or 404.
  package let status: Int
  package let headers: Headers
  /// Where the response came from at last: the base of its relative addresses.
  package let address: WebAddress
  /// The steps that led there, in order; at most as many as the request's limits allow.
  package let redirects: [Redirect]
  /// Decompressed.
  ///
  /// Empty for 304.
  package let body: [UInt8]
  /// Why the body ends before its end; `nil` where it is whole.
  ///
  /// What came until then is in `body`. It must not replace validators or withdraw entries.
  package let cut: FetchError?
  package let times: CacheTimes
  /// The version of HTTP: 10, 11, 20 or 30.
  package let version: Int

  /// What went wrong by the status; `nil` for 2xx and 304.
  package var problem: FetchError? {
    (200...299).contains(status) || status == 304 ? nil : .status(status)
  }

  /// The validators that the response gives, for its own address.
  package var validators: Validators? {
    Validators(
      address: address, etag: headers.verbatim("etag"),
      modified: headers.verbatim("last-modified"))
  }

  /// Where all redirects that lead on from the first address for good end; `nil` if the first one is
  /// temporary or there is none.
  package var permanentAddress: WebAddress? {
    redirects.prefix { $0.kind == .permanent }.last?.address
  }

  /// The charset of the content type, in lower case; `nil` where it names none.
  package var charset: String? {
    guard let type = headers["content-type"]?.lowercased() else { return nil }
    for parameter in type.split(separator: ";").dropFirst() {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].allSatisfy({ $0 == " " || $0.isLetter }),
        parts[0].filter(\.isLetter) == "charset"
      else { continue }
      let name = parts[1].filter { $0 != "\"" && $0 != "'" && $0 != " " }
      return name.isEmpty || name.utf8.count > 64 ? nil : name
    }
    return nil
  }
}

/// The end of a request: each that is started has exactly one.
package struct FetchResult: Sendable {
  package let id: RequestID
  package let request: Request
  package let outcome: Result<Response, FetchError>
}
