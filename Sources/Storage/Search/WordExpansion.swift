internal import Queries

/// Long beginnings of words, asked for by the words that have them.
///
/// Where an index does not keep a beginning, FTS5 merges the lists of all words that have it: 20 ms
/// for one that stands in each of 100,000 stories, even if a single word has it. A long beginning has
/// few words, and to ask for those takes 5 ms.
struct WordExpansion {
  let connection: Connection

  /// The query with the long beginnings in it spelled out.
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

  /// The same for what is to be asked of one index.
  func expanded(_ term: TextTerm, for index: TextIndex) throws(StorageError) -> Query {
    guard term.isOpen, term.words.utf8.count > index.longestBeginning,
      let words = try words(of: index, beginning: term.words)
    else { return .text(term) }
    return words.count == 1 ? .text(TextTerm(words[0])) : .any(words.map { .text(TextTerm($0)) })
  }

  /// The words of an index that begin in a way; `nil` where they are many, where there is none, and
  /// where the index may have folded the beginning in its own way.
  private func words(of index: TextIndex, beginning: String) throws(StorageError) -> [String]? {
    var letters = Array(beginning.lowercased().utf8)
    let isPlain = letters.allSatisfy { (97...122).contains($0) }
    guard isPlain, let last = letters.popLast() else { return nil }
    let end = String(decoding: letters + [last + 1], as: UTF8.self)
    let terms = "\(index)_terms"
    try connection.run(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.\(terms) USING fts5vocab(main, \(index), instance)")
    var words: [String] = []
    var next = beginning.lowercased()
    // Each is looked for by itself: to step to it leads through all places of the one before.
    while let word = try connection.first(
      "SELECT term FROM temp.\(terms) WHERE term >= ?1 AND term < ?2 LIMIT 1",
      [.text(next), .text(end)], { $0.text(0) })
    {
      guard words.count < Self.fewWords else { return nil }
      words.append(word)
      next = word + "\u{1}"
    }
    return words.isEmpty ? nil : words
  }

  /// To find more words takes longer than to merge their lists.
  private static let fewWords = 16
}
