import Network
import Stories
import TestServer
import TestSupport
import Testing

@testable import Network

/// Bytes that nobody would send on purpose: whatever they are, limits hold and nothing crashes.
@Suite struct HostileBytesTests {
  @Test(arguments: 0..<20) func headsOfRandomLines(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let pieces = [
      "HTTP/1.1 200 OK", "HTTP/", "HTTP/2 99", "ETag:", "ETag: \"x\"", " folded", "\t", ":",
      "a:b:c",
      "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Encoding: gzip",
      "Location: \u{1B}[2J", "X-\u{0}: 1", "Retry-After: 1e9", "\u{9B}31m", "Date: ,,,", "Age: -0",
    ]
    for _ in 0..<200 {
      let exchange = Self.exchange()
      for _ in 0..<dice.below(30) {
        var line = Array(pieces[dice.below(pieces.count)].utf8)
        if dice.below(3) == 0, !line.isEmpty {
          line[dice.below(line.count)] = UInt8(dice.below(256))
        }
        guard exchange.take(line: line + [13, 10]) else { break }
        if dice.below(8) == 0, !exchange.take(line: [13, 10]) { break }
      }
      let head = exchange.head
      for field in head.headers.fields {
        #expect(!SafeScalars.hasControl(field.name))
        #expect(!SafeScalars.isUnsafe(head.headers[field.name] ?? ""))
      }
      let times = CacheTimes(head.headers, now: 1e9)
      #expect((times.freshFor ?? 0) >= 0 && (times.retryAt ?? 1e9) >= 1e9)
      #expect(head.status == 0 || (100...999).contains(head.status))
    }
  }

  private static let streams: [[UInt8]] = {
    let text = Array(String(repeating: "<item>harbour</item>", count: 50).utf8)
    return [
      Gzip.stored(text), Gzip.zlib(text), Gzip.deflate(text), text, Gzip.zeros(100_000),
    ]
  }()

  @Test(arguments: 0..<20) func streamsThatWereChanged(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed) + 1000)
    let labels = ["gzip", "deflate", "br", "", "gzip, deflate", "x"]
    for _ in 0..<200 {
      var bytes = Self.streams[dice.below(Self.streams.count)]
      for _ in 0..<dice.below(4) { bytes[dice.below(bytes.count)] = UInt8(dice.below(256)) }
      bytes = Array(bytes.prefix(dice.below(bytes.count + 1)))
      let label = labels[dice.below(labels.count)]
      var decoder = try #require(ContentDecoder(encodings: [label], limit: 700))
      var body: [UInt8] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = Array(rest.prefix(1 + dice.below(300)))
        rest = rest.dropFirst(piece.count)
        guard piece.withUnsafeBytes({ decoder.decode($0, into: &body) }) == .fine else { break }
      }
      _ = decoder.finish(into: &body)
      #expect(body.count <= 700)
    }
  }

  @Test(arguments: 0..<10) func proxiesAndDatesOfAnyText(_ seed: Int) {
    var dice = Dice(state: UInt64(seed) + 2000)
    let pieces = [
      "socks5h", "http", "://", "@", ":", "[", "]", "::1", "127.0.0.1", "/", "Nov", "Sun,", "-",
      "94",
    ]
    for _ in 0..<500 {
      let text = (0..<dice.below(8)).map { _ in pieces[dice.below(pieces.count)] }.joined()
      if let proxy = try? Proxy(text) { #expect(!proxy.address.contains("@")) }
      _ = HTTPDate.parse(text, now: 1e9)
      _ = ProxyEnvironment(["no_proxy": text, "all_proxy": text]).shown
    }
  }

  private static func exchange() -> Exchange {
    let gate = Exchange.Gate(
      host: "h.example", narrowest: .loopback, isProxied: false, scopeOf: { AddressScope($0) })
    return Exchange(limits: .feed, gate: gate, budget: MemoryBudget(limit: 1 << 20))
  }
}
