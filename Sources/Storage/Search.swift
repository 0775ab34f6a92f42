internal import Stories

/// A story in which searched words were found.
package struct Hit: Sendable, Hashable {
  package var headline: Headline
  /// The place where most of the words stand together, in pieces.
  package var snippet: [SnippetPart]
  /// Smaller is better.
  package var rank: Double
}

/// A piece of a snippet, either one of the words searched for or what stands around them.
package struct SnippetPart: Sendable, Hashable {
  package var text: String
  package var isMatch: Bool

  package init(text: String, isMatch: Bool) {
    self.text = text
    self.isMatch = isMatch
  }
}

extension Library {
  /// Only this many of the newest stories that have the words are ranked: ranking all of them
  /// costs 100 ms where a word stands in most of 100,000 stories.
  static let candidateLimit = 2000

  /// Stories that have the words typed, in headline, text, captions or comments, best first.
  ///
  /// Words may be in `"quotes"` to stand together and have `-` before them to be absent; the last
  /// may be unfinished. Anything may be typed: what is no word is left out.
  package func search(_ typed: String, limit: Int) throws(StorageError) -> [Hit] {
    guard let query = SearchQuery(typed)?.text else { return [] }
    var found: [(id: StoryID, rank: Double)] = []
    try connection.each(
      """
      SELECT id, rank FROM (
        SELECT rowid AS id, bm25(story_search, 8.0, 1.0, 3.0, 0.5) AS rank FROM story_search
        WHERE story_search MATCH ?1 ORDER BY rowid DESC LIMIT ?2)
      ORDER BY rank, id DESC LIMIT ?3
      """, [.text(query), .int(Self.candidateLimit), .int(max(limit, 0))]
    ) { found.append(($0.int(0), $0.real(1))) }
    var hits: [Hit] = []
    for (id, rank) in found {
      guard let headline = try headline(id) else { continue }
      let snippet = try snippet(of: id, query)
      hits.append(Hit(headline: headline, snippet: snippet, rank: rank))
    }
    return hits
  }

  /// Stories that have the words typed, the last added first and not ranked: what a list needs that
  /// narrows at every key.
  ///
  /// A snippet costs as much as the search itself, for every story that is found.
  package func headlines(with typed: String, limit: Int) throws(StorageError) -> [Headline] {
    guard let query = SearchQuery(typed)?.text else { return [] }
    var found: [StoryID] = []
    try connection.each(
      "SELECT rowid FROM story_search WHERE story_search MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
      [.text(query), .int(max(limit, 0))]
    ) { found.append($0.int(0)) }
    var headlines: [Headline] = []
    for id in found {
      if let headline = try headline(id) { headlines.append(headline) }
    }
    return headlines
  }

  /// Controls that no text needs; should a page hold them, a mark is off and no more.
  private static let marks = (start: "\u{02}", end: "\u{03}")

  private func snippet(of id: StoryID, _ query: String) throws(StorageError) -> [SnippetPart] {
    let text = try connection.first(
      """
      SELECT snippet(story_search, -1, ?3, ?4, '…', 24) FROM story_search
      WHERE story_search MATCH ?1 AND rowid = ?2
      """, [.text(query), .int(id), .text(Self.marks.start), .text(Self.marks.end)]
    ) { $0.text(0) }
    return Self.parts(text ?? "")
  }

  private static func parts(_ text: String) -> [SnippetPart] {
    var parts: [SnippetPart] = []
    var piece = String.UnicodeScalarView()
    var isMatch = false
    func end() {
      if !piece.isEmpty { parts.append(SnippetPart(text: String(piece), isMatch: isMatch)) }
      piece = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{02}":
        end()
        isMatch = true
      case "\u{03}":
        end()
        isMatch = false
      case "\n", "\r", "\t": piece.append(" ")
      default: piece.append(scalar)
      }
    }
    end()
    return parts
  }
}

/// What was typed, in the words of the index's query language: every word quoted, so that nothing
/// typed is ever taken for syntax.
struct SearchQuery {
  /// More is no search; it bounds what a pasted page can cost.
  private static let wordLimit = 32
  private static let lengthLimit = 1000

  let text: String

  /// The query, or `nil` where no word is to be found.
  init?(_ typed: String) {
    var wanted: [String] = []
    var unwanted: [String] = []
    for term in Self.terms(typed) where term.words.contains(where: \.isWord) {
      let quoted =
        "\"" + term.words.map(String.init).joined() + "\"" + (term.isUnfinished ? "*" : "")
      if term.isUnwanted { unwanted.append(quoted) } else { wanted.append(quoted) }
      if wanted.count + unwanted.count == Self.wordLimit { break }
    }
    guard !wanted.isEmpty else { return nil }
    let found = "(" + wanted.joined(separator: " AND ") + ")"
    text = unwanted.isEmpty ? found : found + " NOT (" + unwanted.joined(separator: " OR ") + ")"
  }

  private struct Term {
    var words: [Unicode.Scalar] = []
    var isUnwanted = false
    var isQuoted = false
    /// Whether it is still being typed: the last word, with nothing behind it.
    var isOpen = false

    /// One Latin letter begins a word of nearly every story: it is searched for as it is, since
    /// all the words it begins would take 400 ms to gather in 100,000 stories.
    var isUnfinished: Bool { isOpen && (words.count > 1 || !words.allSatisfy(\.isASCII)) }
  }

  private static func terms(_ typed: String) -> [Term] {
    var terms: [Term] = []
    var term = Term()
    func end() {
      if !term.words.isEmpty { terms.append(term) }
      term = Term()
    }
    for scalar in typed.unicodeScalars.prefix(lengthLimit) {
      switch scalar {
      case "\"", "\u{201C}", "\u{201D}", "\u{201E}":
        // A dash before the quote belongs to the phrase.
        let opens = !term.isQuoted
        let isUnwanted = term.words.isEmpty && term.isUnwanted
        end()
        term.isQuoted = opens
        term.isUnwanted = opens && isUnwanted
      case "-" where term.words.isEmpty && !term.isQuoted: term.isUnwanted = true
      case _ where scalar.properties.isWhitespace && !term.isQuoted: end()
      case "\0": continue
      default: term.words.append(scalar)
      }
    }
    term.isOpen = !term.isQuoted
    end()
    return terms
  }
}

extension Unicode.Scalar {
  /// Whether the index takes the scalar for a part of a word.
  fileprivate var isWord: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
