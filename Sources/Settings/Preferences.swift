/// The user's settings with their defaults.
///
/// Each has a row in `Setting.all` with its name, its range and its description. It is a plain record
/// with a property for each of them, and no groups: `Setting.all` is what orders them.
package struct Preferences: Sendable, Hashable {
  // Look.
  /// The name of the theme, or `auto`.
  package var theme = standardThemeName
  /// The theme that `auto` uses on a light background.
  package var lightTheme = "linen"
  /// The theme that `auto` uses on a dark background.
  package var darkTheme = "night-desk"
  /// Whether frames, bars and marks are drawn in ASCII.
  package var isASCII = false
  /// Whether the cursor is visible on the selected line.
  package var showsCursor = false
  /// Whether the window title is the open story's headline.
  package var setsTitle = true
  /// Whether progress is sent to the task bar (OSC 9;4).
  package var showsProgress = When.auto
  /// Whether hyperlinks are sent to the terminal (OSC 8).
  package var showsLinks = When.auto
  // Layout.
  /// The maximum width of a story's text, in columns.
  package var column = 72
  /// The minimum terminal width, in columns, for list and story side by side.
  package var wide = 120
  /// Whether list and story are shown side by side where there is room.
  package var isSplit = true
  /// The width of the list beside a story, in columns; 0 is three eighths of the screen.
  package var listWidth = 0
  /// The rows of each story in the list, 1 or 2.
  package var listRows = 2
  /// Who puts bidirectional text in visual order.
  package var bidi = Bidi.auto
  // Keys and mouse.
  /// The key preset: courant, newsboat, less or vim.
  package var preset = Preset.courant
  /// The delay in milliseconds before a begun key sequence shows its continuations.
  package var keyPause = 400
  /// Whether mouse reports are enabled.
  package var hasMouse = true
  /// The letters of link hints, the easiest to reach first.
  package var hintLetters = "asdfghjkl"
  // Programs.
  /// The program that opens addresses; empty for the default, as in the next two.
  package var opener = ""
  /// The program that gets text for the clipboard on standard input.
  package var copier = ""
  /// The program that comments are written in.
  package var editor = ""
  /// The name above the user's own comments; empty for the login name.
  package var name = ""
  /// The programs that a story can be shared with.
  package var share: [ShareCommand] = []

  package init() {}

  /// The key preset: courant, newsboat, less or vim.
  package enum Preset: String, CaseIterable, Sendable { case courant, newsboat, less, vim }

  /// Whether Courant reorders bidirectional text itself or leaves it to the terminal.
  package enum Bidi: String, CaseIterable, Sendable { case auto, on, off }

  /// Whether an optional terminal feature is used; `auto` where the terminal is known to support it.
  package enum When: String, CaseIterable, Sendable {
    case auto, always, never

    /// Whether the feature is used; `isKnown` is evaluated for `auto` only.
    package func holds(_ isKnown: @autoclosure () -> Bool) -> Bool {
      switch self {
      case .auto: isKnown()
      case .always: true
      case .never: false
      }
    }
  }

  /// A program that a story can be handed to.
  package struct ShareCommand: Sendable, Hashable {
    /// The name after `:share`.
    package var name: String
    /// The program and its arguments, in which `%u` stands for the address and `%t` for the
    /// headline.
    package var command: String

    package init(name: String, command: String) {
      self.name = name
      self.command = command
    }
  }
}
