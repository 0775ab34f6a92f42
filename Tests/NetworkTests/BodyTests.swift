import Network
import Stories
import TestServer
import Testing

@testable import Network

/// Bodies: encodings that are wrong, ends that come early, and limits.
@Suite struct BodyTests {
  private static let text = "<rss><channel><title>Harbour News</title></channel></rss>"

  private func body(
    _ fields: [(String, String)], _ body: [UInt8]
  ) throws -> Result<Response, FetchError> {
    let room = try Workroom { _ in .reply(200, fields, body) }
    return try room.fetch("/")
  }

  private static let encodings: [(label: String, bytes: [UInt8])] = {
    let bytes = Array(text.utf8)
    return [
      ("gzip", Gzip.stored(bytes)), ("x-gzip", Gzip.stored(bytes)), ("GZIP", Gzip.stored(bytes)),
      ("gzip, gzip", Gzip.stored(Gzip.stored(bytes))), ("identity", bytes),
      ("deflate", Gzip.zlib(bytes)), ("deflate", Gzip.deflate(bytes)),
      ("deflate, gzip", Gzip.stored(Gzip.zlib(bytes))),
      // Labels that are wrong.
      ("gzip", bytes), ("deflate", bytes), ("br", bytes), ("zstd", bytes), ("utf-8", bytes),
      ("gzip", Gzip.zlib(bytes)), ("deflate", Gzip.stored(bytes)), ("br", Gzip.stored(bytes)),
      ("gzip", Gzip.stored(Gzip.stored(bytes))), ("", Gzip.stored(bytes)),
      // Two streams, and what follows the end.
      ("gzip", Gzip.stored(Array(bytes[..<10])) + Gzip.stored(Array(bytes[10...]))),
      ("gzip", Gzip.stored(bytes) + [0, 0, 0]),
    ]
  }()

  @Test(arguments: 0..<20) func undoesWhatTheBytesAre(_ number: Int) throws {
    let (label, bytes) = Self.encodings[number]
    let response = try body([("Content-Encoding", label)], bytes).response()
    #expect(response.text == Self.text, "\(label)")
    #expect(response.cut == nil)
  }

  @Test func readsStreamsByteByByte() throws {
    for (label, bytes) in Self.encodings {
      var decoder = try #require(ContentDecoder(encodings: [label], limit: 1000))
      var body: [UInt8] = []
      for byte in bytes {
        let outcome = [byte].withUnsafeBytes { decoder.decode($0, into: &body) }
        #expect(outcome == .fine)
      }
      #expect(decoder.finish(into: &body).isWhole)
      // A second stream is only known by two bytes.
      if label != "gzip" || bytes.count < 100 {
        #expect(String(decoding: body, as: UTF8.self) == Self.text, "\(label)")
      }
    }
  }

