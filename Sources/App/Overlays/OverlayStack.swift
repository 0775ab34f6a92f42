internal import Display
internal import Storage

/// The screens that are laid over the panes; the last one is in front.
struct OverlayStack {
  private(set) var all: [Overlay] = []

  var front: Overlay? { all.last }
  var isEmpty: Bool { all.isEmpty }

  /// The context of the topmost overlay whose keys are bound.
  var context: Command.Context? { all.lazy.reversed().compactMap(\.screen.context).first }

  /// What the help says of the topmost overlay whose keys are bound.
  var helpTopic: HelpTopic? {
    all.last { $0.screen.context != nil }?.screen.helpTopic
  }

  /// Whether the overlay in front takes single keys, before they are looked up.
  var takesSingleKeys: Bool { front.map { $0.screen.context == nil } ?? false }

  /// The topmost overlay that covers the whole screen, and what stands over it.
  var visible: (cover: Overlay?, over: ArraySlice<Overlay>) {
    guard let index = all.lastIndex(where: { $0.screen.isFullScreen }) else {
      return (nil, all[...])
    }
    return (all[index], all[(index + 1)...])
  }

  /// Whether one shows parts of the open story.
  var hasOneOfStory: Bool { all.contains { $0.screen.isOfStory } }

  mutating func push(_ overlay: Overlay) {
    // What is opened from the help is about the screen below it.
    all.removeAll { if case .help = $0 { true } else { false } }
    all.append(overlay)
  }

  mutating func pop() { _ = all.popLast() }

  /// Closes what shows parts of the open story, and the help, which was about another screen.
  mutating func closeThoseOfStory() {
    all.removeAll { $0.screen.isOfStory || $0.screen.context == .help }
  }

  /// Puts another state in the place of the overlay in front.
  mutating func replaceFront(with overlay: Overlay) {
    guard !all.isEmpty else { return }
    all[all.count - 1] = overlay
  }

  /// Narrows the overlay in front to typed words, where it can be.
  mutating func narrowFront(to words: String) {
    guard var screen = front?.screen else { return }
    screen.narrow(to: words)
    replaceFront(with: screen.overlay)
  }

  /// Shows jobs as a table now has them: in the screens of single jobs, and in the lists of them.
  mutating func showJobs(_ table: JobTable, entries: [Picker.Entry]) {
    for index in all.indices {
      switch all[index] {
      case .job(var screen):
        guard let row = table[screen.row.job.id] else { continue }
        screen.row = row
        all[index] = .job(screen)
      case .picker(var picker) where picker.kind == .jobs:
        picker.replace(with: entries)
        all[index] = .picker(picker)
      default: break
      }
    }
  }

  /// Changes the overlay in front; `nil` where there is none.
  mutating func withFront<Value>(
    _ body: (inout any OverlayScreen) throws(StorageError) -> Value
  ) throws(StorageError) -> Value? {
    guard var screen = front?.screen else { return nil }
    let value = try body(&screen)
    replaceFront(with: screen.overlay)
    return value
  }

  /// Gives a command to the topmost overlay whose keys are bound; `nil` where there is none.
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply? {
    guard let index = all.lastIndex(where: { $0.screen.context != nil }) else { return nil }
    var screen = all[index].screen
    let reply = try screen.perform(command, count: count, environment)
    all[index] = screen.overlay
    return reply
  }

  /// Makes all of them ready to be drawn over some lines.
  mutating func fit(_ rows: Int, _ environment: Environment) {
    for index in all.indices {
      var screen = all[index].screen
      screen.fit(rows, environment)
      all[index] = screen.overlay
    }
  }
}
