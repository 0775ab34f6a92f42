/// The lines that were typed, by kind, newest last.
nonisolated package struct History: Sendable, Hashable {
  /// What a line was typed for; the raw value marks its kind in the history file.
  nonisolated package enum Kind: Character, CaseIterable, Sendable {
    case command = ":"
    case search = "/"
    case filter = "&"
    case searchAll = "S"
  }

  /// A line as it was typed.
  nonisolated package struct Line: Sendable, Hashable {
    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  private var lines: [Kind: [String]] = [:]

  /// The most lines of a kind that are kept.
  package static let maxLines = 200

  package init() {}

  /// The lines of a kind, newest last.
  package subscript(_ kind: Kind) -> [String] { lines[kind] ?? [] }

  /// Adds a line as the newest of its kind; the same line from before goes.
  package mutating func add(_ line: Line) {
    guard !line.text.isEmpty else { return }
    var known = lines[line.kind] ?? []
    known.removeAll { $0 == line.text }
    known.append(line.text)
    if known.count > Self.maxLines { known.removeFirst() }
    lines[line.kind] = known
  }
}
