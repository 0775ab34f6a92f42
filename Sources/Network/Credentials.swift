package import Stories

/// A name and password (RFC 7617, Basic) that are shown to one scheme, host and port and nowhere else.
///
/// No description has them: what is interpolated into a message, dumped or logged reads "(hidden)".
package struct Credentials: Sendable, Hashable {
  /// Where they may be sent.
  package let origin: Origin
  let user: String
  let password: String

  /// `nil` where the address is none of the web.
  package init?(user: String, password: String, for address: WebAddress) {
    guard let origin = Origin(address) else { return nil }
    self.origin = origin
    self.user = user
    self.password = password
  }

  /// Those that stand in front of the host of an address; `nil` without any.
  package init?(in address: WebAddress) {
    guard let userInfo = address.userInfo, !userInfo.isEmpty else { return nil }
    let parts = userInfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      user: Self.decoded(parts[0]), password: parts.count > 1 ? Self.decoded(parts[1]) : "",
      for: address)
  }

  /// Whether they may be sent to an address.
  package func belong(to address: WebAddress) -> Bool { Origin(address) == origin }

  static func decoded(_ text: Substring) -> String {
    String(decoding: percentDecoded(text), as: UTF8.self)
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(hidden)" }
  package var debugDescription: String { "(hidden)" }
  /// Nothing, so that `dump` has nothing to print.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
