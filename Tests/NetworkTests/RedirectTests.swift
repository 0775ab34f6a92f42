import Network
import Stories
import TestNames
import TestServer
import Testing

@testable import Network

/// Redirects: how far, where to, and what goes along.
@Suite struct RedirectTests {
  @Test func tellsPermanentFromTemporary() throws {
    let room = try Workroom { seen in
      switch seen.path {
      case "/a": .redirect(301, to: "/b")
      case "/b": .redirect(308, to: "c?x=1#part")
      case "/c": .redirect(307, to: "/d")
      default: .reply(text: "end")
      }
    }
    let response = try room.fetch("/a").response()
    #expect(response.text == "end")
    #expect(response.redirects.map(\.kind) == [.permanent, .permanent, .temporary])
    #expect(response.address.path == "/d")
    #expect(response.permanentAddress?.text == room.server.address("/c?x=1"))
    #expect(room.server.requests.count == 4)
  }

  @Test(arguments: [(301, true), (302, false), (303, false), (307, false), (308, true)])
  func kindOfEachStatus(_ status: Int, _ isPermanent: Bool) throws {
    let room = try Workroom { $0.path == "/a" ? .redirect(status, to: "/b") : .reply(text: "x") }
    let response = try room.fetch("/a").response()
    #expect(response.redirects.map(\.kind) == [isPermanent ? .permanent : .temporary])
    #expect((response.permanentAddress != nil) == isPermanent)
  }

  @Test func followsFiveAndNotSix() throws {
    let room = try Workroom { seen in
      let number = Int(seen.path.dropFirst()) ?? 0
      return number == 0 ? .reply(text: "end") : .redirect(to: "/\(number - 1)")
    }
    #expect(try room.fetch("/5").response().redirects.count == 5)
    #expect(try room.fetch("/6").error == .tooManyRedirects(limit: 5))
    #expect(room.server.requests.count == 12)
  }

  @Test func stopsAtACircle() throws {
    let room = try Workroom { seen in .redirect(to: seen.path == "/a" ? "/b" : "/a") }
    #expect(try room.fetch("/a").error == .redirectLoop)
    #expect(try room.fetch("/b#x").error == .redirectLoop)
    #expect(room.server.requests.count == 4)
  }

  @Test(arguments: [
    ("file:///etc/passwd", FetchError.redirectElsewhere(scheme: "file")),
    ("ftp://ftp.example/", .redirectElsewhere(scheme: "ftp")),
    ("javascript:alert(1)", .redirectElsewhere(scheme: "javascript")),
    ("http://", .redirectToNothing), ("http://a b/", .redirectToNothing),
    ("https://h:99999/", .redirectToNothing),
  ])
  func leadsNowhereElse(_ target: String, _ error: FetchError) throws {
    let room = try Workroom { _ in .redirect(to: target) }
    #expect(try room.fetch("/").error == error)
  }

  @Test func withoutLocationLeadsToNothing() throws {
    let room = try Workroom { _ in .reply(302) }
    #expect(try room.fetch("/").error == .redirectToNothing)
  }

  @Test func otherStatusesDoNotLeadOn() throws {
    let room = try Workroom { _ in .reply(300, [("Location", "/b")], text: "choose") }
    let response = try room.fetch("/").response()
    #expect(response.status == 300 && response.problem == .status(300))
    #expect(room.server.requests.count == 1)
  }

  @Test func longBodiesOfRedirectsAreNotRead() throws {
    let room = try Workroom { seen in
      seen.path == "/a"
        ? [.head(302, [("Location", "/b")]), .sendForever([UInt8](repeating: 65, count: 65_536))]
        : .reply(text: "end")
    }
    #expect(try room.fetch("/a").response().text == "end")
  }

  @Test func theLimitOfTimeIsForAllHops() throws {
    let room = try Workroom { seen in
      let number = Int(seen.path.dropFirst()) ?? 0
      return [.drip(Array("HT".utf8), pause: 60)] + [
        .send(
          Array("TP/1.1 302 Found\r\nLocation: /\(number + 1)\r\nContent-Length: 0\r\n\r\n".utf8))
      ]
    }
    var limits = FetchLimits.feed
    limits.redirects = 100
    limits.wholeTime = 500
    #expect(try room.fetch("/0", limits: limits).error == .timedOut(seconds: 1))
    #expect(room.server.requests.count < 8)
  }

