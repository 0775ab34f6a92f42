import Display
import Settings
import Storage
import Testing

@testable import App

/// Each command of the table is done by some screen wherever the table says that it is known.
@Suite struct CommandContextTests {
  static let notes = """
    \(StoryNotes.linkedThread("[photo] A caption. | A credit", "## Heading", "Text."))

    # Two

    Text.
    """

  /// Where keys can be read: a context of the table, and the keys that lead to it.
  nonisolated struct Situation: Sendable, CustomTestStringConvertible {
    var name: String
    var context: Command.Context
    var keys: String

    var testDescription: String { name }
  }

  nonisolated static let situations = [
    Situation(name: "list", context: .list, keys: ""),
    Situation(name: "empty list", context: .list, keys: "/ \"nothing\" Enter"),
    Situation(name: "hits", context: .list, keys: "S \"text\" Enter"),
    Situation(name: "sidebar", context: .list, keys: "b"),
    Situation(name: "story", context: .story, keys: "j Enter"),
    Situation(name: "thread", context: .thread, keys: "Enter c"),
    Situation(name: "help", context: .help, keys: "?"),
    Situation(name: "job", context: .help, keys: ": \"add pages\" Enter gJ Enter"),
    Situation(name: "outline", context: .picker, keys: "Enter O"),
    Situation(name: "links", context: .picker, keys: "Enter L"),
    Situation(name: "figures", context: .picker, keys: "Enter F"),
    Situation(name: "marks", context: .picker, keys: "Ma g'"),
    Situation(name: "themes", context: .picker, keys: "T"),
    Situation(name: "jobs", context: .picker, keys: ": \"add pages\" Enter gJ"),
  ]

  @Test("Every command is answered in every context that knows it", arguments: situations)
  func answered(situation: Situation) throws {
    let known = Command.allCases.filter { $0.isKnown(in: situation.context) }
    #expect(known.count > 5)
    for command in known {
      let desk = try Desk(Self.notes)
      desk.press(situation.keys)
      #expect(desk.reader.workspace.keyContext == situation.context, "\(desk.screen)")
      #expect(desk.reader.isAnswered(command), "\(command.rawValue) in \(situation.name)")
    }
  }

  @Test("A command that a context does not know is answered by nobody there")
  func unknown() throws {
    let desk = try Desk(Self.notes)
    #expect(!desk.reader.isAnswered(.accept))
    #expect(!desk.reader.isAnswered(.nextFigure))
    desk.press("Enter")
    #expect(!desk.reader.isAnswered(.sortByDate))
  }

  @Test("The help lists what is done on the screen in front", arguments: situations)
  func help(situation: Situation) throws {
    let places = [
      "sidebar": "the sidebar", "story": "the story", "thread": "the thread and the story",
      "help": "the list", "job": "the details of a job", "outline": "the outline",
      "links": "the list of links",
      "figures": "the list of figures", "marks": "the list of marks",
      "themes": "the list of themes", "jobs": "the list of jobs",
    ]
    let desk = try Desk(Self.notes)
    desk.press("@100x60 " + situation.keys)
    let topic = HelpTopic(desk.reader.workspace)
    if situation.name != "help" { desk.press("F1") }
    let place = places[situation.name] ?? "the list"
    #expect(desk.screen.contains("Keys in \(place)\n"), "\(desk.screen)")
    guard !topic.isGrouped else { return }
    for entry in CommandTable.entries where topic.words(for: entry) != nil {
      #expect(entry.command.isKnown(in: situation.context), "\(entry.command.rawValue)")
    }
  }

  @Test("Every command of a line that is typed is done there")
  func typed() throws {
    let known = Command.allCases.filter { $0.isKnown(in: .prompt) }
    #expect(known.count > 10)
    for command in known {
      let desk = try Desk(Self.notes)
      desk.press(":")
      let written = try #require(
        desk.reader.environment.keymap.keys(for: command, in: .prompt).first)
      let key = try #require(Key.sequence(written)?.first)
      var prompt = try #require(desk.reader.workspace.prompt)
      prompt.field.insert("x")
      if case .reply(let reply) = prompt.press(key, desk.reader.here) {
        #expect(!reply.isNotMine, "\(command.rawValue)")
      }
    }
  }

  @Test("Drawing changes nothing: a frame can be drawn again")
  func pure() throws {
    for situation in Self.situations {
      let desk = try Desk(Self.notes)
      desk.press(situation.keys)
      let frame = desk.frame
      #expect(desk.reader.frame() == frame, "\(situation.name)")
      #expect(desk.frame == frame, "\(situation.name)")
    }
  }
}

extension Reader {
  /// Whether some screen answers a command; it is performed.
  fileprivate func isAnswered(_ command: Command) -> Bool {
    let reply = attempt { () throws(StorageError) in
      let reply = try workspace.perform(command, count: nil, here)
      return reply.isNotMine ? try performAnywhere(command, count: nil) : reply
    }
    return reply.map { !$0.isNotMine } ?? false
  }
}
