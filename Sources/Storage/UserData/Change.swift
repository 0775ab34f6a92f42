/// Something a reader sets or clears on a story.
package enum Mark: Sendable, Hashable {
  case read, starred, deleted
  case tag(String)
  /// A comment of the reader's, which is shown or taken away; its number in the library.
  case comment(Int64)
  /// The story was opened, which marked it read. Recorded, and never undone.
  case opened
  /// An import replaced the story, and what it said before is a revision of that number.
  case replaced(Int64)
}

/// One thing the reader did to some stories: setting or clearing marks, all at once.
package struct Change: Sendable, Hashable {
  package struct Step: Sendable, Hashable {
    package var mark: Mark
    package var isSet: Bool
    /// The stories that were otherwise before, in order of their numbers.
    package var stories: [StoryID]

    package init(_ mark: Mark, _ isSet: Bool, _ stories: [StoryID]) {
      self.mark = mark
      self.isSet = isSet
      self.stories = stories
    }
  }

  package var steps: [Step]

  package init(steps: [Step]) { self.steps = steps }

  /// Every story that it touched.
  package var stories: Set<StoryID> { Set(steps.flatMap(\.stories)) }
}

/// An entry of the change log.
package struct LoggedChange: Sendable, Hashable {
  /// Grows with each entry.
  package var id: Int64
  /// In seconds since 1970.
  package var made: Int64
  package var change: Change
}

extension Mark {
  /// The mark as it is kept; kept names never change.
  var columns: (mark: String, tag: String?) {
    switch self {
    case .read: ("read", nil)
    case .starred: ("starred", nil)
    case .deleted: ("deleted", nil)
    case .tag(let name): ("tag", name)
    case .comment(let id): ("comment", String(id))
    case .opened: ("opened", nil)
    case .replaced(let id): ("replaced", String(id))
    }
  }

  init?(_ mark: String, tag: String?) {
    switch (mark, tag) {
    case ("read", _): self = .read
    case ("starred", _): self = .starred
    case ("deleted", _): self = .deleted
    case ("tag", let tag?): self = .tag(tag)
    case ("comment", let id?):
      guard let id = Int64(id) else { return nil }
      self = .comment(id)
    case ("opened", _): self = .opened
    case ("replaced", let id?):
      guard let id = Int64(id) else { return nil }
      self = .replaced(id)
    default: return nil
    }
  }
}
