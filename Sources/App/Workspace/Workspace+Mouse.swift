internal import Display
internal import Settings
internal import Storage

// The mouse: a click chooses, a second one on the same thing opens, and the wheel scrolls what it is
// over and never opens or marks anything.
extension Workspace {
  /// How many rows of a story one turn of the wheel scrolls; of a list it is one row.
  private static let wheelRows = 3

  /// Turns the wheel over a column of the screen.
  mutating func wheel(
    up: Bool, column: Int, _ environment: Environment
  ) throws(StorageError) -> Reply {
    guard prompt == nil else { return .done }
    let rows = up ? -Self.wheelRows : Self.wheelRows
    let row = up ? -1 : 1
    if let front = overlays.front, front.screen.context != nil {
      return try overlays.withFront { (screen: inout any OverlayScreen) throws(StorageError) in
        try screen.scroll(by: rows, environment)
      } ?? .done
    }
    let panes = Panes(self, environment)
    if column < panes.sidebar {
      sidebar?.move(by: row)
    } else if panes.story != nil, panes.list == nil || column >= panes.storyStart - 1 {
      story?.view.scroll(by: rows)
    } else if results != nil {
      results?.move(by: row)
    } else {
      return try list.step(by: row, environment)
    }
    return .done
  }

  /// A click on what was drawn in a cell; `nil` where nothing there takes one.
  mutating func click(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if !overlays.isEmpty {
      let reply =
        try overlays.withFront { (screen: inout any OverlayScreen) throws(StorageError) in
          try screen.click(target, environment)
        } ?? .done
      guard reply.isNotMine else { return reply }
      overlays.pop()
    }
    switch target {
    case .sidebarPane, .sidebarItem, .listPane, .listRow, .hit, .shelf:
      return try clickList(target, environment)
    case .storyPane, .link, .comment, .stickyComment:
      return try clickStory(target, environment)
    case .divider, .overlay, .overlayRow, nil: return .done
    }
  }

  private mutating func clickList(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let wasReading = isReading
    switch target {
    case .sidebarItem(let shelf):
      try closeStory(environment)
      setFocus(.sidebar)
      if shelf == sidebar?.selection?.shelf {
        return try showFromSidebar(shelf, environment)
      }
      sidebar?.select(shelf)
    case .hit(let id):
      if id == results?.selection?.headline.id, !wasReading {
        return try openSelected(environment)
      }
      try focusList(environment)
      results?.select(id)
    case .listRow(let id):
      if id == list.selection?.id, !wasReading || story?.id != id {
        return try openSelected(environment)
      }
      try focusList(environment)
      guard let index = list.rows.firstIndex(where: { $0.id == id }), index != list.selected
      else { return .done }
      return try list.step(by: index - list.selected, environment)
    case .shelf(let shelf):
      if focus == .sidebar { setFocus(.list) }
      return try show(shelf, environment)
    default: if focus == .sidebar, target == .listPane { setFocus(.list) }
    }
    return .done
  }

  private mutating func focusList(_ environment: Environment) throws(StorageError) {
    try closeStory(environment)
    setFocus(.list)
  }

  private mutating func clickStory(
    _ target: HitTarget?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    guard let story else { return try openSelected(environment) }
    guard isReading else {
      setFocus(.story)
      return .done
    }
    switch target {
    case .stickyComment(let parent): self.story?.view.jump(toComment: parent)
    case .link(let number):
      guard let link = story.view.link(numbered: number) else { return .done }
      if story.view.link?.number == number { return follow(link.target, environment) }
      self.story?.view.choose(link)
    case .comment(let comment):
      guard let row = story.view.layout.row(ofComment: comment) else { return .done }
      self.story?.view.focus(on: row)
      return self.story?.foldThis(environment) ?? .done
    default: break
    }
    return .done
  }
}
