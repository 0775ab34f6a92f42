internal import Display
internal import Settings

/// Which panes a screen has, and how wide they are.
struct Panes {
  /// The columns of the sidebar with the line beside it; 0 where it is not shown.
  var sidebar = 0
  /// The columns of the list; `nil` where it is not shown.
  var list: Int?
  /// The columns of the story; `nil` where it is not shown.
  var story: Int?

  var listWidth: Int { list ?? 0 }
  /// The column in which the story begins.
  var storyStart: Int { sidebar + (list.map { $0 + 1 } ?? 0) }
  /// Whether list and story stand side by side.
  var isSplit: Bool { list != nil && story != nil }

  /// Below so many columns two panes would both be too narrow to read, whatever the settings say.
  private static let minSplitColumns = 64
  /// The fewest columns of a pane: fewer show no more than the first words of a headline.
  private static let minPaneColumns = 24
  /// From how many columns the sidebar stands beside the list; below, it takes its place.
  static let minColumnsBesideSidebar = 60

  init(_ workspace: Workspace, _ environment: Environment) {
    let size = environment.size
    let isReading = workspace.focus == .story
    let isZen = workspace.isZen
    let isWide =
      size.columns >= max(Self.minSplitColumns, environment.preferences.wide) && workspace.isSplit
      && !isZen
    sidebar = Self.sidebarWidth(workspace, size, isWide: isWide)
    let room = size.columns - sidebar
    guard isWide, room >= Self.minSplitColumns else {
      if isReading { (sidebar, story) = (0, size.columns) } else { list = room }
      return
    }
    let wanted = environment.preferences.listWidth
    let width = wanted == 0 ? max(40, min(64, room * 3 / 8)) : Self.listWidth(wanted, in: room)
    list = width
    story = room - width - 1
  }

  /// The nearest width of a list that leaves both panes enough of some columns.
  static func listWidth(_ wanted: Int, in room: Int) -> Int {
    max(minPaneColumns, min(room - minPaneColumns - 1, wanted))
  }

  private static func sidebarWidth(
    _ workspace: Workspace, _ size: Size, isWide: Bool
  ) -> Int {
    guard workspace.sidebar != nil,
      workspace.focus != .story || isWide && !workspace.isZen
    else { return 0 }
    if size.columns < minColumnsBesideSidebar {
      return workspace.focus == .sidebar ? size.columns : 0
    }
    return max(24, min(34, size.columns / 5))
  }
}
