/// A property of a story that a change sets or clears.
package enum Mark: Sendable, Hashable {
  case read, starred
  /// In the trash: in no list but that of deleted stories, until it is purged.
  case deleted
  /// A tag; ASCII case is ignored, and the spelling given first is kept.
  case tag(String)
  /// One of the user's own comments, by its ID in the library: shown or deleted.
  case comment(Int64)
  /// The story was opened, which marked it read. Recorded, and never undone.
  case opened
  /// An import replaced the story; its previous version is the revision with this ID.
  case replaced(Int64)
}

/// One user action: marks set or cleared on stories, undone as a unit.
package struct Change: Sendable, Hashable {
  /// One mark set or cleared on some stories.
  package struct Step: Sendable, Hashable {
    /// The mark that was set or cleared.
    package var mark: Mark
    /// Whether the mark was set; else it was cleared.
    package var isSet: Bool
    /// The stories whose state it changed, ascending; those that had that state before are left out.
    package var stories: [StoryID]

    package init(_ mark: Mark, _ isSet: Bool, _ stories: [StoryID]) {
      self.mark = mark
      self.isSet = isSet
      self.stories = stories
    }
  }

  /// The steps in the order in which they were made; empty if nothing was changed.
  package var steps: [Step]

  /// Why nothing of a logged change could be undone or redone; `nil` where something could.
  package var obstacle: Obstacle?

  /// Why nothing of a logged change could be undone or redone.
  package enum Obstacle: Sendable, Hashable {
    /// The stories were removed for good.
    case purged
    /// The stories are deleted.
    case deleted
    /// An import restored the deleted stories.
    case restored
    /// The version that an import replaced is no longer kept.
    case versionDropped
    /// The stories were changed since, by another program or by an import.
    case changed
  }

  package init(steps: [Step], obstacle: Obstacle? = nil) {
    self.steps = steps
    self.obstacle = obstacle
  }

  /// All stories that it changed.
  package var stories: Set<StoryID> { Set(steps.flatMap(\.stories)) }
}

/// An entry of the change log.
package struct LoggedChange: Sendable, Hashable {
  /// The position in the log; ascending in the order of entries.
  package var id: Int64
  /// When it was made, in seconds since 1970.
  package var made: Int64
  /// What was changed.
  package var change: Change
}

extension Mark {
  /// The mark as it is stored; stored names never change.
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
