import CPageLibraries
import Glibc

/// Runs the HTML parser library over a page and hands its events to the tree builder.
///
/// Contract: the only file that calls libxml2. The library reads the tags that `PageScan` left, and
/// reports them one by one (its SAX interface), so no C node is ever made and nothing of C outlives
/// the call. It asks nothing of disk or network, and its complaints about markup are not kept: a page
/// is what it is.
///
/// A value whose address the library is given for the time of one call: a class would be asked at
/// each of a page's events whether someone else holds it.
struct HTMLEvents {
  /// Where the page's text and values stand in `bytes`, by their numbers in the markup.
  private let strings: [Range<Int32>]
  private var builder: HTMLTreeBuilder
  /// Text, values and names; what the tree's ranges point into.
  private var bytes: [UInt8]
  /// The names read last, each in the slot of its address.
  private var names = [Name](repeating: Name(), count: 256)
  /// Where the text since the last tag stands in `bytes`.
  private var text: Range<Int>?
  /// Whether the text belongs to a script, a title or the like, which never begins the body.
  private var rawElement: HTMLTag?

  private init(_ strings: consuming PageStrings, pageSize: Int) {
    self.strings = strings.ranges
    bytes = strings.bytes
    builder = HTMLTreeBuilder(byteCount: pageSize)
  }

  /// Makes the tree of a page that is valid UTF-8.
  static func tree(of page: [UInt8]) -> HTMLTree {
    // Offsets are kept in 32 bits; the caller refuses larger pages long before.
    let page = page.count < 1 << 29 ? page : Array(page.prefix(1 << 29))
    var scanned = PageScan.run(page)
    var events = HTMLEvents(scanned.strings, pageSize: page.count)
    // Nothing else may hold what the events append to, or it would be copied.
    scanned.strings = PageStrings()
    let markup = scanned.markup
    scanned.markup = []
    events.run(markup)
    events.endText()
    events.builder.finish()
    return HTMLTree(
      bytes: events.bytes, records: events.builder.records,
      attributes: events.builder.attributes,
      isCutInDepth: scanned.isCutInDepth || events.builder.isCutInDepth,
      isCutInNodes: scanned.isCutInNodes || events.builder.isFull)
  }
}

extension HTMLTree {
  /// Parses a page that is valid UTF-8.
  init(_ bytes: [UInt8]) { self = HTMLEvents.tree(of: bytes) }
}

// MARK: - The library

extension HTMLEvents {
  /// Why there is no library to read markup with, in the words of the dynamic linker.
  static var libraryProblem: String? {
    unsafe courant_html_problem().map { unsafe String(cString: $0) }
  }

  /// The version of the library, such as "2.9.14"; `nil` where there is none.
  static var libraryVersion: String? {
    guard let text = unsafe courant_html_version() else { return nil }
    // "20914", and behind it what a development version adds.
    let said = unsafe String(cString: text)
    guard let number = Int(said.prefix(while: \.isNumber)) else { return said }
    return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
  }

  private mutating func run(_ markup: consuming [UInt8]) {
    let parser = unsafe markup.withUnsafeBytes {
      unsafe courant_html_create($0.baseAddress, $0.count)
    }
    // The library has a copy.
    markup = []
    guard let parser = unsafe parser else { return }
    var handler = HTMLEvents.handler
    unsafe withUnsafeMutablePointer(to: &self) {
      unsafe courant_html_parse(parser, &handler, $0)
    }
  }

  private static var handler: courant_html_handler {
    unsafe courant_html_handler(
      begin: { unsafe HTMLEvents.from($0)?.pointee.begin($1, $2) },
      end: { unsafe HTMLEvents.from($0)?.pointee.end($1) },
      text: { unsafe HTMLEvents.from($0)?.pointee.add(text: $1, $2) })
  }

