import Files

/// What is wrong in a settings or theme file, and where.
package struct SettingsError: Error, Hashable, Sendable {
  /// The file's path, or the name that was asked for when there is no such file.
  package var file: String
  /// One-based.
  package var line: Int?
  /// The key's path, such as `roles.caption.fg`.
  package var key: String?
  /// What is wrong, in words, without a full stop.
  package var problem: String
  /// The valid name nearest to what was written.
  package var nearest: String?

  package init(
    file: String, line: Int? = nil, key: String? = nil, problem: String, nearest: String? = nil
  ) {
    self.file = file
    self.line = line
    self.key = key
    self.problem = problem
    self.nearest = nearest
  }

  /// One line for people, in the form `FILE:LINE: KEY: what is wrong; did you mean “NAME”?`.
  package var message: String { words(file) }

  /// The same for the screen, which knows where its settings are: the file by its name alone.
  package var brief: String { words(Path(file).name.text) }

  private func words(_ file: String) -> String {
    var text = shown(file, limit: 200)
    if let line { text += ":\(line)" }
    text += ": "
    if let key { text += "\(shown(key, limit: 200)): " }
    text += shown(problem, limit: 300)
    if let nearest { text += "; did you mean “\(nearest)”?" }
    return text
  }
}

extension Config {
  /// One line for the screen: the first error, and how to list the others; `nil` if there are none.
  package static func words(for problems: [SettingsError]) -> String? {
    guard let first = problems.first else { return nil }
    let more = problems.count - 1
    return first.brief + (more > 0 ? " · \(more) more: courant config lists all" : "")
  }
}
