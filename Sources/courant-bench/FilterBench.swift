import Files
import Queries
import Storage
import Stories

/// The list's filter, typed letter by letter in a terminal, over stories that nearly all have every word.
///
/// This is the worst case: the index lists of all stories are read and merged at each letter, or once
/// the input is idle if that takes longer than a frame.
struct FilterBench {
  var courant: String
  var library: String
  /// Whether the library must be generated first.
  var isGenerated: Bool

  private static let storyCount = 100_000
  /// The most processor time of a letter, in seconds: one frame.
  private static let limit = 0.016
  /// The least processor time after the input that is reported, in seconds; less is a redrawn frame.
  private static let minimumIdleTime = 0.002

  func run(_ table: inout Table) throws(StorageError) {
    if isGenerated { try generate() }
    for typed in isGenerated ? Self.filters : try filters() { measure(typed, &table) }
  }

  private func measure(_ typed: String, _ table: inout Table) {
    guard let program = TerminalProgram(courant, ["--library", library]),
      program.wait(for: "All ", seconds: 120)
    else { return }
    let (times, rest) = program.typeFilter(typed)
    let worst = times.indices.max { times[$0] < times[$1] } ?? 0
    table.add(
      "a letter of the filter “\(typed)”", milliseconds(median(times)),
      "worst \(milliseconds(times[worst])) at \(worst + 1)",
      times[worst] > Self.limit ? "EXCEEDED" : "at most 16 ms")
    if rest > Self.minimumIdleTime { table.add("  once no more is typed", milliseconds(rest)) }
  }

  // MARK: - The generated library

  /// The stems of the words that most stories have, each with many endings.
  private static let stems = [
    "government", "mountains", "northern", "interest", "station", "weather", "quarter", "harbour",
  ]

  /// Prefixes of common words: alone, combined, excluded, in a phrase, in a part of the story, and with
  /// terms that no full-text index has.
  private static let filters = [
    "government", "intere northe moun", "the northern -weather", "\"northern mountains",
    "\"the station", "in:title governm", "in:body station", "governm or weathe",
    "unread interest words>40", "-harbour", "not (station or weather)", "author:reporter station",
    "source:bench mountains", "before:2030 quarter", "site:news has:figures governm",
  ]

  private func generate() throws(StorageError) {
    let library = try Library(path: library)
    var number = 0
    while number < Self.storyCount {
      try library.transaction { () throws(StorageError) in
        for index in number..<min(number + 500, Self.storyCount) {
          try library.stories.add(PreparedStory(Self.story(index), original: nil, parserVersion: 1))
        }
      }
      number += 500
    }
  }

  private static func story(_ number: Int) -> Story {
    var words: [String] = []
    for (index, stem) in stems.enumerated() {
      // Each word is missing in one story of eight, a different one for each; endings rotate.
      if (number + index) % 8 > 0 { words += ["the", stem] }
      words.append(stem.prefix(5 + index % 3) + ending(number &* 7 &+ index &* 13))
    }
    words += ["northern mountains", "the station", ending(number)]
    let text = words.joined(separator: " ")
    return Story(
      title: "The \(stems[number % 8]) of the \(stems[number / 8 % 8]) \(number)",
      byline: ["Staff reporter"],
      // As in real libraries, dates do not follow the order of adding.
      published: Timestamp(seconds: 1_500_000_000 + Int64(number &* 7919 % 100_003) * 900),
      site: "Bench News", blocks: [.paragraph([Phrase(text)]), .paragraph([Phrase(text)])])
  }

  /// One of 120 endings.
  private static func ending(_ number: Int) -> String {
    let letters = Array("abcdefghijkl")
    return String([letters[number % 12], letters[number / 12 % 10]])
  }

  // MARK: - An existing library

  /// Filters of the most common words of the newest stories, whose prefixes are the most expensive.
  private func filters() throws(StorageError) -> [String] {
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
