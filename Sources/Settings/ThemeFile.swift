package import Display
import Matching

/// Reads a theme: a base16 or base24 scheme, with looks of single roles if it likes.
///
///     system: base16
///     name: Night desk
///     variant: dark
///     palette:
///       base00: "101418"      # … to base0F; or to base17
///     roles:
///       caption: {fg: base0C, italic: true}
///
/// A colour of a role is one of the palette's, `"#rrggbb"`, `default`, or one of the terminal's own
/// sixteen (`red`, `bright-red`). `bold`, `italic`, `dim`, `underline` and `reverse` are `true` or
/// `false`; what is not named stays as the scheme alone makes it. The older form, with `scheme:`
/// for the name and the colours at the top, is read as well.
package func readTheme(_ bytes: [UInt8], file: String) throws(SettingsError) -> Theme {
  let document = try readDocument(bytes, file: file)
  var reader = ThemeReader(file: file)
  return try reader.read(document)
}

private struct ThemeReader {
  let file: String
  private var name: String?
  private var variant: Theme.Variant?
  private var palette = Palette()
  private var roles: [Node.Entry] = []

  private static let keys = ["system", "name", "author", "variant", "palette", "roles"]
  /// Keys of published schemes that say nothing of looks.
  private static let ignored: Set = ["system", "author", "slug", "description", "license", "url"]

  init(file: String) { self.file = file }

  mutating func read(_ document: Node) throws(SettingsError) -> Theme {
    guard case .map(let entries, _) = document else {
      throw SettingsError(
        file: file, line: document.line, problem: "a theme is a map of keys and values")
    }
    for entry in entries { try read(entry) }
    if let missing = palette.missing {
      throw SettingsError(
        file: file, line: document.line, key: missing, problem: "this colour is missing")
    }
    var looks: [Role: Look] = [:]
    for role in Role.allCases { looks[role] = RoleLook.standard(role).look(palette) }
    for entry in roles {
      let role = try self.role(entry)
      looks[role] = try look(entry, over: looks[role] ?? Look())
    }
    let base = Look(foreground: palette["base05"], background: palette["base00"])
    return Theme(
      name: name ?? file, variant: variant ?? guessedVariant, base: base, looks: looks)
  }

  private mutating func read(_ entry: Node.Entry) throws(SettingsError) {
    switch entry.key {
    case "name", "scheme": name = try text(entry, entry.key)
    case "variant":
      let written = try text(entry, entry.key)
      guard let known = Theme.Variant(rawValue: written) else {
        throw SettingsError(
          file: file, line: entry.value.line, key: entry.key, problem: "“\(written)” is no variant",
          nearest: nearest(to: written, among: ["light", "dark", "any"]))
      }
      variant = known
    case "palette":
      for color in try map(entry, entry.key) { try readColor(color, path: "palette.\(color.key)") }
    case "roles": roles = try map(entry, entry.key)
    case let key where Self.ignored.contains(key): break
    case let key where key.hasPrefix("base"): try readColor(entry, path: key)
    case let key:
      throw SettingsError(
        file: file, line: entry.line, key: key, problem: "no theme has this key",
        nearest: nearest(to: key, among: Self.keys))
    }
  }

  private mutating func readColor(_ entry: Node.Entry, path: String) throws(SettingsError) {
    guard let name = Palette.name(entry.key) else {
      throw SettingsError(
        file: file, line: entry.line, key: path, problem: "no scheme has this colour",
        nearest: nearest(to: entry.key, among: Palette.names))
    }
    let written = try text(entry, path)
    guard let color = Palette.color(written) else {
      throw badColor(written, entry.value.line, path)
    }
    palette[name] = color
  }

  private func badColor(_ written: String, _ line: Int, _ path: String) -> SettingsError {
    let names =
      Palette.terminalColors + ["default"] + (path.hasPrefix("roles") ? Palette.names : [])
    return SettingsError(
      file: file, line: line, key: path,
      problem: "“\(written)” is no colour; write six digits of 0–9 and a–f in quotes",
      nearest: nearest(to: written, among: names))
  }

  // MARK: - Roles

  private func role(_ entry: Node.Entry) throws(SettingsError) -> Role {
    guard let role = Role(rawValue: entry.key) else {
      throw SettingsError(
        file: file, line: entry.line, key: "roles.\(entry.key)", problem: "there is no such role",
        nearest: nearest(to: entry.key, among: Role.allCases.map(\.rawValue)))
    }
    return role
  }

  private func look(_ entry: Node.Entry, over standard: Look) throws(SettingsError) -> Look {
    var look = standard
    for part in try map(entry, "roles.\(entry.key)") {
      let path = "roles.\(entry.key).\(part.key)"
      switch part.key {
      case "fg": look.foreground = try color(part, path)
      case "bg": look.background = try color(part, path)
      case let key:
        guard let attribute = Self.attributes[key] else {
          throw SettingsError(
            file: file, line: part.line, key: path, problem: "no look has this part",
            nearest: nearest(to: key, among: ["fg", "bg"] + Self.attributes.keys.sorted()))
        }
        if try flag(part, path) {
          look.attributes.insert(attribute)
        } else {
          look.attributes.remove(attribute)
        }
      }
    }
    return look
  }

  private static let attributes: [String: Look.Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]

  /// Nothing written means what lies below.
  private func color(_ entry: Node.Entry, _ path: String) throws(SettingsError) -> Look.Color? {
    let written = try text(entry, path)
    if written.isEmpty || written == "~" || written == "null" { return nil }
    if let name = Palette.name(written) { return palette[name] }
    guard let color = Palette.color(written) else {
      throw badColor(written, entry.value.line, path)
    }
    return color
  }

  private func flag(_ entry: Node.Entry, _ path: String) throws(SettingsError) -> Bool {
    let written = try text(entry, path)
    switch written {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      throw SettingsError(
        file: file, line: entry.value.line, key: path,
        problem: "“\(written)” is neither true nor false",
        nearest: nearest(to: written, among: ["true", "false"]))
    }
  }

  // MARK: - Values

  private func text(_ entry: Node.Entry, _ path: String) throws(SettingsError) -> String {
    guard case .text(let text, _) = entry.value else {
      throw SettingsError(
        file: file, line: entry.value.line, key: path, problem: "one value is wanted here")
    }
    return text
  }

  private func map(_ entry: Node.Entry, _ path: String) throws(SettingsError) -> [Node.Entry] {
    switch entry.value {
    case .map(let entries, _): return entries
    case .text("", _): return []
    default:
      throw SettingsError(
        file: file, line: entry.value.line, key: path, problem: "keys and values are wanted here")
    }
  }

  /// Published schemes of the older form do not say whether they are light.
  private var guessedVariant: Theme.Variant {
    guard case .rgb(let red, let green, let blue) = palette["base00"] else { return .any }
    return Int(red) + Int(green) + Int(blue) > 3 * 128 ? .light : .dark
  }
}
