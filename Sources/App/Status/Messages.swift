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
  /// Run a job in the background, sending `Event.progress` as it goes and `Event.ended` at its end.
  case start(Job)
  /// Stop a job at the next point where nothing is half done; `Event.ended` follows.
  case cancel(JobID)
  /// Open a draft in the user's editor and send `Event.composed`.
  case compose(Composition)
  /// Remove the file of a draft that has become a comment or was dropped.
  case dropDraft(Int64)
}

/// What happened outside of ``Reader``: timers, imports, other programs.
nonisolated package enum Event: Sendable, Hashable {
  /// Work was asked for outside the reader, as by `courant FOLDER`; answered by `Effect.start`.
  case requested(Job.Kind)
  /// How far a job is. The first such event says that it runs and waits no more.
  case progress(JobID, Job.Progress)
  /// A job has ended; nothing more is reported of it.
  case ended(JobID, Job.Outcome)
  /// Stories were added or changed by an import.
  case libraryChanged
  /// Some program has written to the library, perhaps this one, and perhaps nothing that is shown.
  case libraryWritten
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
}
