extension TestServer.Step {
  /// A head: status line, fields, and the empty line.
  package static func head(
    _ status: Int = 200, _ fields: [(String, String)] = [], reason: String = "OK"
  ) -> Self {
    let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
    return .send(Array("HTTP/1.1 \(status) \(reason)\r\n\(lines)\r\n".utf8))
  }
}

extension [TestServer.Step] {
  /// A whole answer with its length.
  package static func reply(
    _ status: Int = 200, _ fields: [(String, String)] = [], _ body: [UInt8] = []
  ) -> Self {
    [.head(status, fields + [("Content-Length", "\(body.count)")]), .send(body)]
  }

  /// A whole answer with a text.
  package static func reply(
    _ status: Int = 200, _ fields: [(String, String)] = [], text: String
  ) -> Self {
    reply(status, fields, [UInt8](text.utf8))
  }

  /// An answer that leads to another address.
  package static func redirect(_ status: Int = 302, to address: String) -> Self {
    reply(status, [("Location", address)], text: "over there")
  }

  /// A body compressed as gzip.
  package static func gzipped(_ body: [UInt8], label: String = "gzip") -> Self {
    reply(200, [("Content-Encoding", label)], Gzip.stored(body))
  }

  /// A body of so many zeros in a 158th of the bytes, without its end.
  package static func bomb(_ count: Int) -> Self {
    let body = Gzip.zeros(count)
    return [
      .head(200, [("Content-Encoding", "gzip"), ("Content-Length", "\(body.count)")]), .send(body),
      .hold,
    ]
  }
}
