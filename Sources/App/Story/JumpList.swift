internal import Storage
internal import Stories

/// The places that jumps led away from.
///
/// One goes back and forth in it as in a browser: a new jump forgets what lies ahead. What stands
/// in it are places, never rows, so it outlives folds and another width.
struct JumpList {
  /// A position in a story: what stood at the top, and what the last jump had led to.
  struct Position: Hashable {
    var story: StoryID
    var top: Place
    var focus: Place?
  }

  private var behind: [Position] = []
  private var ahead: [Position] = []
  /// Where the last step of a walk led: the next step from there belongs to the same jump.
  private var walk: (command: Command, end: Position)?

  /// As many as vim keeps.
  private static let maxPositions = 100

  /// Keeps a position, for a jump leads away from it.
  mutating func remember(_ position: Position) {
    push(position)
    ahead = []
    walk = nil
  }

  /// Keeps where a step of a walk began, as from match to match; of a whole walk only its start.
  mutating func remember(_ start: Position, walkingBy command: Command, to end: Position) {
    if walk?.command != command || walk?.end != start { remember(start) }
    walk = (command, end)
  }

  /// Goes back from a position; `nil` where there is no other position behind.
  mutating func back(from here: Position?) -> Position? {
    while let position = behind.popLast() {
      guard position != here else { continue }
      if let here { ahead.append(here) }
      return position
    }
    return nil
  }

  /// Goes forward again.
  mutating func forward(from here: Position?) -> Position? {
    while let position = ahead.popLast() {
      guard position != here else { continue }
      if let here { push(here) }
      return position
    }
    return nil
  }

  /// Forgets a story that is gone.
  mutating func forget(_ story: StoryID) {
    behind.removeAll { $0.story == story }
    ahead.removeAll { $0.story == story }
  }

  private mutating func push(_ position: Position) {
    guard behind.last != position else { return }
    behind.append(position)
    if behind.count > Self.maxPositions { behind.removeFirst() }
  }
}

extension Command {
  /// How a command leads away from what is read.
  enum Jump: Equatable {
    case none, leap
    /// Step by step, from one match or section to the next; named by its forward command.
    case walk(Command)
  }

  var jump: Jump {
    switch self {
    case .top, .bottom, .goToPercent, .thread, .root: .leap
    case .nextMatch, .previousMatch: .walk(.nextMatch)
    case .nextSection, .previousSection: .walk(.nextSection)
    case .nextFigure, .previousFigure: .walk(.nextFigure)
    case .nextNew, .previousNew: .walk(.nextNew)
    case .parent: .walk(.parent)
    default: .none
    }
  }
}
