package import Settings

// Key presets after other programs. Each row overrides the default keys of the command table; a test
// checks that no preset binds a key twice or hides one behind another.
extension Preferences.Preset {
  struct Row: Sendable {
    /// Written as in the command table; several are separated by spaces.
    var keys: String
    /// `nil` takes the keys away.
    var command: Command?
    var contexts: [Command.Context]
  }

  var rows: [Row] {
    switch self {
    case .courant: []
    case .newsboat: Self.newsboatRows
    case .less: Self.lessRows
    case .vim: Self.vimRows
    }
  }

  private static let reading: [Command.Context] = [.story, .thread]
  private static let lists: [Command.Context] = [.list] + reading
  private static let screens: [Command.Context] = lists + [.help, .picker]

  private static func row(
    _ keys: String, _ command: Command?, _ contexts: [Command.Context]
  ) -> Row {
    Row(keys: keys, command: command, contexts: contexts)
  }

  /// After newsboat's default bindings: n and p go to unread stories, N marks, F filters, ^F shows
  /// all again.
  ///
  /// Commands that lost their key to them have one behind a comma.
  private static let newsboatRows = [
    row("n", .nextUnread, lists), row("p", .previousUnread, lists),
    row("N", .toggleRead, lists), row("F", .filter, [.list]), row("^F", .clear, [.list]),
    row("l", .showUnread, [.list]), row("u", .linkList, reading), row("^N", .nextMatch, reading),
    row("^P", .previousMatch, reading), row(",p", .parent, reading),
  ]

  /// After less: letters scroll, g and G are the ends, < and > too, p and % take a number.
  ///
  /// Commands that lost their key to them have one behind a comma: their own letter, or the one after g.
  private static let lessRows = [
    row("f ^V", .pageDown, screens), row("b ^B", .pageUp, screens),
    row("e ^E ^N", .down, screens), row("y ^Y ^P ^K", .up, screens),
    row("^D", .halfPageDown, screens), row("^U", .halfPageUp, screens),
    row("g <", .top, screens), row(">", .bottom, screens), row("p", .goToPercent, screens),
    row("m", .setMark, reading), row("M", .toggleRead, reading),
    row("ZZ", .quit, screens), row("&", .filter, [.list]), row("r ^R", .redraw, screens),
    row("h H", .help, lists), row(",H", .windowTop, [.list]), row(",M", .windowMiddle, [.list]),
    row("M-u", .hideMatches, reading),
    row(",a", .showAll, lists), row(",u", .showUnread, lists), row(",s", .showStarred, lists),
    row(",c", .showStarted, lists), row(",d", .showDeleted, lists), row(",b", .sidebar, lists),
    row(",w", .saveSearch, [.list]), row(",-", .undo, lists), row(",+", .redo, lists),
    row(",f", .hints, reading), row(",y", .copyLink, lists + [.picker]),
    row(",Y", .copyHint, reading), row(",m", .mailStory, lists), row(",'", .marks, lists),
    row(",p", .parent, reading), row(",r", .reply, reading), row(",e", .editComment, reading),
    row(",j", .jobs, screens), row(",<", .narrower, reading), row(",>", .wider, reading),
  ]

  /// After vim: u undoes, M is the middle, ZZ leaves, gx opens, yy copies, folds by zo, zc, zj and zk.
  private static let vimRows = [
    row("^E", .down, screens), row("^Y", .up, screens),
    row("d b u", nil, reading), row("u", .undo, [.list]),
    row("m", .setMark, reading), row("M", .toggleRead, reading),
    row("ZZ ZQ", .quit, screens), row("M", .windowMiddle, [.list]), row("gM", .setMark, [.list]),
    row("gx", .openLink, lists), row("yy", .copyLink, lists),
    row("gt", .nextStory, lists), row("gT", .previousStory, lists),
    row("zo zc", .fold, reading), row("zj", .nextComment, reading),
    row("zk", .previousComment, reading), row("^Ww ^W^W", .toggleSplit, lists),
    row("w", nil, lists),
  ]
}

/// What a preset changes, for the manual: its keys, and the command's name, or "none".
package func presetWords(_ preset: Preferences.Preset) -> [(keys: String, command: String)] {
  preset.rows.map { row in
    let isEverywhere = row.contexts.count > 2
    let place = isEverywhere ? "" : " (\(row.contexts.map(\.rawValue).joined(separator: ", ")))"
    return (row.keys + place, row.command?.rawValue ?? "none")
  }
}
