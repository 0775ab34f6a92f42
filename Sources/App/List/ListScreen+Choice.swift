internal import Storage

/// Many stories chosen at once, for commands that work on all of them.
extension ListScreen {
  /// Toggles the choice of the selected story and some below; moves on behind them.
  mutating func choose(_ count: Int, in library: Library) throws(StorageError) {
    guard let first = selection else { return }
    let stories = try stories(count, in: library)
    if choice.stories.contains(first.id) {
      choice.stories.subtract(stories)
    } else {
      choice.stories.formUnion(stories)
    }
    choice.start = stories.last
    try move(by: count, in: library)
  }

  /// Chooses everything from the story chosen last to the selected one.
  mutating func chooseRange(in library: Library) throws(StorageError) {
    guard let end = selection?.id else { return }
    let start = choice.start ?? end
    var stories = rows.map(\.id)
    if !stories.contains(start) { stories = try allStories(in: library) }
    // A story that has left the list meanwhile cannot begin a range.
    guard let last = stories.firstIndex(of: end) else { return }
    let first = stories.firstIndex(of: start) ?? last
    choice.stories.formUnion(stories[min(first, last)...max(first, last)])
    choice.start = end
  }

  /// Chooses all stories of the list, or none where all are chosen.
  mutating func chooseAll(in library: Library) throws(StorageError) {
    let all = Set(try allStories(in: library))
    choice.stories = all.isSubset(of: choice.stories) ? [] : choice.stories.union(all)
  }

  /// The numbers of all stories of the list, on the screen or not.
  func allStories(in library: Library) throws(StorageError) -> [StoryID] {
    guard let plan else { return [] }
    let found = try library.lists.ids(of: plan)
    // Kept rows are shown too, though the query no longer matches them.
    let known = Set(found)
    return found + rows.map(\.id).filter { !known.contains($0) }
  }

  /// The selected story and those below it, so many altogether.
  func stories(_ count: Int, in library: Library) throws(StorageError) -> [StoryID] {
    guard rows.indices.contains(selected) else { return [] }
    let held = rows[selected...].prefix(count).map(\.id)
    guard held.count < count, !extent.reachesEnd, let plan else { return held }
    let all = try library.lists.ids(of: plan)
    // The last row may be a kept one, which the query does not match.
    guard let last = held.reversed().lazy.compactMap(all.firstIndex).first else { return held }
    return held + all[(last + 1)...].prefix(count - held.count)
  }

  /// How many chosen stories have no row in the list; `nil` where counting would take longer than a
  /// frame and `isAsked` is false.
  func hiddenChoice(
    in library: Library, isAsked: Bool
  ) throws(StorageError) -> Int? {
    let rest = choice.stories.subtracting(rows.map(\.id))
    guard rest.count <= Self.page else {
      return isAsked ? rest.subtracting(try allStories(in: library)).count : nil
    }
    var hidden = 0
    for id in rest where try !shows(id, in: library) { hidden += 1 }
    return hidden
  }

  mutating func clearChoice() {
    choice.stories = []
    choice.start = nil
  }
}
