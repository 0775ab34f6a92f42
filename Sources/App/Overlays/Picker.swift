internal import Display
internal import Matching
internal import Storage
internal import Stories

/// A tree to choose one entry from, laid over the screen and narrowed by typed words.
///
/// While words are typed, what has them is shown, whatever it hangs below; without words, what is
/// folded is hidden.
struct Picker {
  /// What an entry leads to.
  enum Target: Hashable {
    /// A part of the open story.
    case part(Place.Part)
    /// A comment of it, by its index in the thread.
    case comment(Int)
    /// A place in any story.
    case mark(PlaceMark)
    /// A link of the open story.
    case link(StoryLink)
    /// Work in the background.
    case job(JobID)
  }

  struct Entry {
    /// How deep it hangs: it belongs to the nearest entry above that hangs less deep.
    var depth: Int
    var words: String
    /// The same words around a path, which is shortened where there is little room.
    var pathWords: PathWords?
    /// What stands at the right: how far down it is, how many replies it has.
    var facts = ""
    /// The letter, number or sign before the words; empty for none.
    var marker = ""
    var target: Target
    /// What it is found by besides its words and facts, and is not shown.
    var keywords = ""
    /// Whether it is a job that has ended.
    var hasEnded = false
    /// Where it leads out of the list.
    var address = Address.none
  }

  /// The address of an entry, which can be opened or copied without leaving the list.
  enum Address: Hashable {
    /// It is nothing that has one.
    case none
    /// It is a figure of which the page names none.
    case missing
    /// A link, with its words for the status line.
    case link(LinkTarget, words: String)
    case picture(LinkTarget)
  }

  let kind: ListKind
  /// The story whose parts are shown; `nil` where they are places in any.
  let story: StoryID?
  private(set) var entries: [Entry]
  /// The words that narrow it; empty without any.
  private(set) var typed = ""
  private(set) var folds: Set<Int>
  /// The entries that are shown, by index.
  private(set) var shown: [Int] = []
  /// The choice among `shown`.
  private(set) var window = ListWindow()

  /// Opens at an entry, with some entries folded; what hides the entry is unfolded.
  init(
    _ kind: ListKind, _ entries: [Entry], of story: StoryID? = nil, at current: Int = 0,
    folds: Set<Int> = []
  ) {
    self.kind = kind
    self.story = story
    self.entries = entries
    self.folds = folds
    var index = current
    while let parent = parent(of: index) {
      self.folds.remove(parent)
      index = parent
    }
    arrange(at: current)
  }

  /// The selected entry's index; `nil` where nothing is shown.
  private var index: Int? { shown.indices.contains(window.selected) ? shown[window.selected] : nil }

  var selection: Entry? { index.map { entries[$0] } }

  // MARK: - Moving

  mutating func move(to row: Int) { window.move(to: row) }
  mutating func move(by command: Command, count: Int?, page: Int) -> Bool {
    window.move(by: command, count: count, page: page)
  }

  // MARK: - Narrowing

  /// Shows what has all the typed words; the selected entry stays selected where it is shown.
  mutating func narrow(to typed: String) {
    let before = index
    self.typed = typed
    arrange(at: before ?? 0)
  }

  /// Shows other entries; the selected one stays selected where it is still among them.
  mutating func replace(with entries: [Entry]) {
    let before = (index: index ?? 0, target: selection?.target)
    self.entries = entries
    folds = []
    arrange(at: entries.firstIndex { $0.target == before.target } ?? before.index)
  }

  /// Takes the selected entry out.
  mutating func removeSelected() {
    guard let index else { return }
    entries.remove(at: index)
    folds = Set(folds.filter { $0 != index }.map { $0 > index ? $0 - 1 : $0 })
    arrange(at: index)
  }

  private mutating func arrange(at index: Int) {
    let words = folded(typed).split(separator: " ")
    shown = []
    var hiddenBelow: Int?
    for (index, entry) in entries.enumerated() {
      if !words.isEmpty {
        let text = folded("\(entry.words) \(entry.facts) \(entry.keywords)")
        if words.allSatisfy({ text.contains($0) }) { shown.append(index) }
        continue
      }
      if let depth = hiddenBelow, entry.depth > depth { continue }
      hiddenBelow = folds.contains(index) ? entry.depth : nil
      shown.append(index)
    }
    // If the entry is hidden now, the nearest one above it is selected.
    window = ListWindow(
      count: shown.count, selected: (shown.firstIndex { $0 > index } ?? shown.count) - 1)
  }

  // MARK: - The tree

  func hasChildren(_ index: Int) -> Bool {
    index + 1 < entries.count && entries[index + 1].depth > entries[index].depth
  }

  private func parent(of index: Int) -> Int? {
    guard entries.indices.contains(index) else { return nil }
    return entries[..<index].lastIndex { $0.depth < entries[index].depth }
  }

  /// Folds the selected entry, or where that has nothing to fold, goes to the one it belongs to.
  mutating func fold() {
    guard typed.isEmpty, let index else { return }
    if hasChildren(index), !folds.contains(index) {
      folds.insert(index)
      arrange(at: index)
    } else if let parent = parent(of: index), let row = shown.firstIndex(of: parent) {
      window.move(to: row)
    }
  }

  mutating func unfold() {
    guard typed.isEmpty, let index else { return }
    folds.remove(index)
    arrange(at: index)
  }

  /// Folds or unfolds the selected entry.
  mutating func toggleFold() {
    guard let index else { return }
    if folds.contains(index) { unfold() } else { fold() }
  }

  /// Folds all entries, or none.
  mutating func foldAll(_ isFolded: Bool) {
    let here = index
    folds = isFolded ? Set(entries.indices.filter(hasChildren)) : []
    arrange(at: here ?? 0)
  }
}
