/// Per-node measurements of a page for the later stages: letters, link letters, class hints.
///
/// Computed in two passes, down for what is inherited and up for sums; linear in the page. A letter
/// counts 1, an ideograph or syllable 2 (a Chinese sentence has half as many characters as an English
/// one has letters), white space 0. `dropped` marks the roots of the subtrees that are furniture.
struct PageStudy {
  let tree: HTMLTree
  var evidence: [Evidence]
  /// Letters in the subtree, without elements that are not rendered (scripts, styles).
  var letters: [Int32]
  /// Letters in the subtree that are inside a link.
  var linkedLetters: [Int32]
  /// Letters of a block's own text, inline descendants included, nested blocks excluded.
  var ownLetters: [Int32]
  /// Letters of running text in the subtree: blocks of at least `Thresholds.minimumSentenceLetters`
  /// that are not mostly links.
  var runningLetters: [Int32]
  /// Number of pictures in the subtree.
  var pictures: [Int32]
  /// Why the subtree is left out of the story; `nil` if it is not.
  var dropped: [Dropped.Kind?]
  var leniency = Leniency.usual
  /// The figures; empty before `FigureFinder.run`.
  var figures = FigureMap()
  /// The text element of a forum page's opening post, which is the story regardless of scores.
  var opening: Int?
  /// The headline's heading element, whose text can differ from the chosen title.
  var headline: Int?

  init(_ tree: HTMLTree) {
    self.tree = tree
    let count = tree.count
    evidence = Array(repeating: [], count: count)
    letters = Array(repeating: 0, count: count)
    linkedLetters = letters
    ownLetters = letters
    runningLetters = letters
    pictures = letters
    dropped = Array(repeating: nil, count: count)
    collectEvidence()
    countLetters()
  }

  func linkDensity(_ node: Int) -> Double {
    letters[node] == 0 ? 0 : Double(linkedLetters[node]) / Double(letters[node])
  }

  /// Whether the node or one of its ancestors is left out of the story.
  func isDropped(_ node: Int) -> Bool {
    var next: Int? = node
    while let here = next {
      if dropped[here] != nil { return true }
      next = tree.parent(here)
    }
    return false
  }

  /// Drops the rejected figures.
  ///
  /// To be called after metadata extraction, since bylines can be in them.
  mutating func dropRejectedFigures() {
    for figure in figures.rejected where dropped[figure.root] == nil {
      dropped[figure.root] = figure.kind
    }
  }

  private mutating func collectEvidence() {
    let tree = tree
    let bytes = tree.bytes.span
    for node in 0..<tree.count {
      let record = tree.records[node]
      guard record.tag != .text, record.attributeCount > 0 else { continue }
      var found: Evidence = []
      let first = Int(record.first)
      for index in first..<first + Int(record.attributeCount) {
        let attribute = tree.attributes[index]
        guard attribute.name == .class || attribute.name == .id else { continue }
        found.formUnion(
          Evidence.read(bytes.extracting(Int(attribute.start)..<Int(attribute.end))))
      }
      evidence[node] = found
    }
  }

  private mutating func countLetters() {
    // The nearest block ancestor and whether there is a link ancestor, inherited by the children.
    var block = [Int32](repeating: 0, count: tree.count)
    var link = [Bool](repeating: false, count: tree.count)
    var ownLinked = ownLetters
    let tree = tree
    let bytes = tree.bytes.span
    var node = 0
    while node < tree.count {
      let record = tree.records[node]
      let parent = max(0, Int(record.parent))
      if record.tag == .text {
        let length = Self.letters(bytes.extracting(Int(record.first)..<Int(record.last)))
        letters[node] = length
        ownLetters[Int(block[parent])] += length
        if link[parent] {
          linkedLetters[node] = length
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
    for node in stride(from: tree.count - 1, to: 0, by: -1) {
      if ownLetters[node] >= Thresholds.minimumSentenceLetters,
        ownLinked[node] * 2 < ownLetters[node],
        !HTMLTag.headings.contains(tree.tag(node))
      {
        runningLetters[node] += ownLetters[node] - ownLinked[node]
      }
      let parent = Int(tree.records[node].parent)
      if tree.tag(node) == .img || tree.tag(node) == .ampImg { pictures[node] = 1 }
      pictures[parent] += pictures[node]
      letters[parent] += letters[node]
      linkedLetters[parent] += linkedLetters[node]
      runningLetters[parent] += runningLetters[node]
    }
  }

  private static func letters(_ bytes: Span<UInt8>) -> Int32 {
    var count: Int32 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte < 0x80 {
        count += byte.isSpace ? 0 : 1
      } else if byte >= 0xC3 {
        count += byte >= 0xE3 && byte <= 0xED ? 2 : 1
      }
    }
    return count
  }
}
