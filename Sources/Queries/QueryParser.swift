/// A recursive-descent parser for filters.
///
/// ```
/// any   = every ("or" every)*
/// every = (["-" | "not"] ("(" any ")" | term))*
/// ```
struct QueryParser {
  private let text: [Character]
  private var position = 0
  private var depth = 0
  private var terms = 0
  private let termParser: TermParser
  private(set) var mistakes: [QueryMistake] = []

  init(_ text: String, now: Int64, isTyping: Bool) {
    let maximum = QueryLimits.characters
    let characters = text.prefix(maximum)
    self.text = Array(characters)
    termParser = TermParser(now: now, isTyping: isTyping)
    guard characters.endIndex < text.endIndex else { return }
    report(maximum - 1..<maximum, "More than \(maximum) characters are too many")
  }

  mutating func parse() -> Query {
    var parts: [Query] = []
    while true {
      parts.append(any())
      // `any` stops at an unmatched closing parenthesis or at the end.
      guard position < text.count else { break }
      report(position..<(position + 1), "No parenthesis is open here")
      position += 1
    }
    return Query.all(of: parts).restricted(to: Set(TextTerm.Part.allCases))
  }

  // MARK: - Groups

  private mutating func any() -> Query {
    var branches: [Query] = []
    var before: Range<Int>?
    while true {
      skipSpaces()
      let start = position
      let branch = every()
      let or = consumeOr()
      if position == start || or?.lowerBound == start {
        if let word = or ?? before {
          report(word, "“or” stands between two things", isUnfinished: position == text.count)
        }
      }
      // An empty branch is a mistake; kept, it would match every story.
      if branch != .everything { branches.append(branch) }
      before = or
      guard or != nil else { break }
    }
    return branches.isEmpty ? .everything : branches.count == 1 ? branches[0] : .any(branches)
  }

  private mutating func every() -> Query {
    var queries: [Query] = []
    var wanted: Set<TextTerm.Part>?
    var unwanted: Set<TextTerm.Part> = []
    var place: Range<Int>?
    while isAtTerm() {
      let (isNegated, sign) = negation()
      guard isAtTerm() else {
        let range = sign ?? position..<position
        report(range, "What should be left out?", isUnfinished: position == text.count)
        break
      }
      let start = position
      switch text[position] == "(" ? .query(group()) : term() {
      case .query(.everything), nil: continue
      case .query(let query): queries.append(isNegated ? query.negated : query)
      case .parts(let parts):
        place = place ?? start..<position
        if isNegated { unwanted.formUnion(parts) } else { wanted = (wanted ?? []).union(parts) }
      }
    }
    let query = Query.all(of: queries)
    if let place, !query.hasText {
      report(
        place, "in: wants words to look for there",
        isUnfinished: termParser.isTyping && position == text.count)
    }
    guard wanted != nil || !unwanted.isEmpty else { return query }
    return query.restricted(to: (wanted ?? Set(TextTerm.Part.allCases)).subtracting(unwanted))
  }

  private mutating func group() -> Query {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= QueryLimits.depth else {
      report(start..<(start + 1), "There are too many parentheses in each other")
      position = text.count
      return .everything
    }
    let mistakesBefore = mistakes.count
    let query = any()
    if position < text.count {
      position += 1
      if query == .everything, mistakes.count == mistakesBefore {
        report(start..<position, "Nothing stands between these parentheses")
      }
    } else {
      report(start..<(start + 1), "This parenthesis is not closed", isUnfinished: true)
    }
    return query
  }

  // MARK: - Terms

  private mutating func term() -> TermParser.Meaning? {
    let token = token()
    terms += 1
    guard terms <= QueryLimits.terms else {
      if terms == QueryLimits.terms + 1 {
        report(token.range, "More than \(QueryLimits.terms) words are too many")
      }
      return nil
    }
    do throws(QueryMistake) {
      return try termParser.parse(token)
    } catch {
      mistakes.append(error)
      return nil
    }
  }

  /// Consumes the characters up to the next space or parenthesis outside quotation marks.
  private mutating func token() -> Token {
    let start = position
    var token = Token()
    while position < text.count, !text[position].isWhitespace, text[position] != "(",
      text[position] != ")"
    {
      guard text[position].isQuote else {
        token.name.append(text[position])
        position += 1
        continue
      }
      // A quotation mark within a word begins a new term.
      guard position == start || token.endsField else { break }
      token.phrase = quoted()
      token.isClosed = position < text.count
      if token.isClosed { position += 1 }
      break
    }
    token.range = start..<position
    token.isLast = position == text.count
    return token
  }

  /// Consumes quoted text up to the closing quotation mark.
  private mutating func quoted() -> String {
    position += 1
    let start = position
    while position < text.count, !text[position].isQuote { position += 1 }
    return String(text[start..<position])
  }

  // MARK: - Characters

  private mutating func skipSpaces() {
    while position < text.count, text[position].isWhitespace { position += 1 }
  }

  /// Skips to the next term of this group; `false` at its end.
  private mutating func isAtTerm() -> Bool {
    while true {
      skipSpaces()
      guard position < text.count, text[position] != ")", !isKeyword("or") else { return false }
      guard isKeyword("and") else { return true }
      position += 3
    }
  }

  /// Whether a keyword is at the current position, and is not the beginning of a word being typed.
  private func isKeyword(_ name: String) -> Bool {
    let end = position + name.count
    guard end <= text.count, String(text[position..<end]).lowercased() == name else { return false }
    guard end < text.count else { return !termParser.isTyping }
    return text[end].isWhitespace || text[end] == "(" || text[end] == ")"
  }

  private mutating func consumeOr() -> Range<Int>? {
    skipSpaces()
    guard isKeyword("or") else { return nil }
    defer { position += 2 }
    return position..<(position + 2)
  }

  /// Consumes all `-` and `not`; returns the range of the last one for a mistake.
  private mutating func negation() -> (isNegated: Bool, sign: Range<Int>?) {
    var isNegated = false
    var sign: Range<Int>?
    while isAtTerm() {
      let isDash =
        text[position] == "-" && (position + 1 == text.count || !text[position + 1].isWhitespace)
      guard isDash || isKeyword("not") else { break }
      let length = isDash ? 1 : 3
      sign = position..<(position + length)
      position += length
      isNegated.toggle()
    }
    return (isNegated, sign)
  }

  private mutating func report(_ range: Range<Int>, _ words: String, isUnfinished: Bool = false) {
    mistakes.append(QueryMistake(range, words, isUnfinished: isUnfinished))
  }
}

extension Character {
  var isQuote: Bool {
    self == "\"" || self == "\u{201C}" || self == "\u{201D}" || self == "\u{201E}"
  }
}

extension Query {
  /// Whether the query has search terms, negated ones included.
  fileprivate var hasText: Bool {
    switch self {
    case .text: true
    case .not(let query): query.hasText
    case .every(let queries), .any(let queries): queries.contains(where: \.hasText)
    default: false
    }
  }

  /// The query with the search terms that have no parts yet restricted to `parts`.
  fileprivate func restricted(to parts: Set<TextTerm.Part>) -> Query {
    switch self {
    case .text(var term) where term.parts.isEmpty:
      term.parts = parts
      return .text(term)
    case .not(let query): return .not(query.restricted(to: parts))
    case .every(let queries): return .every(queries.map { $0.restricted(to: parts) })
    case .any(let queries): return .any(queries.map { $0.restricted(to: parts) })
    default: return self
    }
  }
}
