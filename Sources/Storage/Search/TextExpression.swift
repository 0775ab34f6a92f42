internal import Queries

extension TextTerm {
  /// The term in FTS5's query syntax; quoted, so that no input is interpreted as syntax.
  var indexExpression: String {
    let words = String(
      String.UnicodeScalarView(
        self.words.unicodeScalars.filter {
          $0 != "\"" && $0 != "\0"
        }))
    let term = "\"\(words)\"" + (isPrefix ? "*" : "")
    guard parts.count < Part.allCases.count else { return term }
    guard !parts.isEmpty else { return "\"\"" }
    return
      "{\(Part.allCases.filter(parts.contains).map(\.rawValue).joined(separator: " "))} : \(term)"
  }

  /// Whether the last word is a prefix; a single letter is searched for as a whole word.
  ///
  /// Nearly every story has a word with a given first letter, and collecting the matches takes 400 ms
  /// for 100,000 stories. A character of a script without spaces is a prefix like any other.
  private var isPrefix: Bool {
    guard isOpen else { return false }
    let last = words.split { !$0.unicodeScalars.allSatisfy(\.isPartOfWord) }.last ?? ""
    guard last.count == 1, let letter = last.unicodeScalars.first else { return true }
    return letter.value >= Self.firstIdeograph
  }

  /// The first code point of scripts that are written without spaces between words.
  private static let firstIdeograph: UInt32 = 0x2E80

  /// Whether this is a single word in any part of a story: then the index without positions suffices.
  ///
  /// That index refuses terms that its tokenizer would split, so only characters are accepted that are
  /// letters in every version of Unicode: ASCII, Latin with diacritics, Greek and Cyrillic.
  var isPlain: Bool {
    guard parts.count == Part.allCases.count else { return false }
    return words.unicodeScalars.allSatisfy { letter in
      switch letter.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case 0xC0...0x24F, 0x391...0x3C9, 0x400...0x481, 0x48A...0x52F:
        letter.properties.isAlphabetic
      default: false
      }
    }
  }
}

extension Query {
  /// The query in FTS5's syntax; `nil` if any part of it is not a wanted word.
  var indexExpression: String? {
    switch self {
    case .text(let term): return term.indexExpression
    case .any(let parts): return Self.joined(parts, by: " OR ")
    case .every(let parts): return Self.joined(parts, by: " AND ")
    default: return nil
    }
  }

  private static func joined(_ parts: [Query], by word: String) -> String? {
    let expressions = parts.compactMap(\.indexExpression)
    guard expressions.count == parts.count else { return nil }
    return expressions.map { "(\($0))" }.joined(separator: word)
  }

  /// Whether the index without positions can evaluate the expression of `splitText`.
  var hasPlainWords: Bool {
    guard case .every(let parts) = self else { return isPlain }
    return parts.allSatisfy { part in
      let text = if case .not(let query) = part { query } else { part }
      return text.indexExpression == nil || text.isPlain
    }
  }

  /// Whether the index without positions can evaluate a query of words.
  var isPlain: Bool {
    switch self {
    case .text(let term): term.isPlain
    case .any(let parts), .every(let parts): parts.allSatisfy(\.isPlain)
    default: false
    }
  }

  /// All words of a conjunction as one expression of the index, and the remaining terms.
  ///
  /// The index intersects several words faster than it finds each of them.
  var splitText: (expression: String?, rest: [Query]) {
    guard case .every(let parts) = self else {
      return indexExpression.map { ($0, []) } ?? (nil, [self])
    }
    let wanted = parts.compactMap(\.indexExpression)
    guard !wanted.isEmpty else { return (nil, parts) }
    let unwanted = parts.compactMap { part in
      if case .not(let query) = part { query.indexExpression } else { nil }
    }
    var expression = wanted.map { "(\($0))" }.joined(separator: " AND ")
    if !unwanted.isEmpty {
      expression =
        "(\(expression)) NOT (" + unwanted.map { "(\($0))" }.joined(separator: " OR ") + ")"
    }
    let rest = parts.filter { part in
      if case .not(let query) = part { return query.indexExpression == nil }
      return part.indexExpression == nil
    }
    return (expression, rest)
  }
}
