internal import Queries

/// Replaces long prefixes of words by the words that have them.
///
/// For a prefix longer than its prefix indexes, FTS5 merges the lists of all matching words: 20 ms if
/// it occurs in each of 100,000 stories, even for a single word. A long prefix has few words, and
/// querying those takes 5 ms.
struct WordExpansion {
  let connection: Connection

  /// The query with its long prefixes replaced.
  func expanded(_ query: Query) throws(StorageError) -> Query {
    switch query {
    case .text(let term): return term.isPlain ? try expanded(term, for: .words) : query
    case .not(let query): return .not(try expanded(query))
    case .every(let parts): return .every(try expanded(parts))
    case .any(let parts): return .any(try expanded(parts))
    default: return query
    }
  }

  private func expanded(_ parts: [Query]) throws(StorageError) -> [Query] {
    var result: [Query] = []
    for part in parts { result.append(try expanded(part)) }
    return result
  }

  /// A term for one index, with its long prefix replaced.
  func expanded(_ term: TextTerm, for index: TextIndex) throws(StorageError) -> Query {
    guard term.isOpen, term.words.utf8.count > index.longestPrefix,
      let words = try words(of: index, prefix: term.words)
    else { return .text(term) }
    return words.count == 1 ? .text(TextTerm(words[0])) : .any(words.map { .text(TextTerm($0)) })
  }

  /// The words of an index with a prefix; `nil` if there are none or more than `expansionLimit`, or if
  /// the tokenizer may fold the prefix in its own way.
  private func words(of index: TextIndex, prefix: String) throws(StorageError) -> [String]? {
    var letters = Array(prefix.lowercased().utf8)
    let isPlain = letters.allSatisfy { (97...122).contains($0) }
    guard isPlain, let last = letters.popLast() else { return nil }
    let end = String(decoding: letters + [last + 1], as: UTF8.self)
    let terms = "\(index)_terms"
    try connection.run(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.\(terms) USING fts5vocab(main, \(index), instance)")
    var words: [String] = []
    var next = prefix.lowercased()
    // One query per word: stepping to the next would pass through all occurrences of this one.
    while let word = try connection.first(
      "SELECT term FROM temp.\(terms) WHERE term >= ?1 AND term < ?2 LIMIT 1",
      [.text(next), .text(end)], { $0.text(0) })
    {
      guard words.count < Self.expansionLimit else { return nil }
      words.append(word)
      next = word + "\u{1}"
    }
    return words.isEmpty ? nil : words
  }

  /// Finding more words takes longer than merging their lists.
  private static let expansionLimit = 16
}
