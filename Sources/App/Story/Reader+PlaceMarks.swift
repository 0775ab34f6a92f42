internal import Display
internal import Storage
internal import Stories

// Marks: places with a letter, in any story, kept in the library.
extension Reader {
  /// The key after `set-mark` or `go-to-mark`: the letter of the mark.
  func take(letter key: Key, for command: Command) {
    lettered = nil
    switch key {
    case .escape, .control("c"), .control("g"): return
    case .character("'") where command == .goToMark: goBackAndForth()
    case .character(let character):
      let name = String(character)
      guard Self.isMark(name) else { fallthrough }
      command == .setMark ? setMark(name) : goToMark(name)
    default: say("\([key].written) names no mark: those are a … z and A … Z")
    }
  }

  static func isMark(_ name: String) -> Bool {
    guard let byte = name.utf8.first, name.utf8.count == 1 else { return false }
    return (65...90).contains(byte) || (97...122).contains(byte)
  }

  /// Marks the line that is looked at, or the selected story where it was left.
  func setMark(_ name: String) {
    var mark: PlaceMark?
    if isReading, let story {
      mark = PlaceMark(
        name: name, story: story.id, place: story.layout.place(atRow: story.looked))
    } else if let id = targets(nil).first {
      mark = PlaceMark(name: name, story: id, place: nil)
    }
    guard let mark else { return say("There is no story to mark") }
    attempt { () throws(StorageError) in
      let before = try library.placeMark(name)
      guard try library.headline(mark.story) != nil else { return gone(mark.story) }
      try library.setPlaceMark(mark)
      let moved = before.map { $0.story == mark.story ? "" : "; it was in “\(short($0))”" } ?? ""
      say("Mark \(name) is here\(moved) · \(key(for: .goToMark))\(name) returns")
    }
  }

  func goToMark(_ name: String) {
    attempt { () throws(StorageError) in
      guard let mark = try library.placeMark(name) else {
        return say("There is no mark \(name); \(key(for: .setMark))\(name) sets it")
      }
      go(to: mark)
    }
  }

  func go(to mark: PlaceMark) {
    if isReading, story?.id == mark.story { rememberPlace() }
    open(mark.story)
    guard isReading, story?.id == mark.story, let place = mark.place else { return }
    story?.jump(to: place)
  }

  /// To where the last jump began; again, to where one was.
  private func goBackAndForth() {
    let here = story?.stop
    jumpBack(forward: false, times: 1)
    guard let here, isReading, story?.stop != here else { return }
    jumps.remember(here)
  }

  private func short(_ mark: PlaceMark) -> String {
    truncated(safe(mark.title, oneLine: true), to: 30, isASCII: options.isASCII)
  }

  // MARK: - All marks

  func openMarks() {
    let marks = attempt { () throws(StorageError) in try library.placeMarks() } ?? []
    guard !marks.isEmpty else {
      if message == nil { say("No mark is set; \(key(for: .setMark)) and a letter sets one") }
      return
    }
    let entries = marks.map { mark in
      let title = mark.title.isEmpty ? "Untitled" : mark.title
      let words = mark.words
      return Picker.Entry(
        depth: 0, words: words.isEmpty ? title : words, facts: words.isEmpty ? "" : short(mark),
        sign: mark.name, target: .mark(mark))
    }
    let here = isReading ? story?.id : list.selection?.id
    let current = marks.firstIndex { $0.story == here } ?? 0
    open(
      Picker("Marks", entries, at: current),
      instead: "\(key(for: .goToMark)) and a letter goes to a mark")
  }

  /// The marks there are, while a letter is waited for.
  func markLines(_ columns: Int, _ most: Int) -> [Line] {
    let marks = attempt { () throws(StorageError) in try library.placeMarks() } ?? []
    let line = lettered == .goToMark ? "'  back, and forth again" : "a … z, A … Z"
    var rows = marks.map { mark in
      let words = mark.words
      return "\(mark.name)  " + (words.isEmpty ? mark.title : "\(words) · \(mark.title)")
    }
    if rows.count >= most, most > 0 {
      rows = rows.prefix(most - 1) + ["…  \(key(for: .marks)) shows all marks"]
    } else {
      rows.append(line)
    }
    return rows.suffix(max(0, most)).map { row in
      let text = safe(row, oneLine: true)
      let letter = String(text.prefix(1))
      return bar(
        [Span(" ", .status), Span(letter, .key), Span(String(text.dropFirst()), .status)], columns)
    }
  }
}

extension PlaceMark {
  /// The words at the place; empty at the head of a story, where its headline says as much.
  fileprivate var words: String { place?.part == .head ? "" : place?.words ?? "" }
}

extension StoryScreen {
  /// Shows a place with two lines above it, unfolding what hides it.
  mutating func jump(to place: Place) {
    go(to: JumpList.Stop(story: id, top: place, focus: place))
    jump(to: layout.row(of: place))
  }
}
