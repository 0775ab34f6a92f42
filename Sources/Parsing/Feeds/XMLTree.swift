/// Makes elements of a document's events, and hands over entries one by one.
///
/// Elements that stand where no other may (an item in an item) end the one that was left open, an end
/// tag without its element is passed over, and deeper elements than ``depthLimit`` are flattened. The
/// document ends whole, or it is cut: what was open then is lost, but nothing before it, so that a
/// prefix of a feed gives a prefix of its entries. Memory is that of the open elements and of what is
/// outside of entries.
struct XMLTree {
  /// Real feeds nest a dozen deep, and the XHTML in them a few dozen.
  static let depthLimit = 128
  /// Longer text of one element is cut, in bytes.
  static let textLimit = 4 << 20
  /// More elements outside of entries, or in one of them, are passed over.
  static let elementLimit = 100_000

  /// A limit that a document met.
  enum Limit: CaseIterable { case depth, text }

  /// The root without the entries; `nil` where the document has no element.
  private(set) var root: XMLElement?
  /// Whether the document ended within an entry, a tag or its root.
  private(set) var isCut = false
  /// Which limits the document met.
  private(set) var limitsMet: Set<Limit> = []

  private var scan: XMLScan
  private var open: [Frame] = []
  /// How many open elements have a name with this hash; most stray end tags are known by it.
  private var openCount = [UInt16](repeating: 0, count: 256)
  private var names = XMLNames()
  /// Text that belongs to the innermost open element.
  private var text: [UInt8] = []
  private var elements = 0
  /// Elements of this name that are deeper than the limit.
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

  /// Reads a document from `start` on; `isEntry` says of an element whose content is not yet read
  /// whether it is to be handed over.
  init(
    _ bytes: [UInt8], from start: Int = 0, address: String? = nil,
    isEntry: @escaping (XMLElement) -> Bool = { _ in false }
  ) {
    scan = XMLScan(bytes, from: start)
    self.address = address
    self.isEntry = isEntry
  }

  /// The document's own, to which the outermost `xml:base` may be relative.
  private let address: String?

  /// Reads on to the end of the next entry; `nil` at the end of the document.
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
    // White space between the elements of a feed or an entry is none of its text.
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
  /// Begins an element; an entry that it ends is returned, and its own beginning is not lost.
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

  /// Whether an element is a field of RSS that begins where a line of one was left open.
  private func endsField(_ element: XMLElement) -> Bool {
    guard element.space == .core, let field = open.last?.element, field.space == .core else {
      return false
    }
    return Self.lines.contains(field.name)
      && (Self.lines.contains(element.name) || Self.texts.contains(element.name))
  }

  /// Fields of an entry that hold no elements, and those that may.
  private static let lines: Set<String> = [
    "title", "link", "guid", "pubdate", "comments", "category",
  ]
  private static let texts: Set<String> = ["description", "enclosure", "author", "source"]

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

  /// Ends the innermost element: an entry is handed over, unless the document ended in it.
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

  /// A BCP 47 tag; some write it with the underscore of Unix.
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
