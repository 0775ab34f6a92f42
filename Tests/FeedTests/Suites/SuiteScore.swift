import Stories

@testable import Parsing

/// How many of a suite's expectations our parser meets.
struct SuiteScore {
  var met = 0
  var total = 0
  /// The first that are not met: the file, the path, what is expected and what there is.
  var misses: [String] = []

  var share: Double { total == 0 ? 0 : Double(met) / Double(total) }

  /// The figures and the first misses.
  var words: String {
    "\(met) of \(total)\n" + misses.prefix(20).joined(separator: "\n")
  }

  mutating func count(_ isMet: Bool, _ miss: @autoclosure () -> String) {
    total += 1
    if isMet { met += 1 } else { misses.append(miss()) }
  }

  /// Scores one file of gofeed's suite, whose expectation is a JSON document beside it.
  mutating func addGofeed(_ feed: [UInt8], expected: [UInt8], folder: String, name: String) {
    var parser = JSONParser(bytes: expected, keepsLines: true)
    let theirs = SuiteValue(json: parser.nextValue(limit: 100_000))
    let document = SuiteDocument(Page(bytes: feed))
    let ours = document.map { GofeedShape.value($0, folder: folder) } ?? .object([:])
    for (path, text) in theirs.leaves where !text.isEmpty {
      let place = path.joined(separator: ".")
      guard case .text(let found, let base)? = ours[path[...]] else {
        count(false, "\(name) \(place): expected \(text), found nothing")
        continue
      }
      let isMet =
        SuiteComparison.isEqual(found, text, base: base)
        || SuiteComparison.isSameTime(found, text)
      count(isMet, "\(name) \(place): expected \(text), found \(found)")
    }
  }

  private static let server = "http://127.0.0.1:8097/feed.xml"

  /// Scores one file of feedparser's suite, which holds its own expectation.
  mutating func addFeedparser(_ file: [UInt8], name: String) {
    guard let expectation = FeedparserExpectation(file) else { return }
    // The address of the server that its own tests start.
    let address = expectation.address.map { FeedAddress.resolved($0, Self.server) } ?? Self.server
    let page = Page(bytes: file, address: address, charset: expectation.charset)
    let document = SuiteDocument(page)
    let ours = document.map { FeedparserShape(document: $0).value } ?? .object([:])
    for (path, text) in expectation.texts {
      let place = path.joined(separator: ".")
      if path == ["encoding"] {
        count(document.map { Self.isRead($0, file, in: text) } ?? false, "\(name) encoding \(text)")
        continue
      }
      guard case .text(let found, let base)? = ours[path[...]] else {
        count(text.isEmpty, "\(name) \(place): expected \(text), found nothing")
        continue
      }
      let isMet =
        SuiteComparison.isEqual(found, text, base: base ?? address)
        || SuiteComparison.isSameTime(found, text)
      count(isMet, "\(name) \(place): expected \(text), found \(found)")
    }
  }

  /// Whether a file gave the text that it has in an encoding: bytes of ASCII alone are in many.
  private static func isRead(_ document: SuiteDocument, _ file: [UInt8], in label: String) -> Bool {
    let ours = CharsetLabels.encoding(document.parsed.encoding) ?? document.parsed.encoding
    guard let theirs = CharsetLabels.encoding(label) else { return ours == label.uppercased() }
    if ours == theirs { return true }
    return Conversion(file, from: theirs).map { $0.bytes == document.text } ?? false
  }
}
