/// A typed search pattern: literal text or a regular expression.
///
/// Diacritics and the kinds of quotation marks, dashes and white space are ignored in pattern and text.
package struct Pattern: Sendable, Hashable {
  /// How the pattern is interpreted.
  package enum Form: Sendable, Hashable { case literal, regex }

  /// The pattern as typed.
  package let typed: String
  package let form: Form
  /// Whether case is significant: it is if the pattern has an upper-case letter ("smart case").
  package let isCaseSensitive: Bool

  /// The folded pattern, with case preserved and in lower case.
  let folded: [UInt8]
  let lowered: [UInt8]
  let expression: Expression?
  /// Why a pattern with regular-expression syntax does not compile; otherwise `nil`.
  package let mistake: String?

  /// Maximum length in Unicode scalars; a longer (pasted) pattern is truncated.
  private static let limit = 1000

  /// Parses a typed pattern; a regular expression that does not compile is searched for literally.
  package init(typed: String) {
    self.typed = typed
    let scalars = typed.unicodeScalars.prefix(Self.limit)
    // NUL separates passages and cannot match.
    let words = Array(String(String.UnicodeScalarView(scalars.filter { $0.value != 0 })).utf8)
    folded = FoldedSearchText(words, isLower: false).bytes
    lowered = FoldedSearchText(words, isLower: true).bytes
    var isEscaped = false
    var isUpper = false
    for scalar in scalars {
      // The letter of an escape such as "\S" is not an upper-case letter of the text.
      if !isEscaped, scalar.properties.isUppercase { isUpper = true }
      isEscaped = !isEscaped && scalar == "\\"
    }
    isCaseSensitive = isUpper
    let hasSyntax = words.contains { Array("\\^$.|?*+()[]{}".utf8).contains($0) }
    // Case is preserved for escapes; without upper-case letters the pattern is in lower case anyway.
    do throws(Expression.CompileError) {
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
