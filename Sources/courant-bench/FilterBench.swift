import Files
import Queries
import Storage
import Stories

/// The list's filter, letter by letter in a terminal, over stories of which nearly each has every word.
///
/// This is the worst case: lists of all stories are read, joined and stepped through at each letter, or
/// once the input is idle where that takes longer than a frame may.
struct FilterBench {
  var courant: String
  var library: String
  /// Whether the library must be generated first.
  var isMade: Bool

  private static let stories = 100_000
  private static let limit = 0.016
  /// In seconds; less is a frame that was drawn again.
  private static let minimumIdleTime = 0.002

  func run(_ table: inout Table) throws(StorageError) {
    if isMade { try make() }
    for typed in isMade ? Self.made : try words() { measure(typed, &table) }
  }

  private func measure(_ typed: String, _ table: inout Table) {
    guard let seat = Seat(courant, ["--library", library]), seat.wait(for: "All ", seconds: 120)
    else { return }
    let (times, rest) = seat.typeFilter(typed)
    let worst = times.indices.max { times[$0] < times[$1] } ?? 0
    table.add(
      "a letter of the filter “\(typed)”", milliseconds(median(times)),
      "worst \(milliseconds(times[worst])) at \(worst + 1)",
      times[worst] > Self.limit ? "TOO MUCH" : "at most 16 ms")
    if rest > Self.minimumIdleTime { table.add("  once no more is typed", milliseconds(rest)) }
  }

  // MARK: - The generated library

  /// Every story has most of the words, and each of their stems has many endings.
  private static let stems = [
    "government", "mountains", "northern", "interest", "station", "weather", "quarter", "harbour",
  ]

  /// Beginnings of words that all have, of many words, two or three together, left out, in a phrase,
  /// in a part of the story, and beside what no full-text index knows.
  private static let made = [
    "government", "intere northe moun", "the northern -weather", "\"northern mountains",
    "\"the station", "in:title governm", "in:body station", "governm or weathe",
    "unread interest words>40", "-harbour", "not (station or weather)", "author:reporter station",
    "source:bench mountains", "before:2030 quarter", "site:news has:figures governm",
  ]

  private func make() throws(StorageError) {
    let library = try Library(path: library)
    var number = 0
    while number < Self.stories {
      try library.transaction { () throws(StorageError) in
        for index in number..<min(number + 500, Self.stories) {
          try library.stories.add(PreparedStory(Self.story(index), original: nil, parserVersion: 1))
        }
      }
      number += 500
    }
  }

  private static func story(_ number: Int) -> Story {
    var words: [String] = []
    for (index, stem) in stems.enumerated() {
      // One story in eight lacks a word, another one each; the endings come in turn.
      if (number + index) % 8 > 0 { words += ["the", stem] }
      words.append(stem.prefix(5 + index % 3) + ending(number &* 7 &+ index &* 13))
    }
    words += ["northern mountains", "the station", ending(number)]
    let text = words.joined(separator: " ")
    return Story(
      title: "The \(stems[number % 8]) of the \(stems[number / 8 % 8]) \(number)",
      byline: ["Staff reporter"],
      // As in a library of old feeds and new ones, dates do not follow the order of adding.
      published: Timestamp(seconds: 1_500_000_000 + Int64(number &* 7919 % 100_003) * 900),
      site: "Bench News", blocks: [.paragraph([Phrase(text)]), .paragraph([Phrase(text)])])
  }

  /// One of 120 endings.
  private static func ending(_ number: Int) -> String {
    let letters = Array("abcdefghijkl")
    return String([letters[number % 12], letters[number / 12 % 10]])
  }

  // MARK: - The reader's library

  /// The longest of the words that most of the newest stories have: their prefixes cost the most.
  private func words() throws(StorageError) -> [String] {
    let library = try Library(path: library, mode: .readOnly)
    var counts: [String: Int] = [:]
    for headline in try library.lists.headlines(.all, limit: 50) {
      guard let story = try library.stories.story(headline.id) else { continue }
      let text = story.blocks.compactMap { block in
        if case .paragraph(let phrases) = block { phrases.map(\.text).joined() } else { nil }
      }
      let words = Set(text.flatMap { NameTerm.words($0) })
      for word in words { counts[word, default: 0] += 1 }
    }
    let common = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key)
    let long = Array(common.filter { $0.count >= 6 }.prefix(4))
    guard common.count > 3, long.count == 4 else { return common }
    return long + [
      "\(common[0]) \(common[1])", "\"\(common[0]) \(common[1])", "\(long[0]) -\(long[1])",
      "\(long[0]) or \(long[1])", "unread \(long[0])", "-\(common[0])", "in:title \(long[0])",
    ]
  }
}
