internal import Display
internal import Storage
internal import Stories

/// Labels over the links and pictures on the screen, and the letters typed so far.
///
/// No label is a prefix of another, so that its last letter completes it.
struct LinkHints {
  /// What a label stands for: a link of the story, or the picture of a figure by its block.
  enum Anchor: Hashable {
    case link(StoryLink)
    case figure(Int, LinkTarget)
  }

  private(set) var labels: [Anchor: String]
  private(set) var typed = ""
  /// Whether the link is copied, not opened.
  private(set) var copies: Bool

  init(_ anchors: [Anchor], letters: String, copies: Bool) {
    self.copies = copies
    let labels = Self.labels(anchors.count, letters)
    self.labels = Dictionary(zip(anchors, labels), uniquingKeysWith: { first, _ in first })
  }

  /// The shortest labels of some letters, the shorter ones first.
  static func labels(_ count: Int, _ letters: String) -> [String] {
    guard letters.count > 1, count > 0 else { return [] }
    var queue = [""]
    var next = 0
    // A prefix that is extended yields one label for each letter.
    while queue.count - next < count || queue[next].isEmpty {
      let start = queue[next]
      next += 1
      queue += letters.map { start + String($0) }
    }
    return Array(queue[next..<next + count])
  }

  enum Outcome: Equatable {
    case waiting, unknown
    case taken(Anchor)
  }

  /// Takes a letter; a capital asks for a copy, unless the alphabet has capitals itself.
  mutating func type(_ letter: Character) -> Outcome {
    let isAlphabet = labels.values.contains { $0.contains(letter) }
    let lower = isAlphabet ? letter : Character(letter.lowercased())
    let fitting = labels.filter { $0.value.hasPrefix(typed + String(lower)) }
    guard !fitting.isEmpty else { return .unknown }
    if lower != letter { copies = true }
    typed.append(lower)
    if fitting.count == 1, let only = fitting.first { return .taken(only.key) }
    return .waiting
  }

  /// Removes the last typed letter; `false` if there is none.
  mutating func deleteLast() -> Bool { typed.popLast() != nil }

  /// What is left of a label to type; `nil` where other letters were typed.
  func rest(of anchor: Anchor) -> Substring? {
    guard let label = labels[anchor], label.hasPrefix(typed) else { return nil }
    return label.dropFirst(typed.count)
  }
}

// MARK: - As an overlay

extension LinkHints: OverlayScreen {
  var overlay: Overlay { .hints(self) }
  var context: Command.Context? { nil }
  var isOfStory: Bool { true }

  mutating func press(_ key: Key, _ environment: Environment) throws(StorageError) -> Reply {
    switch key {
    case .escape, .control("c"): return .pop
    case .backspace: return deleteLast() ? .done : .pop
    case .character(let letter):
      switch type(letter) {
      case .taken(let anchor): return take(anchor)
      case .waiting: return .done
      case .unknown:
        // The line opens over them too, unless their alphabet has its key.
        let isLine = environment.keymap.command([key], in: environment.context) == .commandLine
        return isLine ? .notMine : .say("No letters here go on with \(letter) · Esc leaves them")
      }
    default: return .notMine
    }
  }

  private func take(_ anchor: Anchor) -> Reply {
    switch anchor {
    case .link(let link):
      return .several([.pop, .choose(link), copies ? .copy(link.target) : .follow(link.target)])
    case .figure(_, let target):
      return .several([.pop, copies ? .copy(target) : .follow(target)])
    }
  }

  func statusWords(_ environment: Environment) -> String? {
    let verb = copies ? "Letters copy a link" : "Letters open a link"
    return [verb, copies ? "" : "capitals copy it", "Esc leaves"].filter { !$0.isEmpty }
      .joined(separator: environment.dot)
  }

  func typedKeys(_ environment: Environment) -> String? { typed.isEmpty ? nil : typed }
}
