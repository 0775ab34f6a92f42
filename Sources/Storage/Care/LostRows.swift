extension LibraryRecovery.Report {
  /// How many rows at most could not be read.
  package var lostRows: Int { lost.values.reduce(0, +) }

  /// What could not be read, kind by kind: "up to 12 own comments".
  ///
  /// Upper bounds: rows of a page that is lost are counted by the numbers that they may have had.
  package var lostKinds: [String] {
    lost.sorted { $0.key < $1.key }.map { table, count in
      guard let (one, many) = Self.kinds[table] else {
        return "up to \(count) rows of the table \(table)"
      }
      return count == 1 ? "1 \(one)" : "up to \(count) \(many)"
    }
  }

  private static let kinds: [String: (one: String, many: String)] = [
    "stories": ("headline", "headlines"),
    "bodies": ("text of a story", "texts of stories"),
    "figures": ("story's figures", "stories' figures"),
    "discussions": ("discussion", "discussions"),
    "comments": ("discussion's comments", "discussions' comments"),
    "originals": ("page as it was added", "pages as they were added"),
    "identities": ("story's address", "stories' addresses"),
    "readings": ("story's marks and place", "stories' marks and places"),
    "tags": ("story's tags", "stories' tags"),
    "place_marks": ("place mark or more", "place marks"),
    "own_comments": ("own comment", "own comments"),
    "drafts": ("draft", "drafts"),
    "revisions": ("earlier version of a story", "earlier versions of stories"),
    "replaced_pages": ("record of replaced pages or more", "records of replaced pages"),
    "searches": ("saved search or more", "saved searches"),
    "changes": ("change that could be undone", "changes that could be undone"),
    "change_steps": ("change that could be undone", "changes that could be undone"),
    "sources": ("name of a source", "names of sources"),
    "subscriptions": ("subscription", "subscriptions"),
    "folders": ("folder of subscriptions", "folders of subscriptions"),
    "folder_members": ("subscription's place in a folder", "places of subscriptions in folders"),
    "entries": ("feed's entries", "entries of feeds"),
    "enclosures": ("story's attached files", "stories' attached files"),
    "other_sources": ("story's further sources", "stories' further sources"),
    "hosts": ("host's pause", "hosts' pauses"),
  ]
}
