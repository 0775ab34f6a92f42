package import Files
import Matching

/// The contents of a settings file, with its errors.
///
/// It promises that one mistake costs no more than itself: an invalid value is reported and
/// replaced by the default, and the rest of the file is used.
package struct Config: Sendable, Hashable {
  /// The values of the file, with defaults for those that are missing or invalid.
  package var preferences = Preferences()
  /// The bindings as written; App checks them against its commands.
  package var bindings: [KeyBinding] = []
  /// The errors, in the order of the lines.
  package var problems: [SettingsError] = []

  /// What holds without a file.
  package init() {}

  /// A line of `keys`: what one key sequence does in one place.
  package struct KeyBinding: Sendable, Hashable {
    /// The place it is for: a context's name, or `all`.
    package var context: String
    /// As written: `gg`, `^D`, `g Enter`.
    package var keys: String
    /// What is done, one after the other, each as it would be typed after `:`.
    package var orders: [String]
    /// Where it stands, for errors; the line is one-based.
    package var file: String
    /// The one-based line in `file`.
    package var line: Int

    package init(
      context: String, keys: String, orders: [String], file: String = "", line: Int = 0
    ) {
      self.context = context
      self.keys = keys
      self.orders = orders
      self.file = file
      self.line = line
    }

    /// An error about this binding.
    package func error(_ problem: String, nearest: String? = nil) -> SettingsError {
      SettingsError(
        file: file, line: line, key: "keys.\(context).\(keys)", problem: problem, nearest: nearest)
    }
  }

  /// The sections that are no single setting.
  package static let sections = ["keys", "share"]
}

/// Where the settings are when no file is named: `$XDG_CONFIG_HOME/courant/config.yaml`.
package var configPath: Path { StandardFolders.config.appending("config.yaml") }

/// No settings need more; a larger file is refused unread.
private let configLimit = 1 << 20

/// Reads a settings file; one that is not there says nothing, unless it was asked for by name.
package func loadConfig(_ path: Path, isNamed: Bool, themes: [String]) -> Config {
  var config = Config()
  do throws(FileError) {
    let bytes = try readFile(path, limit: configLimit, followLinks: true)
    return readConfig(bytes, file: path.text, themes: themes)
  } catch {
    if case .missing = error, !isNamed { return config }
    config.problems = [SettingsError(file: path.text, problem: error.reason)]
    return config
  }
}

/// Reads settings; `file` is the name in errors, `themes` the names of the themes there are.
package func readConfig(_ bytes: [UInt8], file: String, themes: [String]) -> Config {
  var reader = ConfigReader(file: file, themes: themes)
  reader.read(bytes)
  return reader.config
}

private struct ConfigReader {
  let file: String
  let themes: [String]
  var config = Config()

  init(file: String, themes: [String]) {
    self.file = file
    self.themes = themes
  }

  mutating func read(_ bytes: [UInt8]) {
    do throws(SettingsError) {
      let document = try readDocumentLeniently(bytes, file: file)
      config.problems += document.duplicates
      guard let root = document.node else { return }
      guard case .map(let entries, _) = root else {
        // A file that holds only `~` or nothing but a marker is as good as empty.
        if case .text("", _) = root { return }
        return refuse(root.line, nil, "settings are lines of `name: value`")
      }
      for entry in entries { read(entry) }
    } catch {
      var error = error
      if error.line != nil { error.problem += "; signs such as : [ { % # are put in quotes" }
      config.problems.append(error)
    }
    config.problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  private mutating func refuse(
    _ line: Int, _ key: String?, _ problem: String, nearest: String? = nil
  ) {
    config.problems.append(
      SettingsError(file: file, line: line, key: key, problem: problem, nearest: nearest))
  }

  private mutating func read(_ entry: Node.Entry) {
    switch entry.key {
    case "keys": readKeys(entry)
    case "share": readShare(entry)
    default:
      guard let setting = Setting.named(entry.key) else {
        let names = Setting.all.map(\.name) + Config.sections
        return refuse(
          entry.line, entry.key, "there is no such setting",
          nearest: nearest(to: entry.key, among: names))
      }
      guard let written = value(entry.value, of: setting) else {
        let form = setting.kind.isProgram ? ", in one line or a list of words" : ""
        return refuse(
          entry.value.line, entry.key, "one value is wanted here: \(setting.range)\(form)")
      }
      let line = entry.value.line
      do throws(Setting.Refusal) {
        try setting.set(written, in: &config.preferences, themes: themes)
      } catch {
        refuse(line, entry.key, error.problem, nearest: error.nearest)
      }
    }
  }

  /// The written form of a setting's value; a program may be a list of words.
  private func value(_ node: Node, of setting: Setting) -> String? {
    if case .text(let written, _) = node { return written }
    return setting.kind.isProgram ? command(node) : nil
  }

  // MARK: - Sections

  private mutating func readShare(_ entry: Node.Entry) {
    for part in map(entry, "share") {
      let path = "share.\(part.key)"
      guard let command = command(part.value) else {
        refuse(part.value.line, path, "a program with its arguments is wanted here")
        continue
      }
      guard !part.key.isEmpty, part.key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
      else {
        refuse(part.line, path, "a name here is letters, digits and hyphens")
        continue
      }
      if let problem = Setting.problem(ofProgram: command, opensAddresses: true) {
        refuse(part.value.line, path, problem)
        continue
      }
      config.preferences.share.append(.init(name: part.key, command: command))
    }
  }

  /// A program with its arguments as one line; a list of words is quoted, word by word.
  private func command(_ node: Node) -> String? {
    if case .text(let line, _) = node { return line.isEmpty ? nil : line }
    guard case .list = node, let words = orders(node), !words.isEmpty else { return nil }
    return words.map { word in
      let parts = word.split(separator: "'", omittingEmptySubsequences: false)
      return parts.map { "'\($0)'" }.joined(separator: "\"'\"")
    }.joined(separator: " ")
  }

  private mutating func readKeys(_ entry: Node.Entry) {
    for place in map(entry, "keys") {
      for binding in map(place, "keys.\(place.key)") {
        let path = "keys.\(place.key).\(binding.key)"
        guard let orders = orders(binding.value), !orders.isEmpty else {
          refuse(
            binding.value.line, path,
            "a command, a list of commands, or none is wanted here")
          continue
        }
        config.bindings.append(
          Config.KeyBinding(
            context: place.key, keys: binding.key, orders: orders, file: file, line: binding.line))
      }
    }
  }

  /// A command or a list of them; `nil` for anything else.
  private func orders(_ node: Node) -> [String]? {
    switch node {
    case .text(let text, _): return text.isEmpty ? nil : [text]
    case .list(let nodes, _):
      let texts = nodes.compactMap { node in
        if case .text(let text, _) = node, !text.isEmpty { text } else { nil }
      }
      return texts.count == nodes.count ? texts : nil
    case .map: return nil
    }
  }

  private mutating func map(_ entry: Node.Entry, _ path: String) -> [Node.Entry] {
    switch entry.value {
    case .map(let entries, _): return entries
    case .text("", _): return []
    default:
      refuse(entry.value.line, path, "keys and values are wanted here")
      return []
    }
  }
}
