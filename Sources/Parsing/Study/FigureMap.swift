/// The figures of a page: for each the element that holds it, and what belongs to it beside.
///
/// Found once, before anything is judged, so that the words of a caption are neither taken for
/// furniture nor for the text. A figure is one slot; slots do not hold each other.
struct FigureMap: Sendable {
  struct Slot: Sendable {
    /// The element that holds picture and words.
    var root: Int
    /// `nil` for a player without a picture.
    var picture: Int?
    /// Whether the page names the words a caption.
    var isNamed = true
    /// Caption and credit that stand after the root instead of in it.
    var after: [Int] = []
  }

  private(set) var pictures = Pictures()
  /// Pictures with words that are no figures, and what they are instead.
  private(set) var doubts: [(root: Int, kind: Dropped.Kind)] = []
  private var slots: [Int: Slot] = [:]
  private var isAfter: Set<Int> = []
  /// The roots in the page's order.
  private var roots: [Int] = []

  init() {}
  init(pictures: Pictures) { self.pictures = pictures }

  subscript(root: Int) -> Slot? { slots[root] }
  /// Whether the element is read with a figure that stands before it.
  func isPart(_ node: Int) -> Bool { isAfter.contains(node) }

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
    isAfter.formUnion(slot.after)
  }

  mutating func doubt(_ root: Int, _ kind: Dropped.Kind) { doubts.append((root, kind)) }

  mutating func finish() { roots = slots.keys.sorted() }
}
