/// The completions of the word before the cursor in a filter.
package struct QueryCompletion: Sendable, Hashable {
  /// The range of characters that a candidate replaces.
  package var range: Range<Int>
  /// Whole words, the most likely first; fields end in ":", amounts in ">".
  package var candidates: [String]

  /// Completes the word before the cursor; `nil` without candidates.
  ///
  /// - Parameters:
  ///   - text: The filter.
  ///   - cursor: Characters before the cursor.
  ///   - names: The existing names of a field, such as all tags.
  package init?(
    _ text: [Character], cursor: Int, names: (NameTerm.Field) -> [String]
  ) {
    let start = Self.start(of: text, cursor)
    let word = String(text[start..<cursor])
    range = start..<cursor
    candidates = Self.values(word, names) ?? Self.words(word)
    if candidates.isEmpty { return nil }
  }

  /// The common prefix of all candidates, which can be inserted without a choice.
  package var common: String {
    var common = candidates.first ?? ""
    for candidate in candidates.dropFirst() {
      common = String(zip(common, candidate).prefix { $0 == $1 }.map(\.0))
    }
    return common
  }

  private static func start(of text: [Character], _ cursor: Int) -> Int {
    let isQuoted = !text[..<cursor].count(where: \.isQuote).isMultiple(of: 2)
    var start = cursor
    if isQuoted {
      while start > 0, !text[start - 1].isQuote { start -= 1 }
      start -= 1
    }
    while start > 0, !text[start - 1].isWhitespace, text[start - 1] != "(", text[start - 1] != ")" {
      start -= 1
    }
    while start < cursor, text[start] == "-" { start += 1 }
    return start
  }

  /// The values of the field that the word begins with; `nil` without a field.
  private static func values(_ word: String, _ names: (NameTerm.Field) -> [String]) -> [String]? {
    guard let colon = word.firstIndex(of: ":"),
      let field = QueryField(rawValue: word[..<colon].lowercased())
    else { return nil }
    let typed = word[word.index(after: colon)...].filter { !$0.isQuote }
    guard let named = NameTerm.Field(rawValue: field.rawValue) else {
      return field.values.filter { $0.hasPrefix(typed.lowercased()) }
        .map { "\(field.rawValue):\($0)" }
    }
    let term = NameTerm(named, typed)
    return names(named).filter { typed.isEmpty || term.matches($0) }
      .map { NameTerm(named, $0).written }
  }

  private static func words(_ word: String) -> [String] {
    let typed = word.lowercased()
    let states = ["unread", "read", "starred", "started"]
    let fields = QueryField.allCases.map { "\($0.rawValue):" }
    let amounts = Query.Amount.allCases.map { "\($0.rawValue)>" }
    return (states + fields + amounts + ["not", "or"]).filter { $0.hasPrefix(typed) && $0 != typed }
  }
}
