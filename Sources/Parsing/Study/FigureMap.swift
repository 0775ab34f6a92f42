/// The figures of a page: for each its root element and the elements after it that belong to it.
///
/// Built before furniture is marked, so that captions are neither dropped as furniture nor become
/// running text. Each figure is one slot; slots are not nested.
struct FigureMap: Sendable {
  struct Slot: Sendable {
    /// The element that holds picture and text.
    var root: Int
    /// The picture; `nil` for a media player.
    var picture: Int?
    /// Whether the page marks the text as a caption.
    var isNamed = true
    /// The elements with caption and credit that follow the root.
    var following: [Int] = []
  }

  private(set) var pictures = Pictures()
  /// Pictures with text that are not figures, with the kind of furniture they are.
  private(set) var rejected: [(root: Int, kind: Dropped.Kind)] = []
  private var slots: [Int: Slot] = [:]
  private var followingNodes: Set<Int> = []
  /// The roots in document order.
  private var roots: [Int] = []

  init() {}
  init(pictures: Pictures) { self.pictures = pictures }

  subscript(root: Int) -> Slot? { slots[root] }
  /// Whether the element belongs to a figure whose root precedes it.
  func isPart(_ node: Int) -> Bool { followingNodes.contains(node) }

  /// The first figure inside the node.
  func first(in node: Int, _ tree: HTMLTree) -> Slot? {
    var (low, high) = (0, roots.count)
    while low < high {
      let middle = (low + high) / 2
      if roots[middle] <= node { low = middle + 1 } else { high = middle }
    }
    return low < roots.count && roots[low] < tree.end(node) ? slots[roots[low]] : nil
  }

  mutating func add(_ slot: Slot) {
    slots[slot.root] = slot
    followingNodes.formUnion(slot.following)
  }

  mutating func reject(_ root: Int, _ kind: Dropped.Kind) { rejected.append((root, kind)) }

  mutating func finish() { roots = slots.keys.sorted() }
}
