internal import Stories

/// Resolves the links of a page against the page's URL.
///
/// Only `http`, `https` and `mailto` URLs and bare fragments (`#…`) are returned; anything else
/// (`javascript:`, `data:`, `file:`, a broken host) gives `nil`, and so does a URL of more than 4,096
/// bytes. Parsing and resolution are those of `WebAddress`.
struct Addresses: Sendable {
  /// The page's URL; `nil` where it is unknown.
  private let base: WebAddress?
  /// Scheme and authority of the page, `https://example.org`; `nil` where its URL is unknown.
  private let origin: String?

  init(base written: String?) {
    let address = written.flatMap { Self.address($0, nil) }
    base = address?.isWeb == true ? address : nil
    origin = base.map { String($0.origin) }
  }

  /// The absolute form of a URL reference as the page writes it; `nil` if it is rejected or cannot be
  /// resolved.
  func absolute(_ written: String?) -> String? {
    guard let written, let first = written.utf8.first(where: { $0 > 0x20 && $0 != 0x7F }) else {
      return nil
    }
    if first == 0x23 {
      let place = WebAddress.cleaned(written)
      return (2...Self.byteLimit).contains(place.utf8.count) ? place : nil
    }
    guard let address = Self.address(written, base) ?? withoutScheme(written) else { return nil }
    return address.isWeb || address.isMail && !address.path.isEmpty ? address.text : nil
  }

  /// A page of unknown URL may still have scheme-relative references, `//host/path`.
  private func withoutScheme(_ written: String) -> WebAddress? {
    guard base == nil, written.utf8.count <= Self.byteLimit else { return nil }
    let written = WebAddress.cleaned(written)
    return written.hasPrefix("//") ? WebAddress("https:" + written) : nil
  }

  private static let byteLimit = 4096

  private static func address(_ written: String, _ base: WebAddress?) -> WebAddress? {
    written.utf8.count <= byteLimit ? WebAddress(written, relativeTo: base) : nil
  }

  /// The lower-case host without "www.".
  var host: String? { base?.site }

  /// The page's URL without query and fragment; `nil` where it is unknown.
  var pageURL: String? { base?.page }

  /// The page's path, such as "/news/page.html".
  var path: Substring { base.map { $0.path.isEmpty ? "/" : $0.path } ?? "" }

  /// Whether an absolute URL is the home page of the page's site.
  func isHome(_ address: String) -> Bool {
    guard let origin, address.hasPrefix(origin) else { return false }
    let rest = address.dropFirst(origin.count)
    return rest.isEmpty || rest == "/"
  }
}
