/// A page as a flat tree: every element and run of text in document order, in one array.
///
/// Contract: made by `HTMLTree(bytes)` from valid UTF-8, in time and memory linear in
/// its size. A node is its index. The descendants of `node` are `node + 1 ..< end(node)`, so a
/// subtree is a range, a walk is a loop, and no code here recurses. Text and attribute values are
/// ranges of one buffer in which character references are already decoded; attribute and tag names
/// are in lower case. Comments, doctypes and processing instructions are not kept.
struct HTMLTree: Sendable {
  typealias Node = Int

  struct Record: Sendable {
    /// How many elements stand above, at most `HTMLTree.depthLimit`.
    var depth: UInt16
    var tag: HTMLTag
    var attributeCount: UInt8
    var parent: Int32
    /// The index after the last descendant.
    var end: Int32
    /// For an element its first attribute; for text the first byte.
    var first: Int32
    /// For text the byte after the last; for an element of an unknown kind its name's first byte.
    var last: Int32
  }

  struct Attribute: Sendable {
    var nameStart: Int32
    var start: Int32
    var end: Int32
    var nameLength: UInt8
    var name: HTMLAttribute
  }

  /// The page with references decoded in place; ranges of nodes point into it.
  var bytes: [UInt8]
  var records: [Record]
  var attributes: [Attribute]
  /// Whether something was nested deeper than `depthLimit`, and so flattened.
  var isCutInDepth = false
  /// Whether there were more nodes than `nodeLimit`; what came after is missing.
  var isCutInNodes = false

  /// Real pages nest 100 deep at most; recursion further on relies on this.
  static let depthLimit = 256
  static let attributeLimit = 64
  static let nodeLimit = 800_000

  /// The root: an `html` element that every page has.
  static let root: Node = 0

  var count: Int { records.count }

  /// What had to be cut, in sentences for people.
  var cuts: [String] {
    var cuts: [String] = []
    if isCutInDepth {
      cuts.append("Nested deeper than \(Self.depthLimit) levels; the rest was flattened.")
    }
    if isCutInNodes { cuts.append("Too many elements; the page was cut.") }
    return cuts
  }
}

// MARK: - Walking

extension HTMLTree {
  @inline(__always) func tag(_ node: Node) -> HTMLTag { records[node].tag }
  @inline(__always) func isText(_ node: Node) -> Bool { records[node].tag == .text }
  @inline(__always) func isElement(_ node: Node) -> Bool { records[node].tag != .text }
  /// The element that holds the node; `nil` for the root.
  @inline(__always) func parent(_ node: Node) -> Node? {
    let parent = records[node].parent
    return parent < 0 ? nil : Int(parent)
  }
  /// The index after the node's last descendant.
  @inline(__always) func end(_ node: Node) -> Node { Int(records[node].end) }
  @inline(__always) func depth(_ node: Node) -> Int { Int(records[node].depth) }
  /// All nodes below, in document order.
  @inline(__always) func descendants(_ node: Node) -> Range<Node> { node + 1..<end(node) }
  /// The node and all below it.
  @inline(__always) func subtree(_ node: Node) -> Range<Node> { node..<end(node) }

  func firstChild(_ node: Node) -> Node? { node + 1 < end(node) ? node + 1 : nil }

  func nextSibling(_ node: Node) -> Node? {
    guard let parent = parent(node) else { return nil }
    let next = end(node)
    return next < end(parent) ? next : nil
  }

  /// The element before this one under the same parent; text in between is passed.
  func previousElement(_ node: Node) -> Node? {
    guard let parent = parent(node) else { return nil }
    var here = node - 1
    while here > parent {
      while let above = self.parent(here), above != parent { here = above }
      if isElement(here) { return here }
      here -= 1
    }
    return nil
  }

  func contains(_ ancestor: Node, _ node: Node) -> Bool { subtree(ancestor).contains(node) }

  /// The direct children, elements and text, in order.
  func children(_ node: Node) -> Children {
    Children(tree: self, upcoming: node + 1, end: end(node))
  }

  /// Parent, grandparent, … up to the root.
  func ancestors(_ node: Node) -> Ancestors { Ancestors(tree: self, upcoming: parent(node)) }

  /// The first descendant with the tag.
  func first(_ tag: HTMLTag, in node: Node) -> Node? {
    descendants(node).first { records[$0].tag == tag }
  }

  /// The nearest node, itself or above, for which the test holds.
  func closest(_ node: Node, where test: (Node) -> Bool) -> Node? {
    var next: Node? = node
    while let here = next {
      if test(here) { return here }
      next = parent(here)
    }
    return nil
  }

  struct Children: Sequence, IteratorProtocol {
    let tree: HTMLTree
    var upcoming: Node
    let end: Node

    mutating func next() -> Node? {
      guard upcoming < end else { return nil }
      defer { upcoming = tree.end(upcoming) }
      return upcoming
    }
  }

  struct Ancestors: Sequence, IteratorProtocol {
    let tree: HTMLTree
    var upcoming: Node?

    mutating func next() -> Node? {
      defer { upcoming = upcoming.flatMap { tree.parent($0) } }
      return upcoming
    }
  }
}

// MARK: - Text

extension HTMLTree {
  /// A text node's bytes, white space as it is in the page.
  @inline(__always) func textBytes(_ node: Node) -> ArraySlice<UInt8> {
    let record = records[node]
    return bytes[Int(record.first)..<Int(record.last)]
  }

  /// The text that a reader sees in the subtree: white space folded, a line end for each block.
  ///
  /// Scripts, styles and the like are left out, and so is whatever `skip` says; `limit` is in bytes.
  func text(
    _ node: Node, limit: Int = 100_000, skip: (Node) -> Bool = { _ in false }
  ) -> String {
    var out = FoldedText()
    var next = node
    let end = self.end(node)
    while next < end, out.bytes.count < limit {
      let record = records[next]
      if record.tag == .text {
        out.append(start(of: record, limit: limit))
      } else {
        if HTMLTag.unseen.contains(record.tag) || (next != node && skip(next)) {
          next = Int(record.end)
          continue
        }
        if record.tag == .br || !record.tag.isInline { out.breakLine() }
      }
      next += 1
      // Blocks end where their last descendant ends.
      var above = Int(records[next - 1].parent)
      while above >= node, Int(records[above].end) == next {
        if !records[above].tag.isInline { out.breakLine() }
        above = Int(records[above].parent)
      }
    }
    return out.string
  }

  /// As much of a run of text as a reader of `limit` bytes needs, white space to be folded included.
  ///
  /// Elements that stand too deep are flattened, so one run may be a whole page, which each of the
  /// elements around it would read.
  @inline(__always)
  private func start(of text: Record, limit: Int) -> ArraySlice<UInt8> {
    let (first, last) = (Int(text.first), Int(text.last))
    var end = min(last, first + 4 * limit + 1024)
    // Not within a character.
    while end < last, end > first, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes[first..<end]
  }

  /// The same in one line.
  func line(_ node: Node, limit: Int = 10_000) -> String {
    var text = text(node, limit: limit)
    if text.utf8.contains(0x0A) {
      text = String(decoding: text.utf8.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
    }
    return text
  }

  /// The bytes inside a script or style element as they are.
  func rawText(_ node: Node) -> ArraySlice<UInt8> {
    guard node + 1 < end(node), isText(node + 1) else { return [] }
    return textBytes(node + 1)
  }
}
