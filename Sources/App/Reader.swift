package import Display
package import Storage
package import Stories

/// What the reader is told of the world when it starts.
package struct ReaderOptions {
  /// The names that `T` and `:theme` go through.
  package var themes: [String]
  /// The name of the theme in use.
  package var theme: String
  /// Whether every ornament is drawn in ASCII.
  package var isASCII: Bool
  /// The columns of the story's text at most.
  package var measure: Int
  /// From how many columns list and story stand side by side.
  package var wideFrom: Int
  /// The shelf that is shown first.
  package var shelf: Shelf
  /// The clock, for ages and for when a story was last open.
  package var now: () -> Timestamp

  package init(
    themes: [String] = ["default"], theme: String = "default", isASCII: Bool = false,
    measure: Int = 72, wideFrom: Int = 120, shelf: Shelf = .all,
    now: @escaping () -> Timestamp
  ) {
    self.themes = themes
    self.theme = theme
    self.isASCII = isASCII
    self.measure = measure
    self.wideFrom = wideFrom
    self.shelf = shelf
    self.now = now
  }
}

/// The whole program as a value: keys and news go in, frames and effects come out.
///
/// It reads the library directly and writes only what the reader did to a story; it knows no
/// terminal, no network and no task. Whatever is pressed, a frame has exactly the asked size.
package final class Reader {
  let library: Library
  var options: ReaderOptions
  let keymap = Keymap()
  var keys = KeyReader()
  var list: ListScreen
  var story: StoryScreen?
  var help: HelpScreen?
  var prompt: Prompt?
  /// Whether keys go to the story; without one they go to the list.
  var isReading = false
  var isSplit = true
  var isZen = false
  /// Said in the status line until the next key.
  var message: Message?
  var work: News.Work?
  var lastSearch: (typed: String, forward: Bool) = ("", true)
  var searches: [String] = []
  var filters: [String] = []
  var commands: [String] = []
  var undone: [Change] = []
  var effects: [Effect] = []
  private var changeMark: Int64 = 0
  var size = Size(columns: 80, rows: 24)
  package private(set) var isFinished = false

  /// A sentence for the reader; errors look different.
  struct Message {
    var words: String
    var isError = false
  }

  /// What a mark or star was before it was changed.
  struct Change {
    var id: StoryID
    var isRead: Bool
    var isStarred: Bool
    var words: String
  }

  /// Opens on the list of stories.
  package init(library: Library, options: ReaderOptions) {
    self.library = library
    self.options = options
    list = ListScreen(shelf: options.shelf)
    attempt { () throws(StorageError) in
      changeMark = try library.changeMark()
      try list.show(options.shelf, in: library)
    }
  }

  /// What the terminal's title should say: the open story's headline, or the program's name.
  package var title: String {
    guard let story, isReading else { return "Courant" }
    let title = safe(story.story.title, oneLine: true)
    return title.isEmpty ? "Courant" : "\(truncated(title, to: 80)) – Courant"
  }

  /// The name of the theme in use.
  package var theme: String { options.theme }

  /// Performs a key; the effects are for the program to perform.
  package func press(_ key: Key) -> [Effect] {
    guard !isFinished else { return [] }
    message = nil
    takeInChanges()
    if case .mouse(let mouse) = key {
      wheel(mouse)
    } else if prompt != nil {
      type(key)
    } else if case .paste = key {
      say("Pasted text goes into a line: / or : first")
    } else {
      command(key)
    }
    defer { effects = [] }
    return effects
  }

  /// Shows what another Courant, or an import, has changed in the library since the last key.
  private func takeInChanges() {
    attempt { () throws(StorageError) in
      let mark = try library.changeMark()
      guard mark != changeMark else { return }
      changeMark = mark
      try list.reload(in: library)
    }
  }

  /// Takes in what happened outside.
  package func receive(_ news: News) -> [Effect] {
    switch news {
    case .progress(let work): self.work = work
    case .libraryChanged:
      attempt { () throws(StorageError) in try list.reload(in: library) }
    case .open(let id): open(id)
    case .told(let words): say(words)
    case .failed(let words): fail(words)
    }
    defer { effects = [] }
    return effects
  }

  /// Keeps the place of the open story; for the end of the program, however it comes.
  package func leave() { keepPlace() }

  func finish() {
    leave()
    isFinished = true
  }

  // MARK: - Words for the reader

  func say(_ words: String) { message = Message(words: words) }

  func fail(_ words: String) { message = Message(words: words, isError: true) }

  /// Does what may fail in the library, and says so where it does.
  @discardableResult
  func attempt<Value>(_ work: () throws(StorageError) -> Value) -> Value? {
    do {
      return try work()
    } catch {
      fail(safe(error.message, oneLine: true))
      return nil
    }
  }
}
