import Storage
import Stories
import TestSupport
import Testing

@Suite struct PlaceMarkTests {
  let folder = TemporaryFolder()

  @Test("marks are stored one for each letter, sorted, and deleted with their story")
  func keep() throws {
    let library = try Library(path: folder.library)
    try library.addPlain(0..<3)
    let places: [Place?] = [
      nil, Place(.head), Place(.block(4), offset: 17, words: "the tide"), Place(.threadHead),
      Place(.comment("c\u{301}, \"1\""), offset: 2),
    ]
    for (index, place) in places.enumerated() {
      let name = ["b", "a", "A", "z", "Z"][index]
      let mark = PlaceMark(name: name, story: StoryID(1 + index % 3), place: place)
      try library.user.setPlaceMark(mark)
      let kept = try #require(try library.user.placeMark(name))
      #expect(kept.place == place && kept.story == mark.story)
      #expect(kept.title == "Report \(index % 3)")
    }
    #expect(try library.user.placeMarks().map(\.name) == ["a", "A", "b", "z", "Z"])
    try library.user.setPlaceMark(PlaceMark(name: "a", story: 3, place: nil))
    #expect(try library.user.placeMark("a")?.story == 3)
    _ = try library.changes.make([(.deleted, true)], of: [1])
    #expect(try library.user.placeMarks().map(\.name) == ["a", "A", "Z"])
    #expect(try library.user.placeMark("z")?.story == 1)
    try library.changes.purge()
    #expect(try library.user.placeMark("z") == nil)
    try library.user.deletePlaceMark("A")
    #expect(try library.user.placeMarks().map(\.name) == ["a", "Z"])
    #expect(throws: StorageError.noStory(1)) {
      try library.user.setPlaceMark(PlaceMark(name: "q", story: 1, place: nil))
    }
    #expect(try library.care.check() == [])
  }
}
