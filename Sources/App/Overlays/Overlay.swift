internal import Display
internal import Storage

/// A screen laid over the others.
///
/// The last one of `Workspace.overlays` is in front.
///
/// A new one is a case here with its line in `screen`, a type of its own that is an
/// ``OverlayScreen``, and a command, in ``opened(by:over:_:)`` and the command table.
enum Overlay {
  case help(HelpScreen)
  case job(JobScreen)
  case picker(Picker)
  case themes(ThemePicker)
  case hints(LinkHints)
  case pendingMark(PendingMark)
  case purgeQuestion(PurgeQuestion)

  /// The state of the overlay, whichever it is.
  var screen: any OverlayScreen {
    switch self {
    case .help(let screen): screen
    case .job(let screen): screen
    case .picker(let screen): screen
    case .themes(let screen): screen
    case .hints(let screen): screen
    case .pendingMark(let screen): screen
    case .purgeQuestion(let screen): screen
    }
  }

  /// The overlay that a command opens from any screen; `notMine` for other commands.
  static func opened(
    by command: Command, over workspace: Workspace, _ environment: Environment
  ) throws(StorageError) -> Reply {
    switch command {
    case .help:
      .push(.help(HelpScreen(HelpTopic(workspace))), instead: ":help lists the keys")
    case .themes: .push(.themes(ThemePicker(environment)), instead: "type :theme NAME")
    case .marks: try .marks(at: workspace.currentStory, environment)
    case .setMark, .goToMark: try .pending(command, environment)
    default: .notMine
    }
  }
}

/// What a screen laid over the others must be able to do.
///
/// What is common to most has a default.
protocol OverlayScreen {
  /// The case of ``Overlay`` that holds it.
  var overlay: Overlay { get }
  /// Where its keys are bound; `nil` where it takes single keys itself, by `press`.
  var context: Command.Context? { get }
  /// What the help says of it.
  var helpTopic: HelpTopic { get }
  /// Whether it shows how far the running work is, so that the status line need not.
  var showsJobs: Bool { get }
  /// The smallest terminal that it is of use on.
  var minSize: Size { get }
  /// Whether it covers the whole screen but the status line.
  var isFullScreen: Bool { get }
  /// Whether it shows parts of the open story, and closes when another is opened.
  var isOfStory: Bool { get }

  /// Takes a key, where it has no `context`. At `notMine` it is closed, and the key read as if it had
  /// not been there.
  mutating func press(_ key: Key, _ environment: Environment) throws(StorageError) -> Reply
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply
  /// Takes a click on one of the targets that it has drawn; `nil` beside it. At `notMine` it is
  /// closed, and the click goes to what is below.
  mutating func click(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply
  /// Takes a turn of the wheel, in rows.
  mutating func scroll(by rows: Int, _ environment: Environment) throws(StorageError) -> Reply

  /// Shows what has all of some typed words.
  mutating func narrow(to words: String)
  /// Makes itself ready to be drawn over some lines.
  mutating func fit(_ rows: Int, _ environment: Environment)
  /// Draws itself over what stands below it, and records what can be clicked.
  func draw(over drawing: inout Drawing, _ environment: Environment)

  /// Keys that are worth knowing here, each with what it does; the last is the most important.
  func keyHints(_ environment: Environment) -> [String]
  /// What the status line says instead of them.
  func statusWords(_ environment: Environment) -> String?
  /// What stands at the right of the status line; `nil` for what the screen below has there.
  func position(_ environment: Environment) -> String?
  /// What of a command has been typed so far.
  func typedKeys(_ environment: Environment) -> String?
}

extension OverlayScreen {
  var helpTopic: HelpTopic { .screen(context ?? .list) }
  var minSize: Size { Size(columns: 1, rows: 1) }
  var isFullScreen: Bool { false }
  var showsJobs: Bool { false }
  var isOfStory: Bool { false }

  mutating func press(_ key: Key, _ environment: Environment) throws(StorageError) -> Reply {
    .notMine
  }

  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply { .notMine }

  mutating func click(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    // A click cancels waiting for a single key.
    context == nil ? .notMine : .done
  }

  mutating func scroll(
    by rows: Int, _ environment: Environment
  ) throws(StorageError) -> Reply {
    try perform(rows < 0 ? .up : .down, count: 1, environment)
  }

  mutating func narrow(to words: String) {}
  mutating func fit(_ rows: Int, _ environment: Environment) {}
  func draw(over drawing: inout Drawing, _ environment: Environment) {}
  func keyHints(_ environment: Environment) -> [String] { [] }
  func statusWords(_ environment: Environment) -> String? { nil }
  func position(_ environment: Environment) -> String? { nil }
  func typedKeys(_ environment: Environment) -> String? { nil }

  /// Says that a command does nothing in a list that is laid over the screen.
  func refusal(of command: Command, _ environment: Environment) -> Reply {
    let (open, back) = (environment.key(for: .open), environment.key(for: .back))
    return .say(
      "“\(command.entry.label)” does nothing in this list\(environment.dot)\(open) takes, \(back) leaves"
    )
  }
}
