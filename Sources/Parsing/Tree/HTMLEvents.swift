import CLibXML

/// Runs the HTML parser library over a page and hands its events to the tree builder.
///
/// Contract: the only file that sees libxml2. The library reads tags, attributes and text of the
/// page that `PageScan` made safe, and reports them one by one (its SAX interface), so no C node is
/// ever made and nothing of C outlives the call. It asks nothing of disk or network, and its
/// complaints about markup are not kept: a page is what it is.
///
/// A value whose address the library is given for the time of one call: a class would be asked at
/// each of a page's events whether someone else holds it.
struct HTMLEvents {
  private let page: UnsafeBufferPointer<UInt8>
  private let scripts: [Range<Int>]
  private let values: [Range<Int32>]
  private var builder: HTMLTreeBuilder
  /// Values, names and text, one after another; what the tree's ranges point into.
  private var bytes: [UInt8]
  /// The names read last, each in the slot of its address.
  private var names = [Name](repeating: Name(), count: 256)
  private var textStart: Int?
  /// Whether the text belongs to a script, a title or the like, which never begins the body.
  private var rawElement: HTMLTag?

  private init(_ page: UnsafeBufferPointer<UInt8>, _ scanned: PageScan.Result) {
    self.page = page
    scripts = scanned.scripts
    values = scanned.values.ranges
    bytes = scanned.values.bytes
    builder = HTMLTreeBuilder(byteCount: page.count)
    bytes.reserveCapacity(max(page.count, bytes.count + page.count / 2))
  }

  /// Makes the tree of a page that is valid UTF-8.
  static func tree(of page: [UInt8]) -> HTMLTree {
    _ = libraryIsReady
    return page.withUnsafeBufferPointer { page in
      // Offsets are kept in 32 bits; the caller refuses larger pages long before.
      let page = UnsafeBufferPointer(rebasing: page.prefix(1 << 29))
      let scanned = PageScan.run(page)
      var events = HTMLEvents(page, scanned)
      withUnsafeMutablePointer(to: &events) { HTMLEvents.run(scanned.bytes, for: $0) }
      events.endText()
      events.builder.finish()
      return HTMLTree(
        bytes: events.bytes, records: events.builder.records,
        attributes: events.builder.attributes,
        isCutInDepth: scanned.isCutInDepth || events.builder.isCutInDepth,
        isCutInNodes: events.builder.isFull)
    }
  }

  /// The library's tables must be made before two threads use it.
  private static let libraryIsReady: Void = xmlInitParser()
}

extension HTMLTree {
  /// Parses a page that is valid UTF-8.
  init(_ bytes: consuming [UInt8]) { self = HTMLEvents.tree(of: bytes) }
}

// MARK: - The library

extension HTMLEvents {
  private static func run(_ page: [UInt8], for events: UnsafeMutablePointer<HTMLEvents>) {
    page.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress, !buffer.isEmpty,
        let context = htmlCreateMemoryParserCtxt(
          UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      else { return }
      defer { htmlFreeParserCtxt(context) }
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOIMPLIED.rawValue
        | HTML_PARSE_IGNORE_ENC.rawValue
      htmlCtxtUseOptions(context, Int32(bitPattern: options))
      // The bytes are UTF-8 already; without this the library guesses at the first that is not ASCII.
      context.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
      context.pointee.sax.pointee = HTMLEvents.handler
      context.pointee.userData = UnsafeMutableRawPointer(events)
      htmlParseDocument(context)
    }
  }

  private static var handler: htmlSAXHandler {
    var handler = htmlSAXHandler()
    handler.startElement = { context, name, attributes in
      HTMLEvents.from(context)?.pointee.begin(name, attributes)
    }
    handler.endElement = { context, name in HTMLEvents.from(context)?.pointee.end(name) }
    handler.characters = { context, text, count in
      HTMLEvents.from(context)?.pointee.text(text, count)
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = handler.characters
    return handler
  }

  @inline(__always)
  private static func from(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<HTMLEvents>?
  {
    context?.assumingMemoryBound(to: HTMLEvents.self)
  }
}

// MARK: - Events

extension HTMLEvents {
  private mutating func text(_ start: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let start, count > 0 else { return }
    if textStart == nil { textStart = bytes.count }
    let text = UnsafeBufferPointer(start: start, count: Int(count))
    if rawElement == .script {
      appendScript(text)
    } else {
      bytes.append(contentsOf: text)
    }
  }

  /// The script of this number, as it stands in the page.
  private mutating func appendScript(_ number: UnsafeBufferPointer<UInt8>) {
    guard let number = number.decimal, number < scripts.count else { return }
    bytes.append(contentsOf: page[scripts[number]])
  }

  private mutating func endText() {
    guard let start = textStart else { return }
    textStart = nil
    let isBlank = rawElement != nil || bytes[start...].allSatisfy(\.isSpace)
    builder.text(start, bytes.count, isBlank: isBlank)
  }

  private mutating func begin(
    _ name: UnsafePointer<xmlChar>?,
    _ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    // First, for a new name is put behind the text.
    endText()
    guard let name = self.name(name) else { return }
    let first = builder.attributes.count
    if let pairs {
      var index = 0
      while let attribute = self.name(pairs[index]) {
        add(attribute, pairs[index + 1])
        index += 2
      }
    }
    builder.begin(
      name.tag, nameStart: Int(name.start), firstAttribute: first, isSelfClosing: false)
    if HTMLTag.rawTexts.contains(name.tag) { rawElement = name.tag }
  }

  private mutating func add(_ name: Name, _ number: UnsafePointer<xmlChar>?) {
    let number = number.flatMap {
      UnsafeBufferPointer(start: $0, count: Int(xmlStrlen($0))).decimal
    }
    let value = number.flatMap { $0 < values.count ? values[$0] : nil } ?? 0..<0
    builder.attributes.append(
      HTMLTree.Attribute(
        name: name.attribute, nameStart: name.start, nameLength: name.length,
        start: value.lowerBound, end: value.upperBound))
  }

  private mutating func end(_ name: UnsafePointer<xmlChar>?) {
    // First, for a new name is put behind the text.
    endText()
    guard let name = self.name(name) else { return }
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
    var address: UnsafePointer<xmlChar>?
    var tag = HTMLTag.other
    var attribute = HTMLAttribute.other
    var start: Int32 = 0
    var length: UInt8 = 0
  }

  /// Reads a name: the library keeps each in one place, so most are known by their address.
  private mutating func name(_ address: UnsafePointer<xmlChar>?) -> Name? {
    guard let address else { return nil }
    let slot = (Int(bitPattern: address) ^ Int(bitPattern: address) >> 8) & (names.count - 1)
    if names[slot].address == address { return names[slot] }
    let text = UnsafeBufferPointer(start: address, count: Int(xmlStrlen(address)))
    let name = Name(
      address: address,
      tag: NameTable.tags.find(text).flatMap(HTMLTag.init(rawValue:)) ?? .other,
      attribute: NameTable.attributes.find(text).flatMap(HTMLAttribute.init(rawValue:)) ?? .other,
      start: Int32(bytes.count), length: UInt8(clamping: text.count))
    bytes.append(contentsOf: text)
    bytes.append(0x20)
    names[slot] = name
    return name
  }
}
