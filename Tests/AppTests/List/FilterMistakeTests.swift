import App
import Queries
import Settings
import Storage
import Testing

/// What a filter that means nothing gets: Enter takes none, and nothing that was typed is lost.
@Suite struct FilterMistakeTests {
  private static let notes = """
    # Bread and salt
    source: The Ferry

    Flour is cheap.

    @ reader one

    Is it?

    # The ferry
    read

    Words on the tide.
    """

  @Test(
    "Enter takes no filter with a mistake: it says what is wrong, and the line stays",
    arguments: [
      ("tag:", "tag: wants the name of a tag"), ("newer:2", "newer: wants a time"),
      ("color:red", "There is no field “color”"), ("has:fig", "has: takes figures"),
      ("bread or", "“or” stands between two things"), ("bread not", "What should be left out?"),
      ("()", "Nothing stands between"), ("in:title", "in: wants words to look for"),
      ("(bread", "This parenthesis is not closed"), ("words>", "words> wants a number"),
    ])
  func refused(typed: String, words: String) throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"unread\" Enter /").press("\"\(typed)\"")
    desk.press("Enter")
    #expect(desk.screen.contains("↑ \(words)"), "\(desk.screen)")
    #expect(desk.screen.contains("Esc leaves it"), "\(desk.screen)")
    #expect(desk.lines.contains { $0.hasPrefix("/\(typed)") })
    #expect(desk.effects == [.remember(.init(.filter, typed))])
    desk.press("Esc")
    #expect(desk.lines[0].contains("/unread 1"), "\(desk.screen)")
    #expect(!desk.screen.contains("↑"))
  }

  @Test("On the lowest screen what is wrong stands in the place of the list")
  func low() throws {
    let desk = try Desk(Self.notes)
    for size in ["20x2", "20x1", "1x1", "20x3"] {
      desk.press("@\(size) / \"tag:\" Enter")
      expectFits(desk.frame, desk.size, size)
      if size == "20x2" { #expect(desk.lines[1].hasPrefix("↑ tag: wants the"), "\(desk.screen)") }
      desk.press("Esc")
    }
  }

  @Test("While a filter has a mistake no count is shown: what it lets through was not asked for")
  func uncounted() throws {
    let desk = try Desk("# One\n\nText.\n\n# Two\n\nText.")
    desk.press("/ \"one\"")
    #expect(desk.screen.contains("1 story"), "\(desk.screen)")
    desk.press("\" color:red\"")
    #expect(!desk.screen.contains("story") && !desk.screen.contains("stories"), "\(desk.screen)")
    #expect(!desk.lines[0].contains("red 1"), "\(desk.screen)")
  }

  @Test("Once more is typed, what is not finished is no mistake again")
  func mended() throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"source:\" Enter")
    #expect(desk.screen.contains("↑ source: wants the name of a source"))
    desk.press("\"f\"")
    #expect(!desk.screen.contains("↑"), "\(desk.screen)")
    desk.press("Enter")
    #expect(desk.lines[0].contains("/source:f 1"), "\(desk.screen)")
    desk.press("q")
    #expect(desk.reader.isFinished, "the line was left")
  }

  @Test("A search of everything and a filter of comments are refused like one of the list")
  func elsewhere() throws {
    let desk = try Desk(Self.notes)
    desk.press("S \"bread tag:\" Enter")
    #expect(desk.screen.contains("↑ tag: wants the name of a tag"), "\(desk.screen)")
    #expect(desk.screen.contains("S/bread tag:"))
    desk.press("^W ^W \"bread\" Enter Enter")
    #expect(desk.reader.title.hasPrefix("Bread and salt"))
    desk.press("zR c & \"author:\" Enter")
    #expect(desk.screen.contains("↑ author: wants the name of an author"), "\(desk.screen)")
    #expect(desk.screen.contains("&author:"))
    desk.press("^U \"starred\" Enter")
    #expect(desk.screen.contains("starred is asked of stories, not of comments · "))
    desk.press("^U \"author:reader\" Enter")
    #expect(desk.status.contains("1 of 1 comment"), "\(desk.screen)")
  }

  @Test(
    "A filter that is typed after : shows its mistake under the word, and stays as well",
    arguments: ["filter", "choose"])
  func commands(verb: String) throws {
    let desk = try Desk(Self.notes)
    let before = desk.body
    desk.press(": \"\(verb) unread color:red\"")
    #expect(desk.screen.contains("↑ There is no field “color”"), "\(desk.screen)")
    let mark = try #require(desk.lines.first { $0.contains("↑") })
    #expect(mark.hasPrefix("               ↑"), "\(desk.screen)")
    desk.press("Enter")
    #expect(desk.screen.contains("Esc leaves it") && desk.screen.contains(":\(verb) unread color"))
    #expect(desk.effects == [.remember(.init(.command, "\(verb) unread color:red"))])
    desk.press("Esc")
    #expect(desk.body == before)
    desk.press(": Up ^W Enter")
    #expect(desk.screen.contains(verb == "filter" ? "/unread 1" : "1 chosen"), "\(desk.screen)")
  }

  @Test("Where no word can be offered, Tab says what is wanted")
  func wanted() throws {
    let desk = try Desk(Self.notes)
    desk.press("/ \"unread newer:\" Tab")
    #expect(desk.status.contains("newer: wants a time, as"), "\(desk.status)")
    desk.press("^U \"zzz\" Tab")
    #expect(desk.status.contains("Nothing begins with that"), "\(desk.status)")
  }

  @Test("A key with a filter that means nothing changes nothing, and says so")
  func bound() throws {
    let desk = try Desk(
      Self.notes,
      keys: [
        .init(context: "list", keys: "F5", orders: ["filter color:red"]),
        .init(context: "list", keys: "F6", orders: ["choose color:red"]),
      ])
    let before = desk.body
    desk.press("F5")
    #expect(desk.status.contains("Nothing was filtered: There is no field"), "\(desk.screen)")
    #expect(desk.body == before)
    desk.press("F6")
    #expect(desk.status.contains("Nothing was chosen: There is no field"))
    #expect(desk.body == before)
  }

  @Test("A kept search of which a part means nothing to this Courant says so when it is shown")
  func kept() throws {
    let desk = try Desk(Self.notes)
    try desk.library.lists.save(SavedSearch(name: "Reds", filter: "color:red"))
    desk.press("b 4j Enter")
    #expect(desk.lines[0].contains("Reds"), "\(desk.screen)")
    #expect(desk.status.contains("“Reds” asks for what there is not: There is no field “color”"))
    #expect(!desk.screen.contains("The ferry"))
  }
}
