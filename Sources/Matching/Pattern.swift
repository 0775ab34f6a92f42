/// What a reader typed to search for: plain words or a regular expression.
package struct Pattern: Sendable, Hashable {
  /// How the pattern is read.
  package enum Form: Sendable, Hashable { case literal, regex }

  /// The words as typed.
  package var typed: String
  package var form: Form
  /// Whether upper and lower case differ: they do once an upper-case letter is typed.
  package var isCaseSensitive: Bool

  /// Reads what was typed; a regular expression that does not compile is searched for literally.
  package init(typed: String) {
    self.typed = typed
    self.form = .literal
    self.isCaseSensitive = typed.unicodeScalars.contains { $0.properties.isUppercase }
  }

  /// Whether there is nothing to search for.
  package var isEmpty: Bool { typed.isEmpty }
}
