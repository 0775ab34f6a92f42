internal import Storage

/// Letters over the links and pictures on the screen, and what of them is typed so far.
///
/// No label begins another, so the last letter of one is meant as soon as it is typed.
struct LinkHints {
  /// What a label stands for: a link by its number, or a figure by its block.
  enum Thing: Hashable {
    case link(Int)
    case figure(Int)
  }

  let story: StoryID
  private(set) var labels: [Thing: String]
  private(set) var typed = ""
  /// Whether the link is copied, not opened.
  private(set) var copies: Bool

  init(_ things: [Thing], of story: StoryID, letters: String, copies: Bool) {
    self.story = story
    self.copies = copies
    let labels = Self.labels(things.count, letters)
    self.labels = Dictionary(zip(things, labels), uniquingKeysWith: { first, _ in first })
  }

  /// The shortest labels of some letters, the shorter ones first.
  static func labels(_ count: Int, _ letters: String) -> [String] {
    guard letters.count > 1, count > 0 else { return [] }
    var queue = [""]
    var next = 0
    // Each label that is taken apart gives one for each letter.
    while queue.count - next < count || queue[next].isEmpty {
      let start = queue[next]
      next += 1
      queue += letters.map { start + String($0) }
    }
    return Array(queue[next..<next + count])
  }

  enum Outcome: Equatable {
    case waiting, unknown
    case taken(Thing)
  }

  /// Takes a letter; in capitals it asks for a copy, unless the alphabet has capitals itself.
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

  /// Takes the last letter back; `false` if there is none.
  mutating func deleteLast() -> Bool { typed.popLast() != nil }

  /// What is left of a thing's label to type; `nil` where other letters were typed.
  func rest(of thing: Thing) -> Substring? {
    guard let label = labels[thing], label.hasPrefix(typed) else { return nil }
    return label.dropFirst(typed.count)
  }
}
