import Network
import Stories
import TestServer
import Testing

@testable import Network

/// Names and passwords: where they go, and that nothing shows them.
@Suite struct CredentialTests {
  private static let secret = "s3cret"
  /// `reader:s3cret`.
  private static let basic = "Basic cmVhZGVyOnMzY3JldA=="

  private func withCredentials(_ server: TestServer, _ path: String) throws -> Request {
    let address = server.address(path).replacing("http://", with: "http://reader:\(Self.secret)@")
    return try request(address)
  }

  @Test func areSplitOffTheAddressAndSent() throws {
    let room = try Workroom { _ in .reply(text: "x") }
    let request = try withCredentials(room.server, "/feed")
    #expect(request.address.text == room.server.address("/feed"))
    let response = try room.fetch(request).response()
    #expect(room.server.requests.first?["authorization"] == Self.basic)
    #expect(response.address.text == room.server.address("/feed"))
  }

  @Test func percentEncodedOnesAreDecoded() throws {
    let address = try #require(WebAddress("http://a%40b:c%3Ad@h.example/"))
    let credentials = try #require(Credentials(in: address))
    #expect(credentials.user == "a@b" && credentials.password == "c:d")
    #expect(Credentials(in: try #require(WebAddress("http://h.example/"))) == nil)
  }

  @Test func stayAtTheOrigin() throws {
    let other = try #require(TestServer { _ in .reply(text: "port") })
    let far = try #require(TestServer("127.0.0.2") { _ in .reply(text: "host") })
    let (port, host) = (other.address("/"), far.address("/"))
    let room = try Workroom { seen in
      switch seen.path {
      case "/port": .redirect(to: port)
      case "/host": .redirect(to: host)
      case "/inline": .redirect(to: host.replacing("http://", with: "http://evil:word@"))
      case "/same": .redirect(to: "/end")
      default: .reply(text: "end")
      }
    }
    for path in ["/port", "/host", "/inline"] {
      _ = try room.fetch(try withCredentials(room.server, path)).response()
    }
    #expect(other.requests.count == 1 && far.requests.count == 2)
    for seen in other.requests + far.requests { #expect(seen["authorization"] == nil) }
    _ = try room.fetch(try withCredentials(room.server, "/same")).response()
    #expect(room.server.requests.suffix(2).map { $0["authorization"] } == [Self.basic, Self.basic])
    // A connection that was used with them must not bring them along.
    _ = try room.fetch("/same").response()
    #expect(room.server.requests.suffix(2).map { $0["authorization"] } == [nil, nil])
  }

  @Test func belongToSchemeHostAndPort() throws {
    let own = try #require(WebAddress("https://u:p@news.example/a"))
    let credentials = try #require(Credentials(in: own))
    for (address, isOwn) in [
      ("https://news.example/b?c", true), ("https://NEWS.example:443/", true),
      ("http://news.example/", false), ("https://news.example:8443/", false),
      ("https://www.news.example/", false), ("https://news.example.evil.example/", false),
      ("https://news.example@evil.example/", false),
    ] {
      #expect(credentials.belong(to: try #require(WebAddress(address))) == isOwn, "\(address)")
    }
  }

  @Test func noDescriptionShowsThem() throws {
    let address = try #require(WebAddress("http://reader:\(Self.secret)@127.0.0.1:1/"))
    let proxy = try Proxy("http://reader:\(Self.secret)@127.0.0.1:1")
    var request = try Request(address, userAgent: "x")
    request.proxy = .proxy(proxy)
    let transfers = Transfers(Workroom.quick)
    transfers.start(request)
    let result = try #require(transfers.next())
    var shown = "\(request) \(result) \(proxy) \(String(reflecting: request.credentials)) "
    dump(request, to: &shown)
    dump(result, to: &shown)
    shown += "\(proxy.shownHost) \(result.outcome.error?.message ?? "")"
    let environment = ProxyEnvironment([
      "http_proxy": "http://reader:\(Self.secret)@h.example:8",
      "https_proxy": "x://u:\(Self.secret)@h",
    ])
    shown += environment.shown.joined()
    let diagnostics = NetworkDiagnostics(environment: ["all_proxy": "u:\(Self.secret)@h.example"])
    shown += diagnostics.proxies.joined()
    #expect(!shown.contains(Self.secret), "\(shown)")
    #expect(shown.contains("(hidden)"))
    #expect(diagnostics.proxies == ["http: http://h.example:1080", "https: http://h.example:1080"])
  }
}
