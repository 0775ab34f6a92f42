internal import Stories

/// How far an IP address reaches, from the whole Internet to this machine alone.
///
/// A redirect may never lead to a narrower scope than that of the server that sent it: a page on the
/// Internet that could send requests to a router or to a service of this machine would use the reader
/// as its hand. Sources: the special-purpose address registries of IANA (RFC 6890).
package enum AddressScope: Int, Sendable, Comparable {
  case `public`
  /// A private network: RFC 1918, shared address space (RFC 6598), unique local addresses of IPv6, and
  /// what is reserved or for documentation.
  case `private`
  /// One link: 169.254.0.0/16, where clouds keep the keys of their machines, and fe80::/10.
  case linkLocal
  /// This machine.
  case loopback

  package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

  /// The scope of an address of 4 or 16 bytes in network order; any other number of bytes is trusted
  /// with nothing.
  package init(_ bytes: [UInt8]) {
    switch bytes.count {
    case 4: self = Self.ipv4(bytes[...])
    case 16: self = Self.ipv6(bytes)
    default: self = .loopback
    }
  }

  private static func ipv4(_ bytes: ArraySlice<UInt8>) -> AddressScope {
    let (first, second) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
    switch (first, second) {
    // 0.0.0.0 leads to this machine on Linux.
    case (0, _), (127, _): return .loopback
    case (169, 254): return .linkLocal
    case (10, _), (172, 16...31), (192, 168), (100, 64...127), (198, 18...19): return .private
    case (192, 0) where bytes[bytes.startIndex + 2] == 0: return .private
    // Multicast, reserved, broadcast.
    case (224..., _): return .private
    default: return .public
    }
  }

  private static func ipv6(_ bytes: [UInt8]) -> AddressScope {
    let head = bytes[..<12]
    if head.allSatisfy({ $0 == 0 }) {
      // The unspecified address and ::1; the rest are IPv4 addresses in a form that is long obsolete.
      return bytes[12] == 0 && bytes[13] == 0 ? .loopback : ipv4(bytes[12...])
    }
    // IPv4-mapped (::ffff:0:0/96), IPv4-translated (RFC 2765) and NAT64 (64:ff9b::/96).
    let isMapped = head[..<10].allSatisfy { $0 == 0 } && head[10] == 0xFF && head[11] == 0xFF
    let isTranslated = head.elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])
    let isNAT64 = head.elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
    if isMapped || isTranslated || isNAT64 { return ipv4(bytes[12...]) }
    // 6to4 (2002::/16) holds an IPv4 address too.
    if bytes[0] == 0x20, bytes[1] == 0x02 { return ipv4(bytes[2..<6]) }
    switch (bytes[0], bytes[1]) {
    case (0xFE, 0x80...0xBF): return .linkLocal
    case (0xFC...0xFF, _), (0xFE, 0xC0...), (0, 0x64): return .private
    default: return .public
    }
  }
}

extension AddressScope {
  /// What can be said of a host by its name alone, as where a proxy resolves it: the scope of an IP
  /// address, the loopback of `localhost`; every other name is taken for public.
  package init(ofHost host: String) {
    if host.hasPrefix("[") {
      self = IPv6Text.bytes(host.dropFirst().dropLast()).map(AddressScope.init) ?? .loopback
      return
    }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    if numbers.count == 4, !numbers.contains(nil) {
      self.init(numbers.compactMap { $0 })
      return
    }
    let name = host.hasSuffix(".") ? host.dropLast() : host[...]
    self = name == "localhost" || name.hasSuffix(".localhost") ? .loopback : .public
  }
}

/// The bytes of an IPv6 address in the form of RFC 5952, which `WebAddress.normalizedHost` gives.
enum IPv6Text {
  static func bytes(_ text: Substring) -> [UInt8]? {
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    let pieces = halves.map { half in
      half.split(separator: ":").map { UInt16($0, radix: 16) }
    }
    guard pieces.allSatisfy({ !$0.contains(nil) }), let head = pieces.first else { return nil }
    let tail = pieces.count > 1 ? pieces[1] : []
    let zeros = 8 - head.count - tail.count
    guard pieces.count > 1 ? zeros >= 0 : zeros == 0 else { return nil }
    let all = head.compactMap { $0 } + Array(repeating: 0, count: zeros) + tail.compactMap { $0 }
    return all.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  }
}
