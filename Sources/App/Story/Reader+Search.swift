internal import Display
internal import Matching

extension Reader {
  func startSearch(forward: Bool) {
    guard let origin = story?.origin else { return }
    prompt = Prompt(
      purpose: .search(forward: forward, origin: origin),
      field: TextField(history: history[.search]))
  }

  func stepMatch(_ count: Int) {
    guard let screen = story else { return }
    if screen.hits.typed.isEmpty, !lastSearch.typed.isEmpty {
      findAgain(forward: count > 0)
      return
    }
    guard !screen.hits.typed.isEmpty else {
      return say(
        "No search yet · \(key(for: .search)) searches, \(key(for: .nextStory)) next story")
    }
    switch story?.step(by: count) {
    case .wrapped: say(count > 0 ? "Went on from the top" : "Went on from the end")
    case .moved: break
    default: say("“\(safe(screen.hits.typed, oneLine: true))” is not in this story")
    }
  }

  /// Takes the marks away; `n` searches for the words again.
  func clearSearch() {
    guard isReading, story?.hits.typed.isEmpty == false else { return say("No search is marked") }
    story?.hits = Hits()
  }

  /// Takes the marks away, or shows those of the last search again; nothing moves.
  func toggleMatches() {
    guard story?.hits.typed.isEmpty == true, !lastSearch.typed.isEmpty else { return clearSearch() }
    story?.hits = Hits(typed: lastSearch.typed)
    story?.findAgain()
  }

  /// Searches for the last words again, in this story.
  func findAgain(forward: Bool) {
    guard let origin = story?.origin else { return }
    lookFor(lastSearch.typed, from: origin, forward: forward)
    if story?.hits.matches.isEmpty == true { story?.restore(origin) }
  }

  /// Shows the first match of what is typed, or says that there is none.
  func lookFor(_ typed: String, from origin: StoryScreen.Origin, forward: Bool) {
    let isDone = story?.find(typed, from: origin, forward: forward) ?? true
    if !isDone {
      fail("This pattern needs too much work; these are the matches found before it was stopped")
    } else if !typed.isEmpty, story?.hits.matches.isEmpty == true {
      sayNotFound(typed)
    }
  }

  /// Says that a search found nothing, and of what was meant as a pattern, why it is none.
  func sayNotFound(_ typed: String) {
    let words = "“\(safe(typed, oneLine: true))” is not in this story"
    say(Pattern(typed: typed).mistake.map { "\(words), and no pattern: \($0)" } ?? words)
  }
}
