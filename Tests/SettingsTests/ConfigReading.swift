import Settings

/// A suite that reads settings from a text.
protocol ConfigReading {}

extension ConfigReading {
  /// The names of the themes there are.
  static var themes: [String] { ["dusk", "linen", "night-desk", "terminal"] }

  /// What a settings file with some text says.
  func read(_ text: String) -> Config {
    readConfig(Array(text.utf8), file: "config.yaml", themes: Self.themes)
  }

  func messages(_ text: String) -> [String] { read(text).problems.map(\.message) }
}