  @Test func asksTheRulesOfEachHost() throws {
    let far = try #require(TestServer("127.0.0.2") { _ in .reply(text: "far") })
    let target = far.address("/x")
    var setup = Workroom.quick
    setup.pauses = [
      "127.0.0.2": HostRules.Pause(until: setup.now() + 600, refusals: 1, status: 429)
    ]
    let room = try Workroom(setup: setup) { _ in .redirect(to: target) }
    guard case .hostWaits(let host, _) = try room.fetch("/").error else {
      Issue.record("the pause of the second host was not kept")
      return
    }
    #expect(host == "127.0.0.2")
    #expect(far.requests.isEmpty)
  }
}

/// Redirects from the Internet into private networks.
@Suite struct InwardRedirectTests {
  /// A server that counts as public, and one on this machine.
  private func pair(to host: String) throws -> (room: Workroom, inner: TestServer) {
    let inner = try #require(TestServer { _ in .reply(text: "secret") })
    let target = inner.address("/secret", host: host)
    let room = try Workroom(at: "127.0.0.2", setup: Workroom.withPublicHost) { seen in
      seen.path == "/" ? .redirect(to: target) : .redirect(to: "/")
    }
    return (room, inner)
  }

  @Test(arguments: [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "a.b.localhost", "0.0.0.0", "0",
    "%31%32%37.0.0.1", "１２７.0.0.1",
  ])
  func neverReachThisMachine(_ host: String) throws {
    let (room, inner) = try pair(to: host)
    guard case .redirectInward = try room.fetch("/").error else {
      Issue.record("reached \(host)")
      return
    }
    #expect(room.server.requests.count == 1)
    #expect(inner.requests.isEmpty && inner.listener.accepted == 0)
  }

  @Test func noMatterHowManyHopsLie() throws {
    let (room, inner) = try pair(to: "127.0.0.1")
    #expect(try room.fetch("/first").error == .redirectInward(host: "127.0.0.1"))
    #expect(inner.listener.accepted == 0)
  }

  @Test func itIsTheResolvedAddressThatCounts() throws {
    test_names_add("inner-name.test", "127.0.0.1")
    let (room, inner) = try pair(to: "inner-name.test")
    #expect(try room.fetch("/").error == .redirectInward(host: "inner-name.test"))
    #expect(test_names_lookups("inner-name.test") > 0)
    #expect(inner.listener.accepted == 0)
  }

  /// A name that is public when it is first looked up, and private when a redirect leads to it again.
  @Test func rebindingIsSeen() throws {
    test_names_add("rebind.test", "127.0.0.2")
    test_names_add("rebind.test", "127.0.0.1")
    let inner = try #require(TestServer { _ in .reply(text: "secret") })
    let target = inner.address("/", host: "rebind.test")
    let far = try #require(TestServer("127.0.0.2") { _ in .redirect(to: target) })
    // Each of its own: libcurl remembers names for a minute.
    for expected in [
      FetchError.unreachable(host: "rebind.test"), .redirectInward(host: "rebind.test"),
    ] {
      let transfers = Transfers(Workroom.withPublicHost)
      transfers.start(try request(far.address("/")))
      #expect(transfers.next()?.outcome.error == expected)
    }
    #expect(inner.listener.accepted == 0)
  }

  /// A connection that the reader's own request opened is no way in either.
  @Test func anOpenConnectionIsNoWayIn() throws {
    test_names_add("kept.test", "127.0.0.1")
    let (room, inner) = try pair(to: "kept.test")
    let own = try request(inner.address("/own", host: "kept.test"))
    #expect(try room.fetch(own).response().text == "secret")
    #expect(try room.fetch("/").error == .redirectInward(host: "kept.test"))
    #expect(inner.requests.map(\.path) == ["/own"])
  }

  @Test func whatTheReaderTypedIsFine() throws {
    let inner = try #require(
      TestServer { seen in
        seen.path == "/a" ? .redirect(to: "/b") : .reply(text: "own")
      })
    let transfers = Transfers(Workroom.withPublicHost)
    transfers.start(try request(inner.address("/a")))
    #expect(try transfers.next()?.outcome.response().text == "own")
  }

  @Test func fromInsideToOutsideIsFineAndNotBack() throws {
    let inner = try #require(TestServer { _ in .reply(text: "secret") })
    let back = inner.address("/")
    let far = try #require(
      TestServer("127.0.0.2") { seen in
        seen.path == "/back" ? .redirect(to: back) : .reply(text: "far")
      })
    let (out, outAndBack) = (far.address("/"), far.address("/back"))
    let room = try Workroom(setup: Workroom.withPublicHost) { seen in
      .redirect(to: seen.path == "/out" ? out : outAndBack)
    }
    #expect(try room.fetch("/out").response().text == "far")
    #expect(try room.fetch("/outAndBack").error == .redirectInward(host: "127.0.0.1"))
    #expect(inner.requests.isEmpty)
  }
}
