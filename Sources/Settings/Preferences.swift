/// What a reader can choose, with the values that hold where nothing is chosen.
///
/// Each has a row in `Setting.all`, which gives it its name, its range and its words.
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
  package var column = 72
  package var wide = 120
  package var isSplit = true
  package var listWidth = 0
  package var listRows = 2
  package var bidi = Bidi.auto
  // Keys and mouse.
  package var preset = Preset.courant
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

  /// Whose fingers the keys are for.
  package enum Preset: String, CaseIterable, Sendable { case courant, newsboat, less, vim }

  /// Whether Courant puts text that runs from right to left in order, or leaves it to the terminal.
  package enum Bidi: String, CaseIterable, Sendable { case auto, on, off }

  /// Whether something is done of which not every terminal knows; `auto` where it is known to.
  package enum When: String, CaseIterable, Sendable {
    case auto, always, never

    /// Whether it is done here.
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
