/// The names of hosts: where they stand in an address, and how they may be shown.
///
/// International names are shown in their own letters only where they cannot be taken for another
/// name, and as `xn--…` (RFC 3492) otherwise. The rule is that of browsers: "Highly Restrictive" of
/// UTS #39, section 5.2, and the checks that Chrome adds. ``HostScript`` has the letters.
///
/// Two things that IDNA does are left out, as they need tables of their own: compatibility forms
/// (a ligature, a Roman numeral) are not mapped to letters, and marks are not composed with theirs.
/// Names with either are shown as `xn--…`.
package enum HostName {
  // MARK: - In an address

  /// The host in the bytes between `//` and the path; `nil` where host or port are broken.
  static func range(in authority: ArraySlice<UInt8>, isWeb: Bool) -> Range<Int>? {
    let start = authority.lastIndex(of: 0x40).map { $0 + 1 } ?? authority.startIndex
    let rest = authority[start...]
    var end: Int
    if rest.first == 0x5B {
      guard let close = rest.firstIndex(of: 0x5D),
        IPAddress.ipv6(rest[(start + 1)..<close]) != nil
      else { return nil }
      end = close + 1
    } else {
      end = rest.firstIndex(of: 0x3A) ?? rest.endIndex
      // Hosts of files may be empty (`file:///`), those of the web may not.
      guard end > start || !isWeb, isName(rest[start..<end], isWeb: isWeb) else { return nil }
    }
    return isPort(rest[end...]) ? start..<end : nil
  }

  /// Nothing, or a colon and up to 65535.
  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.first else { return true }
    let digits = bytes.dropFirst()
    guard colon == 0x3A, digits.count <= 20, digits.allSatisfy(\.isASCIIDigit) else { return false }
    return digits.isEmpty || (Int(String(decoding: digits, as: UTF8.self)) ?? .max) <= 65_535
  }

  /// More bytes than any name has, percent-encoded too.
  private static let byteLimit = 1024

  /// Whether the bytes can be a name: nothing in it, decoded, that the URL Standard forbids, and on the
  /// web no broken IPv4 address.
  private static func isName(_ bytes: ArraySlice<UInt8>, isWeb: Bool) -> Bool {
    guard bytes.count <= byteLimit else { return false }
    // By far most names are plain and end in a letter, as no number does but a hexadecimal one.
    if bytes.allSatisfy({ isPlain[Int($0)] }), let last = bytes.last, last.hexDigit == nil,
      last != 0x2E, last | 0x20 != 0x78
    {
      return true
    }
    guard let name = decoded(String(decoding: bytes, as: UTF8.self)) else { return false }
    return name.utf8.allSatisfy { $0 >= 0x80 || isPlain[Int($0)] }
      && (!isWeb || !IPAddress.endsInNumber(name) || IPAddress.ipv4(name) != nil)
  }

  /// By byte, whether a host may hold it as it is.
  private static let isPlain: [Bool] = (0..<256).map { byte in
    byte > 0x20 && byte < 0x7F && !"#%/:<>?@[\\]^|".utf8.contains(UInt8(byte))
  }

  /// A written host with its percent-encoding decoded and its characters mapped (``HostMapping``), in
  /// lower case; `nil` where it is no UTF-8.
  static func decoded(_ written: some StringProtocol) -> String? {
    if written.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x25 }) { return written.lowercased() }
    return String(validating: percentDecoded(written), as: UTF8.self).map(HostMapping.mapped)
  }

  /// The host in the one form that all spellings of it have for a browser; `nil` where it is none.
  ///
  /// In ASCII and lower case: international labels as `xn--…`, IP addresses in their standard form
  /// (`127.0.0.1`, `[::1]`).
  static func normalized(_ written: some StringProtocol) -> String? {
    if written.hasPrefix("[") {
      return IPAddress.ipv6(Array(written.utf8).dropFirst().dropLast()).map { "[\($0)]" }
    }
    guard let name = decoded(written) else { return nil }
    if IPAddress.endsInNumber(name) { return IPAddress.ipv4(name) }
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return name }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return labels.map { ascii(String($0)) }.joined(separator: ".")
  }

  // MARK: - To be shown

  /// A host as it may be shown: in its own letters, or where they could deceive as `xn--…`.
  ///
  /// Never a control or anything else that is unsafe; what cannot be encoded is percent-encoded.
  package static func shown(_ host: some StringProtocol) -> String {
    guard host.utf8.count <= byteLimit, let name = decoded(host) else {
      return percentEncoded(String(host)) { $0 < 0x80 }
    }
    if IPAddress.endsInNumber(name), let address = IPAddress.ipv4(name) { return address }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    // Plain names, by far the most, have nothing to decide.
    if name.utf8.allSatisfy({ $0 < 0x80 }), !labels.contains(where: { $0.hasPrefix("xn--") }) {
      return name
    }
    let decoded = labels.map { unicode(String($0)) }
    let domain = decoded.last { !$0.isEmpty } ?? []
    return zip(labels, decoded).map { written, label in
      isShown(label, under: domain) ? string(label) : ascii(String(written))
    }.joined(separator: ".")
  }

  /// A name that pages give, such as that of their site, which may look like a host: if it does and
  /// could deceive, as `shown` has it; all else as it is.
  package static func shownName(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 >= 0x80 }), name.utf8.count <= byteLimit,
      name.contains("."), !name.contains(where: \.isWhitespace)
    else { return name }
    guard let host = decoded(name) else { return name }
    let shown = shown(host)
    return shown == host ? name : shown
  }

  /// A label as its owner writes it: `xn--mnchen-3ya` is `münchen`.
  private static func unicode(_ label: String) -> [Unicode.Scalar] {
    let written = Array(label.unicodeScalars)
    guard label.hasPrefix("xn--"), let decoded = Punycode.decode(label.dropFirst(4)) else {
      return written
    }
    // A label that says what it need not, or says it in another way, is left as it is.
    let isCanonical =
      HostName.decoded(string(decoded)) == string(decoded)
      && decoded.contains { !$0.isASCII } && Punycode.encode(decoded) ?? "" == label.dropFirst(4)
    return isCanonical ? decoded : written
  }

  /// A label in ASCII.
  private static func ascii(_ label: String) -> String {
    if label.utf8.allSatisfy({ $0 < 0x80 }) { return label }
    let encoded = Punycode.encode(Array(label.unicodeScalars))
    return encoded.map { "xn--" + $0 } ?? percentEncoded(label) { $0 < 0x80 }
  }

  private static func string(_ label: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(label))
  }

  /// Whether a label cannot be taken for another; `domain` is the last label of the name.
  private static func isShown(_ label: [Unicode.Scalar], under domain: [Unicode.Scalar]) -> Bool {
    if label.allSatisfy(\.isASCII) { return true }
    guard label.count <= 63, let scripts = HostScript.scripts(of: label) else { return false }
    guard scripts.count < 2 || HostScript.mixtures.contains(where: scripts.isSubset) else {
      return false
    }
    guard let first = label.first, first.properties.isAlphabetic else { return false }
    if HostScript.hasStrayMark(label) { return false }
    if scripts.contains(.latin), HostScript.hasLonelyLookalike(label) { return false }
    // In its own country a name of such letters is read as what it is.
    return !HostScript.isLookalike(label) || HostScript.scripts(of: domain) == scripts
  }
}
