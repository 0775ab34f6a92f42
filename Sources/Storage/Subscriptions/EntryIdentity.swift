/// Finds out which entries of a fetch the library knows already: a pure function.
///
/// Guids change (http to https, another host, made anew at each request), links change (tracking), dates
/// change, and some feeds give one guid to all they have. A wrong "other" shows a story twice; a wrong
/// "same" hides one behind another, which is worse. So what stands side by side in one fetch is never
/// one story, and entries are only taken for known ones under another guid that are not listed any
/// more.
struct EntryIdentity {
  /// An entry that the library knows.
  struct Known: Sendable, Hashable {
    /// Its row.
    var id: Int64
    var keys: EntryKeys
    /// The key that it had before, by which it is found too.
    var earlier: Int64?
    var raw: Int64
    /// Whether the last complete fetch contained it.
    var isListed: Bool
    /// Its story, which may have been purged.
    var story: StoryID?
  }

  /// What an entry of a fetch is.
  enum Match: Sendable, Hashable {
    /// An entry that the feed did not have before.
    case new
    /// The known one at an index.
    case known(Int)
    /// The very same as another one of this fetch, at an index.
    case duplicate(Int)
  }

  private let fetched: [(keys: EntryKeys, raw: Int64)]
  private let known: [Known]
  /// Whether the texts of a known entry and one that was fetched are versions of one; asked seldom.
  private let isSimilar: (Int, Int) -> Bool

  private var matches: [Match]
  private var isUsed: [Bool]

  /// What each entry is, by its index in the fetch.
  ///
  /// `isSimilar` gets the index of a known entry and of one that was fetched.
  static func match(
    _ fetched: [(keys: EntryKeys, raw: Int64)], with known: [Known],
    isSimilar: (_ known: Int, _ fetched: Int) -> Bool
  ) -> [Match] {
    withoutActuallyEscaping(isSimilar) { isSimilar in
      var identity = EntryIdentity(fetched, known, isSimilar)
      identity.findDuplicates()
      identity.matchKeys()
      identity.matchOthers()
      return identity.matches
    }
  }

  private init(
    _ fetched: [(keys: EntryKeys, raw: Int64)], _ known: [Known],
    _ isSimilar: @escaping (Int, Int) -> Bool
  ) {
    self.fetched = fetched
    self.known = known
    self.isSimilar = isSimilar
    matches = Array(repeating: .new, count: fetched.count)
    isUsed = Array(repeating: false, count: known.count)
  }

  /// The same guid, link, title and text: listed twice by mistake.
  private mutating func findDuplicates() {
    struct Whole: Hashable {
      var key: Int64
      var link: Int64?
      var title: Int64
      var content: Int64?
      /// Where there is too little text for a hash of it.
      var raw: Int64
    }
    var first: [Whole: Int] = [:]
    for (index, entry) in fetched.enumerated() {
      let keys = entry.keys
      let whole = Whole(
        key: keys.key, link: keys.link, title: keys.title, content: keys.content,
        raw: keys.content == nil ? entry.raw : 0)
      if let other = first[whole] {
        matches[index] = .duplicate(other)
      } else {
        first[whole] = index
      }
    }
  }

  // MARK: - The same key

  /// Matches entries with known ones of the same guid, or link where there is none, surest first.
  private mutating func matchKeys() {
    let byKey = Dictionary(
      grouping: known.indices.flatMap { index in
        [known[index].keys.key, known[index].earlier].compactMap { $0 }.map { (key: $0, index) }
      }, by: \.key
    ).mapValues { $0.map(\.1) }
    guard !byKey.isEmpty else { return }
    var fetchedOfKey: [Int64: Int] = [:]
    for index in open { fetchedOfKey[fetched[index].keys.key, default: 0] += 1 }
    for strength in Strength.allCases {
      for index in open {
        let keys = fetched[index].keys
        let candidates = byKey[keys.key] ?? []
        guard !candidates.isEmpty else { continue }
        // A feed of one item may give each day's the same guid and link.
        let isOnly =
          fetched.count > 1 && fetchedOfKey[keys.key] == 1 && candidates.count == 1
        let found = best(candidates) { isSame(index, $0, strength, isOnly: isOnly) }
        if let found { use(found, for: index) }
      }
    }
  }

