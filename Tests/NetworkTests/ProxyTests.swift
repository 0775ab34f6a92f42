import Network
import Stories
import TestServer
import Testing
import Threads

@testable import Network

/// Which proxy is taken, and what goes through it.
@Suite struct ProxyTests {
  // MARK: - Addresses

  @Test(arguments: [
    ("http://p.example:3128", "http://p.example:3128"), ("p.example:8", "http://p.example:8"),
    ("HTTP://P.example", "http://p.example:1080"), ("https://p.example", "https://p.example:443"),
    ("socks5h://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
    ("socks5://[::1]", "socks5h://[::1]:1080"),
    ("http://u:p@p.example:8/x?y", "http://p.example:8"),
    ("http://127.1:8", "http://127.0.0.1:8"),
  ])
  func reads(_ written: String, _ address: String) throws {
    #expect(try Proxy(written).address == address)
  }

  @Test(arguments: [
    "socks4://h", "socks4a://h", "ftp://h", "http://", "http://h:99999", "", "file:///x",
  ])
  func refuses(_ written: String) {
    let error = #expect(throws: FetchError.self) { try Proxy(written) }
    guard case .badProxy = error else {
      Issue.record("\(written)")
      return
    }
  }

  @Test func readsTheEnvironmentAsLibcurlDoes() throws {
    func proxy(_ environment: [String: String], _ address: String) throws -> String? {
      try ProxyEnvironment(environment).proxy(for: try #require(WebAddress(address)))?.address
    }
    let both = ["http_proxy": "a.example:1", "https_proxy": "b.example:2"]
    #expect(try proxy(both, "http://x.example/") == "http://a.example:1")
    #expect(try proxy(both, "https://x.example/") == "http://b.example:2")
    #expect(try proxy([:], "http://x.example/") == nil)
    #expect(try proxy(["HTTP_PROXY": "a.example:1"], "http://x.example/") == nil)
    #expect(try proxy(["HTTPS_PROXY": "a.example:1"], "https://x.example/") == "http://a.example:1")
    #expect(try proxy(["all_proxy": "c:3"], "https://x.example/") == "http://c:3")
    #expect(try proxy(["ALL_PROXY": "c:3", "http_proxy": ""], "http://x.example/") == "http://c:3")
    #expect(throws: FetchError.self) { try proxy(["all_proxy": "socks4://c"], "http://x.example/") }
  }

  @Test(arguments: [
    ("news.example", "http://news.example/", true),
    ("news.example", "http://a.news.example/", true),
    (".news.example", "http://a.news.example/", true),
    (".news.example", "http://news.example/", true),
    ("news.example", "http://oldnews.example/", false),
    ("NEWS.example", "http://news.EXAMPLE./", true),
    ("a.example, b.example", "http://b.example/", true), ("*", "http://x.example/", true),
    ("10.0.0.0/8", "http://10.1.2.3/", true), ("10.0.0.0/8", "http://11.1.2.3/", false),
    ("127.0.0.1", "http://0x7f.1/", true), ("10.0.0.0/33", "http://10.0.0.1/", false),
    ("::1", "http://[::1]/", true), ("fd00::/8", "http://[fd12::1]/", true),
    ("fd00::/8", "http://[fe80::1]/", false), ("0.1", "http://10.0.0.1/", false),
    ("", "http://x/", false),
  ])
  func exceptions(_ list: String, _ address: String, _ isException: Bool) throws {
    let environment = ProxyEnvironment(["http_proxy": "p.example", "no_proxy": list])
    let proxy = try environment.proxy(for: try #require(WebAddress(address)))
    #expect((proxy == nil) == isException)
  }

  // MARK: - Requests

  /// A request that goes through a proxy.
  private func through(_ address: String, _ proxy: String, _ limits: FetchLimits = .feed) throws
    -> Request
  {
    var request = try request(address, limits: limits)
    request.proxy = .proxy(try Proxy(proxy))
    return request
  }

  private func fetch(_ request: Request, _ setup: Transfers.Setup = Workroom.quick) throws
    -> Result<
      Response, FetchError
    >
  {
    let transfers = Transfers(setup)
    transfers.start(request)
    return try #require(transfers.next()).outcome
  }

  @Test func theWholeAddressGoesToAnHTTPProxy() throws {
    let proxy = try #require(TestServer { _ in .reply(text: "by proxy") })
    let address = proxy.address("", host: "u:p@127.0.0.1")
    let response = try fetch(try through("http://never-added.test/x", address)).response()
    #expect(response.text == "by proxy")
    let seen = try #require(proxy.requests.first)
    #expect(seen.target == "http://never-added.test/x")
    #expect(seen["proxy-authorization"] == "Basic dTpw")
    #expect(seen["host"] == "never-added.test" && seen["authorization"] == nil)
  }

  @Test func theEnvironmentIsOneOfThreeChoices() throws {
    let proxy = try #require(TestServer { _ in .reply(text: "by proxy") })
    let direct = try #require(TestServer { _ in .reply(text: "direct") })
    var setup = Workroom.quick
    setup.environment = ProxyEnvironment(["http_proxy": proxy.address("")])
    var own = try request(direct.address("/"))
    #expect(try fetch(own, setup).response().text == "by proxy")
    own.proxy = .none
    #expect(try fetch(own, setup).response().text == "direct")
  }

  @Test func aProxyThatRefuses() throws {
    let proxy = try #require(
      TestServer { seen in
        seen.target == "never-added.test:443"
          ? .reply(407, [("Proxy-Authenticate", "Basic realm=x")]) : .reply(403)
      })
    let address = proxy.address("")
    #expect(
      try fetch(try through("https://never-added.test/", address)).error
        == .proxyRefused(status: 407))
    #expect(
      try fetch(try through("https://other.test/", address)).error == .proxyRefused(status: 403))
    #expect(proxy.requests.allSatisfy { $0.method == "CONNECT" })
  }

