internal import Display
internal import Matching
internal import Queries
internal import Storage

extension SearchScreen {
  /// Performs a command among the hits.
  mutating func perform(
    _ command: Command, count: Int?, _ environment: Environment
  ) throws(StorageError) -> Reply {
    let before = window
    if window.move(by: command, count: count, page: page(environment)) {
      return window == before ? endReply(command) : .done
    }
    switch command {
    case .nextStory: return try perform(.down, count: count, environment)
    case .previousStory: return try perform(.up, count: count, environment)
    case .open: return .openSelected
    case .back, .clear: return .closeResults
    case .filter: return .searchEverything
    case .toggleRead: return .change(.toggle(.read, of: stories(count ?? 1)))
    case .toggleStar: return .change(.toggle(.starred, of: stories(count ?? 1)))
    case .tag: return .tag(stories(count ?? 1))
    case .delete: return .change(.delete(stories(count ?? 1), isBack: false))
    case .oneLineRows: return environment.togglingListRows
    case .openLink, .copyLink:
      return try environment.useAddress(of: selection?.headline.id, command)
    case .choose, .chooseRange, .chooseAll, .markAll, .goToPercent, .nextUnread, .previousUnread,
      .sortByDate, .sortBySource, .sortByLength, .sortByComments, .sortByRank, .saveSearch,
      .windowTop, .windowMiddle, .windowBottom:
      return .say(
        "“\(command.entry.label)” works in the list\(environment.dot)\(environment.key(for: .back)) goes there"
      )
    default: return .notMine
    }
  }

  /// How many hits fit on the screen.
  private func page(_ environment: Environment) -> Int {
    let rows = environment.size.rows
    return max(1, (rows - 2) / Self.hitHeight(max(1, rows - 1)))
  }

  /// Says why a key that moves among the hits did not.
  private func endReply(_ command: Command) -> Reply {
    if window.count == 0 { return .say("There is no story to go to") }
    return switch command {
    case .down, .pageDown, .halfPageDown: .say("The last story")
    case .up, .pageUp, .halfPageUp: .say("The first story")
    default: .done
    }
  }

  /// A pattern for the search in a story that finds what this search found.
  var pattern: String {
    let words = query.textTerms.map { term in
      term.words.split { !$0.unicodeScalars.allSatisfy(\.isPartOfWord) }.joined(separator: "\\W+")
    }.filter { !$0.isEmpty }
    guard words.count != 1 || words[0].contains("\\") else { return words[0] }
    return words.joined(separator: "|")
  }

  func keyHints(_ environment: Environment) -> [String] {
    let opens = hits.isEmpty ? [] : [environment.keyHint("opens", .open)]
    return opens + [
      environment.keyHint("searches again", .filter), environment.keyHint("to the list", .back),
    ]
  }
}
