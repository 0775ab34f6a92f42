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

  /// One Latin letter begins a word of nearly every story: it is searched for as it is, since all
  /// the words it begins would take 400 ms to gather in 100,000 stories.
  private var isPrefix: Bool {
    isOpen && (words.unicodeScalars.count > 1 || !words.unicodeScalars.allSatisfy(\.isASCII))
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
