import App
import Display
import Files
import Storage
import TestSupport
import Testing

/// A filter in a library where some of them take longer than a letter may wait.
@Suite struct LiveFilterTests {
  private static let notes = (1...30).map {
    "# Story \($0)\n\n\($0 % 10 == 0 ? "A storm warning." : "A warning of a storm.")"
  }
  .joined(separator: "\n\n")

  private let desk: Desk
  private let reader: Reader

  init() throws {
    desk = try Desk(Self.notes)
    // As many as it takes are only said to be there.
    let many = Migration("UPDATE counts SET total = total + 30000")
    let library = try Library(
      path: Path(desk.folder["library.sqlite"]), migrations: Schema.migrations + [many])
    reader = Desk.reader(library)
    _ = reader.frame(in: desk.size)
  }

  private func press(_ key: Key) { _ = reader.press(key) }

  private func type(_ words: String) {
    for character in words { press(.character(character)) }
  }

  private var lines: [String] { reader.frame(in: desk.size).lines.map(\.text) }
  private var status: String { lines.last ?? "" }

  @Test("a phrase is looked for once no more is typed; what was there is shown until then")
  func phrase() {
    type("/\"storm")
    let before = lines.dropLast()
    type(" warn")
    #expect(status.contains("/\"storm warn") && status.contains("? stories"))
    #expect(lines.dropLast() == before)
    #expect(reader.idleTimeout != nil)
    _ = reader.receive(.idle)
    #expect(status.contains("3 stories"))
    #expect(lines[1].contains("Story 10"))
    #expect(reader.idleTimeout == nil)
    // What is narrowed further waits again, and words alone do not.
    type("ing\" -\"a warn")
    #expect(status.contains("? stories"))
    _ = reader.receive(.idle)
    #expect(status.contains("3 stories"))
  }

  @Test("words alone are looked for with each letter")
  func words() {
    type("/storm 2")
    #expect(reader.idleTimeout == nil)
    #expect(!status.contains("?"))
    type("9")
    #expect(status.contains("1 story"))
  }

  @Test("a search of everything ranks what it finds, and so waits too")
  func search() {
    type("S")
    #expect(reader.idleTimeout == nil)
    type("storm warn")
    #expect(status.contains("? stories"))
    press(.enter)
    #expect(status.contains("1 of 30"))
    type("Sstorm")
    #expect(status.contains("? stories"))
    _ = reader.receive(.idle)
    #expect(status.contains("30 stories"))
  }

  @Test("Enter waits for nothing; Esc has the list as it was")
  func ends() {
    press(.character("j"))
    let before = lines
    type("/\"storm warn")
    press(.escape)
    #expect(reader.idleTimeout == nil)
    #expect(lines == before)
    type("/\"storm warn")
    press(.enter)
    #expect(reader.idleTimeout == nil)
    #expect(lines[0].contains("/\"storm warn") && lines[1].contains("Story 10"))
  }

  @Test("a mistake is told of with the letter, though nothing is looked for yet")
  func mistakes() {
    type("/\"storm warning\" color:red")
    #expect(lines.contains { $0.contains("color") && $0.contains("↑") })
  }
}
