/// The head of a response, line by line: status, version, fields.
struct ResponseHead {
  private(set) var status = 0
  /// 10, 11, 20 or 30.
  private(set) var version = 0
  private(set) var headers = Headers()
  /// Whether the empty line behind a head that is no interim one (1xx) has come.
  private(set) var isComplete = false

  private var bytes = 0
  private var lines = 0

  /// What `Content-Length` says; `nil` where there is none or it cannot be read.
  var length: Int? { headers["content-length"].flatMap { Int($0) }.map { max(0, $0) } }

  /// Adds a line to what is counted.
  ///
  /// Errors: ``FetchError/headTooLarge``.
  @discardableResult
  mutating func count(_ line: [UInt8], _ limits: FetchLimits) throws(FetchError) -> Bool {
    bytes += line.count
    lines += 1
    guard bytes <= limits.headBytes, lines <= limits.headLines else { throw .headTooLarge }
    return true
  }

  /// Takes a line with its line end in.
  ///
  /// Errors: ``FetchError/headTooLarge``, ``FetchError/badHead(reason:)``.
  mutating func take(_ written: [UInt8], _ limits: FetchLimits) throws(FetchError) {
    try count(written, limits)
    let end = written.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
    let line = Array(written[..<end])
    if line.isEmpty {
      // An interim head (100 Continue, 103 Early Hints) is followed by the real one.
      guard status >= 200 else { return }
      try check()
      isComplete = true
    } else if line.starts(with: "HTTP/".utf8) {
      readStatus(line)
      headers = Headers()
    } else {
      // What is no field says nothing and is left out, as browsers do.
      _ = headers.add(line: line)
    }
  }

  /// `HTTP/1.1 200 OK`: what follows the number is for nobody.
  private mutating func readStatus(_ line: [UInt8]) {
    let words = line.split(separator: 0x20, maxSplits: 2)
    let number = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) : nil
    status = number.flatMap { (100...999).contains($0) ? $0 : nil } ?? 0
    switch String(decoding: words[0].dropFirst(5), as: UTF8.self) {
    case "1.0": version = 10
    case "2", "2.0": version = 20
    case "3", "3.0": version = 30
    default: version = 11
    }
  }

  /// Two lengths that differ may hide a second answer in the first (RFC 9112, section 6.3).
  private func check() throws(FetchError) {
    let lengths = headers.all("content-length").joined(separator: ",").split(separator: ",")
      .map { $0.filter { $0 != " " } }
    guard Set(lengths).count < 2 else { throw .badHead(reason: "two lengths") }
  }
}
