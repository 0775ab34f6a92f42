import Stories

@testable import Parsing

/// A value of another reader's form: what its suite expects, or what ours is in that form.
indirect enum SuiteValue: Equatable {
  /// A text, and what references in it are relative to.
  case text(String, base: String? = nil)
  case list([SuiteValue])
  case object([String: SuiteValue])

  /// What stands at a path of names and numbers; `nil` where there is nothing.
  subscript(path: ArraySlice<String>) -> SuiteValue? {
    guard let first = path.first else { return self }
    switch self {
    case .text: return nil
    case .list(let items):
      guard let index = Int(first), items.indices.contains(index) else { return nil }
      return items[index][path.dropFirst()]
    case .object(let fields): return fields[first]?[path.dropFirst()]
    }
  }

  /// All texts with their paths.
  var leaves: [(path: [String], text: String)] {
    switch self {
    case .text(let text, _): [([], text)]
    case .list(let items):
      items.enumerated().flatMap { index, item in
        item.leaves.map { ([String(index)] + $0.path, $0.text) }
      }
    case .object(let fields):
      fields.sorted { $0.key < $1.key }.flatMap { key, value in
        value.leaves.map { ([key] + $0.path, $0.text) }
      }
    }
  }

  /// An object of the fields that are there.
  static func of(_ fields: [String: SuiteValue?]) -> SuiteValue {
    .object(fields.compactMapValues { $0 })
  }

  static func of(_ text: String?) -> SuiteValue? {
    text.flatMap { $0.isEmpty ? nil : .text($0) }
  }

  static func of(_ text: FeedText?) -> SuiteValue? {
    text.flatMap { $0.value.isEmpty ? nil : .text($0.value, base: $0.base) }
  }

  static func of(_ number: Int?) -> SuiteValue? { number.map { .text(String($0)) } }

  static func of<Item>(_ items: [Item], _ make: (Item) -> SuiteValue?) -> SuiteValue? {
    items.isEmpty ? nil : .list(items.compactMap(make))
  }

  init(json value: JSONValue) {
    switch value {
    case .null: self = .text("")
    case .bool(let value): self = .text(value ? "true" : "false")
    case .number(let text), .string(let text): self = .text(text)
    case .array(let items): self = .list(items.map { SuiteValue(json: $0) })
    case .object(let pairs):
      self = .object(
        Dictionary(pairs.map { ($0.0, SuiteValue(json: $0.1)) }, uniquingKeysWith: { $1 }))
    }
  }
}

/// A feed as the parser read it, with the elements that it was read from.
struct SuiteDocument {
  var parsed: ParsedFeed
  /// The root without entries; `nil` for JSON.
  var root: XMLElement?
  var items: [XMLElement] = []
  /// The whole of a JSON document.
  var json = JSONValue.null
  var text: [UInt8] = []

  init?(_ page: Page) {
    guard let parsed = try? parseFeed(page) else { return nil }
    self.parsed = parsed
    text = Encoding.decode(page.bytes, charset: page.charset).bytes
    switch FeedDocument.find(text) {
    case .xml(_, let start):
      var tree = XMLTree(text, from: start, address: page.address, isEntry: isFeedEntry)
      while let item = tree.nextEntry() { items.append(item) }
      root = tree.root
    default:
      var parser = JSONParser(bytes: text, keepsLines: true)
      json = parser.nextValue(limit: 100_000)
    }
  }

  var feed: Feed { parsed.feed }

  /// The channel, or the root where there is none.
  var channel: XMLElement? { root?.children.first { $0.name == "channel" } ?? root }
}

/// Compares texts of feeds: white space aside, and markup by what it says.
enum SuiteComparison {
  static func isEqual(_ ours: String, _ theirs: String, base: String? = nil) -> Bool {
    if folded(ours) == folded(theirs) { return true }
    guard (theirs + ours).utf8.contains(where: { $0 == 0x3C || $0 == 0x26 }) else { return false }
    // Markup is written in many ways, and some readers resolve its addresses already.
    let one = FeedText(.html, ours, base: base).blocks()
    let other = FeedText(.html, theirs, base: base).blocks()
    return one == other && (!one.isEmpty || folded(ours).count == folded(theirs).count)
  }

  static func folded(_ text: String) -> String { String(folding: text) }

  /// Whether two texts give one moment.
  static func isSameTime(_ one: String, _ other: String) -> Bool {
    guard let one = FeedDate.parse(one), let other = FeedDate.parse(other) else { return false }
    return one.seconds == other.seconds
  }
}
