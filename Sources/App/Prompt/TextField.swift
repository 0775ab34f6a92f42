internal import Display

/// One line of text that is being typed, with its cursor and the lines typed before.
struct TextField {
  private(set) var characters: [Character] = []
  /// How many characters stand before the cursor.
  private(set) var cursor = 0
  private var history: [String] = []
  /// Where in the history the shown line stands; `history.count` is the new line.
  private var shown = 0
  private var draft = ""

  /// The longest line, in characters: far more than anyone types, and little enough to search for.
  static let maxCharacters = 1000
  /// The most combining marks on one base character, as many as a cell of the screen shows.
  ///
  /// Without a limit one cell could hold a megabyte, which every comparison would normalize again.
  static let maxMarks = 4

  var text: String { String(characters) }

  init(history: [String] = []) {
    self.history = history
    shown = history.count
  }

  mutating func insert(_ character: Character) {
    guard characters.count < Self.maxCharacters, Self.isText(character),
      let character = withoutSurplusMarks(character)
    else { return }
    characters.insert(character, at: cursor)
    cursor += 1
  }

  /// The character without marks beyond `maxMarks` on its base character; `nil` if nothing is left.
  ///
  /// Marks already typed count too, for a keyboard sends each mark by itself.
  private func withoutSurplusMarks(_ character: Character) -> Character? {
    guard !character.isASCII else { return character }
    var room = Self.maxMarks
    if character.unicodeScalars.first.map(Self.isMark) == true {
      for before in characters[..<cursor].reversed() {
        room -= before.unicodeScalars.count(where: Self.isMark)
        if before.unicodeScalars.contains(where: { !Self.isMark($0) }) || room <= 0 { break }
      }
    }
    var scalars = String.UnicodeScalarView()
    for scalar in character.unicodeScalars {
      if Self.isMark(scalar) {
        guard room > 0 else { continue }
        room -= 1
      }
      scalars.append(scalar)
    }
    return String(scalars).first
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Inserts pasted text, white space of any kind as spaces.
  mutating func insert(_ text: String) {
    for character in text.prefix(Self.maxCharacters) {
      insert(character.isWhitespace ? " " : character)
    }
  }

  /// Puts other text in the place of all, and the cursor at its end.
  mutating func set(_ text: String) {
    characters = Array(text.prefix(Self.maxCharacters))
    cursor = characters.count
  }

  /// Puts other text in place of a range, and the cursor behind it.
  mutating func replace(_ range: Range<Int>, with text: String) {
    characters.replaceSubrange(range, with: text)
    cursor = range.lowerBound + text.count
    if characters.count > Self.maxCharacters { set(String(characters)) }
  }

  /// Performs an editing command; `false` if it is none.
  mutating func edit(_ command: Command) -> Bool {
    switch command {
    case .deleteBackward:
      guard cursor > 0 else { return true }
      cursor -= 1
      characters.remove(at: cursor)
    case .deleteForward:
      if cursor < characters.count { characters.remove(at: cursor) }
    case .deleteWord:
      let start = wordStart
      characters.removeSubrange(start..<cursor)
      cursor = start
    case .deleteWordAfter: characters.removeSubrange(cursor..<wordEnd)
    case .deleteToStart:
      characters.removeSubrange(..<cursor)
      cursor = 0
    case .deleteToEnd: characters.removeSubrange(cursor...)
    case .cursorLeft: cursor = max(0, cursor - 1)
    case .cursorRight: cursor = min(characters.count, cursor + 1)
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .cursorStart: cursor = 0
    case .cursorEnd: cursor = characters.count
    case .olderLine: recall(shown - 1)
    case .newerLine: recall(shown + 1)
    default: return false
    }
    return true
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    return start
  }

  private var wordEnd: Int {
    var end = cursor
    while end < characters.count, characters[end].isWhitespace { end += 1 }
    while end < characters.count, !characters[end].isWhitespace { end += 1 }
    return end
  }

  private mutating func recall(_ index: Int) {
    guard (0...history.count).contains(index), index != shown else { return }
    if shown == history.count { draft = text }
    shown = index
    set(index == history.count ? draft : history[index])
  }

  private static func isText(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
      default: true
      }
    }
  }
}
