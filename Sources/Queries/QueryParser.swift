/// Reads the grammar of filters by descent: `any` is `every` joined by `or`, `every` is terms side
/// by side, a term may be negated or stand in parentheses.
struct QueryParser {
  private let text: [Character]
  private var position = 0
  private var depth = 0
  private var terms = 0
  private let reader: TermReader
  private(set) var mistakes: [QueryMistake] = []

  init(_ text: String, now: Int64, isTyping: Bool) {
    let most = QueryLimits.characters
    let characters = text.prefix(most)
    self.text = Array(characters)
    reader = TermReader(now: now, isTyping: isTyping)
    guard characters.endIndex < text.endIndex else { return }
    note(most - 1..<most, "More than \(most) characters are too many")
  }

  mutating func parse() -> Query {
    var parts: [Query] = []
    while true {
      parts.append(any())
      // `any` ends at a parenthesis that nothing opened, or at the end.
      guard position < text.count else { break }
      note(position..<(position + 1), "No parenthesis is open here")
      position += 1
    }
    return Query.all(of: parts).placed(in: Set(TextTerm.Part.allCases))
  }

  // MARK: - Groups

  private mutating func any() -> Query {
    var branches: [Query] = []
    var before: Range<Int>?
    while true {
      skipSpaces()
      let start = position
      let branch = every()
      let or = takeOr()
      if position == start || or?.lowerBound == start {
        if let word = or ?? before {
          note(word, "“or” stands between two things", isUnfinished: position == text.count)
        }
      }
      // A branch that asks for nothing was a mistake; it may not let every story in.
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
        note(range, "What should be left out?", isUnfinished: position == text.count)
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
      note(
        place, "in: wants words to look for there",
        isUnfinished: reader.isTyping && position == text.count)
    }
    guard wanted != nil || !unwanted.isEmpty else { return query }
    return query.placed(in: (wanted ?? Set(TextTerm.Part.allCases)).subtracting(unwanted))
  }

  private mutating func group() -> Query {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= QueryLimits.depth else {
      note(start..<(start + 1), "There are too many parentheses in each other")
      position = text.count
      return .everything
    }
    let known = mistakes.count
    let query = any()
    if position < text.count {
      position += 1
      if query == .everything, mistakes.count == known {
        note(start..<position, "Nothing stands between these parentheses")
      }
    } else {
      note(start..<(start + 1), "This parenthesis is not closed", isUnfinished: true)
    }
    return query
  }

  // MARK: - Terms

  private mutating func term() -> TermReader.Meaning? {
    let token = token()
    terms += 1
    guard terms <= QueryLimits.terms else {
      if terms == QueryLimits.terms + 1 {
        note(token.range, "More than \(QueryLimits.terms) words are too many")
      }
      return nil
    }
    do throws(QueryMistake) {
      return try reader.meaning(of: token)
    } catch {
      mistakes.append(error)
      return nil
    }
  }

  /// The characters up to the next space or parenthesis; those in quotes are taken whole.
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
      // A phrase in the middle of a word is a term of its own.
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

  /// What stands in quotes, up to the closing one.
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

  /// Goes to the next term of this group; `false` at the group's end.
  private mutating func isAtTerm() -> Bool {
    while true {
      skipSpaces()
      guard position < text.count, text[position] != ")", !stands("or") else { return false }
      guard stands("and") else { return true }
      position += 3
    }
  }

  /// Whether a word stands here by itself, and is not a part of one that is still being typed.
  private func stands(_ name: String) -> Bool {
    let end = position + name.count
    guard end <= text.count, String(text[position..<end]).lowercased() == name else { return false }
    guard end < text.count else { return !reader.isTyping }
    return text[end].isWhitespace || text[end] == "(" || text[end] == ")"
  }

  private mutating func takeOr() -> Range<Int>? {
    skipSpaces()
    guard stands("or") else { return nil }
    defer { position += 2 }
    return position..<(position + 2)
  }

  /// Goes past each `-` and `not`; the last of them is where a mistake is shown.
  private mutating func negation() -> (isNegated: Bool, sign: Range<Int>?) {
    var isNegated = false
    var sign: Range<Int>?
    while isAtTerm() {
      let isDash =
        text[position] == "-" && (position + 1 == text.count || !text[position + 1].isWhitespace)
      guard isDash || stands("not") else { break }
      let length = isDash ? 1 : 3
      sign = position..<(position + length)
      position += length
      isNegated.toggle()
    }
    return (isNegated, sign)
  }

  private mutating func note(_ range: Range<Int>, _ words: String, isUnfinished: Bool = false) {
    mistakes.append(QueryMistake(range, words, isUnfinished: isUnfinished))
  }
}

extension Character {
  var isQuote: Bool {
    self == "\"" || self == "\u{201C}" || self == "\u{201D}" || self == "\u{201E}"
  }
}

extension Query {
  /// Whether words are looked for, be it to leave them out.
  fileprivate var hasText: Bool {
    switch self {
    case .text: true
    case .not(let query): query.hasText
    case .every(let queries), .any(let queries): queries.contains(where: \.hasText)
    default: false
    }
  }

  /// The same query with the words that are looked for anywhere looked for in some parts only.
  fileprivate func placed(in parts: Set<TextTerm.Part>) -> Query {
    switch self {
    case .text(var term) where term.parts.isEmpty:
      term.parts = parts
      return .text(term)
    case .not(let query): return .not(query.placed(in: parts))
    case .every(let queries): return .every(queries.map { $0.placed(in: parts) })
    case .any(let queries): return .any(queries.map { $0.placed(in: parts) })
    default: return self
    }
  }
}
