/// The key tables of the README, made from the command table.
///
/// Markdown: one table a group, with the keys of each command and what it does.
package func keysInMarkdown() -> String {
  var text = ""
  for group in Command.Group.allCases {
    let entries = CommandTable.entries.filter { $0.group == group && !$0.allKeys.isEmpty }
    guard !entries.isEmpty else { continue }
    if !text.isEmpty { text += "\n" }
    text += "### \(group.rawValue)\n\n| keys | what they do | command |\n|---|---|---|\n"
    for entry in entries {
      let keys = keysWithContexts(of: entry).map { "\(code($0.key))\($0.note)" }
      text += "| \(keys.joined(separator: " ")) | \(entry.words) | `\(entry.command.rawValue)` |\n"
    }
  }
  return text
}

/// The keys of an entry, each with a note where only one of its screens has it: " (list)".
///
/// `namesOnly` says where a key works of commands too that only one screen knows.
package func keysWithContexts(
  of entry: Command.Entry, namesOnly: Bool = false
) -> [(key: String, note: String)] {
  let screens: [Command.Context] = [.list, .story, .picker].filter { entry.keys[$0] != nil }
  if namesOnly, screens.count == 1 {
    return entry.allKeys.map { ($0, " (\(screens[0].rawValue))") }
  }
  return entry.allKeys.map { key in
    let holders = screens.filter { entry.keys[$0]?.contains(key) == true }
    // Keys that work in overlays too need no note.
    let isLocal = screens.count > 1 && (holders == [.picker] || isAlone(holders, among: screens))
    return (key, isLocal ? " (\(holders[0].rawValue))" : "")
  }
}

private func isAlone(_ holders: [Command.Context], among screens: [Command.Context]) -> Bool {
  screens.count { $0 != .picker } > 1 && holders.count { $0 != .picker } == 1
}

/// A key in Markdown's code marks; a bar would end the table's cell.
private func code(_ key: String) -> String {
  "`\(key.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|"))`"
}
