/// Resolves the links of a page against the page's URL.
///
/// Only `http`, `https` and `mailto` URLs and bare fragments (`#…`) are returned; anything else
/// (`javascript:`, `data:`, `file:`, a missing host) gives `nil`. White space around a URL and control
/// characters inside it are removed, as the WHATWG URL Standard asks; a URL of more than 4,096 bytes
/// is rejected.
struct Addresses: Sendable {
  /// Scheme and authority of the page, `https://example.org`; `nil` where the page's URL is unknown.
  private let origin: String?
  private let scheme: String
  /// The page's path up to and including its last slash.
  private let folder: String
  private let page: String

  init(base: String?) {
    let base = base.flatMap { Self.clean($0.utf8) } ?? ""
    guard let colon = base.utf8.firstIndex(of: 0x3A), Self.isWeb(base[..<colon]),
      base[colon...].hasPrefix("://")
    else {
      (origin, scheme, folder, page) = (nil, "https", "/", "")
      return
    }
    scheme = base[..<colon].lowercased()
    let hostStart = base.utf8.index(colon, offsetBy: 3)
    let hostEnd =
      base.utf8[hostStart...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? base.endIndex
    origin = scheme + "://" + base[hostStart..<hostEnd]
    let pathEnd = base.utf8[hostEnd...].firstIndex { $0 == 0x3F || $0 == 0x23 } ?? base.endIndex
    let path = base[hostEnd..<pathEnd]
    page = (origin ?? "") + (path.isEmpty ? "/" : path)
    folder = path.utf8.lastIndex(of: 0x2F).map { String(path[...$0]) } ?? "/"
  }

  /// The absolute form of a URL reference as the page writes it; `nil` if it is rejected or cannot be
  /// resolved.
  func absolute(_ written: String?) -> String? {
    guard let written, let address = Self.clean(written.utf8), !address.isEmpty else { return nil }
    if address.hasPrefix("#") { return address.utf8.count > 1 ? address : nil }
    if let colon = Self.schemeEnd(address) {
      let scheme = address[..<colon].lowercased()
      let rest = address[colon...].dropFirst()
      if scheme == "mailto" { return rest.isEmpty ? nil : "mailto:" + rest }
      guard scheme == "http" || scheme == "https", rest.hasPrefix("//"), rest.utf8.count > 2 else {
        return nil
      }
      return scheme + ":" + rest
    }
    if address.hasPrefix("//") { return address.utf8.count > 2 ? scheme + ":" + address : nil }
    guard let origin else { return nil }
    if address.hasPrefix("/") { return origin + Self.withoutDots(address) }
    if address.hasPrefix("?") { return page + address }
    return origin + Self.withoutDots(folder + address)
  }

  /// The lower-case host without "www.".
  var host: String? {
    guard let origin, let start = origin.range(of: "://") else { return nil }
    let host = origin[start...].lowercased()
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }

  /// The page's URL without query and fragment; `nil` where it is unknown.
  var pageURL: String? { origin == nil ? nil : page }

  /// The page's path, such as "/news/page.html".
  var path: Substring { page.dropFirst(origin?.count ?? 0) }

  /// Whether an absolute URL is the home page of the page's site.
  func isHome(_ address: String) -> Bool {
    guard let origin, address.hasPrefix(origin) else { return false }
    let rest = address.dropFirst(origin.count)
    return rest.isEmpty || rest == "/"
  }

  private static func isWeb(_ scheme: Substring) -> Bool {
    let scheme = scheme.lowercased()
    return scheme == "http" || scheme == "https"
  }

  private static func schemeEnd(_ address: String) -> String.Index? {
    for index in address.utf8.indices {
      let byte = address.utf8[index]
      if byte == 0x3A { return index == address.startIndex ? nil : index }
      guard byte.isAlphanumeric || byte == 0x2B || byte == 0x2D || byte == 0x2E else { return nil }
    }
    return nil
  }

  private static func clean(_ bytes: String.UTF8View) -> String? {
    guard bytes.count <= 4096 else { return nil }
    var kept = Array(bytes)[...].trimmedOfSpace
    kept.removeAll { $0 < 0x20 || $0 == 0x7F }
    var out: [UInt8] = []
    for byte in kept { if byte == 0x20 { out += [0x25, 0x32, 0x30] } else { out.append(byte) } }
    return String(decoding: out, as: UTF8.self)
  }

  /// Removes the dot segments of a path (RFC 3986, 5.2.4): `/a/b/../c/./d` gives `/a/c/d`.
  ///
  /// Query and fragment are kept.
  private static func withoutDots(_ address: String) -> String {
    let end = address.utf8.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? address.endIndex
    let path = address[..<end]
    guard path.utf8.contains(0x2E) else { return address }
    var parts: [Substring] = []
    let written = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, part) in written.enumerated() {
      let isLast = index == written.count - 1
      if part == "." || part == ".." {
        if part == "..", !parts.isEmpty { parts.removeLast() }
        if isLast { parts.append("") }
      } else {
        parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/") + address[end...]
  }
}

extension String {
  /// The index after the first occurrence of `words`, compared without Unicode normalisation.
  fileprivate func range(of words: String) -> String.Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(words) { return utf8.index(index, offsetBy: words.utf8.count) }
      index = utf8.index(after: index)
    }
    return nil
  }
}
