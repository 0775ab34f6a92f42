import Queries
import Storage
import Stories
import TestSupport
import Testing

@Suite struct WordIndexTests {
  let folder = TemporaryFolder()

  /// How the indexes split words, and which one each filter uses.
  @Test(
    "words of every script are found, whole and by prefix",
    arguments: [
      ("łodz", 1), ("Łódź", 1), ("łód", 1), ("naïv", 1), ("naive ", 1), ("cafe\u{301}", 1),
      ("ice-bre", 1), ("ice-breakers ", 1), ("3½", 1), ("привет", 1), ("прив", 1), ("Ἀρχὴ", 1),
      ("日", 1), ("日本", 1), ("本", 0), ("étude", 0), ("unforgettabl", 1), ("unforgettabls", 0),
      ("UNFORGETTABL", 1), ("-unforgettabl", 0), ("-nothing unforgettabl", 1),
      ("nothing or unforgettabl", 1), ("in:body unforgettabl", 1), ("in:title unforgettabl", 0),
      ("vitamin c", 1), ("vitamin d", 0), ("\"vitamin c\"", 1), ("\"vitamin c", 1),
      ("\"vitamin ca", 1), ("\"vitamin ", 1), ("-vitamin", 0), ("-\"vitamin b\"", 1),
      // A letter with a mark counts as one letter, too short for a prefix.
      ("é", 0), ("e\u{301}", 0), ("п", 0), ("c", 1), ("in:title łodz", 0), ("in:body łodz", 1),
      ("(łodz or nothing) -missing", 1), ("łodz -naive", 0), ("a\"b", 0), ("\u{FF}\u{200B}x", 0),
    ])
  func words(typed: String, count: Int) throws {
    let text = """
      Łódź has a naïve cafe\u{301} for ice-breakers; 3½ привет Ἀρχὴ 日本語, unforgettable vitamin c \
      and vitamin capsules
      """
    let library = try Library(path: folder.library)
    try library.stories.add(plainStory(1, text: text), original: nil, parserVersion: 1)
    let rows = try library.lists.headlines(of: library.lists.plan(Listing(query(typed))), limit: 5)
    #expect(rows.count == count, "\(typed)")
  }

  @Test(
    "a long prefix finds all stories with a matching word, few or many",
    arguments: [1, 2, 16, 17, 40])
  func longBeginnings(count: Int) throws {
    let library = try Library(path: folder.library)
    let letters = Array("abcdefghijklmnopqrst")
    for number in 0..<count {
      let ending = String([letters[number / 20], letters[number % 20]])
      var story = plainStory(number, text: "An extraordinary\(ending) day")
      story.byline = ["Correspondent\(ending)"]
      try library.stories.add(story, original: nil, parserVersion: 1)
    }
    try library.stories.add(
      plainStory(count, text: "An extraordinarx day"), original: nil, parserVersion: 1)
    for typed in ["extraordinary", "Extraordinary ba or extraordinary", "author:correspondent"] {
      let rows = try library.lists.headlines(
        of: library.lists.plan(Listing(query(typed))), limit: 99)
      #expect(rows.count == count, "\(typed)")
    }
    let one = try library.lists.headlines(
      of: library.lists.plan(Listing(query("extraordinaryab"))), limit: 99)
    #expect(one.count == (count > 1 ? 1 : 0))
    let others = try library.lists.headlines(
      of: library.lists.plan(Listing(query("-extraordinary"))), limit: 99)
    #expect(others.count == 1)
  }
}
