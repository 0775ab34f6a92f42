internal import Stories

/// Addresses as feeds write them.
enum FeedAddress {
  /// The most bytes of an address; longer ones are ignored.
  static let limit = WebAddress.byteLimit

  /// An address, resolved against a base; `nil` if it is empty, or of a scheme that executes code.
  ///
  /// One that cannot be resolved is returned as written, without surrounding white space.
  static func resolved(_ written: String?, _ base: String?) -> String? {
    guard let written, let text = WebAddress.cleaned(written).trimmedOfSpace,
      text.utf8.count <= limit
    else { return nil }
    guard let address = WebAddress(text, relativeTo: base.flatMap { WebAddress($0) }) else {
      return text
    }
    return ["javascript", "vbscript", "data", "file"].contains(address.scheme) ? nil : address.text
  }

  /// The base that an `xml:base` sets within an outer base; one that is not a web address is ignored.
  static func base(_ written: String, _ outer: String?) -> String? {
    let address = WebAddress(written, relativeTo: outer.flatMap { WebAddress($0) })
    return address?.isWeb == true ? address?.text : outer
  }

  /// A web address; `nil` for anything else.
  static func web(_ text: String?) -> String? {
    text.flatMap { WebAddress($0) }.flatMap { $0.isWeb ? $0.text : nil }
  }
}
