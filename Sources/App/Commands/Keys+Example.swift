package import Settings

/// The default keys as lines of a settings file, context by context.
package func keysForExample() -> [(context: String, lines: [String])] {
  Command.Context.allCases.compactMap { context in
    let lines = CommandTable.entries.flatMap { entry in
      (entry.keys[context] ?? []).map { "\(quoted($0)): \(entry.command.rawValue)" }
    }
    return lines.isEmpty ? nil : (context.rawValue, lines)
  }
}

/// The key bindings of the settings that are invalid.
package func keyProblems(of config: Config) -> [SettingsError] {
  Keymap(preset: config.preferences.preset, own: config.bindings).problems
}

/// A key as a quoted YAML scalar.
private func quoted(_ key: String) -> String {
  let escaped = key.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
  return "\"\(String(escaped))\""
}
