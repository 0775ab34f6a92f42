internal import Display
internal import Queries
internal import Storage

/// A line that is being typed at the bottom of the screen, and what it is for.
struct Prompt {
  enum Purpose {
    /// Live filter of the list; Esc returns to the words that were there before, and the story.
    case filter(before: String, selection: Headline?)
    /// Search in the story, from where it began.
    case search(isForward: Bool, origin: StoryView.Origin)
    /// Live filter of the help screen.
    case helpFilter
    /// A command by name.
    case command
    /// Search of the whole library; Esc returns to what was shown before.
    case searchAll(before: SearchScreen?, focus: Workspace.Focus)
    /// The name of a kept search.
    case searchName(SearchName)
    /// Live filter of the picker; Esc returns to the words that were there before.
    case pickerFilter(before: String)
    /// The tags of some stories.
    case tags(TagEdit)
    /// Live filter of the thread; Esc returns to what was shown before.
    case comments(before: StoryView.ShownThread)
    /// A comment, where no editor writes it.
    case comment(Draft)
  }

  var purpose: Purpose
  var field: TextField
  /// Whether the line has been looked up since it changed.
  var lookup = Lookup.done
  /// The parsed line, as of the last lookup.
  var parsed = Parsed()
  /// The completions that `Tab` goes through; `nil` until it does, and after any other key.
  var cycle: CompletionCycle?
  /// The mistakes for which Enter was refused, until the next key; empty otherwise.
  ///
  /// What more typing might mend is among them.
  var refusal: [QueryMistake] = []

  /// The state of the lookup.
  ///
  /// Input can come faster than it can be searched for, as by a paste without brackets: keys only
  /// mark the line as changed, and one lookup follows for all of them before the next frame.
  enum Lookup {
    case done
    /// Changed; looked up before the next frame.
    case due
    /// A slow query: looked up when input is idle.
    case deferred
  }

  /// A typed line as a filter.
  struct Parsed {
    /// What the valid part asks for; of a line that is no filter of stories, everything.
    var query = Query.everything
    /// The same, asked of comments.
    var comments: CommentFilter?
    /// In the order in which they stand.
    var mistakes: [QueryMistake] = []
  }

  struct CompletionCycle {
    var lines: [String]
    var index: Int

    /// The next or previous line; wraps around.
    mutating func step(forward: Bool) -> String? {
      guard !lines.isEmpty else { return nil }
      index = (index + (forward ? 1 : lines.count - 1)) % lines.count
      return lines[index]
    }
  }

  /// Inserts the next completion of the cycle, or begins a cycle of new ones.
  mutating func complete(with lines: [String] = [], forward: Bool) {
    if !lines.isEmpty { cycle = CompletionCycle(lines: lines, index: forward ? -1 : 0) }
    if let line = cycle?.step(forward: forward) { field.set(line) }
  }

  /// The history that an accepted line is added to.
  var history: History.Kind? {
    switch purpose {
    case .filter, .comments: .filter
    case .command: .command
    case .searchAll: .searchAll
    default: nil
    }
  }

  /// The prompt before the typed text.
  var mark: String {
    switch purpose {
    case .filter, .helpFilter, .pickerFilter: "/"
    case .search(let isForward, _): isForward ? "/" : "?"
    case .command: ":"
    case .searchAll: "S/"
    case .comments: "&"
    case .comment(let draft): draft.parent == nil ? "Comment: " : "Answer: "
    case .searchName: "Name: "
    case .tags: "Tags: "
    }
  }
}

// MARK: - Typing

extension Prompt {
  enum Outcome {
    /// An editing key, whether or not it changed the line.
    case edited
    case accepted, cancelled
    case completes(forward: Bool)
    case reply(Reply)
  }

  /// Takes a key; the changed line is looked up before the next frame.
  mutating func press(_ key: Key, _ environment: Environment) -> Outcome {
    refusal = []
    switch key {
    case .paste(let text): field.insert(text)
    case .character(let character): field.insert(character)
    default:
      guard let command = environment.keymap.command([key], in: .prompt) else {
        let leave = environment.key(for: .cancel, in: .prompt)
        return .reply(.say("\(key) does nothing while typing; \(leave) leaves the line"))
      }
      return perform(command)
    }
    noteChange()
    return .edited
  }

  private mutating func perform(_ command: Command) -> Outcome {
    switch command {
    case .accept: return .accepted
    case .cancel: return .cancelled
    case .deleteBackward where field.characters.isEmpty: return .cancelled
    case .complete, .completeBack: return .completes(forward: command == .complete)
    case .suspend: return .reply(.effect(.suspend))
    case .redraw: return .reply(.effect(.redraw))
    default:
      guard field.edit(command) else { return .reply(.notMine) }
      noteChange()
      return .edited
    }
  }

  private mutating func noteChange() {
    cycle = nil
    lookup = .due
  }

  // MARK: - What it means

  /// Parses the line as a filter, where it is one or has one behind a verb.
  ///
  /// `isTyping` says that the last word may go on.
  func parse(now: Int64, isTyping: Bool) -> Parsed {
    let typed = field.text
    switch purpose {
    case .filter, .searchAll:
      let parsed = ParsedQuery(typed, now: now, isTyping: isTyping)
      return Parsed(query: parsed.query, mistakes: parsed.mistakes)
    case .comments:
      let filter = CommentFilter(typed, now: now, isTyping: isTyping)
      return Parsed(comments: filter, mistakes: filter.mistakes)
    case .command:
      guard let start = LineParser.filterStart(in: typed) else { return Parsed() }
      let parsed = ParsedQuery(String(typed.dropFirst(start)), now: now, isTyping: isTyping)
      let mistakes = parsed.mistakes.map { mistake in
        var mistake = mistake
        mistake.range = mistake.range.lowerBound + start..<mistake.range.upperBound + start
        return mistake
      }
      return Parsed(query: parsed.query, mistakes: mistakes)
    default: return Parsed()
    }
  }

  /// Whether looking the line up takes longer than a frame may.
  func isSlow(in library: Library) throws(StorageError) -> Bool {
    switch purpose {
    case .filter: try library.lists.isSlow(parsed.query)
    case .searchAll: try library.lists.isSlow(parsed.query, isRanked: true)
    case .search, .helpFilter, .command, .searchName, .pickerFilter, .tags, .comments, .comment:
      false
    }
  }

  /// The mistakes that are shown: while the line is typed, none that more typing may mend.
  var shownMistakes: [QueryMistake] {
    refusal.isEmpty ? parsed.mistakes.filter { !$0.isUnfinished } : refusal
  }
}
