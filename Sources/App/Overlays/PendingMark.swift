internal import Display
internal import Storage
internal import Stories

/// `set-mark` or `go-to-mark`, while the letter of the mark is waited for.
struct PendingMark {
  let command: Command
  /// The marks there are, to be shown after a pause.
  private let marks: [PlaceMark]

  init(_ command: Command, in library: Library) throws(StorageError) {
    self.command = command
    marks = try library.user.placeMarks()
  }

  /// What a letter after a command does.
  static func reply(to key: Key, for command: Command) -> Reply {
    switch key {
    case .escape, .control("c"), .control("g"): return .done
    case .character("'") where command == .goToMark: return .goBackAndForth
    case .character(let character) where isMark(String(character)):
      let name = String(character)
      return command == .setMark ? .setMark(name) : .goToMark(name)
    default: return .say("\([key].written) names no mark: those are a … z and A … Z")
    }
  }

  private static func isMark(_ name: String) -> Bool {
    guard let byte = name.utf8.first, name.utf8.count == 1 else { return false }
    return (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The marks in at most so many lines, shown after a pause.
  func lines(_ most: Int, _ environment: Environment) -> [Line] {
    let columns = environment.size.columns
    let letters = command == .goToMark ? "'  back, and forth again" : "a … z, A … Z"
    var rows = marks.map { mark in
      let words = mark.words
      return "\(mark.name)  " + (words.isEmpty ? mark.title : "\(words) · \(mark.title)")
    }
    if rows.count >= most, most > 0 {
      rows = rows.prefix(most - 1) + ["…  \(environment.key(for: .marks)) shows all marks"]
    } else {
      rows.append(letters)
    }
    return rows.suffix(max(0, most)).map { row in
      let text = safe(row, oneLine: true)
      let letter = String(text.prefix(1))
      return environment.bar(
        [Span(" ", .status), Span(letter, .key), Span(String(text.dropFirst()), .status)], columns)
    }
  }
}

extension PendingMark: OverlayScreen {
  var overlay: Overlay { .pendingMark(self) }
  var context: Command.Context? { nil }

  mutating func press(_ key: Key, _ environment: Environment) throws(StorageError) -> Reply {
    .several([.pop, Self.reply(to: key, for: command)])
  }

  func typedKeys(_ environment: Environment) -> String? { environment.key(for: command) }
}

extension PlaceMark {
  /// The words at the place; empty at the head of a story, where its headline says as much.
  var words: String { place?.part == .head ? "" : place?.words ?? "" }
}

extension Reply {
  /// Waits for the letter of a mark.
  static func pending(
    _ command: Command, _ environment: Environment
  ) throws(StorageError) -> Reply {
    .push(.pendingMark(try PendingMark(command, in: environment.library)), instead: "")
  }

  /// Opens the list of all marks, at one of a story.
  static func marks(
    at story: StoryID?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let marks = try environment.library.user.placeMarks()
    guard !marks.isEmpty else {
      return .say("No mark is set; \(environment.key(for: .setMark)) and a letter sets one")
    }
    let entries = marks.map { mark in
      let title = mark.title.isEmpty ? "Untitled" : mark.title
      let words = mark.words
      return Picker.Entry(
        depth: 0, words: words.isEmpty ? title : words,
        facts: words.isEmpty ? "" : environment.shortened(mark.title, to: 30), marker: mark.name,
        target: .mark(mark))
    }
    let current = marks.firstIndex { $0.story == story } ?? 0
    return .push(
      .picker(Picker(.marks, entries, at: current)),
      instead: "\(environment.key(for: .goToMark)) and a letter goes to a mark")
  }
}