  @Test func markedTextIsText() throws {
    for mark: [UInt8] in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] {
      let bytes = mark + Array(Self.text.utf8)
      #expect(try body([("Content-Encoding", "gzip")], bytes).response().body == bytes)
    }
  }

  @Test(arguments: ["gzip", "br", "zstd"]) func whatCannotBeReadIsAnError(_ label: String) throws {
    let noise = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 3) }
    #expect(
      try body([("Content-Encoding", label)], noise).error == .badEncoding(name: label))
  }

  @Test func tooManyEncodingsAreAnError() throws {
    let label = [String](repeating: "gzip", count: 9).joined(separator: ",")
    guard case .badEncoding = try body([("Content-Encoding", label)], [1, 2, 3]).error else {
      Issue.record("nine encodings were taken")
      return
    }
  }

  @Test func halfAStreamIsCutWithWhatCame() throws {
    let long = [UInt8](repeating: 0x61, count: 200_000)
    let whole = Gzip.stored(long)
    let response = try body(
      [("Content-Encoding", "gzip")], Array(whole[..<100_000])
    ).response()
    #expect(response.cut == .cut)
    #expect(response.body.count > 60_000 && response.body.allSatisfy { $0 == 0x61 })
  }

  @Test func aBrokenStreamKeepsWhatCame() throws {
    var bytes = Gzip.stored([UInt8](repeating: 0x61, count: 200_000))
    bytes[bytes.count - 6] ^= 0xFF
    let response = try body([("Content-Encoding", "gzip")], bytes).response()
    #expect(response.cut == .badEncoding(name: "gzip"))
    #expect(response.body.count >= 190_000)
  }

  @Test func endsThatComeEarlyAreCuts() throws {
    let scripts: [String: [TestServer.Step]] = [
      "/short": [.head(200, [("Content-Length", "100")]), .send(Array("half".utf8)), .close],
      "/chunks": [
        .head(200, [("Transfer-Encoding", "chunked")]), .send(Array("4\r\nhalf\r\n".utf8)), .close,
      ],
      "/nonsense": [
        .head(200, [("Transfer-Encoding", "chunked")]),
        .send(Array("4\r\nhalf\r\nzzz\r\n".utf8)), .close,
      ],
      "/reset": [
        .head(200, [("Content-Length", "100")]), .send(Array("half".utf8)),
        .drip(Array("!".utf8), pause: 30), .reset,
      ],
    ]
    let room = try Workroom { scripts[$0.path] ?? [] }
    for path in scripts.keys.sorted() {
      let response = try room.fetch(path).response()
      #expect(response.cut == .cut, "\(path)")
      #expect(response.text.hasPrefix("half"), "\(path)")
    }
  }

  @Test func aStatusIsKnownWithoutItsBody() throws {
    let room = try Workroom { seen in
      [.head(seen.path == "/gone" ? 410 : 200, [("Content-Length", "100")]), .close]
    }
    #expect(try room.fetch("/gone").response().problem == .status(410))
    #expect(try room.fetch("/").error == .cut)
  }

  @Test func twoLengthsAreRefused() throws {
    let room = try Workroom { _ in
      [
        .head(200, [("Content-Length", "4"), ("Content-Length", "7")]),
        .send(Array("abcdefg".utf8)),
      ]
    }
    guard case .badHead = try room.fetch("/").error else {
      Issue.record("two lengths were taken")
      return
    }
  }

  // MARK: - Limits

  @Test func limitsCountAfterDecompression() throws {
    let room = try Workroom { _ in .bomb(300 << 20) }
    let limits = FetchLimits(bodyBytes: 1 << 20)
    let response = try room.fetch("/", limits: limits).response()
    #expect(response.cut == .bodyTooLarge(limit: 1 << 20))
    #expect(response.body.count == 1 << 20)
  }

  @Test func endlessBodiesEndAtTheLimit() throws {
    let room = try Workroom { _ in
      [.head(200), .sendForever([UInt8](repeating: 0x61, count: 65_536))]
    }
    let response = try room.fetch("/", limits: FetchLimits(bodyBytes: 3_000_000)).response()
    #expect(response.cut == .bodyTooLarge(limit: 3_000_000))
    #expect(response.body.count == 3_000_000)
    #expect(room.server.listener.waitUntil(open: 0))
  }

  @Test func aBodyOfExactlyTheLimitIsWhole() throws {
    let exact = [UInt8](repeating: 0x61, count: 5000)
    let room = try Workroom { seen in
      seen.path == "/gzip" ? .gzipped(exact) : .reply(200, [], exact)
    }
    for path in ["/", "/gzip"] {
      let response = try room.fetch(path, limits: FetchLimits(bodyBytes: 5000)).response()
      #expect(response.cut == nil && response.body.count == 5000)
      let cut = try room.fetch(path, limits: FetchLimits(bodyBytes: 4999)).response()
      #expect(cut.cut == .bodyTooLarge(limit: 4999) && cut.body.count == 4999)
    }
  }

  @Test func errorPagesAreReadShortly() throws {
    let room = try Workroom { _ in
      [.head(404), .sendForever([UInt8](repeating: 0x61, count: 65_536))]
    }
    let response = try room.fetch("/").response()
    #expect(response.problem == .status(404) && response.cut == nil)
    #expect(response.body.count == 65_536)
  }

  @Test(arguments: ["lines", "bytes", "line", "interim", "trailers"])
  func headsHaveLimits(_ kind: String) throws {
    let script: [TestServer.Step] =
      switch kind {
      case "lines":
        [.head(200, (0..<5000).map { ("Set-Cookie", "c\($0)=1") })]
      case "bytes":
        [.head(200, (0..<150).map { ("X-\($0)", String(repeating: "x", count: 1000)) })]
      case "line": [.head(200, [("X-Big", String(repeating: "x", count: 1_000_000))])]
      case "interim": [.sendForever(Array("HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n".utf8))]
      default:
        [
          .head(200, [("Transfer-Encoding", "chunked")]), .send(Array("1\r\nx\r\n0\r\n".utf8)),
          .sendForever(Array("X-Late: 1\r\n".utf8)),
        ]
      }
    let room = try Workroom { _ in script }
    let outcome = try room.fetch("/")
    if kind == "trailers" {
      #expect(try outcome.response().cut == .headTooLarge)
    } else {
      #expect(outcome.error == .headTooLarge)
    }
  }

  @Test func emptyAnswersAreWhole() throws {
    let response = try body([], []).response()
    #expect(response.body.isEmpty && response.cut == nil && response.problem == nil)
  }
}
