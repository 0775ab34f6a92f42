/// A page as it was imported, stored so that a newer parser can read it again.
package struct Original: Sendable, Hashable {
  /// The unchanged bytes.
  package var bytes: [UInt8]
  /// The address it was fetched from; `nil` if unknown.
  package var address: String?
  /// The name of its file; `nil` if it was not read from one.
  package var name: String?
  /// The encoding that its server or the user stated; `nil` if neither did.
  package var charset: String?
  /// The format to parse it as: "html" or "text"; `nil` to detect that.
  package var format: String?

  package init(
    bytes: [UInt8], address: String? = nil, name: String? = nil, charset: String? = nil,
    format: String? = nil
  ) {
    self.bytes = bytes
    self.address = address
    self.name = name
    self.charset = charset
    self.format = format
  }
}