  @Test func aProxyThatIsNotThere() throws {
    let listener = try #require(Listener { _ in })
    let port = listener.port
    listener.stop()
    #expect(
      try fetch(try through("http://x.test/", "http://127.0.0.1:\(port)")).error
        == .proxyUnreachable(host: "127.0.0.1"))
    #expect(
      try fetch(try through("http://x.test/", "http://never-added.test:1")).error
        == .proxyNotFound(host: "never-added.test"))
  }

  @Test func redirectsBehindAProxyStayOutside() throws {
    let proxy = try #require(
      TestServer { seen in
        seen.target == "http://news.test/" ? .redirect(to: "http://127.0.0.1/") : .reply(text: "in")
      })
    let address = proxy.address("")
    #expect(
      try fetch(try through("http://news.test/", address)).error
        == .redirectInward(host: "127.0.0.1"))
    #expect(proxy.requests.count == 1)
    #expect(try fetch(try through("http://127.0.0.1/", address)).response().text == "in")
  }

  // MARK: - SOCKS

  /// A SOCKS 5 proxy (RFC 1928) that answers requests itself and remembers which hosts were asked for.
  private func socks(_ hosts: Monitor<[String]>, reply: UInt8 = 0) throws -> Listener {
    let log = Monitor<[TestServer.Seen]>([])
    return try #require(
      Listener { connection in
        let methods = connection.read(exactly: 2)
        guard methods.count == 2 else { return }
        _ = connection.read(exactly: Int(methods[1]))
        connection.send([5, 0])
        let head = connection.read(exactly: 5)
        // 3 is a name; an address would be 1 or 4.
        guard head.count == 5, head[3] == 3 else { return }
        let host = connection.read(exactly: Int(head[4]))
        _ = connection.read(exactly: 2)
        hosts.change { $0.append(String(decoding: host, as: UTF8.self)) }
        connection.send([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
        if reply == 0 { TestServer.serve(connection, log) { _ in .reply(text: "socks") } }
      })
  }

  @Test(arguments: ["socks5h", "socks5"]) func socksLooksNamesUp(_ scheme: String) throws {
    let hosts = Monitor<[String]>([])
    let proxy = try socks(hosts)
    for host in ["never-added.test", "abcdef.onion"] {
      let request = try through("http://\(host)/", "\(scheme)://127.0.0.1:\(proxy.port)")
      #expect(try fetch(request).response().text == "socks")
    }
    #expect(hosts.read { $0 } == ["never-added.test", "abcdef.onion"])
  }

  @Test func aSocksProxyThatRefuses() throws {
    let proxy = try socks(Monitor([]), reply: 4)
    let request = try through("http://x.test/", "socks5h://127.0.0.1:\(proxy.port)")
    #expect(try fetch(request).error == .proxyRefused(status: 0))
  }

  @Test(arguments: ["http://abcdef.onion/", "http://a.b.ONION./x", "https://onion/"])
  func onionNeedsAProxy(_ address: String) throws {
    #expect(try fetch(try request(address)).error == .onionWithoutProxy)
    let room = try Workroom { _ in .redirect(to: address) }
    #expect(try room.fetch("/").error == .onionWithoutProxy)
  }

  @Test func aBadProxyOfTheEnvironmentIsReported() throws {
    var setup = Workroom.quick
    setup.environment = ProxyEnvironment(["all_proxy": "socks4://h.example"])
    guard case .badProxy = try fetch(try request("http://x.test/"), setup).error else {
      Issue.record("a proxy of an unknown kind was ignored")
      return
    }
  }
}