  private enum Strength: CaseIterable { case raw, titleAndLink, title, link, lessThanThat }

  private func isSame(
    _ index: Int, _ candidate: Int, _ strength: Strength, isOnly: Bool
  ) -> Bool {
    let (new, old) = (fetched[index].keys, known[candidate].keys)
    switch strength {
    case .raw: return fetched[index].raw == known[candidate].raw
    case .titleAndLink:
      // Side by side with one guid, link and title, only the text distinguishes them.
      guard new.title == old.title, new.link == old.link else { return false }
      return isOnly || new.content == old.content || isSimilar(candidate, index)
    case .title:
      guard new.title == old.title else { return false }
      return isOnly || new.content == old.content || new.link == nil || old.link == nil
        || isSimilar(candidate, index)
    case .link:
      guard new.hasGuid, new.link != nil, new.link == old.link else { return false }
      return isOnly || isSimilar(candidate, index)
    case .lessThanThat:
      if isOnly, new.hasGuid, new.link == nil || old.link == nil { return true }
      // A feed with one key for all has thousands that are not listed any more.
      return (isOnly || known[candidate].isListed) && isSimilar(candidate, index)
    }
  }

  // MARK: - Another key

  /// Matches what is left with known entries that were listed and are not any more.
  private mutating func matchOthers() {
    var left = known.indices.filter { known[$0].isListed && !isUsed[$0] }
    guard !left.isEmpty else { return }
    let rules: [(EntryKeys) -> Int64?] = [\.bare, \.link, \.content, { $0.title }]
    for (number, rule) in rules.enumerated() {
      var byValue: [Int64: [Int]] = [:]
      for index in left {
        if let value = rule(known[index].keys) { byValue[value, default: []].append(index) }
      }
      let entries = open
      var count: [Int64: Int] = [:]
      for index in entries {
        if let value = rule(fetched[index].keys) { count[value, default: 0] += 1 }
      }
      for index in entries {
        guard let value = rule(fetched[index].keys), let candidates = byValue[value] else {
          continue
        }
        let isOnly = count[value] == 1 && candidates.filter { !isUsed[$0] }.count == 1
        let found = best(candidates) { isSame(index, $0, rule: number, isOnly: isOnly) }
        if let found { use(found, for: index) }
      }
      left.removeAll { isUsed[$0] }
    }
  }

  private func isSame(_ index: Int, _ candidate: Int, rule: Int, isOnly: Bool) -> Bool {
    let (new, old) = (fetched[index].keys, known[candidate].keys)
    let isSameText = new.content != nil && new.content == old.content
    switch rule {
    case 0: return isSameText || new.title == old.title || isSimilar(candidate, index)
    case 1:
      // A changelog has one address for all its entries.
      guard isOnly || isSameText else { return false }
      return isSameText || new.title == old.title || isSimilar(candidate, index)
    case 2:
      // A short text may be that of each day, under a link of its own.
      return isOnly && (new.words >= Identity.minimumWords || new.link == nil || old.link == nil)
    default:
      guard isOnly, !new.hasGuid, new.link == nil, old.link == nil else {
        return false
      }
      return new.content == nil && old.content == nil || isSimilar(candidate, index)
    }
  }

  // MARK: - Using

  /// The entries of the fetch that are nothing yet.
  private var open: [Int] { matches.indices.filter { matches[$0] == .new } }

  /// The first candidate that no other entry is, those that are listed before others.
  private func best(_ candidates: [Int], _ isSame: (Int) -> Bool) -> Int? {
    let free = candidates.filter { !isUsed[$0] }
    return free.first { known[$0].isListed && isSame($0) }
      ?? free.first { !known[$0].isListed && isSame($0) }
  }

  private mutating func use(_ candidate: Int, for index: Int) {
    isUsed[candidate] = true
    matches[index] = .known(candidate)
  }
}
