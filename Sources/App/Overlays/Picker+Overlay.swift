internal import Display
internal import Storage
internal import Stories

// The picker as an overlay: commands, clicks and drawing.
extension Picker: OverlayScreen {
  var overlay: Overlay { .picker(self) }
  var context: Command.Context? { .picker }
  var helpTopic: HelpTopic { .list(kind) }
  var minSize: Size { Size(columns: 12, rows: 5) }
  var isOfStory: Bool { story != nil }
  var showsJobs: Bool { kind == .jobs }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let page = max(1, environment.size.rows - 4)
    if move(by: command, count: count, page: page) { return .done }
    switch command {
    case .fold, .foldMore, .foldLess, .foldAll, .unfoldAll: return fold(by: command)
    case .filter: return .ask(prompt)
    case .open: return take(environment)
    case .delete: return try delete(environment)
    case .openLink, .copyLink: return use(command, environment)
    case .showPlace:
      guard case .link(let link) = selection?.target else {
        return refusal(of: command, environment)
      }
      return .several([.pop, .choose(link)])
    case .clear where !typed.isEmpty:
      narrow(to: "")
      return .done
    case .back, .clear: return .pop
    case .jobs where kind == .jobs: return .pop
    case .goToPercent: return refusal(of: command, environment)
    default: return .notMine
    }
  }

  private mutating func fold(by command: Command) -> Reply {
    let before = (shown, window)
    switch command {
    case .fold: toggleFold()
    case .foldMore: fold()
    case .foldLess: unfold()
    default: foldAll(command == .foldAll)
    }
    guard before == (shown, window) else { return .done }
    let isOpening = command == .foldLess || command == .unfoldAll
    return .say(isOpening ? "Nothing here is folded" : "There is nothing to fold here")
  }

  private var prompt: Prompt {
    var field = TextField()
    field.set(typed)
    return Prompt(purpose: .pickerFilter(before: typed), field: field)
  }

  /// Goes where the selected entry leads.
  private func take(_ environment: Environment) -> Reply {
    guard let entry = selection else {
      return .say("There is nothing to choose · \(environment.key(for: .clear)) shows all")
    }
    if case .job(let id) = entry.target { return .takeJob(id, isCancelling: false) }
    if case .link(let link) = entry.target { return .several([.pop, .follow(link.target)]) }
    return .several([.pop, .go(entry.target, of: story)])
  }

  private mutating func delete(_ environment: Environment) throws(StorageError) -> Reply {
    if case .job(let id) = selection?.target { return .takeJob(id, isCancelling: true) }
    guard case .mark(let mark) = selection?.target else { return refusal(of: .delete, environment) }
    try environment.library.user.deletePlaceMark(mark.name)
    removeSelected()
    let words = Reply.say("Mark \(mark.name) is gone")
    return entries.isEmpty ? .several([.pop, words]) : words
  }

  /// Opens or copies the selected link or picture.
  private func use(_ command: Command, _ environment: Environment) -> Reply {
    switch selection?.address {
    case .link(let target, _), .picture(let target):
      if command == .copyLink { return .copy(target) }
      // A target inside the story would be covered by the list.
      if case .block = target { return .several([.pop, .follow(target)]) }
      return .follow(target)
    case .missing: return .say("The page names no address of this figure")
    case .some(.none), nil: return refusal(of: command, environment)
    }
  }

  /// A click selects, a second one takes, and one beside the list leaves it.
  mutating func click(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    guard case .overlayRow(let row) = target else { return .pop }
    if row == window.selected { return take(environment) }
    move(to: row)
    return .done
  }

  /// Lays the list over the right of the screen, or over all of a narrow one.
  func draw(over drawing: inout Drawing, _ environment: Environment) {
    let columns = environment.size.columns
    let room = drawing.lines.count - 1
    let width = width(in: columns, divider: drawing.divider)
    let box = environment.ordered(
      lines(
        room, width: width, isASCII: environment.isASCII, clear: environment.key(for: .clear)))
    drawing.lay(box, columns: columns, isASCII: environment.isASCII)
    let left = max(0, columns - width)
    drawing.cursor = Drawing.Cell(row: window.selectedLine(ofBox: room), column: left + 1)
    for (line, row) in window.rows(inBox: room).enumerated() {
      drawing.record(.overlayRow(row), row: line + 1, columns: left..<columns)
    }
  }

  func keyHints(_ environment: Environment) -> [String] {
    if kind == .jobs { return jobHints(environment) }
    var parts = [environment.keyHint("goes there", .open), environment.keyHint("narrows", .filter)]
    if story == nil { parts.append(environment.keyHint("forgets", .delete)) }
    if case .picture = selection?.address {
      parts.append(environment.keyHint("opens the picture", .openLink))
    }
    return parts + [environment.keyHint("leaves", .back)]
  }

  private func jobHints(_ environment: Environment) -> [String] {
    let leaves = environment.keyHint("leaves", .back)
    guard let selection else { return [leaves] }
    let more = environment.keyHint("shows more", .open)
    return selection.hasEnded
      ? [more, leaves] : [environment.keyHint("cancels", .delete), more, leaves]
  }

  /// The list of jobs names its place itself, and needs the room for its keys.
  func position(_ environment: Environment) -> String? { kind == .jobs ? "" : nil }

  /// Where the selected link leads.
  func statusWords(_ environment: Environment) -> String? {
    if case .link(_, let words) = selection?.address { words } else { nil }
  }
}
