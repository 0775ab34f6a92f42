package import Settings

/// What the program is to do outside of ``Reader``.
nonisolated package enum Effect: Sendable, Hashable {
  /// Open an address in a browser, without a shell.
  case openLink(String)
  /// Put text on the clipboard.
  case copy(String)
  /// Stop, as `^Z` does, and return with the same screen.
  case suspend
  /// Draw every cell anew, for a screen that something else has written on.
  case redraw
  /// Draw with the theme of this name from now on; on failure send `Event.failed`.
  case useTheme(String)
  /// Hand a story to a program of the settings.
  case share(Preferences.ShareCommand, address: String, title: String)
  /// Run a program, a line of it with its arguments, with a story's text on its standard input.
  case pipe(String, Int64)
  /// Read the settings file again and send `Event.configured`.
  case reload
  /// Append a typed line to the history file.
  case remember(History.Line)
  /// Import the page or folder at a path as it was typed, in the background, sending `Event.progress`.
  case add(String)
  /// Open a draft in the user's editor and send `Event.composed`.
  case compose(Composition)
  /// Remove the file of a draft that has become a comment or was dropped.
  case dropDraft(Int64)
}

/// What happened outside of ``Reader``: timers, imports, other programs.
nonisolated package enum Event: Sendable, Hashable {
  /// How far the running work is, or `nil` when there is none.
  case progress(Work?)
  /// Stories were added or changed by an import.
  case libraryChanged
  /// Open this story, as after `courant PATH`.
  case open(Int64)
  /// No input came for `Reader.idleTimeout` milliseconds.
  case idle
  /// The settings as they are now, and the names of the themes there are.
  case configured(Config, themes: [String])
  /// What came of a draft that was handed to an editor.
  case composed(Int64, Composition.Outcome)
  /// A message for the status line.
  case notice(String)
  /// Something went wrong, as a sentence.
  case failed(String)

  /// Work that runs beside the reader, counted.
  nonisolated package struct Work: Sendable, Hashable {
    /// What is done, as "Importing".
    package var words: String
    /// How many of them are done.
    package var done: Int
    /// `nil` where it is not known.
    package var total: Int?

    package init(_ words: String, done: Int, total: Int? = nil) {
      self.words = words
      self.done = done
      self.total = total
    }
  }
}
