internal import Display
internal import Storage
internal import Stories

extension Reader {
  /// The status line and, while a line is typed, the column of its cursor.
  func statusLine(_ columns: Int) -> (Line, Int?) {
    var right = statusEnd(columns)
    if let prompt { return promptLine(prompt, right, columns) }
    let left: [Span]
    if let message, !isMessageAbove {
      left = [
        Span(" ", .status),
        Span(
          messageParts(message, columns).last ?? "", message.isError ? .error : .message),
      ]
      if Line(left + right).width > columns { right = [] }
    } else {
      let room = columns - Line(right).width - 1
      left = [Span(" ", .status), Span(hint(room), .status)]
    }
    return (
      justified(left, right, in: columns, fill: .status, isASCII: options.isASCII)
        .padded(to: columns), nil
    )
  }

  /// What stands at the right end of the status line: running work, and where one is.
  func statusEnd(_ columns: Int) -> [Span] {
    // Where there is little room, a line that narrows nothing gets all of it.
    switch prompt?.purpose {
    case .command, .searchName, .tags, .comment: if columns < Self.roomyPrompt { return [] }
    default: break
    }
    var right = place().map { [Span("  \($0) ", .status)] } ?? []
    if let work {
      let total = work.total.map { " of \($0)" } ?? ""
      let words = "  \(safe(work.words, oneLine: true)) \(work.done)\(total)"
      right.insert(Span(words, .status), at: 0)
      if right.count == 1 { right.append(Span(" ", .status)) }
    }
    return Line(right).width > columns / 2 ? Array(right.suffix(1)) : right
  }

  /// The fewest columns of a message that are worth showing beside what is typed.
  private static let leastMessage = 16
  /// Below this a line that is typed leaves the place no more room than the number of what it finds.
  private static let roomyPrompt = 60

  private func promptLine(_ prompt: Prompt, _ right: [Span], _ columns: Int) -> (Line, Int?) {
    let (left, column) = typed(prompt, columns)
    var spans = left
    // What is typed comes first: a message of which next to nothing would show waits.
    let least = min(Self.leastMessage, displayWidth(of: message?.words ?? ""))
    if let message, Line(left + right).width + 3 + least <= columns {
      spans += [Span("   ", .status), Span(message.words, message.isError ? .error : .message)]
    }
    let line = justified(spans, right, in: columns, fill: .status, isASCII: options.isASCII)
    return (line.padded(to: columns), column)
  }

  private var isRoomy: Bool { size.columns >= Self.roomyPrompt }

  /// What stands at the right: the count being typed, matches, and where one is.
  private func place() -> String? {
    var parts: [String] = []
    let typed =
      (keys.count.map(String.init) ?? "")
      + keys.pending.written + (lettered.map { key(for: $0) } ?? "")
    if !typed.isEmpty { parts.append(typed) }
    if let hints, !hints.typed.isEmpty { parts.append(hints.typed) }
    if prompt?.lookup == .deferred {
      parts.append(isRoomy ? "? stories" : "?")
    } else if case .filter = prompt?.purpose {
      parts.append(storyCount)
    } else if case .searchAll = prompt?.purpose {
      let count = results?.hits.count ?? 0
      parts.append(isRoomy ? counted(count, "story", "stories") : String(count))
    } else if help != nil {
      parts.append("Keys")
    } else if let story, isReading {
      parts += placeParts(in: story)
    } else if isInSidebar, let sidebar {
      parts.append("\(sidebar.window.selected + 1) of \(sidebar.items.count)")
    } else if let results {
      if !results.hits.isEmpty {
        parts.append("\(results.window.selected + 1) of \(results.hits.count)")
      }
    } else if !list.rows.isEmpty {
      parts.append(list.position.map { "\($0) of \(list.totalWords)" } ?? storyCount)
    }
    return parts.isEmpty ? nil : parts.joined(separator: "  ")
  }

  /// Which match, which comment, and how far down; of these the first where a line is typed that
  /// needs the room.
  private func placeParts(in story: StoryScreen) -> [String] {
    var parts: [String] = []
    if let count = story.hits.count { parts.append(count) }
    if let count = story.onlyCount, prompt != nil, !isRoomy {
      parts.append(String(count))
    } else if let words = story.onlyWords {
      parts.append(words)
    } else if isRoomy, let number = story.commentNumber {
      parts.append(number)
    }
    guard isRoomy || prompt == nil else { return parts }
    // Where the line is short, what one reads is named rather than how long it takes.
    if isRoomy, let minutes = story.minutesLeft { parts.append("\(minutes) min left") }
    return parts + ["\(story.percent)%"]
  }

