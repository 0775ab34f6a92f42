internal import Stories

/// By what an entry is known again in its feed: hashes of 64 bits of what it says.
///
/// A collision would concern two entries of one feed only.
struct EntryKeys: Sendable, Hashable {
  /// The guid; without one the link, and without that title, date and text.
  var key: Int64
  /// The guid without scheme, `www.` and host, where it is an address with more than a host.
  var bare: Int64?
  /// The link in `Identity.sharedForm`.
  var link: Int64?
  var title: Int64
  /// Title and text, where there is some text.
  var content: Int64?
  /// How many words the text has.
  var words: Int
  /// Whether the key is a guid.
  var hasGuid: Bool

  /// A text of fewer words is not taken for one that no other entry has.
  static let fewWords = 8
  /// Longer guids are cut, in bytes.
  static let guidLimit = 2048

  init(
    guid: String?, link: String?, title: String, text: [UInt8], published: Timestamp?
  ) {
    let guid = guid.flatMap { $0.isEmpty ? nil : String($0.utf8.prefix(Self.guidLimit)) ?? $0 }
    let shared = link.flatMap(Identity.sharedForm)
    let title = Self.folded(title)
    words = wordCount(text)
    hasGuid = guid != nil
    self.link = shared.map { Hash.number("link", $0) }
    self.title = Hash.number("title", title)
    content = words >= Self.fewWords ? Hash.number("content", title, text: text) : nil
    bare = guid.flatMap(Self.bare).map { Hash.number("bare", $0) }
    if let guid {
      key = Hash.number("guid", guid)
    } else if let shared {
      key = Hash.number("link", shared)
    } else {
      let day = published.map { String($0.seconds) } ?? ""
      key = Hash.number("item", title, day, link ?? "", text: text)
    }
  }

  init(
    key: Int64, bare: Int64? = nil, link: Int64? = nil, title: Int64, content: Int64? = nil,
    words: Int = 0, hasGuid: Bool = true
  ) {
    self.key = key
    self.bare = bare
    self.link = link
    self.title = title
    self.content = content
    self.words = words
    self.hasGuid = hasGuid
  }

  /// A title in lower case with its runs of white space made one.
  private static func folded(_ title: String) -> String {
    title.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What stands behind the host of an address, without tracking parameters; `nil` for other guids.
  private static func bare(_ guid: String) -> String? {
    let address = guid.hasPrefix("//") ? "http:" + guid : guid
    guard let shared = Identity.sharedForm(address), let slash = shared.firstIndex(of: "/") else {
      return nil
    }
    return String(shared[slash...])
  }
}

extension Hash {
  /// A hash of 64 bits of some strings, of which the first says what they are.
  static func number(_ kind: String, _ strings: String..., text: [UInt8]? = nil) -> Int64 {
    var hash = Hash(size: 8)
    hash.add(field: kind)
    for string in strings { hash.add(field: string) }
    if let text { hash.add(field: text) }
    return hash.finishNumber()
  }

  /// The first eight bytes of the hash as a number.
  mutating func finishNumber() -> Int64 {
    Int64(bitPattern: finish().prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}

/// The hash of all that a feed says of an entry: equal means that nothing at all has changed.
///
/// Add each value with `add(_:)` and take the number by `finish()`.
package struct EntryHash: Sendable {
  private var hash = Hash(size: 8)

  package init() {}

  package mutating func add(_ text: String?) { hash.add(field: text) }

  /// Adds a number of things that are added next, so that two lists are not their sum.
  package mutating func add(count: Int) { hash.add(field: String(count)) }

  package mutating func finish() -> Int64 { hash.finishNumber() }
}
