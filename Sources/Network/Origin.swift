package import Stories

/// Scheme, host and port: what credentials belong to (RFC 6454).
package struct Origin: Sendable, Hashable {
  /// "http" or "https".
  package let scheme: String
  /// In ASCII and lower case, as `WebAddress.normalizedHost`.
  package let host: String
  /// The one of the address, else the scheme's own.
  package let port: Int

  /// `nil` for what is no address of the web.
  package init?(_ address: WebAddress) {
    guard address.isWeb else { return nil }
    scheme = address.scheme
    host = address.normalizedHost
    port = address.port ?? (address.scheme == "https" ? 443 : 80)
  }
}

extension WebAddress {
  /// The address without user, password and fragment: what may be kept, shown and asked for.
  ///
  /// `nil` for what is no address of the web.
  package var withoutSecrets: WebAddress? {
    guard isWeb else { return nil }
    let port = port.map { ":\($0)" } ?? ""
    let query = query.map { "?\($0)" } ?? ""
    return WebAddress("\(scheme)://\(writtenHost)\(port)\(path)\(query)")
  }

  /// The address as it is sent: the host in ASCII, everything that HTTP has no letters for
  /// percent-encoded, no fragment and no user.
  ///
  /// Only this reaches libcurl, so that its reading of an address cannot differ from this program's.
  var requested: String {
    let port = port.map { ":\($0)" } ?? ""
    let path = path.isEmpty ? "/" : String(path)
    let rest = path + (query.map { "?\($0)" } ?? "")
    let encoded = percentEncoded(rest) { byte in
      (0x21...0x7E).contains(byte) && !"\"<>`\\^{|}".utf8.contains(byte)
    }
    return "\(scheme)://\(normalizedHost)\(port)\(encoded)"
  }
}
