/// A web or mail address taken apart: scheme, host, port, path, query and fragment.
///
/// Addresses are read as browsers read them, by the URL Standard of the WHATWG (RFC 3986 with what
/// pages really hold): white space around an address and controls in it are dropped, a space within
/// becomes `%20`, a backslash is a slash, and the host begins behind the last `@`. Beyond that the
/// text stays as it was written: no letter case, port or percent-encoding is changed, since stories
/// are known again by their addresses. `nil` is what has no scheme, a broken host or port, or more
/// than ``byteLimit`` bytes.
///
/// Where an address goes, each has its form: ``shown`` for a reader's eyes, ``link`` for a document,
/// ``opened`` for another program.
package struct WebAddress: Sendable, Hashable {
  /// The whole address; never a control or a space.
  package let text: String
  /// In lower case: "https".
  package let scheme: String
  private let places: Places

  /// Offsets of the parts in the UTF-8 of `text`.
  private struct Places: Sendable, Hashable {
    /// Behind `//`; where there is no authority, behind the colon, and so are the next three.
    var authority: Int
    var host: Int
    var hostEnd: Int
    var path: Int
    var query: Int
    var fragment: Int
  }

  /// Longer addresses are none: more than browsers and servers take.
  package static let byteLimit = 8192

  /// Reads an address; one without a scheme is resolved against `base` (RFC 3986, section 5).
  package init?(_ written: String, relativeTo base: WebAddress? = nil) {
    guard written.utf8.count <= Self.byteLimit else { return nil }
    var bytes = Self.cleaned(written.utf8)
    guard let colon = Self.schemeEnd(bytes) else {
      guard let bytes = base?.resolved(bytes) else { return nil }
      self.init(absolute: bytes)
      return
    }
    for index in 0..<colon { bytes[index] = bytes[index].lowercasedASCII }
    if Self.isWeb(bytes, colon) {
      let slashes = bytes[(colon + 1)...].prefix { $0 == 0x2F || $0 == 0x5C }.count
      if slashes < 2, let base, base.scheme.utf8.elementsEqual(bytes[..<colon]) {
        guard let bytes = base.resolved(Array(bytes[(colon + 1)...])) else { return nil }
        self.init(absolute: bytes)
        return
      }
      bytes.replaceSubrange((colon + 1)..<(colon + 1 + slashes), with: [0x2F, 0x2F])
    }
    self.init(absolute: bytes)
  }

  /// Takes clean bytes apart that begin with a scheme in lower case.
  private init?(absolute bytes: [UInt8]) {
    guard let colon = Self.schemeEnd(bytes), bytes.count <= Self.byteLimit else { return nil }
    let isWeb = Self.isWeb(bytes, colon)
    let rest = colon + 1
    var bytes = bytes
    var places = Places(
      authority: rest, host: rest, hostEnd: rest, path: rest, query: rest, fragment: rest)
    if bytes[(colon + 1)...].starts(with: [0x2F, 0x2F]) {
      let start = colon + 3
      let end =
        bytes[start...].firstIndex {
          $0 == 0x2F || $0 == 0x3F || $0 == 0x23 || (isWeb && $0 == 0x5C)
        } ?? bytes.endIndex
      guard let host = HostName.range(in: bytes[start..<end], isWeb: isWeb) else { return nil }
      places.authority = start
      places.host = host.lowerBound
      places.hostEnd = host.upperBound
      places.path = end
      if isWeb { Self.tidyPath(&bytes, from: end) }
    } else if isWeb {
      return nil
    }
    places.fragment = bytes[places.path...].firstIndex(of: 0x23) ?? bytes.endIndex
    places.query = bytes[places.path..<places.fragment].firstIndex(of: 0x3F) ?? places.fragment
    self.places = places
    scheme = String(decoding: bytes[..<colon], as: UTF8.self)
    text = String(decoding: bytes, as: UTF8.self)
  }
}

// MARK: - Parts

extension WebAddress {
  /// Whether the scheme is `http` or `https`.
  package var isWeb: Bool { scheme == "http" || scheme == "https" }

  /// Whether the scheme is `mailto`.
  package var isMail: Bool { scheme == "mailto" }

  /// What stands before `@` in front of the host, as written; `nil` without an `@`.
  package var userInfo: Substring? {
    places.host > places.authority ? part(places.authority..<places.host - 1) : nil
  }

  /// The host as it is written; empty where there is none, as in a mail address.
  package var writtenHost: Substring { part(places.host..<places.hostEnd) }

  /// The host in lower case, its percent-encoding decoded.
  package var host: String { HostName.decoded(writtenHost) ?? writtenHost.lowercased() }

  /// The host as browsers compare it: in ASCII and lower case, IP addresses in their standard form.
  ///
  /// Stories are not known again by it, for the form of stored addresses must never change.
  package var normalizedHost: String { HostName.normalized(writtenHost) ?? host }

  /// The host without `www.`.
  package var site: String {
    let host = host
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }

  /// The port where the address names one, in 0…65535.
  package var port: Int? { Int(part(places.hostEnd..<places.path).dropFirst()) }

  /// Scheme, user, host and port as written: `https://post.example:8080`.
  package var origin: Substring { part(0..<places.path) }

  /// From the slash behind the host to the query; of a mail address the recipients.
  package var path: Substring { part(places.path..<places.query) }

  /// The path up to its last slash: `/` where there is none.
  package var folder: Substring {
    let path = path
    return path.utf8.lastIndex(of: 0x2F).map { path[...$0] } ?? "/"
  }

  /// Behind `?`, without it; `nil` without a `?`.
  package var query: Substring? {
    places.query < places.fragment ? part(places.query + 1..<places.fragment) : nil
  }

