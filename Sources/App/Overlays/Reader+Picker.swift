internal import Display
internal import Storage
internal import Stories

// The picker: an outline, links, figures or marks, laid over the screen.
extension Reader {
  /// What a screen must have for a picker to be of use.
  private static let leastForPicker = Size(columns: 12, rows: 5)

  /// Opens a picker, unless the screen is too small for it; `instead` says what does without.
  func open(_ picker: Picker, instead: String) {
    guard size.columns >= Self.leastForPicker.columns, size.rows >= Self.leastForPicker.rows
    else { return say("Too small to choose here; \(instead)") }
    self.picker = picker
  }

  func performInPicker(_ command: Command, count: Int?) {
    let page = max(1, size.rows - 4)
    guard let hasMoved = picker?.move(by: command, count: count, page: page), !hasMoved else {
      return
    }
    switch command {
    case .fold, .foldMore, .foldLess, .foldAll, .unfoldAll: foldInPicker(command)
    case .filter: startPickerFilter()
    case .open: takeChoice()
    case .delete: deleteChoice()
    case .openLink, .copyLink, .showPlace: useChoice(command)
    case .clear where picker?.typed.isEmpty == false: picker?.narrow(to: "")
    case .back, .clear: picker = nil
    default: refuseInPicker(command)
    }
  }

  /// Says that a command is not for a list that is laid over the screen.
  func refuseInPicker(_ command: Command) {
    say(
      "\(command.entry.label) is not for this list; \(key(for: .open)) takes, \(key(for: .back)) leaves"
    )
  }

  private func foldInPicker(_ command: Command) {
    let before = picker.map { ($0.shown, $0.window) }
    switch command {
    case .fold: picker?.toggleFold()
    case .foldMore: picker?.fold()
    case .foldLess: picker?.unfold()
    default: picker?.foldAll(command == .foldAll)
    }
    guard let before, let picker, before == (picker.shown, picker.window) else { return }
    let isOpening = command == .foldLess || command == .unfoldAll
    say(isOpening ? "Nothing here is folded" : "There is nothing to fold here")
  }

  private func startPickerFilter() {
    var field = TextField()
    field.set(picker?.typed ?? "")
    prompt = Prompt(purpose: .pickerFilter(before: picker?.typed ?? ""), field: field)
  }

  private func takeChoice() {
    guard let picker, let entry = picker.selection else {
      return say("There is nothing to choose · \(key(for: .clear)) shows all")
    }
    self.picker = nil
    switch entry.target {
    case .mark(let mark): go(to: mark)
    case .link(let link):
      guard story?.id == picker.story else { return gone(picker.story) }
      follow(link.target)
    case .part, .comment:
      guard let story, story.id == picker.story else { return gone(picker.story) }
      go(to: entry.target)
    }
  }

  private func deleteChoice() {
    guard case .mark(let mark) = picker?.selection?.target else { return refuseInPicker(.delete) }
    attempt { () throws(StorageError) in
      try library.deletePlaceMark(mark.name)
      picker?.removeSelected()
      if picker?.entries.isEmpty == true { picker = nil }
      say("Mark \(mark.name) is gone")
    }
  }

  // MARK: - Drawing

  /// Lays the list over the right of the screen, or over all of a narrow one.
  func lay(_ picker: Picker, over lines: inout [Line], _ height: Int, _ size: Size) {
    let box = picker.lines(
      height - 1, columns: size.columns, isASCII: options.isASCII, clear: key(for: .clear))
    lay(ordered(box), over: &lines, height, size)
  }

  /// Where the selected entry begins, for the cursor.
  func pickerColumn(_ size: Size) -> Int { size.columns - Picker.width(in: size.columns) + 1 }

  // MARK: - Mouse

  /// A click selects, a second one takes, and one beside the list leaves it.
  func click(in picker: Picker, _ mouse: Key.Mouse, _ height: Int) {
    guard mouse.column >= pickerColumn(size) - 1,
      let index = picker.window.row(atLine: mouse.row, ofBox: height - 1)
    else { return performInPicker(.back, count: nil) }
    if index == picker.window.selected {
      performInPicker(.open, count: nil)
    } else {
      self.picker?.move(to: index)
    }
  }
}
