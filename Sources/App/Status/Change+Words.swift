internal import Display
internal import Storage

extension Change {
  /// What was done, as a sentence: "Marked read", "12 stories starred".
  var words: String {
    if changesComment { return "Comment changed" }
    var parts: [String] = []
    for part in steps.map({ $0.words(isAlone: stories.count == 1) }) where !parts.contains(part) {
      // An import has a step for each story.
      parts.append(part)
    }
    guard stories.count != 1 else {
      let sentence = parts.joined(separator: ", ")
      return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }
    return "\(stories.count) stories \(parts.joined(separator: ", "))"
  }
}

extension Change {
  /// Whether a comment was put in the place of another.
  private var changesComment: Bool {
    let isOfComments = steps.allSatisfy { if case .comment = $0.mark { true } else { false } }
    return isOfComments && steps.count > 1
  }

  /// Whether it touched what stories say.
  var isOfText: Bool {
    steps.contains { if case .replaced = $0.mark { true } else { false } }
  }

  /// Whether it deleted stories or brought them back.
  var isOfDeletion: Bool { steps.contains { $0.mark == .deleted } }

  /// Whether it touched what stands in a thread.
  var isOfComment: Bool {
    steps.contains { if case .comment = $0.mark { true } else { false } }
  }
}

extension Change.Step {
  fileprivate func words(isAlone: Bool) -> String {
    switch mark {
    case .read: return isSet ? "marked read" : "marked unread"
    case .starred:
      if isSet { return "starred" }
      return isAlone ? "star taken away" : "lost their star"
    case .deleted: return isSet ? "deleted" : "brought back"
    case .comment: return isSet ? "comment written" : "comment deleted"
    case .opened: return "opened"
    case .replaced: return "updated by an import"
    case .tag(let name):
      let name = safe(name, oneLine: true)
      if isSet { return "tagged \(name)" }
      return isAlone ? "tag \(name) taken away" : "lost the tag \(name)"
    }
  }
}

extension Change.Obstacle {
  /// Why a change could be neither undone nor redone, as the end of a sentence.
  var words: String {
    switch self {
    case .purged: "what it changed was taken out of the library for good"
    case .deleted: "what it changed is deleted"
    case .restored: "an import brought back what was deleted"
    case .versionDropped: "the earlier text is no longer kept"
    case .changed: "it has been changed since, by an import or by another Courant"
    }
  }
}
