internal import Display
internal import Queries
internal import Settings
internal import Storage
internal import Stories

/// What a screen returns for a command or a click: what is left for the coordinator to do.
indirect enum Reply {
  /// The screen has done all of it.
  case done
  /// The command means nothing on this screen; the layer below it is asked.
  case notMine
  /// A message for the status line.
  case say(String)
  /// A message that something went wrong.
  case fail(String)
  /// One after another.
  case several([Reply])

  // Which screen is in front.

  /// Opens a story where it was left.
  case open(StoryID)
  /// Opens what is selected in the list, or among the hits that stand in its place.
  case openSelected
  /// Opens the story so many further down the list, or up.
  case openNeighbour(Int)
  /// Opens the unread story so many further down the list, or up.
  case openUnread(Int)
  case show(Shelf)
  case closeStory
  case closeResults
  case closeSidebar
  /// Opens the line that searches the whole library.
  case searchEverything
  /// Lays a screen over the others; where the terminal is too small for it, `instead` says what does
  /// without.
  case push(Overlay, instead: String)
  /// Closes the overlay in front.
  case pop
  /// Opens a line to type in.
  case ask(Prompt)
  /// Ends the program.
  case quit
  /// Ends the program by the key that elsewhere leads back; asked for twice where work runs.
  case leave

  // What is done to stories.

  case change(StoryChange)
  /// Shows a change that has been made, and says so; `namesStory` adds which one it was of, where
  /// that is not in sight.
  case changed(Change, words: String, namesStory: Bool = false)
  case tag([StoryID])
  case compose(Command)
  /// Shows the thread of a story as the library now has it, at a comment if one is named.
  case showThread(StoryID, at: String? = nil)
  case gone(StoryID?)

  // Places and links.

  /// Goes to a part of a story, or to a mark in any.
  case go(Picker.Target, of: StoryID?)
  /// Cancel a job that was chosen in the list of jobs; show what came of one that has ended, or only
  /// say it where it was to be cancelled.
  case takeJob(JobID, isCancelling: Bool)
  /// Chooses a link of the open story, and shows it.
  case choose(StoryLink)
  case follow(LinkTarget)
  case copy(LinkTarget)
  case setMark(String)
  case goToMark(String)
  /// Back to where the last jump began; again, to where one was.
  case goBackAndForth

  // Outside of the screens.

  case effect(Effect)
  case useTheme(String)
  /// Takes changed settings, for this run.
  case prefer(Preferences)
}

extension Reply {
  var isNotMine: Bool { if case .notMine = self { true } else { false } }
  var isDone: Bool { if case .done = self { true } else { false } }

  /// The words of a message.
  var words: String? {
    switch self {
    case .say(let words), .fail(let words): words
    default: nil
    }
  }
}
