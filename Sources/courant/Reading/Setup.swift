import App
import Files
import Settings

/// The settings file and the themes beside it, as they are now.
struct Setup {
  let path: Path
  let config: Config
  let themes: ThemeStore

  /// `named` is the file of `--config`, which must then be there.
  init(named: Path?) {
    path = named ?? configPath
    themes = ThemeStore(folder: path.folder.appending("themes"))
    config = loadConfig(path, isNamed: named != nil, themes: themes.names)
  }

  /// The name of the theme to use, `chosen` by `--theme` or else by the settings.
  ///
  /// `isLight` is called only for the theme `auto`; it is `nil` where the terminal does not answer.
  static func name(
    _ chosen: String, _ preferences: Preferences, isLight: () -> Bool?
  ) -> String {
    guard chosen == "auto" else { return chosen }
    return switch isLight() {
    case true: preferences.lightTheme
    case false: preferences.darkTheme
    case nil: standardThemeName
    }
  }
}

/// All mistakes in the settings, in the order of the file.
@MainActor
func settingsProblems(_ config: Config) -> [SettingsError] {
  (config.problems + keyProblems(of: config)).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
}
