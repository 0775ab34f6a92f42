internal import Display
internal import Matching
internal import Queries
internal import Storage

/// Search of the whole library, and the way from a hit to its place in the story.
extension Reader {
  func startSearchingAll() {
    let before = results
    prompt = Prompt(
      purpose: .searchAll(before: before, wasReading: isReading),
      field: TextField(history: history[.searchAll]))
    isReading = false
    isInSidebar = false
    if results == nil { results = SearchScreen() }
  }

  func searchAll(for typed: String, asking query: Query) {
    var screen = results ?? SearchScreen()
    attempt { () throws(StorageError) in try screen.find(typed, asking: query, in: library) }
    results = screen
  }

  /// Performs what a key means among the results; `false` where it means what it does in the list.
  func performInResults(_ command: Command, count: Int?) -> Bool {
    let page = max(1, (size.rows - 2) / SearchScreen.hitHeight(max(1, size.rows - 1)))
    guard let before = results?.window,
      let isMove = results?.move(by: command, count: count, page: page)
    else { return false }
    if isMove {
      tellEnd(from: before, command)
      return true
    }
    switch command {
    case .nextStory: return performInResults(.down, count: count)
    case .previousStory: return performInResults(.up, count: count)
    case .open: openHit()
    case .back, .clear: results = nil
    case .filter: startSearchingAll()
    case .openLink, .copyLink: useAddressOfSelected(command)
    case .choose, .chooseRange, .chooseAll, .markAll, .goToPercent, .nextUnread, .previousUnread,
      .sortByDate, .sortBySource, .sortByLength, .sortByComments, .sortByRank, .saveSearch,
      .windowTop, .windowMiddle, .windowBottom:
      say("\(command.entry.label) is for the list; \(key(for: .back)) goes there")
    default: return false
    }
    return true
  }

  /// Says why a key that moves among the hits did not.
  private func tellEnd(from before: ListWindow, _ command: Command) {
    guard results?.window == before else { return }
    if before.count == 0 { return say("There is no story to go to") }
    switch command {
    case .down, .pageDown, .halfPageDown: say("The last story")
    case .up, .pageUp, .halfPageUp: say("The first story")
    default: break
    }
  }

  /// Opens the selected hit where its words stand, unfolding what hides them.
  func openHit() {
    guard let hit = results?.selection, let query = results?.query else {
      return say("There is no story to open")
    }
    open(hit.headline.id)
    guard isReading, let origin = story?.origin else { return }
    let words = pattern(for: query.textTerms)
    lastSearch = (words, true)
    story?.find(words, near: hit.place, from: origin)
  }

  /// A pattern for the search in the story that finds what the search of the library found.
  private func pattern(for terms: [TextTerm]) -> String {
    let words = terms.map { term in
      term.words.split { !$0.unicodeScalars.allSatisfy(\.isPartOfWord) }.joined(separator: "\\W+")
    }.filter { !$0.isEmpty }
    guard words.count != 1 || words[0].contains("\\") else { return words[0] }
    return words.joined(separator: "|")
  }
}
