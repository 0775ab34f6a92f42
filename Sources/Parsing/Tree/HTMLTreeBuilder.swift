/// Builds the flat tree from tags, closing what HTML lets authors leave open.
///
/// Contract: called in document order. The rules are those of the HTML standard
/// that change what a reader sees: implied ends of paragraphs, items, cells and options, inline end
/// tags that never close a block, table walls that no stray end tag passes, one head and one body.
/// Formatting is not carried over misnested blocks. Work for each tag is bounded by the depth limit,
/// and the count of open elements by kind answers most stray end tags at once.
struct HTMLTreeBuilder {
  var records: [HTMLTree.Record] = []
  var attributes: [HTMLTree.Attribute] = []
  private(set) var isCutInDepth = false
  private var open: [Int32] = []
  private var openCount = [Int32](repeating: 0, count: 256)
  private var sawBody = false

  init(byteCount: Int) {
    records.reserveCapacity(min(byteCount / 24 + 16, HTMLTree.nodeLimit))
    attributes.reserveCapacity(min(byteCount / 48 + 16, HTMLTree.nodeLimit))
    open.reserveCapacity(HTMLTree.depthLimit + 1)
    add(.html)
  }

  var isFull: Bool { records.count >= HTMLTree.nodeLimit }

  private var top: HTMLTag { records[Int(open[open.count - 1])].tag }

  @discardableResult private mutating func add(_ tag: HTMLTag, first: Int = 0, last: Int = 0) -> Int
  {
    let index = records.count
    records.append(
      HTMLTree.Record(
        depth: UInt16(truncatingIfNeeded: open.count), tag: tag, attributeCount: 0,
        parent: open.last ?? -1, end: Int32(index + 1), first: Int32(first), last: Int32(last)))
    if tag != .text, !HTMLTag.voids.contains(tag) {
      if open.count < HTMLTree.depthLimit {
        open.append(Int32(index))
        openCount[Int(tag.rawValue)] += 1
      } else {
        isCutInDepth = true
      }
    }
    return index
  }

  private mutating func pop() {
    let index = Int(open.removeLast())
    records[index].end = Int32(records.count)
    openCount[Int(records[index].tag.rawValue)] -= 1
  }

  /// Pops until the element at the place in the stack is gone too.
  private mutating func pop(through place: Int) { while open.count > place { pop() } }

  mutating func finish() { pop(through: 0) }
}

// MARK: - Events

extension HTMLTreeBuilder {
  mutating func text(_ first: Int, _ last: Int, isBlank: Bool) {
    guard !isFull else { return }
    if open.count <= 2, !isBlank { leaveHead() }
    if isBlank, open.count <= 1 { return }
    add(.text, first: first, last: last)
  }

  /// Begins an element; attributes are those appended since `firstAttribute`.
  mutating func begin(
    _ tag: HTMLTag, nameStart: Int, firstAttribute: Int, isSelfClosing: Bool
  ) {
    guard !isFull else { return attributes.removeLast(attributes.count - firstAttribute) }
    switch tag {
    case .html: return take(firstAttribute, for: 0)
    case .body:
      if sawBody { return attributes.removeLast(attributes.count - firstAttribute) }
      pop(through: 1)
      sawBody = true
    case .head:
      if sawBody || records.count > 1 { return }
    default:
      if open.count <= 2, !HTMLTag.headOnly.contains(tag) { leaveHead() }
      closeImplied(by: tag)
    }
    let index = add(tag, first: firstAttribute, last: nameStart)
    take(firstAttribute, for: index)
    if isSelfClosing, tag == .other || tag == .svg || tag == .math, Int(open.last ?? -1) == index {
      pop()
    }
  }

  private mutating func take(_ firstAttribute: Int, for index: Int) {
    guard records[index].attributeCount == 0 else {
      return attributes.removeLast(attributes.count - firstAttribute)
    }
    records[index].first = Int32(firstAttribute)
    records[index].attributeCount = UInt8(truncatingIfNeeded: attributes.count - firstAttribute)
  }

  /// Ends an element; `matches` tells whether an unknown element has the name of the end tag.
  mutating func end(_ tag: HTMLTag, matches: (Int) -> Bool) {
    if tag == .html || tag == .body { return }
    guard openCount[Int(tag.rawValue)] > 0 else { return }
    let isInline = HTMLTag.formatting.contains(tag) || tag == .other
    var place = open.count - 1
    while place > 0 {
      let node = Int(open[place])
      let here = records[node].tag
      if here == tag, tag != .other || matches(Int(records[node].last)) {
        return pop(through: place)
      }
      if HTMLTag.walls.contains(here), tag != .table, !HTMLTreeBuilder.tableParts.contains(tag) {
        return
      }
      if here == .table, tag != .table { return }
      if isInline, !here.isInline { return }
      place -= 1
    }
  }

  /// Leaves the head, or begins the body that the page did not.
  private mutating func leaveHead() {
    guard !sawBody else { return }
    pop(through: 1)
    sawBody = true
    add(.body)
  }
}

// MARK: - What a tag closes

extension HTMLTreeBuilder {
  private static let tableParts = HTMLTag.Group(.tr, .td, .th, .tbody, .thead, .tfoot, .caption)
  private static let itemWalls = HTMLTag.Group(.ul, .ol, .menu, .dir, .table, .td, .th, .html)
  private static let definitionWalls = HTMLTag.Group(.dl, .table, .td, .th, .html)
  private static let paragraphWalls = HTMLTag.Group(.table, .td, .th, .caption, .button, .html)
  private static let rowWalls = HTMLTag.Group(.table, .html)

  private mutating func closeImplied(by tag: HTMLTag) {
    if HTMLTag.closesParagraph.contains(tag) { close(HTMLTag.Group(.p), .p, Self.paragraphWalls) }
    switch tag {
    case .li: close(HTMLTag.Group(.li), .li, Self.itemWalls)
    case .dt, .dd:
      close(HTMLTag.Group(.dt, .dd), .dt, Self.definitionWalls, or: .dd)
    case .tr:
      close(HTMLTag.Group(.tr), .tr, Self.rowWalls)
      close(HTMLTag.Group(.caption), .caption, Self.rowWalls)
    case .td, .th:
      close(HTMLTag.Group(.td, .th), .td, HTMLTag.Group(.table, .tr, .html), or: .th)
    case .tbody, .thead, .tfoot:
      close(HTMLTag.Group(.tbody, .thead, .tfoot), .tbody, Self.rowWalls, or: .thead, .tfoot)
    case .a:
      // A link in a link is the first one left open.
      close(HTMLTag.Group(.a), .a, Self.paragraphWalls)
    case .option, .optgroup: if top == .option { pop() }
    case .h1, .h2, .h3, .h4, .h5, .h6: if HTMLTag.headings.contains(top) { pop() }
    default: break
    }
  }

  private mutating func close(
    _ group: HTMLTag.Group, _ tags: HTMLTag, _ walls: HTMLTag.Group, or more: HTMLTag...
  ) {
    guard
      openCount[Int(tags.rawValue)] > 0 || more.contains(where: { openCount[Int($0.rawValue)] > 0 })
    else { return }
    var place = open.count - 1
    while place > 0 {
      let here = records[Int(open[place])].tag
      if group.contains(here) { return pop(through: place) }
      if walls.contains(here) { return }
      place -= 1
    }
  }
}
