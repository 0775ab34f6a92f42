internal import Display
internal import Matching

/// The search in the story.
extension StoryScreen {
  func searchPrompt(isForward: Bool, _ environment: Environment) -> Prompt {
    Prompt(
      purpose: .search(isForward: isForward, origin: view.origin),
      field: TextField(history: environment.history[.search]))
  }

  mutating func stepMatch(_ count: Int, _ environment: Environment) -> Reply {
    let last = environment.lastSearch.typed
    if view.hits.typed.isEmpty, !last.isEmpty { return findAgain(last, isForward: count > 0) }
    guard !view.hits.typed.isEmpty else {
      let (search, next) = (environment.key(for: .search), environment.key(for: .nextStory))
      return .say("No search yet · \(search) searches, \(next) next story")
    }
    return switch view.step(by: count) {
    case .wrapped: .say(count > 0 ? "Went on from the top" : "Went on from the end")
    case .moved: .done
    case .none: .say("“\(safe(view.hits.typed, oneLine: true))” is not in this story")
    }
  }

  /// Takes the marks away; the next match searches for the words again.
  mutating func clearSearch() -> Reply {
    guard !view.hits.typed.isEmpty else { return .say("No search is marked") }
    view.hits = Hits()
    return .done
  }

  /// Takes the marks away, or shows those of the last search again; nothing moves.
  mutating func toggleMatches(_ environment: Environment) -> Reply {
    let last = environment.lastSearch.typed
    guard view.hits.typed.isEmpty, !last.isEmpty else { return clearSearch() }
    view.hits = Hits(typed: last)
    view.findAgain()
    return .done
  }

  /// Searches for words again, in this story.
  mutating func findAgain(_ typed: String, isForward: Bool) -> Reply {
    let origin = view.origin
    let reply = find(typed, from: origin, isForward: isForward)
    if view.hits.matches.isEmpty { view.restore(origin) }
    return reply
  }

  /// Shows the first match of what is typed, or says that there is none.
  mutating func find(_ typed: String, from origin: StoryView.Origin, isForward: Bool) -> Reply {
    guard view.find(typed, from: origin, forward: isForward) else {
      return .fail(
        "This pattern needs too much work; these are the matches found before it was stopped")
    }
    return typed.isEmpty || !view.hits.matches.isEmpty ? .done : Self.notFound(typed)
  }

  /// Says that a search found nothing, and of what was meant as a pattern, why it is none.
  static func notFound(_ typed: String) -> Reply {
    let words = "“\(safe(typed, oneLine: true))” is not in this story"
    return .say(Pattern(typed: typed).mistake.map { "\(words), and no pattern: \($0)" } ?? words)
  }
}
