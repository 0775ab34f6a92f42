internal import Matching

/// The text of one term.
struct Token {
  /// The text outside quotation marks: a word, or a field with its colon.
  var name = ""
  /// The text inside quotation marks.
  var phrase: String?
  /// Whether the closing quotation mark is there.
  var isClosed = true
  /// Whether the term ends the filter, without a space after it.
  var isLast = false
  var range = 0..<0

  /// Whether the text so far is a field name with its colon: `tag:`.
  var endsField: Bool {
    guard name.last == ":" else { return false }
    return name.dropLast().allSatisfy(\.isASCIILetter) && name.count > 1
  }
}

/// Parses one term: a word, a state, or a field with its value.
struct TermParser {
  let now: Int64
  let isTyping: Bool

  enum Meaning {
    case query(Query)
    /// The parts in which the group's words are searched for.
    case parts(Set<TextTerm.Part>)
  }

  /// Words that denote a state unless they are quoted.
  private static let states: [String: Query.State] = [
    "read": .read, "unread": .unread, "starred": .starred, "started": .started,
  ]

  func parse(_ token: Token) throws(QueryMistake) -> Meaning {
    if token.name.isEmpty, let phrase = token.phrase {
      return .query(try text(phrase, isOpen: isTyping && !token.isClosed, token))
    }
    if let state = Self.states[token.name.lowercased()] { return .query(.state(state)) }
    if let (amount, limits) = try comparison(token) { return .query(.amount(amount, limits)) }
    if let (name, value) = field(token) { return try parse(field: name, value, token) }
    var word = token.name
    var isOpen = isTyping && token.isLast
    if word.hasSuffix("*") {
      word.removeLast()
      isOpen = true
    }
    return .query(try text(word, isOpen: isOpen, token))
  }

  private func text(_ words: String, isOpen: Bool, _ token: Token) throws(QueryMistake) -> Query {
    guard words.unicodeScalars.contains(where: \.isPartOfWord) else {
      throw QueryMistake(
        token.range, "There is no letter or digit to look for",
        isUnfinished: isTyping && token.isLast)
    }
    return .text(TextTerm(words, isOpen: isOpen, parts: []))
  }

  // MARK: - Fields

  /// The field and value of a term; `nil` for text with a colon that is not a field, such as a URL.
  private func field(_ token: Token) -> (name: String, value: String)? {
    guard let colon = token.name.firstIndex(of: ":") else { return nil }
    let name = token.name[..<colon]
    let rest = token.name[token.name.index(after: colon)...]
    guard !name.isEmpty, name.allSatisfy(\.isASCIILetter), !rest.hasPrefix("//") else { return nil }
    return (name.lowercased(), token.phrase ?? String(rest))
  }

  private func parse(
    field name: String, _ value: String, _ token: Token
  ) throws(QueryMistake) -> Meaning {
    guard let field = QueryField(rawValue: name) else {
      let suggestion = nearest(to: name, among: QueryField.allCases.map(\.rawValue))
      let hint = suggestion.map { "; did you mean \($0):?" } ?? ""
      throw QueryMistake(token.range, "There is no field “\(name)”\(hint)")
    }
    guard !value.allSatisfy(\.isWhitespace) else {
      throw QueryMistake(
        token.range, "\(name): wants \(field.expectedValue)", isUnfinished: isTyping && token.isLast
      )
    }
    switch field {
    case .tag: return .query(.name(named(.tag, value, token)))
    case .source: return .query(.name(named(.source, value, token)))
    case .author: return .query(.name(named(.author, value, token)))
    case .site: return .query(.name(named(.site, value, token)))
    case .before: return .query(.before(try date(value, token)))
    case .after: return .query(.since(try date(value, token)))
    case .newer: return .query(.since(try relativeTime(value, token)))
    case .older: return .query(.before(try relativeTime(value, token)))
    case .has: return .query(try presence(value, token))
    case .in: return .parts(try parts(value, token))
    }
  }

  private func named(_ field: NameTerm.Field, _ value: String, _ token: Token) -> NameTerm {
    NameTerm(field, value, isExact: token.phrase != nil && token.isClosed)
  }

