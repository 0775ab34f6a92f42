internal import Display
internal import Storage

/// Asks before deleted stories are taken out for good, which nothing takes back.
struct PurgeQuestion {
  private let count: Int

  /// Asks; or says that there is nothing to take out.
  static func asked(_ environment: Environment) throws(StorageError) -> Reply {
    let count = try environment.library.lists.counts().deleted
    guard count > 0 else { return .say("No story is deleted") }
    let question = PurgeQuestion(count: count)
    return .several([
      .push(.purgeQuestion(question), instead: ""), .say(question.words(environment)),
    ])
  }

  private func words(_ environment: Environment) -> String {
    let what = counted(count, "deleted story", "deleted stories")
    let it = count == 1 ? "it" : "them"
    return "Take \(what) out for good?\(environment.dot)y takes \(it) out, n keeps \(it)"
  }
}

// MARK: - As an overlay

extension PurgeQuestion: OverlayScreen {
  var overlay: Overlay { .purgeQuestion(self) }
  var context: Command.Context? { nil }

  mutating func press(_ key: Key, _ environment: Environment) throws(StorageError) -> Reply {
    switch key {
    case .character("y"), .character("Y"): .several([.pop, .change(.purge)])
    case .character("n"), .character("N"), .character("q"), .escape, .control("c"):
      .several([.pop, .say("Nothing was taken out")])
    // Any other key is a slip: it must neither answer nor do what it does elsewhere.
    default: .say(words(environment))
    }
  }

  func statusWords(_ environment: Environment) -> String? { words(environment) }
}
