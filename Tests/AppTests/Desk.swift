import App
import Display
import Queries
import Settings
import Storage
import Stories
import TestSupport

/// A reader at a desk of its own: a library in a temporary folder, and keys in written form.
final class Desk {
  let folder = TemporaryFolder()
  let library: Library
  let reader: Reader
  private(set) var effects: [Effect] = []
  private(set) var size = Size(columns: 80, rows: 24)

  /// Noon of 17 May 2024.
  static let now = Timestamp(seconds: 1_715_947_200)

  /// What the reader at the desk takes for now.
  final class Clock { var now = Desk.now }
  let clock = Clock()

  init(
    _ notes: String = "", isASCII: Bool = false, preferences: Preferences = Preferences(),
    keys: [Config.KeyBinding] = [], files: FileNames = FileNames()
  ) throws {
    library = try Library(path: folder["library.sqlite"])
    for (index, note) in StoryNotes.read(notes).enumerated() {
      let prepared = PreparedStory(
        note.story, original: nil, parserVersion: 1, source: note.source)
      let id = try library.stories.add(prepared, now: Self.now.seconds - 3600 * Int64(index + 1)).id
      // Not by changes: undo would take them back.
      execute(
        """
        UPDATE readings SET is_read = \(note.isRead), is_starred = \(note.isStarred),
          progress = \(note.progress) WHERE story = \(id)
        """, in: folder["library.sqlite"])
    }
    reader = Self.reader(
      library, isASCII: isASCII, preferences: preferences, keys: keys, files: files, clock: clock)
  }

  static func reader(
    _ library: Library, isASCII: Bool = false, preferences: Preferences = Preferences(),
    keys: [Config.KeyBinding] = [], files: FileNames = FileNames(), clock: Clock = Clock()
  ) -> Reader {
    Reader(
      library: library,
      options: ReaderOptions(
        preferences: preferences, bindings: keys, themes: ["night", "paper", "terminal"],
        isASCIITerminal: isASCII, files: files, now: { clock.now }))
  }

  var frame: Frame { reader.frame(in: size) }
  var screen: String { frame.description }
  var lines: [String] { frame.lines.map(\.text) }
  /// The lines above the status line.
  var body: [String] { Array(lines.dropLast()) }
  /// The last line: what the status line says.
  var status: String { lines.last ?? "" }
  var headlines: [Headline] { (try? library.lists.headlines(.all, after: nil, limit: 1000)) ?? [] }

  /// Presses keys in written form: `j 3j Enter`, `"typed words"`, `@120x40` for a new size, `@pause` for hands
  /// that rest until what may follow is shown, `@running:1:40:300` for a report that job 1 has done 40 of
  /// 300.
  @discardableResult
  func press(_ written: String) -> Desk {
    for token in Self.tokens(written) { press(token: token) }
    return self
  }

  private func press(token: String) {
    if token == "@pause" {
      _ = reader.receive(.idle)
    } else if let (id, progress) = Self.progress(token) {
      _ = reader.receive(.progress(id, progress))
    } else if token.hasPrefix("@"), let size = Self.size(token.dropFirst()) {
      self.size = size
    } else if token.hasPrefix("\""), token.count > 1 {
      for character in token.dropFirst().dropLast() { press(.character(character)) }
    } else if let key = Key(token) {
      press(key)
    } else {
      for character in token { press(.character(character)) }
    }
  }

  func press(_ key: Key) {
    effects = reader.press(key)
    _ = frame
  }

  /// The job and how far it is, of `@running:1:40:300`.
  private static func progress(_ written: String) -> (JobID, Job.Progress)? {
    let numbers = written.split(separator: ":").compactMap { Int($0) }
    guard written.hasPrefix("@running:"), numbers.count == 3 else { return nil }
    return (JobID(numbers[0]), Job.Progress(done: numbers[1], total: numbers[2]))
  }

  static func size(_ written: some StringProtocol) -> Size? {
    let numbers = written.split(separator: "x").compactMap { Int($0) }
    return numbers.count == 2 ? Size(columns: numbers[0], rows: numbers[1]) : nil
  }

  /// Words separated by spaces; a quoted piece is one.
  private static func tokens(_ written: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    var isQuoted = false
    for character in written {
      if character == "\"" { isQuoted.toggle() }
      if character.isWhitespace, !isQuoted {
        if !token.isEmpty { tokens.append(token) }
        token = ""
      } else {
        token.append(character)
      }
    }
    return token.isEmpty ? tokens : tokens + [token]
  }
}

extension Reader {
  /// The screen in a size, as the program draws it.
  func frame(in size: Size) -> Frame {
    fit(size)
    return frame()
  }
}
