/// The page as it came, kept so that a better parser can read it again.
package struct Original: Sendable, Hashable {
  package var bytes: [UInt8]
  /// Where it was fetched from.
  package var address: String?
  /// The name of the file it was in.
  package var name: String?
  /// The encoding its server or the reader named.
  package var charset: String?
  /// What kind of page it was read as: "html" or "text".
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
