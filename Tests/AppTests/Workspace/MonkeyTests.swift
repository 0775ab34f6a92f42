import App
import Display
import TestSupport
import Testing

@Suite struct MonkeyTests {
  static let notes = """
    # One
    source: Here
    address: https://example.org/1

    A paragraph with <a link|https://example.org/a> and words that go on for longer than a line.

    [photo] A caption. | A credit

    ## Heading

    Another paragraph.

    @ one, 2024-05-01

    First.

    @@ two

    Second.

    @@@ three

    Third.

    @ four

    Fourth, 終わり.

    # Two with 日本語 and e\u{301}\u{302}\u{303} and \u{202E}desrever\u{202C}
    read

    \u{1B}[31mText\u{07} with controls.

    # Three

    # Four
    starred

    Short.
    """

  /// Keys of the table, and some that nobody would press; leaving is left out.
  private var keys: [Key] {
    var keys: [Key] = CommandTable.entries.flatMap(\.allKeys).filter { $0 != "Q" }.flatMap {
      written in Key.sequence(written) ?? []
    }
    keys += "0123456789azéxX日\u{301}(*\\[".map { .character($0) }
    keys += [
      .paste("pasted\n\u{1B}[31m text"), .paste(""), .function(12), .alt(.character("q")),
      .alt(.left), .controlled(.left), .control("q"),
      .mouse(.init(.wheelDown, column: 3, row: 3)), .mouse(.init(.wheelUp, column: 200, row: -1)),
      .mouse(.init(.press, column: 0, row: 0)), .insert,
    ]
    return keys
  }

  @Test("Random keys and sizes never crash and always fill the frame", arguments: 1...4)
  func monkey(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let desk = try Desk(Self.notes, isASCII: seed == 4)
    var reader = desk.reader
    var size = Size(columns: 80, rows: 24)
    var recent: [String] = []
    let keys = keys
    for step in 0..<1500 {
      if reader.isFinished { reader = Desk.reader(desk.library, isASCII: seed == 4) }
      if step.isMultiple(of: 10) {
        let columns = Int.random(in: 1...(Bool.random(using: &dice) ? 30 : 230), using: &dice)
        size = Size(columns: columns, rows: Int.random(in: 1...60, using: &dice))
      }
      if step.isMultiple(of: 97) { _ = reader.receive(.libraryChanged) }
      if step.isMultiple(of: 13) { _ = reader.receive(.idle) }
      if step.isMultiple(of: 61) { _ = reader.receive(.requested(.importTyped("~/pages"))) }
      if step.isMultiple(of: 7) {
        let id = JobID(Int.random(in: 0...9, using: &dice))
        let isEnd = step.isMultiple(of: 11)
        _ = reader.receive(isEnd ? .ended(id, .done("1 added")) : .progress(id, .init(done: step)))
      }
      guard let key = keys.randomElement(using: &dice) else { continue }
      recent = (recent + ["\(key)"]).suffix(12)
      _ = reader.press(key)
      expectFits(reader.frame(in: size), size, "seed \(seed) step \(step): \(recent)")
      _ = reader.title
    }
  }
}
