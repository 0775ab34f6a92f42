import App
import Queries
import Storage
import Testing

/// Filters that are kept under a name.
@Suite struct SavedSearchTests {
  private static let notes = (1...30).map {
    "# Story \($0)\nsource: Paper \($0 % 3)\n\nWords on the tide."
  }
  .joined(separator: "\n\n")

  @Test("A search that is kept shows in the sidebar, and is renamed and deleted there")
  func savedSearch() throws {
    let desk = try Desk(Self.notes)
    desk.press("gw")
    #expect(desk.status.contains("Filter first"))
    desk.press("/ \"source:2 story\" Enter gw \"Twos\" Enter b")
    #expect(desk.screen.contains("Searches") && desk.screen.contains("Twos"))
    desk.press("4j Enter")
    #expect(desk.screen.contains("Twos 10"))
    desk.press("b gw ^U \"Pairs\" Enter")
    #expect(try desk.library.lists.savedSearches().map(\.name) == ["Pairs"])
    desk.press("D")
    #expect(try desk.library.lists.savedSearches() == [])
    desk.press("q : \"choose source:1\" Enter")
    #expect(desk.screen.contains("10 chosen"))
  }

  @Test(
    "What is kept shows what the list did, whatever shelf that was",
    arguments: [
      ("gu /", "story", "unread story*"), ("gs /", "tide or story ", "starred (tide or story )"),
      ("b gg 5j Enter b q /", "in:body tide ", "tag:\"sea\" in:body tide "),
      ("b gg 7j Enter b q /", "tide ", "source:\"Paper 1\" tide "),
      ("b gg 4j Enter b q /", "in:title story ", "(source:1 or source:2) (in:title story )"),
    ])
  func shelves(keys: String, typed: String, kept: String) throws {
    let desk = try Desk(Self.notes)
    try desk.library.lists.save(SavedSearch(name: "Old", filter: "source:1 or source:2"))
    desk.press("2j s t \"sea\" Enter j s m gg").press(keys).press("\"\(typed)\"")
    desk.press("Enter gw \"New\" Enter")
    #expect(try desk.library.lists.savedSearches().last?.filter == kept, "\(desk.screen)")
    let shown = desk.lines.filter { $0.contains("Story ") }
    #expect(!shown.isEmpty)
    desk.press("b gg 5j Enter b q")
    #expect(desk.lines[0].contains("New"), "\(desk.screen)")
    #expect(desk.lines.filter { $0.contains("Story ") } == shown, "\(desk.screen)")
  }

  @Test("The sidebar counts the unread stories of each kept search, as they are now")
  func unread() throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"source:2 \" Enter gw \"Twos\" Enter b @pause")
    func count() -> Substring? {
      desk.lines.first { $0.contains("Twos") }?.prefix { $0 != "│" }.split(separator: " ").last
    }
    #expect(desk.screen.contains("Searches, unread") && count() == "10", "\(desk.screen)")
    #expect(desk.reader.idleTimeout == nil)
    // Neither what opens nor a mark waits for the number, which comes once the hands rest.
    desk.press("q m b")
    #expect(desk.reader.idleTimeout != nil && count() == "Twos", "\(desk.screen)")
    desk.press("@pause")
    #expect(count() == "9", "\(desk.screen)")
    desk.press("u")
    #expect(count() == "9", "\(desk.screen)")
    desk.press("@pause")
    #expect(count() == "10", "\(desk.screen)")
  }

  @Test("What was kept under the name before is said; deleted stories have no filter of their own")
  func replaced() throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"tide \" Enter gw \"Sea\" Enter / ^U \"story \" Enter gw \"Sea\" Enter")
    #expect(desk.status.contains("Kept as “Sea”, which was /tide before"), "\(desk.status)")
    #expect(try desk.library.lists.savedSearches().map(\.filter) == ["story "])
    desk.press("gw \"Sea\" Enter")
    #expect(!desk.status.contains("which was"))
    desk.press("D gd / \"story\" Enter gw")
    #expect(desk.status.contains("is not kept"), "\(desk.status)")
  }
}
