@testable import Parsing

/// What a file of feedparser's suite expects, from the comment at its head.
///
/// Read are the expectations that name paths and strings: `entries[0]['title'] == 'text' and …`; others
/// compare Python's own values.
struct FeedparserExpectation {
  /// Paths and the texts that stand there.
  var texts: [(path: [String], text: String)] = []
  /// The charset of the `Content-type` header that the file names.
  var charset: String?
  /// The address of the `Content-Location` header that the file names.
  var address: String?

  /// `nil` for a file without such an expectation.
  init?(_ file: [UInt8]) {
    let head = Self.head(of: file)
    for line in head.split(whereSeparator: \.isNewline) {
      let line = String(line).trimmedOfSpace ?? ""
      let lowered = line.lowercased()
      if lowered.hasPrefix("header:"), let colon = line.dropFirst(7).firstIndex(of: ":") {
        let value = String(line[line.index(after: colon)...]).trimmedOfSpace ?? ""
        let name = line.dropFirst(7)[..<colon].lowercased()
        if name.contains("content-location") { address = value }
        if name.contains("content-type"), let found = value.lowercased().split(separator: "=").last,
          value.lowercased().contains("charset")
        {
          charset = String(found)
        }
      }
      if lowered.hasPrefix("expect:") {
        var reader = ExpressionReader(String(line.dropFirst(7)))
        guard let found = reader.comparisons() else { return nil }
        texts = found
      }
    }
    if texts.isEmpty { return nil }
  }

  /// The first comment, in whatever encoding the file has.
  private static func head(of file: [UInt8]) -> String {
    let text = String(decoding: file.prefix(8192).filter { $0 != 0 }, as: UTF8.self)
    return text
  }
}

/// Reads Python comparisons of paths with strings that are joined by `and`.
private struct ExpressionReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  /// All comparisons; `nil` where there is anything else.
  mutating func comparisons() -> [(path: [String], text: String)]? {
    var found: [(path: [String], text: String)] = []
    while true {
      skip()
      if take("not bozo") || take("bozo") {
        skip()
        guard take("and ") else { return nil }
        continue
      }
      let isEnclosed = take("(")
      var paths: [[String]] = []
      while let path = path() {
        paths.append(path)
        skip()
        guard take("==") else { return nil }
        skip()
        if beginsString { break }
      }
      guard !paths.isEmpty, let text = string() else { return nil }
      found += paths.map { ($0, text) }
      skip()
      if isEnclosed { guard take(")") else { return nil } }
      skip()
      if rest.isEmpty || rest.hasPrefix("-->") { return found }
      guard take("and ") else { return nil }
    }
  }

  private mutating func skip() { rest = rest.drop { $0 == " " || $0 == "\t" } }

  private mutating func take(_ word: String) -> Bool {
    guard rest.hasPrefix(word) else { return false }
    rest = rest.dropFirst(word.count)
    return true
  }

  private var beginsString: Bool {
    ["'", "\"", "u'", "u\"", "b'"].contains { rest.hasPrefix($0) }
  }

  private mutating func path() -> [String]? {
    guard let first = rest.first, first.isLetter, !beginsString else { return nil }
    var parts: [String] = []
    while let next = rest.first {
      if next == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        parts.append(inner.filter { $0 != "'" && $0 != "\"" })
        rest = rest[rest.index(after: end)...]
      } else if next == "." || parts.isEmpty {
        if next == "." { rest = rest.dropFirst() }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty else { return nil }
        parts.append(String(name))
        rest = rest[name.endIndex...]
      } else {
        break
      }
    }
    if rest.hasPrefix("(") { return nil }
    return parts
  }

  /// One string, or several joined by `+`.
  private mutating func string() -> String? {
    var text = ""
    while true {
      guard let part = literal() else { return nil }
      text += part
      skip()
      guard take("+") else { return text }
      skip()
    }
  }

  private mutating func literal() -> String? {
    if rest.hasPrefix("u") || rest.hasPrefix("b") { rest = rest.dropFirst() }
    guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
    rest = rest.dropFirst()
    var out = String.UnicodeScalarView()
    while let next = rest.unicodeScalars.first {
      rest = Substring(rest.unicodeScalars.dropFirst())
      if Character(next) == quote { return String(out) }
      guard next == "\\" else {
        out.append(next)
        continue
      }
      guard let kind = rest.unicodeScalars.first else { return nil }
      rest = Substring(rest.unicodeScalars.dropFirst())
      switch kind {
      case "n": out.append("\n")
      case "t": out.append("\t")
      case "r": out.append("\r")
      case "x": append(hex: 2, &out)
      case "u": append(hex: 4, &out)
      case "U": append(hex: 8, &out)
      default: out.append(kind)
      }
    }
    return nil
  }

  private mutating func append(hex count: Int, _ out: inout String.UnicodeScalarView) {
    let digits = rest.unicodeScalars.prefix(count)
    rest = Substring(rest.unicodeScalars.dropFirst(count))
    if let value = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(value) {
      out.append(scalar)
    }
  }
}
