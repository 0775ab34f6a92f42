import Display
import Files
import Settings

/// The themes: those of the program, and the user's own beside the settings.
struct ThemeStore {
  let names: [String]
  private let folder: Path

  init(folder: Path) {
    self.folder = folder
    names = themeNames(folder: folder)
  }

  func theme(_ name: String) throws(SettingsError) -> Theme {
    try loadTheme(name, folder: folder)
  }

  /// The theme to use when another cannot be loaded.
  var standard: Theme {
    (try? theme(standardThemeName)) ?? Theme(name: standardThemeName, variant: .any, looks: [:])
  }

  /// A sentence for each theme of the folder that cannot be read.
  var problems: [String] {
    names.compactMap { name in
      do throws(SettingsError) {
        _ = try theme(name)
        return nil
      } catch {
        return error.message
      }
    }
  }
}
