internal import Display
internal import Storage
internal import Stories

// Lists to choose from that are laid over the screen: the outline of a story, and marks.
extension Reader {
  /// What a screen must have for a list to be chosen from.
  private static let leastForChooser = Size(columns: 12, rows: 5)

  /// Opens a list, unless the screen is too small for it; `instead` says what does without.
  func open(_ chooser: Chooser, instead: String) {
    guard size.columns >= Self.leastForChooser.columns, size.rows >= Self.leastForChooser.rows
    else { return say("Too small to choose here; \(instead)") }
    self.chooser = chooser
  }

  func performInChooser(_ command: Command, count: Int?) {
    let page = max(1, size.rows - 4)
    guard let hasMoved = chooser?.move(by: command, count: count, page: page), !hasMoved else {
      return
    }
    switch command {
    case .fold: chooser?.toggleFold()
    case .foldMore: chooser?.fold()
    case .foldLess: chooser?.unfold()
    case .foldAll, .unfoldAll: chooser?.foldAll(command == .foldAll)
    case .filter: startChoosing()
    case .open: takeChoice()
    case .delete: deleteChoice()
    case .openLink, .copyLink, .showPlace: useChoice(command)
    case .clear where chooser?.typed.isEmpty == false: chooser?.narrow(to: "")
    case .back, .clear: chooser = nil
    default: refuseInPicker(command)
    }
  }

  /// Says that a command is not for a list that is laid over the screen.
  func refuseInPicker(_ command: Command) {
    say(
      "\(command.entry.label) is not for this list; \(key(for: .open)) takes, \(key(for: .back)) leaves"
    )
  }

  private func startChoosing() {
    var field = TextField()
    field.set(chooser?.typed ?? "")
    prompt = Prompt(purpose: .choice(before: chooser?.typed ?? ""), field: field)
  }

  private func takeChoice() {
    guard let chooser, let entry = chooser.selection else { return }
    self.chooser = nil
    switch entry.target {
    case .mark(let mark): go(to: mark)
    case .link(let link):
      guard story?.id == chooser.story else { return gone() }
      follow(link.target)
    case .part, .comment:
      guard let story, story.id == chooser.story else { return gone() }
      go(to: entry.target)
    }
  }

  private func deleteChoice() {
    guard case .mark(let mark) = chooser?.selection?.target else { return refuseInPicker(.delete) }
    attempt { () throws(StorageError) in
      try library.deletePlaceMark(mark.name)
      chooser?.removeSelected()
      if chooser?.entries.isEmpty == true { chooser = nil }
      say("Mark \(mark.name) is gone")
    }
  }

  // MARK: - Drawing

  /// Lays the list over the right of the screen, or over all of a narrow one.
  func lay(_ chooser: Chooser, over lines: inout [Line], _ height: Int, _ size: Size) {
    let box = chooser.lines(height - 1, columns: size.columns, isASCII: options.isASCII)
    lay(ordered(box), over: &lines, height, size)
  }

  /// Where the selected entry begins, for the cursor.
  func chooserColumn(_ size: Size) -> Int { size.columns - Chooser.width(in: size.columns) + 1 }

  // MARK: - Mouse

  /// A click selects, a second one takes, and one beside the list leaves it.
  func click(in chooser: Chooser, _ mouse: Key.Mouse, _ height: Int) {
    guard mouse.column >= chooserColumn(size) - 1,
      let index = chooser.window.row(atLine: mouse.row, ofBox: height - 1)
    else { return performInChooser(.back, count: nil) }
    if index == chooser.window.selected {
      performInChooser(.open, count: nil)
    } else {
      self.chooser?.move(to: index)
    }
  }
}