  @inline(__always)
  private static func from(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<HTMLEvents>?
  {
    unsafe context?.assumingMemoryBound(to: HTMLEvents.self)
  }
}

// MARK: - Events

extension HTMLEvents {
  private mutating func add(text start: UnsafePointer<UInt8>?, _ count: Int32) {
    guard let start = unsafe start, count > 0,
      let number = unsafe Span(_unsafeStart: start, count: Int(count)).number,
      strings.indices.contains(number)
    else { return }
    let piece = Int(strings[number].lowerBound)..<Int(strings[number].upperBound)
    guard let before = text else { return text = piece }
    if piece.lowerBound == before.upperBound {
      text = before.lowerBound..<piece.upperBound
    } else {
      // A tag with values stood between, of which the library makes nothing.
      join(before, piece)
    }
  }

  /// Makes one text of two, which must stand side by side.
  private mutating func join(_ before: Range<Int>, _ piece: Range<Int>) {
    var start = before.lowerBound
    if before.upperBound < bytes.count {
      start = bytes.count
      bytes.append(contentsOf: bytes[before])
    }
    bytes.append(contentsOf: bytes[piece])
    text = start..<bytes.count
  }

  private mutating func endText() {
    guard let range = text else { return }
    text = nil
    let isBlank = rawElement != nil || bytes[range].allSatisfy(\.isSpace)
    builder.text(range.lowerBound, range.upperBound, isBlank: isBlank)
  }

  private mutating func begin(
    _ name: UnsafePointer<UInt8>?, _ pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    // First, for a new name is put behind the text.
    endText()
    guard let name = unsafe self.name(name) else { return }
    let first = builder.attributes.count
    if let pairs = unsafe pairs {
      var index = 0
      while let attribute = unsafe self.name(pairs[index]) {
        unsafe add(attribute, pairs[index + 1])
        index += 2
      }
    }
    builder.begin(
      name.tag, nameStart: Int(name.start), firstAttribute: first, isSelfClosing: false)
    if HTMLTag.rawTexts.contains(name.tag) { rawElement = name.tag }
  }

  private mutating func add(_ name: Name, _ value: UnsafePointer<UInt8>?) {
    let number = unsafe value.flatMap { unsafe HTMLEvents.buffer($0).span.number }
    let range = number.flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? 0..<0
    builder.attributes.append(
      HTMLTree.Attribute(
        nameStart: name.start, start: range.lowerBound, end: range.upperBound,
        nameLength: name.length, name: name.attribute))
  }

  private mutating func end(_ name: UnsafePointer<UInt8>?) {
    // First, for a new name is put behind the text.
    endText()
    guard let name = unsafe self.name(name) else { return }
    rawElement = nil
    builder.end(name.tag) { [bytes] place in
      let length = Int(name.length)
      let (start, other) = (Int(name.start), place)
      return start == other
        || other + length < bytes.count
          && bytes[start..<start + length] == bytes[other..<other + length]
          && !bytes[other + length].isNameByte
    }
  }
}

// MARK: - Names

extension HTMLEvents {
  /// A name of an element or attribute, and where it stands in `bytes`.
  fileprivate struct Name {
    /// The address of the library's own copy, 0 in a free slot.
    var address = 0
    var tag = HTMLTag.other
    var attribute = HTMLAttribute.other
    var start: Int32 = 0
    var length: UInt8 = 0
  }

  /// Reads a name: the library keeps each in one place, so most are known by their address.
  private mutating func name(_ text: UnsafePointer<UInt8>?) -> Name? {
    guard let text = unsafe text else { return nil }
    let address = Int(bitPattern: text)
    let slot = (address ^ address >> 8) & (names.count - 1)
    if names[slot].address == address { return names[slot] }
    let span = unsafe HTMLEvents.buffer(text).span
    let name = Name(
      address: address,
      tag: NameTable.tags.find(span).flatMap(HTMLTag.init(rawValue:)) ?? .other,
      attribute: NameTable.attributes.find(span).flatMap(HTMLAttribute.init(rawValue:)) ?? .other,
      start: Int32(bytes.count), length: UInt8(clamping: span.count))
    for index in span.indices { bytes.append(span[index]) }
    bytes.append(0x20)
    names[slot] = name
    return name
  }

  /// The bytes up to the NUL.
  private static func buffer(_ text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: text, count: strlen(text))
  }
}
