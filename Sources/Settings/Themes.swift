package import Display
package import Files
import Glibc
import Matching

/// The theme that is used when none is named, or the one that is named cannot be read.
package let standardThemeName = "terminal"

/// Where a reader's own themes are: `$XDG_CONFIG_HOME/courant/themes`.
package var themeFolder: Path { StandardFolders.config.appending("themes") }

/// The maximum size of a theme file in bytes; a larger one is refused unread.
private let themeLimit = 1 << 20

/// The theme of that name: the reader's own, or else one of ours.
///
/// A name with a slash or ending in `.yaml` or `.yml` is the path of a file. Errors name the file,
/// and the line and key where they are known.
package func loadTheme(
  _ name: String = standardThemeName, folder: Path = themeFolder
) throws(SettingsError) -> Theme {
  if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
    return try readThemeFile(Path(name))
  }
  for ending in [".yaml", ".yml"] where !name.isEmpty && !name.hasPrefix(".") {
    let path = folder.appending(Path(name + ending))
    if let kind = try? fileKind(path, followLinks: true), kind != .folder {
      return try readThemeFile(path)
    }
  }
  if let bytes = ownThemes[name] { return try readTheme(bytes, file: "\(name).yaml") }
  let names = themeNames(folder: folder)
  throw SettingsError(
    file: name.isEmpty ? "theme" : name,
    problem: "there is no theme of this name; there are \(names.joined(separator: ", "))",
    nearest: nearest(to: name, among: names))
}

/// The names `loadTheme` knows, ours and the reader's own, sorted.
package func themeNames(folder: Path = themeFolder) -> [String] {
  var names = Set(ownThemes.keys)
  if let stream = folder.withCString({ opendir($0) }) {
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      for ending in [".yaml", ".yml"] where name.hasSuffix(ending) && !name.hasPrefix(".") {
        names.insert(String(name.dropLast(ending.count)))
      }
    }
  }
  return names.sorted()
}

private func readThemeFile(_ path: Path) throws(SettingsError) -> Theme {
  let bytes: [UInt8]
  do throws(FileError) {
    bytes = try readFile(path, limit: themeLimit, followLinks: true)
  } catch {
    throw SettingsError(file: path.text, problem: error.reason)
  }
  return try readTheme(bytes, file: path.text)
}

/// The themes of `Themes/`, compiled in.
private let ownThemes: [String: [UInt8]] =
  [
    "contrast": PackageResources.contrast_yaml, "dusk": PackageResources.dusk_yaml,
    "ember": PackageResources.ember_yaml, "frost": PackageResources.frost_yaml,
    "graphite": PackageResources.graphite_yaml, "harbour": PackageResources.harbour_yaml,
    "lamplight": PackageResources.lamplight_yaml, "linen": PackageResources.linen_yaml,
    "monochrome": PackageResources.monochrome_yaml, "moss": PackageResources.moss_yaml,
    "morning": PackageResources.morning_yaml, "night-desk": PackageResources.night_desk_yaml,
    "noon": PackageResources.noon_yaml, "sepia": PackageResources.sepia_yaml,
    "terminal": PackageResources.terminal_yaml,
  ]
