internal import Display
internal import Settings
internal import Storage
internal import Stories

/// What a screen may know of the world around it.
///
/// A value made for each key and each frame: screens read it, and answer with a ``Reply`` where
/// something outside of them is to change.
struct Environment {
  let library: Library
  var options: ReaderOptions
  /// The keys as they are bound now.
  var keymap: Keymap
  /// The terminal, in cells.
  var size = Size(columns: 80, rows: 24)
  /// The context whose keys messages name: that of the screen in front.
  var context = Command.Context.list
  /// The context of the pane that has the focus, which overlays may cover.
  var paneContext = Command.Context.list
  /// The lines typed in this run and in earlier ones.
  var history: History
  /// What was searched for last in a story.
  var lastSearch = LastSearch()

  struct LastSearch {
    /// Empty before the first search.
    var typed = ""
    var isForward = true
  }

  init(library: Library, options: ReaderOptions) {
    self.library = library
    self.options = options
    history = options.history
    keymap = Keymap(preset: options.preferences.preset, own: options.bindings)
  }
}

// MARK: - Settings and clock

extension Environment {
  var preferences: Preferences { options.preferences }
  /// The clock, in seconds since 1970.
  var now: Int64 { options.now().seconds }
  var isASCII: Bool { options.isASCII }
  /// What stands between the facts of a line.
  var dot: String { options.dot }

  /// How a story is laid out in a pane of so many columns.
  func layoutOptions(width: Int) -> LayoutOptions {
    LayoutOptions(
      width: max(1, width), measure: preferences.column, now: options.now(), isASCII: isASCII,
      order: options.textOrder,
      threadHint: library.isReadOnly
        ? nil : "\(key(for: .writeComment, in: .story)) writes the first, for your own library.")
  }
}

// MARK: - Names of keys

extension Environment {
  /// The key of a command on the screen in front as it is bound now, or its name after `:`.
  func key(for command: Command) -> String { key(for: command, in: context) }

  func key(for command: Command, in context: Command.Context) -> String {
    let keys = keymap.keys(for: command, in: context)
    // Help has a key on every screen, and the shorter `?` where that is free.
    let key = command == .help ? keys.min { $0.count < $1.count } : keys.first
    return key ?? ":\(command.rawValue)"
  }

  /// The last of a command's keys, where the table has the shortest.
  func lastKey(for command: Command) -> String {
    keymap.keys(for: command, in: context).last ?? key(for: command)
  }

  /// A key with what it does, for the hints of the status line.
  func keyHint(_ words: String, _ command: Command) -> String { "\(key(for: command)) \(words)" }

  /// Says that a command wants a count before it.
  var percentQuestion: Reply {
    .say("A number first: 40\(key(for: .goToPercent)) goes to 40 per cent")
  }
}

// MARK: - Text

extension Environment {
  /// Text from outside in one safe line of at most so many columns.
  func shortened(_ text: String, to columns: Int) -> String {
    truncated(safe(text, oneLine: true), to: columns, isASCII: isASCII)
  }

  /// Lines outside a story in display order, each span for itself: the spans of a row are facts side
  /// by side.
  ///
  /// Messages run from left to right, whatever they name.
  func ordered(_ lines: [Line]) -> [Line] {
    guard options.textOrder == .asSeen else { return lines }
    return lines.map { line in
      let spans = line.spans.flatMap { span in
        inDisplayOrder([span], isSentence: span.role == .message || span.role == .error)
      }
      return Line(spans, fill: line.fill)
    }
  }

  /// A line in the colours of the status line, exactly so many columns wide.
  func bar(_ spans: [Span], _ columns: Int) -> Line {
    Line(spans, fill: .status).clipped(to: columns, isASCII: isASCII)
      .padded(to: columns, isASCII: isASCII)
  }
}

// MARK: - Stories

extension Environment {
  /// Says that a story is gone, and where it may be had back.
  func gone(_ id: StoryID?) -> Reply {
    let deleted = id.flatMap { try? library.lists.deletedHeadline($0) }
    let back = deleted == nil ? "" : " · \(key(for: .showDeleted, in: .list)) shows deleted ones"
    return .fail("That story is no longer in the library\(back)")
  }

  /// What to say of an error of the library.
  func words(for error: StorageError) -> Reply {
    // The error's own message names the story by its number, which is shown nowhere.
    if case .noStory(let id) = error { return gone(id) }
    return .fail(safe(error.message, oneLine: true))
  }

  /// Opens or copies the address of a story.
  func useAddress(of id: StoryID?, _ command: Command) throws(StorageError) -> Reply {
    guard let id else { return .say("There is no story here") }
    guard let story = try library.stories.story(id) else { return gone(id) }
    return use(story.address, command)
  }

  func use(_ address: String?, _ command: Command) -> Reply {
    guard let address, !address.isEmpty else { return .say("This story has no address") }
    let target = LinkTarget(address: address)
    return command == .copyLink ? .copy(target) : .follow(target)
  }
}
