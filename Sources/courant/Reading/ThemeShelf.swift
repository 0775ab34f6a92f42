import Display
import Files
import Settings

/// The themes there are, and the one to begin with.
struct ThemeShelf {
  let names: [String]
  let first: Theme
  /// The name of the theme in use.
  let firstName: String
  /// Why the theme that was asked for is not used.
  let problem: String?
  private let folder: Path

  /// Themes stand beside the settings.
  ///
  /// One that cannot be read is told of, and the standard one is used.
  init(config: Path?, chosen: String?) {
    folder = (config?.folder ?? StandardFolders.config).appending("themes")
    names = themeNames(folder: folder)
    do throws(SettingsError) {
      first = try loadTheme(chosen ?? standardThemeName, folder: folder)
      firstName = chosen ?? standardThemeName
      problem = nil
    } catch {
      let standard = try? loadTheme(standardThemeName, folder: folder)
      first = standard ?? Theme(name: standardThemeName, variant: .any, looks: [:])
      firstName = standardThemeName
      problem = error.message
    }
  }

  func theme(_ name: String) throws(SettingsError) -> Theme {
    try loadTheme(name, folder: folder)
  }

  /// Sentences on the themes of the folder that cannot be read.
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