  /// Behind `#`, without it; `nil` without a `#`.
  package var fragment: Substring? {
    places.fragment < text.utf8.count ? part(places.fragment + 1..<text.utf8.count) : nil
  }

  /// The address without its query and fragment; a web address has a path at least of `/`.
  package var page: String {
    String(part(0..<places.query)) + (isWeb && places.path == places.query ? "/" : "")
  }

  /// Whether both lead to one page, whatever place on it: all but the fragment is the same.
  ///
  /// The spelling of the host (``normalizedHost``), a port that is the scheme's own, and a missing `/`
  /// for the first page make no difference (RFC 3986, section 6.2).
  package func isSamePage(as other: WebAddress) -> Bool {
    scheme == other.scheme && query == other.query && userInfo == other.userInfo
      && (path == other.path || (isWeb && path.count < 2 && other.path.count < 2))
      && effectivePort == other.effectivePort && normalizedHost == other.normalizedHost
  }

  private var effectivePort: Int? {
    port ?? (scheme == "https" ? 443 : scheme == "http" ? 80 : nil)
  }

  private func part(_ range: Range<Int>) -> Substring {
    let start = text.utf8.index(text.utf8.startIndex, offsetBy: range.lowerBound)
    let end = text.utf8.index(start, offsetBy: range.count)
    // A part may begin inside of a Character (`/` and an accent), so it is cut by bytes.
    return text[start..<end]
  }
}

// MARK: - Reading

extension WebAddress {
  /// Whether text begins with `http://` or `https://`, in any letter case: whoever wrote it means an
  /// address of the web, broken or not.
  package static func beginsAsWeb(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, first | 0x20 == 0x68 else { return false }
    let start = text.utf8.prefix(8).map(\.lowercasedASCII)
    return start.starts(with: "http://".utf8) || start.elementsEqual("https://".utf8)
  }
}

extension WebAddress {
  /// What is written without white space around it and without controls; a space becomes `%20`.
  package static func cleaned(_ written: String) -> String {
    String(decoding: cleaned(written.utf8), as: UTF8.self)
  }

  private static func cleaned(_ written: String.UTF8View) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(written.count)
    var spaces = 0
    for byte in written {
      if byte > 0x20, byte != 0x7F {
        if spaces > 0, !bytes.isEmpty {
          for _ in 0..<spaces { bytes.append(contentsOf: [0x25, 0x32, 0x30]) }
        }
        spaces = 0
        bytes.append(byte)
      } else if byte == 0x20 {
        spaces += 1
      }
    }
    return bytes
  }

  /// Whether the scheme before the colon, in lower case, is `http` or `https`.
  private static func isWeb(_ bytes: [UInt8], _ colon: Int) -> Bool {
    bytes[..<colon].elementsEqual("http".utf8) || bytes[..<colon].elementsEqual("https".utf8)
  }

  /// Where the colon behind a scheme is: a letter, then letters, digits, `+`, `-` and `.`.
  private static func schemeEnd(_ bytes: [UInt8]) -> Int? {
    guard let first = bytes.first, first.isASCIILetter else { return nil }
    for (index, byte) in bytes.enumerated() {
      if byte == 0x3A { return index }
      let isPart =
        byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E
      guard isPart else { return nil }
    }
    return nil
  }

  /// The bytes of what a reference without a scheme leads to from here.
  private func resolved(_ reference: [UInt8]) -> [UInt8]? {
    guard isWeb else { return nil }
    func isSlash(_ index: Int) -> Bool {
      reference.count > index && (reference[index] == 0x2F || reference[index] == 0x5C)
    }
    switch reference.first {
    case nil: return Array(part(0..<places.fragment).utf8)
    case 0x23: return Array(part(0..<places.fragment).utf8) + reference
    case 0x3F: return Array(page.utf8) + reference
    case _ where isSlash(0) && isSlash(1):
      return Array("\(scheme)://".utf8) + reference.drop { $0 == 0x2F || $0 == 0x5C }
    case _ where isSlash(0): return Array(origin.utf8) + reference
    default: return Array(origin.utf8) + Array(folder.utf8) + reference
    }
  }

  /// Makes slashes of backslashes and takes dot segments out: `/a/b/../c/./d` is `/a/c/d`.
  private static func tidyPath(_ bytes: inout [UInt8], from start: Int) {
    var end = start
    var hasDots = false
    while end < bytes.count, bytes[end] != 0x3F, bytes[end] != 0x23 {
      if bytes[end] == 0x5C { bytes[end] = 0x2F }
      if bytes[end] == 0x2F, end + 1 < bytes.count, bytes[end + 1] == 0x2E || bytes[end + 1] == 0x25
      {
        hasDots = true
      }
      end += 1
    }
    guard hasDots else { return }
    var parts: [ArraySlice<UInt8>] = []
    let written = bytes[start..<end].split(separator: 0x2F, omittingEmptySubsequences: false)
      .dropFirst()
    for (index, part) in written.enumerated() {
      let dots = dots(part)
      if dots == 0 {
        parts.append(part)
        continue
      }
      if dots == 2, !parts.isEmpty { parts.removeLast() }
      if index == written.count - 1 { parts.append([]) }
    }
    bytes.replaceSubrange(start..<end, with: parts.flatMap { [0x2F] + $0 })
  }

  /// How many dots a segment consists of, if of nothing else; `%2e` is one too.
  private static func dots(_ segment: ArraySlice<UInt8>) -> Int {
    guard segment.count <= 6, let first = segment.first, first == 0x2E || first == 0x25 else {
      return 0
    }
    switch String(decoding: segment, as: UTF8.self).lowercased() {
    case ".", "%2e": return 1
    case "..", ".%2e", "%2e.", "%2e%2e": return 2
    default: return 0
    }
  }
}
