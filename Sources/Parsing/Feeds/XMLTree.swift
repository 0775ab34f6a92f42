/// Builds elements from a document's events, and returns entries one by one.
///
/// An element that cannot be nested (an item in an item) closes the one that was left open, an end tag
/// without its element is ignored, and elements deeper than ``depthLimit`` are flattened. If the
/// document is truncated, the open entry is dropped but nothing before it, so that a prefix of a feed
/// gives a prefix of its entries. Memory is bounded by the open elements and those outside of entries.
struct XMLTree {
  /// The deepest nesting of elements; real feeds are a dozen deep, and the XHTML in them a few dozen.
  static let depthLimit = 128
  /// The most bytes of text in one element; more are cut.
  static let textLimit = 4 << 20
  /// The most elements outside of entries, or in one entry; more are ignored.
  static let elementLimit = 100_000

  /// A limit that a document can exceed.
  enum Limit: CaseIterable { case depth, text }

  /// The root without the entries; `nil` if the document has no element.
  private(set) var root: XMLElement?
  /// Whether the document is truncated: it ends within an entry, a tag or its root.
  private(set) var isCut = false
  /// The limits that the document exceeds.
  private(set) var limitsMet: Set<Limit> = []

  private var scan: XMLScan
  private var open: [Frame] = []
  /// How many open elements have a name with each hash; this detects most stray end tags.
  private var openCount = [UInt16](repeating: 0, count: 256)
  private var names = XMLNames()
  /// Text that belongs to the innermost open element.
  private var text: [UInt8] = []
  private var elements = 0
  /// How many open elements are deeper than the limit.
  private var flattened = 0
  private let isEntry: (XMLElement) -> Bool

  private struct Frame {
    var element: XMLElement
    var name: Range<Int>
    var hash: UInt8
    var isEntry: Bool
    /// Namespaces that the element declares.
    var declared: Int
  }

  /// Reads a document from `start` on; `isEntry` decides whether an element, whose content is not read
  /// yet, is an entry to be returned.
  init(
    _ bytes: [UInt8], from start: Int = 0, address: String? = nil,
    isEntry: @escaping (XMLElement) -> Bool = { _ in false }
  ) {
    scan = XMLScan(bytes, from: start)
    self.address = address
    self.isEntry = isEntry
  }

  /// The document's address, to which the outermost `xml:base` may be relative.
  private let address: String?

  /// Reads up to the end of the next entry; `nil` at the end of the document.
  mutating func nextEntry() -> XMLElement? {
    while let event = scan.next() {
      switch event {
      case .text(let range): append(range, isLiteral: false)
      case .literal(let range): append(range, isLiteral: true)
      case .end(let name): if let entry = end(name) { return entry }
      case .begin(let tag): if let entry = begin(tag) { return entry }
      }
    }
    finish()
    return nil
  }

  private mutating func append(_ range: Range<Int>, isLiteral: Bool) {
    guard let parent = open.last else { return }
    // White space between the elements of a feed or an entry is not text.
    let isBetween = parent.isEntry || open.count < 3
    if isBetween, text.isEmpty, scan.bytes[range].allSatisfy(\.isSpace) { return }
    let room = Self.textLimit - text.count
    if range.count > room { limitsMet.insert(.text) }
    scan.append(range.prefix(max(0, room)), isLiteral: isLiteral, to: &text)
  }

  private mutating func endText() {
    guard !text.isEmpty else { return }
    if let last = open.indices.last {
      open[last].element.nodes.append(.text(String(decoding: text, as: UTF8.self)))
    }
    text.removeAll(keepingCapacity: true)
  }

  private mutating func finish() {
    endText()
    isCut = scan.isCut || !open.isEmpty
    while !open.isEmpty { _ = pop(isWhole: false) }
  }
}

// MARK: - Elements

extension XMLTree {
  /// Begins an element; returns the entry that it closes, if any.
  private mutating func begin(_ tag: XMLScan.Tag) -> XMLElement? {
    endText()
    guard open.count < Self.depthLimit, elements < Self.elementLimit else {
      limitsMet.insert(.depth)
      if !tag.isEmpty { flattened += 1 }
      return nil
    }
    let declared = names.declare(tag, scan)
    let element = names.element(tag, scan)
    element.base = base(of: element)
    element.language = language(of: element) ?? open.last?.element.language
    let isEntry = isEntry(element)
    var finished: XMLElement?
    if isEntry, let unfinished = open.firstIndex(where: \.isEntry) {
      finished = pop(through: unfinished)
    }
    if endsField(element) { _ = pop(isWhole: true) }
    elements += 1
    let hash = hash(tag.name)
    open.append(
      Frame(element: element, name: tag.name, hash: hash, isEntry: isEntry, declared: declared))
    openCount[Int(hash)] += 1
    guard tag.isEmpty else { return finished }
    let empty = pop(isWhole: true)
    return finished ?? empty
  }

  /// Whether an element is a field of RSS that begins where a text-only field was left open.
  private func endsField(_ element: XMLElement) -> Bool {
    guard element.space == .core, let field = open.last?.element, field.space == .core else {
      return false
    }
    return Self.textFields.contains(field.name)
      && (Self.textFields.contains(element.name) || Self.mixedFields.contains(element.name))
  }

  /// Fields of an entry that contain no elements, and those that may.
  private static let textFields: Set<String> = [
    "title", "link", "guid", "pubdate", "comments", "category",
  ]
  private static let mixedFields: Set<String> = ["description", "enclosure", "author", "source"]

  private mutating func end(_ name: Range<Int>) -> XMLElement? {
    if flattened > 0 {
      flattened -= 1
      return nil
    }
    let hash = hash(name)
    guard openCount[Int(hash)] > 0,
      let place = open.lastIndex(where: {
        $0.hash == hash && scan.bytes[$0.name] == scan.bytes[name]
      })
    else { return nil }
    endText()
    return pop(through: place)
  }

  private mutating func pop(through place: Int) -> XMLElement? {
    var entry: XMLElement?
    while open.count > place { entry = pop(isWhole: true) ?? entry }
    return entry
  }

  /// Ends the innermost element; returns it if it is an entry and complete.
  private mutating func pop(isWhole: Bool) -> XMLElement? {
    endText()
    let frame = open.removeLast()
    openCount[Int(frame.hash)] -= 1
    names.forget(frame.declared)
    if frame.isEntry {
      elements = 0
      return isWhole ? frame.element : nil
    }
    if let parent = open.indices.last {
      open[parent].element.nodes.append(.element(frame.element))
    } else if root == nil {
      root = frame.element
    }
    return nil
  }

  private func hash(_ name: Range<Int>) -> UInt8 {
    UInt8(truncatingIfNeeded: NameTable.hash(scan.bytes.span.extracting(name)))
  }

  /// A BCP 47 tag; some feeds write it with an underscore.
  private func language(of element: XMLElement) -> String? {
    element.attribute("lang", .xml).map { tag in
      String(String(folding: tag).map { $0 == "_" ? "-" : $0 })
    }
  }

  private func base(of element: XMLElement) -> String? {
    let outer = open.last?.element.base
    guard let written = element.attribute("base", .xml) else { return outer }
    return FeedAddress.base(written, outer ?? address)
  }
}
