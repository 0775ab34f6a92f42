internal import Stories

/// Addresses as feeds write them.
enum FeedAddress {
  /// Longer ones are none.
  static let limit = WebAddress.byteLimit

  /// An address, resolved against a base; `nil` where there is none, or one that runs something.
  ///
  /// One that cannot be resolved is kept as it is written, without white space around it.
  static func resolved(_ written: String?, _ base: String?) -> String? {
    guard let written, let text = WebAddress.cleaned(written).trimmedOfSpace,
      text.utf8.count <= limit
    else { return nil }
    guard let address = WebAddress(text, relativeTo: base.flatMap { WebAddress($0) }) else {
      return text
    }
    return ["javascript", "vbscript", "data", "file"].contains(address.scheme) ? nil : address.text
  }

  /// The base that an `xml:base` gives inside of another; one that is no web address changes nothing.
  static func base(_ written: String, _ outer: String?) -> String? {
    let address = WebAddress(written, relativeTo: outer.flatMap { WebAddress($0) })
    return address?.isWeb == true ? address?.text : outer
  }

  /// An address of the web; `nil` for anything else.
  static func web(_ text: String?) -> String? {
    text.flatMap { WebAddress($0) }.flatMap { $0.isWeb ? $0.text : nil }
  }
}
