import Display
import Storage
import Testing

@testable import App

/// Keys that come faster than they can be searched for, as a paste without brackets sends them.
@Suite struct BatchedInputTests {
  static let notes = """
    # Bread and salt

    Words of bread.

    @ baker, 2024-05-01

    A comment on flour.

    # A bridge

    Words of steel.
    """

  /// Types without a frame in between.
  private func type(_ words: String, at desk: Desk) {
    for character in words { _ = desk.reader.press(.character(character)) }
  }

  private func shown(_ desk: Desk) -> [Line] { desk.reader.frame().lines }

  @Test(
    "What is typed is looked up once, before the next frame",
    arguments: [
      (open: "/", typed: "steel"),
      (open: "S", typed: "steel"),
      (open: "?/", typed: "half"),
      (open: "Enter /", typed: "flour"),
      (open: "Enter &", typed: "nobody"),
      (open: "Enter O /", typed: "baker"),
    ])
  func lookedUpOnce(open: String, typed: String) throws {
    let desk = try Desk(Self.notes)
    desk.press(open)
    let before = shown(desk).dropLast()
    type(typed, at: desk)
    #expect(shown(desk).dropLast() == before, "a key was looked up by itself")
    _ = desk.frame
    #expect(shown(desk).dropLast() != before, "\(desk.screen)")
  }

  @Test("Enter looks up what was typed since the last frame")
  func accepted() throws {
    let desk = try Desk(Self.notes)
    type("/steel\r", at: desk)
    _ = desk.reader.press(.enter)
    #expect(desk.lines[0].contains("/steel 1"), "\(desk.screen)")
    #expect(desk.lines[1].contains("A bridge"), "\(desk.screen)")
  }

  @Test("What the lookup says is not lost where Enter comes in the same batch")
  func acceptedWithMessage() throws {
    let words = String(repeating: "a", count: 40)
    let desk = try Desk("# One\n\nb \(words) \(words)!")
    desk.press("Enter")
    // One match, and then more work than a search may take.
    type("/b|(a+a+)+x", at: desk)
    _ = desk.reader.press(.enter)
    #expect(desk.screen.contains("needs too much work"), "\(desk.screen)")
  }

  @Test("A mistake typed in one batch is shown in its first frame")
  func mistake() throws {
    let desk = try Desk(Self.notes)
    type("/color:red x", at: desk)
    #expect(desk.lines.contains { $0.contains("↑") }, "\(desk.screen)")
  }

  @Test("A character takes no more marks than a cell shows, typed one by one or pasted")
  func marks() {
    let mark: Character = "\u{301}"
    var typed = TextField()
    typed.insert("e")
    for _ in 0..<5000 { typed.insert(mark) }
    typed.insert("f")
    #expect(typed.text.unicodeScalars.count == 2 + TextField.maxMarks)
    var pasted = TextField()
    pasted.insert("x" + String(repeating: "e" + String(repeating: mark, count: 500), count: 3))
    #expect(pasted.text.unicodeScalars.count == 1 + 3 * (1 + TextField.maxMarks))
    var alone = TextField()
    for _ in 0..<100 { alone.insert(mark) }
    #expect(alone.text.unicodeScalars.count == TextField.maxMarks)
    var plain = TextField()
    plain.insert("ế 가 क्षि")
    #expect(plain.text == "ế 가 क्षि")
  }
}
