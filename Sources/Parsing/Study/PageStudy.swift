/// The numbers that every later stage asks of a page: text, links and evidence, node by node.
///
/// Contract: two passes, one down for what is inherited and one up for sums; linear in the page. A
/// letter counts 1, an ideograph or syllable 2 (a Chinese sentence has half as many signs as an
/// English one has letters), white space 0. `dropped` marks the tops of what is furniture.
struct PageStudy {
  let tree: HTMLTree
  var evidence: [Evidence]
  /// Letters of the whole subtree, unseen elements left out.
  var letters: [Int32]
  /// Those of them that stand in a link.
  var linked: [Int32]
  /// Letters of the text that stands directly in a block: its own and that of inline elements.
  var own: [Int32]
  /// Letters of running text in the subtree: blocks of a sentence or more that are no links.
  var running: [Int32]
  /// Pictures in the subtree.
  var pictures: [Int32]
  /// For each node why it is left out; `nil` where it is not.
  var dropped: [Dropped.Kind?]
  var boldness = Boldness.usual
  /// The figures; none before `FigureFinder` has run.
  var figures = FigureMap()
  /// The text of the post that begins a forum's page: the story, whatever votes say.
  var opening: Int?
  /// The heading that says the headline, whose words may be others than those of the title.
  var headline: Int?

  init(_ tree: HTMLTree) {
    self.tree = tree
    let count = tree.count
    evidence = Array(repeating: [], count: count)
    letters = Array(repeating: 0, count: count)
    linked = letters
    own = letters
    running = letters
    pictures = letters
    dropped = Array(repeating: nil, count: count)
    readEvidence()
    countLetters()
  }

  func linkDensity(_ node: Int) -> Double {
    letters[node] == 0 ? 0 : Double(linked[node]) / Double(letters[node])
  }

  /// Whether the node or something above it is left out.
  func isDropped(_ node: Int) -> Bool {
    var next: Int? = node
    while let here = next {
      if dropped[here] != nil { return true }
      next = tree.parent(here)
    }
    return false
  }

  /// Marks what looked like figures and is none; after the metadata were read, which it may hold.
  mutating func dropFigureDoubts() {
    for doubt in figures.doubts where dropped[doubt.root] == nil {
      dropped[doubt.root] = doubt.kind
    }
  }

  private mutating func readEvidence() {
    tree.bytes.withUnsafeBufferPointer { bytes in
      for node in 0..<tree.count {
        let record = tree.records[node]
        guard record.tag != .text, record.attributeCount > 0 else { continue }
        var found: Evidence = []
        let first = Int(record.first)
        for index in first..<first + Int(record.attributeCount) {
          let attribute = tree.attributes[index]
          guard attribute.name == .class || attribute.name == .id else { continue }
          found.formUnion(
            Evidence.read(
              UnsafeBufferPointer(rebasing: bytes[Int(attribute.start)..<Int(attribute.end)])))
        }
        evidence[node] = found
      }
    }
  }

  private mutating func countLetters() {
    // The nearest block and the nearest link above, known when the children are reached.
    var block = [Int32](repeating: 0, count: tree.count)
    var link = [Bool](repeating: false, count: tree.count)
    var ownLinked = own
    tree.bytes.withUnsafeBufferPointer { bytes in
      var node = 0
      while node < tree.count {
        let record = tree.records[node]
        let parent = max(0, Int(record.parent))
        if record.tag == .text {
          let length = Self.letters(bytes[Int(record.first)..<Int(record.last)])
          letters[node] = length
          own[Int(block[parent])] += length
          if link[parent] {
            linked[node] = length
            ownLinked[Int(block[parent])] += length
          }
        } else {
          if HTMLTag.unseen.contains(record.tag), node != 0 {
            node = Int(record.end)
            continue
          }
          block[node] = record.tag.isInline ? block[parent] : Int32(node)
          link[node] = link[parent] || record.tag == .a
        }
        node += 1
      }
    }
    for node in stride(from: tree.count - 1, to: 0, by: -1) {
      if own[node] >= Thresholds.sentence, ownLinked[node] * 2 < own[node],
        !HTMLTag.headings.contains(tree.tag(node))
      {
        running[node] += own[node] - ownLinked[node]
      }
      let parent = Int(tree.records[node].parent)
      if tree.tag(node) == .img || tree.tag(node) == .ampImg { pictures[node] = 1 }
      pictures[parent] += pictures[node]
      letters[parent] += letters[node]
      linked[parent] += linked[node]
      running[parent] += running[node]
    }
  }

  static func letters(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int32 {
    var count: Int32 = 0
    for byte in bytes {
      if byte < 0x80 {
        count += byte.isSpace ? 0 : 1
      } else if byte >= 0xC3 {
        count += byte >= 0xE3 && byte <= 0xED ? 2 : 1
      }
    }
    return count
  }
}
