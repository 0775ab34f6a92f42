/// What a reader typed to search for: plain words or a regular expression.
///
/// Accents, curly quotes, kinds of dashes and of white space make no difference, on either side.
package struct Pattern: Sendable, Hashable {
  /// How the pattern is read.
  package enum Form: Sendable, Hashable { case literal, regex }

  /// The words as typed.
  package let typed: String
  package let form: Form
  /// Whether upper and lower case differ: they do once an upper-case letter is typed.
  package let isCaseSensitive: Bool

  /// The words as they are looked for: folded, upper case kept and not.
  let folded: [UInt8]
  let lowered: [UInt8]
  let expression: Expression?
  /// Why what looks like a regular expression is none, in a few words; `nil` where it is one, or
  /// looks like plain words.
  package let mistake: String?

  /// What is longer is cut: nobody types it, but a paste may hold anything.
  private static let limit = 1000

  /// Reads what was typed; a regular expression that does not compile is searched for literally.
  package init(typed: String) {
    self.typed = typed
    let scalars = typed.unicodeScalars.prefix(Self.limit)
    // A zero byte ends a passage, so no pattern has one.
    let words = Array(String(String.UnicodeScalarView(scalars.filter { $0.value != 0 })).utf8)
    folded = FoldedText(words, isLower: false).bytes
    lowered = FoldedText(words, isLower: true).bytes
    var isEscaped = false
    var isUpper = false
    for scalar in scalars {
      // "\S" asks for no capital.
      if !isEscaped, scalar.properties.isUppercase { isUpper = true }
      isEscaped = !isEscaped && scalar == "\\"
    }
    isCaseSensitive = isUpper
    let hasSyntax = words.contains { Array("\\^$.|?*+()[]{}".utf8).contains($0) }
    // Without case the words are lower case already, but for escapes that must keep theirs.
    do throws(Expression.Mistake) {
      expression = hasSyntax ? try Expression(folded) : nil
      mistake = nil
    } catch {
      expression = nil
      mistake = error.words
    }
    form = expression == nil ? .literal : .regex
  }

  /// Whether there is nothing to search for.
  package var isEmpty: Bool { folded.isEmpty }

  package static func == (one: Self, other: Self) -> Bool {
    one.typed.utf8.elementsEqual(other.typed.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in typed.utf8.prefix(256) { hasher.combine(byte) }
  }
}
