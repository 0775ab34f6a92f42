internal import Queries

extension TextTerm {
  /// The words in the language of the full-text index: in quotes, so that nothing typed is ever
  /// taken for syntax.
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

  /// Whether the last word may go on; a lone letter is searched for as it is.
  ///
  /// One letter begins a word of nearly every story, and all the words it begins would take 400 ms to
  /// gather in 100,000 of them. A sign of a script without spaces begins a word like any other.
  private var isPrefix: Bool {
    guard isOpen else { return false }
    let last = words.split { !$0.unicodeScalars.allSatisfy(\.isPartOfWord) }.last ?? ""
    guard last.count == 1, let letter = last.unicodeScalars.first else { return true }
    return letter.value >= Self.firstIdeograph
  }

  /// Where the scripts begin that need no spaces between words.
  private static let firstIdeograph: UInt32 = 0x2E80

  /// Whether this is one word and may stand anywhere: then the index of words alone finds it.
  ///
  /// That index refuses what it would part into several words. So only letters are taken that every
  /// version of Unicode has for letters: those of ASCII, Latin with its marks, Greek and Cyrillic.
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
  /// The query for the full-text index, if all of it is words that are wanted.
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

  /// Whether the index of words alone answers what `splitText` asks of an index.
  var hasPlainWords: Bool {
    guard case .every(let parts) = self else { return isPlain }
    return parts.allSatisfy { part in
      let text = if case .not(let query) = part { query } else { part }
      return text.indexExpression == nil || text.isPlain
    }
  }

  /// Whether the index of words alone answers a query for the full-text index.
  var isPlain: Bool {
    switch self {
    case .text(let term): term.isPlain
    case .any(let parts), .every(let parts): parts.allSatisfy(\.isPlain)
    default: false
    }
  }

  /// The words among what must all hold, as one query for the index, and what is left.
  ///
  /// The index finds what many words share faster than each of them.
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