  /// The last of a command's keys, where the shortest stands.
  func tabbed(_ command: Command) -> String {
    keymap.keys(for: command, in: placeBelowPrompt).last ?? key(for: command)
  }

  private var storyCount: String {
    guard isRoomy else { return list.totalWords }
    return list.totalWords == "1" ? "1 story" : "\(list.totalWords) stories"
  }

  /// What the line says when there is nothing to say, in some columns.
  private func hint(_ room: Int) -> String {
    if let words = choiceWords { return words }
    if let story, context == .story {
      if let hints { return hintWords(hints) }
      if let link = story.link { return words(for: link.target) }
      return safe(story.section ?? story.story.title, oneLine: true)
    }
    return joined(hintParts, room)
  }

  /// Keys that are worth knowing here, each with what it does.
  private var hintParts: [String] {
    if help != nil { return [does("finds a key", .filter), does("back", .back)] }
    if themePicker != nil {
      return [
        "\(key(for: .down)) \(does("show", .up))", does("takes", .open), does("leaves", .clear),
      ]
    }
    if let picker {
      var parts = [does("goes there", .open), does("narrows", .filter)]
      if picker.story == nil { parts.append(does("forgets", .delete)) }
      if hasPicture { parts.append(does("opens the picture", .openLink)) }
      return parts + [does("leaves", .back)]
    }
    return listParts + [does("keys", .help)]
  }

  /// The same for the list, and for what stands in its place or beside it.
  private var listParts: [String] {
    if isInSidebar, let item = sidebar?.selection {
      var parts = [does("shows", .open)]
      if case .saved = item.shelf {
        parts += [does("renames", .saveSearch), does("forgets", .delete)]
      }
      return parts + [does("closes", .back)]
    }
    if let results {
      let opens = results.hits.isEmpty ? [] : [does("opens", .open)]
      return opens + [does("searches again", .filter), does("to the list", .back)]
    }
    guard list.selection != nil else { return [] }
    if isAmongDeleted { return [does("brings back", .delete), does("filters", .filter)] }
    return [does("opens", .open), does("filters", .filter), "\(tabbed(.nextUnread)) next unread"]
  }

  /// Whether the list shows deleted stories, which cannot be opened.
  var isAmongDeleted: Bool { list.shelf == .deleted && results == nil }

  private func does(_ words: String, _ command: Command) -> String {
    "\(key(for: command)) \(words)"
  }

  /// As many of some words as there is room for, and none that is cut; the last of them before the
  /// others.
  private func joined(_ words: [String], _ room: Int) -> String {
    let dot = options.dot
    var words = words
    while words.count > 1, displayWidth(of: words.joined(separator: dot)) > room {
      words.remove(at: words.count - 2)
    }
    let line = words.joined(separator: dot)
    return displayWidth(of: line) > room ? "" : line
  }

  /// Says what is read, where it comes from, and how far down one is.
  func tellPosition() {
    guard let shared = storyToShare() else { return say("There is no story here") }
    let title = truncated(safe(shared.title, oneLine: true), to: 60, isASCII: options.isASCII)
    var parts = ["“\(title)”", safe(shared.site ?? "", oneLine: true)]
    parts.append(safe(shared.address ?? "the page names no address", oneLine: true))
    if let story, isReading {
      parts.append("line \(story.looked + 1) of \(story.layout.rowCount)")
    } else if let position = list.position, results == nil {
      parts.append("story \(position) of \(list.totalWords)")
    }
    say(parts.filter { !$0.isEmpty }.joined(separator: options.dot))
  }

  /// More lines than this say too much.
  private static let mostParts = 4

  /// A message in lines that fit the screen: of one that has no room, its beginning.
  func messageParts(_ message: Message, _ columns: Int) -> [String] {
    let words = (message.isError ? "! " : "") + message.words
    guard displayWidth(of: words) > columns - 2 else { return [words] }
    let room = max(1, columns - 2)
    let most = min(Self.mostParts, messageRoom + 1)
    var parts = wrapped(words, to: room)
    guard parts.count > most else { return parts }
    let rest = parts[(most - 1)...].joined(separator: " ")
    parts[most - 1] = truncated(rest, to: room, isASCII: options.isASCII)
    return Array(parts.prefix(most))
  }
}
