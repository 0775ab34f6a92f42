/// The user's settings with their defaults.
///
/// Each has a row in `Setting.all` with its name, its range and its description.
package struct Preferences: Sendable, Hashable {
  // Look.
  package var theme = standardThemeName
  package var lightTheme = "linen"
  package var darkTheme = "night-desk"
  package var isASCII = false
  package var showsCursor = false
  package var setsTitle = true
  package var showsProgress = When.auto
  package var showsLinks = When.auto
  // Layout.
  /// The maximum width of a story's text, in columns.
  package var column = 72
  /// The minimum terminal width, in columns, for list and story side by side.
  package var wide = 120
  package var isSplit = true
  package var listWidth = 0
  package var listRows = 2
  package var bidi = Bidi.auto
  // Keys and mouse.
  package var preset = Preset.courant
  /// The delay in milliseconds before a begun key sequence shows its continuations.
  package var keyPause = 400
  package var hasMouse = true
  package var hintLetters = "asdfghjkl"
  // Programs.
  package var opener = ""
  package var copier = ""
  package var editor = ""
  package var name = ""
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
