import Network
import Stories
import TestServer
import Testing

@testable import Network

/// What is sent, and what of the answer arrives.
@Suite struct FetchTests {
  @Test func takesStatusHeadersAndBody() throws {
    let room = try Workroom { _ in
      .reply(
        200, [("Content-Type", "text/xml; charset=\"UTF-8\""), ("X-Two", " a  b ")], text: "<rss/>")
    }
    let response = try room.fetch("/feed?x=1#part").response()
    #expect(response.status == 200)
    #expect(response.text == "<rss/>")
    #expect(response.headers["x-two"] == "a  b")
    #expect(response.charset == "utf-8")
    #expect(response.version == 11)
    #expect(response.cut == nil && response.problem == nil && response.redirects.isEmpty)
    #expect(response.address.text == room.server.address("/feed?x=1"))
    #expect(room.server.requests.map(\.target) == ["/feed?x=1"])
  }

  @Test func sendsNothingThatWasNotAskedFor() throws {
    let room = try Workroom { _ in
      .reply(200, [("Set-Cookie", "a=1"), ("Link", "</icon>; rel=icon")], text: "x")
    }
    _ = try room.fetch("/a").response()
    _ = try room.fetch("/b").response()
    #expect(room.server.requests.count == 2)
    for seen in room.server.requests {
      #expect(
        seen.fields.map(\.name).sorted() == ["accept", "accept-encoding", "host", "user-agent"])
      #expect(seen["user-agent"] == "Courant/test")
      #expect(seen["accept-encoding"] == "gzip, deflate")
      #expect(seen.method == "GET")
    }
  }

  @Test func userAgentAndAcceptCannotAddHeaders() throws {
    let room = try Workroom { _ in .reply(text: "x") }
    var request = try room.request()
    request.userAgent = "Reader/1\r\nX-Evil: 1\u{1B}[0m é"
    request.accept = "text/html\r\nX-Evil: 2"
    _ = try room.fetch(request).response()
    let seen = try #require(room.server.requests.first)
    #expect(seen["user-agent"] == "Reader/1X-Evil: 1[0m ")
    #expect(seen["accept"] == "text/htmlX-Evil: 2")
    #expect(seen["x-evil"] == nil)
  }

  @Test func asksAgainWithBothValidatorsAsTheyCame() throws {
    let room = try Workroom { seen in
      seen["if-none-match"] == nil
        ? .reply(
          200, [("ETag", "W/\"a b\"; odd"), ("Last-Modified", "yesterday, about noon")], text: "x")
        : .reply(304, [("ETag", "\"two\"")])
    }
    let first = try room.fetch().response()
    var request = try room.request()
    request.validators = first.validators
    #expect(first.validators != nil)
    let second = try room.fetch(request).response()
    let seen = try #require(room.server.requests.last)
    #expect(seen["if-none-match"] == "W/\"a b\"; odd")
    #expect(seen["if-modified-since"] == "yesterday, about noon")
    #expect(second.status == 304 && second.body.isEmpty && second.problem == nil)
    #expect(second.validators?.etag == Array("\"two\"".utf8))
    #expect(second.validators?.modified == nil)
  }

  @Test func validatorsWithControlsAreNotKept() throws {
    let room = try Workroom { _ in
      [
        .send(
          Array("HTTP/1.1 200 OK\r\nETag: \"\u{1B}[2J\"\r\nLast-Modified: ok\r\n".utf8)
            + Array("Content-Length: 1\r\n\r\nx".utf8))
      ]
    }
    let response = try room.fetch().response()
    #expect(response.headers["etag"] == "\"[2J\"")
    #expect(response.validators?.etag == nil)
    #expect(response.validators?.modified == Array("ok".utf8))
    let address = room.server.address()
    let web = try #require(WebAddress(address))
    #expect(Validators(address: web, etag: [0x22, 0x0D, 0x0A], modified: nil) == nil)
    #expect(
      Validators(address: web, etag: [UInt8](repeating: 65, count: 1025), modified: nil) == nil)
  }

  @Test func validatorsGoOnlyToTheAddressThatGaveThem() throws {
    let room = try Workroom { seen in
      seen.path == "/old" ? .redirect(to: "/new") : .reply(200, [("ETag", "\"n\"")], text: "x")
    }
    let first = try room.fetch("/old").response()
    var request = try room.request("/old")
    request.validators = first.validators
    _ = try room.fetch(request).response()
    let again = room.server.requests.suffix(2)
    #expect(again.map(\.path) == ["/old", "/new"])
    #expect(again.map { $0["if-none-match"] } == [nil, "\"n\""])
  }

  @Test func hostileHeadReachesNoText() throws {
    let room = try Workroom { _ in
      [
        .send(
          Array("HTTP/1.1 404 N\u{1B}[31mo\u{202E}\r\nX-A: \u{1B}]0;title\u{07}\rX-B: 1\r\n".utf8)
            + Array("X-\u{1B}: name\r\nX-C1: a".utf8) + [0x9B] + Array("31m\r\n".utf8)
            + Array("X-Bidi: a\u{202E}b\u{200B}c\r\nContent-Length: 0\r\n\r\n".utf8))
      ]
    }
    let response = try room.fetch().response()
    #expect(response.status == 404)
    #expect(response.headers["x-a"] == "]0;titleX-B: 1")
    #expect(response.headers["x-bidi"] == "abc")
    for field in response.headers.fields {
      #expect(!SafeScalars.hasControl(field.name))
      #expect(!SafeScalars.hasControl(String(decoding: field.value, as: UTF8.self)))
    }
    #expect(response.headers["x-c1"] == "a31m")
    #expect(response.problem?.message == "there is nothing at this address (404)")
  }

  @Test func interimHeadsAndTrailersAreNoHead() throws {
    let room = try Workroom { _ in
      [
        .send(Array("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".utf8)),
        .send(
          Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n".utf8)
            + Array("3\r\nabc\r\n0\r\nX-Late: 1\r\n\r\n".utf8)),
      ]
    }
    let response = try room.fetch().response()
    #expect(response.text == "abc")
    #expect(response.headers.fields.map(\.name) == ["transfer-encoding", "x-a"])
  }

  @Test func foldedLinesAreOneField() throws {
    let room = try Workroom { _ in
      [.send(Array("HTTP/1.0 200 OK\r\nX-A: one\r\n  two\r\n\r\nbody".utf8)), .close]
    }
    let response = try room.fetch().response()
    #expect(response.headers["x-a"] == "one two")
    #expect(response.version == 10 && response.text == "body" && response.cut == nil)
  }

  @Test func addressesAreSentInTheirStandardForm() throws {
    let room = try Workroom { _ in .reply(text: "x") }
    _ = try room.fetch("/a/../b c/é?q=ü|{}&x=%20").response()
    #expect(room.server.requests.first?.target == "/b%20c/%C3%A9?q=%C3%BC%7C%7B%7D&x=%20")
    // One address in other numbers.
    _ = try room.fetch("/", host: "0x7f.1").response()
    #expect(room.server.requests.last?["host"] == "127.0.0.1:\(room.server.port)")
  }

  @Test func listensOnIPv6() throws {
    guard TestServer("::1", script: { _ in .reply() }) != nil else { return }
    let room = try Workroom(at: "::1") { _ in .reply(text: "six") }
    #expect(try room.fetch("/").response().text == "six")
  }

  @Test func onlyAddressesOfTheWebBecomeRequests() throws {
    for (address, scheme) in [
      ("file:///etc/passwd", "file"), ("ftp://host/", "ftp"), ("mailto:a@b.example", "mailto"),
      ("gopher://h/", "gopher"),
    ] {
      let web = try #require(WebAddress(address))
      #expect(throws: FetchError.notWeb(scheme: scheme)) {
        try Request(web, userAgent: "x")
      }
    }
  }

  @Test func manyRequestsComeBackOnceEach() throws {
    let room = try Workroom { seen in .reply(text: String(seen.path.dropFirst())) }
    let ids = try (0..<200).map { number in
      var request = try room.request("/\(number)")
      request.tag = number
      return room.transfers.start(request)
    }
    var seen: Set<RequestID> = []
    while let result = room.transfers.next() {
      #expect(try result.outcome.response().text == "\(result.request.tag)")
      seen.insert(result.id)
    }
    #expect(seen == Set(ids))
    #expect(room.transfers.outstanding == 0)
    #expect(room.server.listener.accepted == 2, "two connections to one host, kept open")
  }
}