  private func presence(_ value: String, _ token: Token) throws(QueryMistake) -> Query {
    switch value.lowercased() {
    case "figures", "figure": return .amount(.figures, 1...(.max))
    case "comments", "comment": return .amount(.comments, 1...(.max))
    case "words", "text": return .amount(.words, 1...(.max))
    default: throw unknown(value, of: .has, token)
    }
  }

  /// Parses one or more parts: `in:title,body` or `in:title|body`.
  private func parts(_ value: String, _ token: Token) throws(QueryMistake) -> Set<TextTerm.Part> {
    var parts: Set<TextTerm.Part> = []
    for name in value.lowercased().split(whereSeparator: { $0 == "," || $0 == "|" }) {
      guard let part = TextTerm.Part(rawValue: String(name)) else {
        throw unknown(String(name), of: .in, token)
      }
      parts.insert(part)
    }
    guard !parts.isEmpty else { throw unknown(value, of: .in, token) }
    return parts
  }

  private func unknown(_ value: String, of field: QueryField, _ token: Token) -> QueryMistake {
    QueryMistake(
      token.range, "\(field.rawValue): takes \(field.expectedValue), not “\(value)”",
      isUnfinished: isTyping && token.isLast && field.values.contains { $0.hasPrefix(value) })
  }
}

// MARK: - Amounts

extension TermParser {
  /// Parses a comparison: `words>1000`, `comments<=10`, `figures=2`; `nil` without an operator.
  private func comparison(
    _ token: Token
  ) throws(QueryMistake) -> (Query.Amount, ClosedRange<Int>)? {
    guard let sign = token.name.firstIndex(where: { "<>=".contains($0) }), token.phrase == nil
    else { return nil }
    let name = token.name[..<sign].lowercased()
    guard !name.isEmpty, name.allSatisfy(\.isASCIILetter) else { return nil }
    let signs = token.name[sign...].prefix { "<>=".contains($0) }
    let digits = token.name[sign...].dropFirst(signs.count)
    guard let amount = Query.Amount(rawValue: name) else {
      let suggestion = nearest(to: name, among: Query.Amount.allCases.map(\.rawValue))
      throw QueryMistake(
        token.range,
        "Only words, comments and figures are counted"
          + (suggestion.map { "; did you mean \($0)\(signs)?" } ?? ""))
    }
    guard !digits.isEmpty else {
      throw QueryMistake(
        token.range, "\(name)\(signs) wants a number", isUnfinished: isTyping && token.isLast)
    }
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), digits.count <= 9,
      let number = Int(digits), let limits = Self.limits(String(signs), number)
    else { throw QueryMistake(token.range, "“\(token.name)” is no comparison; one is words>1000") }
    return (amount, limits)
  }

  private static func limits(_ sign: String, _ number: Int) -> ClosedRange<Int>? {
    switch sign {
    case ">": (number + 1)...(.max)
    case ">=": number...(.max)
    case "<": number > 0 ? 0...(number - 1) : -1...(-1)
    case "<=": 0...number
    case "=": number...number
    default: nil
    }
  }
}

extension Character {
  var isASCIILetter: Bool { isASCII && isLetter }
}

/// The fields that take a value after a colon.
enum QueryField: String, CaseIterable {
  case tag, source, author, site, before, after, newer, older, has, `in`

  /// The expected value, for messages.
  var expectedValue: String {
    switch self {
    case .tag: "the name of a tag"
    case .source: "the name of a source"
    case .author: "the name of an author"
    case .site: "a site, as example.org"
    case .before, .after: "a day, month or year, as 2024-05-16, 2024-05 or yesterday"
    case .newer, .older: "a time, as \"2 days\", 12h or 3w"
    case .has: "figures, comments or words"
    case .in: "title, body, captions or comments"
    }
  }

  /// The possible values of fields with few of them; otherwise empty.
  var values: [String] {
    switch self {
    case .has: ["figures", "comments", "words"]
    case .in: TextTerm.Part.allCases.map(\.rawValue)
    case .before, .after: ["today", "yesterday"]
    default: []
    }
  }
}
