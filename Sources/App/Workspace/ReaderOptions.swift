internal import Display
package import Queries
package import Settings
package import Stories

/// What the program hands to the reader when it starts.
package struct ReaderOptions {
  /// The settings.
  package var preferences: Preferences
  /// The key bindings of the settings.
  package var bindings: [Config.KeyBinding]
  /// The names of the themes.
  package var themes: [String]
  /// Whether the terminal shows nothing but ASCII.
  package var isASCIITerminal: Bool
  /// Whether the terminal reorders right-to-left text itself.
  package var isBidiTerminal: Bool
  /// The shelf that is shown first.
  package var shelf: Shelf
  /// The lines typed in earlier runs.
  package var history: History
  /// The author of comments where the settings name none: the login name.
  package var userName: String
  /// The names of files, for what is typed after `:add`.
  package var files: FileNames
  /// The clock, for ages and for when a story was last open.
  package var now: () -> Timestamp

  /// The defaults are those of a capable terminal and of empty settings.
  package init(
    preferences: Preferences = Preferences(), bindings: [Config.KeyBinding] = [],
    themes: [String] = [standardThemeName], isASCIITerminal: Bool = false,
    isBidiTerminal: Bool = false, shelf: Shelf = .all,
    history: History = History(), userName: String = "", files: FileNames = FileNames(),
    now: @escaping () -> Timestamp
  ) {
    self.preferences = preferences
    self.bindings = bindings
    self.themes = themes
    self.isASCIITerminal = isASCIITerminal
    self.isBidiTerminal = isBidiTerminal
    self.shelf = shelf
    self.history = history
    self.userName = userName
    self.files = files
    self.now = now
  }

  /// The author of the user's comments.
  var author: String {
    let name = preferences.name.isEmpty ? userName : preferences.name
    return name.isEmpty ? "me" : name
  }

  /// Whether every ornament is drawn in ASCII.
  var isASCII: Bool { isASCIITerminal || preferences.isASCII }

  /// What stands between the facts of a line.
  var dot: String { isASCII ? " - " : " · " }

  /// Whether Courant or the terminal reorders right-to-left text.
  var textOrder: TextOrder {
    switch preferences.bidi {
    case .on: .asSeen
    case .off: .byTerminal
    case .auto: isBidiTerminal ? .byTerminal : .asSeen
    }
  }
}
