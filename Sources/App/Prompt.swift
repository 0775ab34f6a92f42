/// A line that is being typed at the bottom of the screen, and what it is for.
struct Prompt {
  enum Purpose {
    /// Live filter of the list; Esc returns to the words that were there before.
    case filter(before: String)
    /// Search in the story, from where it began.
    case search(forward: Bool, origin: StoryScreen.Origin)
    /// Live filter of the help screen.
    case helpFilter
    /// A command by name.
    case command
  }

  var purpose: Purpose
  var field: TextField

  /// What stands before the typed text.
  var mark: String {
    switch purpose {
    case .filter, .helpFilter: "/"
    case .search(let forward, _): forward ? "/" : "?"
    case .command: ":"
    }
  }
}
