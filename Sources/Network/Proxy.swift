package import Stories

/// A server that requests go through: `http://`, `https://` or `socks5h://`, host, port, and perhaps a
/// name and password, which no description has.
///
/// `socks5://` is read as `socks5h://`: the proxy looks the names up, so that they do not become known to
/// the name server here. Other kinds (SOCKS 4) cannot do that, and are refused.
package struct Proxy: Sendable, Hashable {
  /// Such as `socks5h://127.0.0.1:9050`: without name and password.
  package let address: String
  let user: String?
  let password: String?

  /// Reads an address; without a scheme it is that of an HTTP proxy, as in `http_proxy=host:3128`.
  ///
  /// Errors: ``FetchError/badProxy(_:)``.
  package init(_ written: String) throws(FetchError) {
    let text = WebAddress.cleaned(written)
    let parts = text.firstRange(of: "://").map { (text[..<$0.lowerBound], text[$0.upperBound...]) }
    let scheme = (parts?.0 ?? "http").lowercased()
    guard let kind = Self.kinds[scheme] else {
      throw .badProxy("proxies are http://, https:// or socks5h:// addresses")
    }
    // Read as an address of the web, for host and port are written alike.
    guard let address = WebAddress("http://\(parts?.1 ?? text[...])"), !address.writtenHost.isEmpty
    else { throw .badProxy("the address of the proxy is not valid") }
    self.address =
      "\(kind.scheme)://\(address.normalizedHost):\(address.port ?? kind.port)"
    let info = address.userInfo.map {
      $0.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    }
    user = info?.first.map(Credentials.decoded)
    password = info.flatMap { $0.count > 1 ? Credentials.decoded($0[1]) : nil }
  }

  private static let kinds: [String: (scheme: String, port: Int)] = [
    "http": ("http", 1080), "https": ("https", 443), "socks5": ("socks5h", 1080),
    "socks5h": ("socks5h", 1080),
  ]

  /// The host of the proxy, for messages.
  var shownHost: String {
    HostName.shown(WebAddress("http" + address.drop { $0 != ":" })?.writtenHost ?? "")
  }
}

extension Proxy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { address }
  package var debugDescription: String { address }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Which proxy a request goes through.
package enum ProxyChoice: Sendable, Hashable {
  /// What the environment says for the address.
  case environment
  /// None, whatever the environment says.
  case none
  case proxy(Proxy)
}

/// The proxies of the environment: `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`.
///
/// Read here and not by libcurl: whether there is a proxy decides who looks a name up, and so which
/// checks can be made. The rules are libcurl's: lower case before upper case, `HTTP_PROXY` never (a web
/// server sets it from a header of a request, CVE-2016-5385), and `no_proxy` is a list of hosts that
/// holds for what is below them too, `*` for all, and networks such as `10.0.0.0/8`.
package struct ProxyEnvironment: Sendable, Hashable {
  private let byScheme: [String: String]
  private let exceptions: [String]

  package init(_ environment: [String: String]) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    let all = first("all_proxy", "ALL_PROXY")
    byScheme = [
      "http": first("http_proxy") ?? all, "https": first("https_proxy", "HTTPS_PROXY") ?? all,
    ].compactMapValues { $0 }
    exceptions = (first("no_proxy", "NO_PROXY") ?? "")
      .split { $0 == "," || $0 == " " }.map { $0.lowercased() }
  }

  /// The proxy for an address; `nil` for none.
  ///
  /// Errors: ``FetchError/badProxy(_:)``.
  package func proxy(for address: WebAddress) throws(FetchError) -> Proxy? {
    guard let written = byScheme[address.scheme], !isException(address.normalizedHost) else {
      return nil
    }
    return try Proxy(written)
  }

  /// All proxies that are named, without secrets, for the doctor.
  package var shown: [String] {
    byScheme.sorted { $0.key < $1.key }.map { scheme, written in
      do throws(FetchError) {
        return "\(scheme): \(try Proxy(written).address)"
      } catch {
        return "\(scheme): \(error.message)"
      }
    }
  }

  private func isException(_ host: String) -> Bool {
    let name = host.hasSuffix(".") ? host.dropLast() : host[...]
    let bytes = Self.bytes(host)
    return exceptions.contains { exception in
      if exception == "*" { return true }
      if let bytes { return Self.network(exception, holds: bytes) }
      var domain = exception.drop { $0 == "." }
      if domain.hasSuffix(".") { domain = domain.dropLast() }
      return !domain.isEmpty && (name == domain || name.hasSuffix("." + domain))
    }
  }

  /// The bytes of a host that is an IP address.
  private static func bytes(_ host: String) -> [UInt8]? {
    if host.hasPrefix("[") { return IPv6Text.bytes(host.dropFirst().dropLast()) }
    if host.contains(":") { return IPv6Text.bytes(host[...]) }
    let numbers = host.split(separator: ".").map { UInt8($0) }
    return numbers.count == 4 && !numbers.contains(nil) ? numbers.compactMap { $0 } : nil
  }

  private static func network(_ written: String, holds bytes: [UInt8]) -> Bool {
    let parts = written.split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let network = self.bytes(String(first)),
      network.count == bytes.count
    else { return false }
    let length = parts.count > 1 ? Int(parts[1]) ?? -1 : network.count * 8
    guard (0...network.count * 8).contains(length) else { return false }
    return (0..<length).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return network[bit / 8] & mask == bytes[bit / 8] & mask
    }
  }
}
