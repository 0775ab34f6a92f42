internal import Display
internal import Queries
internal import Storage

/// The tags of some stories while they are typed as one line, separated by commas.
struct TagEdit {
  let stories: [StoryID]
  /// The tags that all of the stories have.
  private let shared: [String]

  init(_ stories: [StoryID], in library: Library) throws(StorageError) {
    self.stories = stories
    var shared =
      try stories.first.map { id throws(StorageError) in try library.user.tags(of: id) } ?? []
    for story in stories.dropFirst() where !shared.isEmpty {
      let tags = Set(try library.user.tags(of: story).map { $0.lowercased() })
      shared.removeAll { !tags.contains($0.lowercased()) }
    }
    self.shared = shared
  }

  /// The line with the tags that all of the stories have.
  var prompt: Prompt {
    var field = TextField()
    field.set(shared.isEmpty ? "" : shared.joined(separator: ", ") + ", ")
    return Prompt(purpose: .tags(self), field: field)
  }

  /// Gives the stories the tags that were typed, and takes away those that were deleted.
  func accept(_ typed: String, _ environment: Environment) throws(StorageError) -> Reply {
    let known = try environment.library.lists.tags().map(\.name)
    var wanted: [String] = []
    for tag in Self.tags(typed) {
      // An existing tag keeps its spelling.
      let spelt = known.first { $0.lowercased() == tag.lowercased() } ?? tag
      if !wanted.contains(spelt) { wanted.append(spelt) }
    }
    let before = Set(shared.map { $0.lowercased() })
    let after = Set(wanted.map { $0.lowercased() })
    let taken = shared.filter { !after.contains($0.lowercased()) }.map { (Mark.tag($0), false) }
    let given = wanted.filter { !before.contains($0.lowercased()) }.map { (Mark.tag($0), true) }
    guard !(taken + given).isEmpty else { return .done }
    let isCut = Self.words(typed).contains { $0.count > Self.maxTagCharacters }
    let areGone = stories.allSatisfy { (try? environment.library.lists.headline($0)) == nil }
    return .change(
      .set(
        taken + given, of: stories,
        otherwise: areGone ? .gone(stories.first) : .say("They have these tags already"),
        note: isCut ? " · a tag has \(Self.maxTagCharacters) letters at most" : ""))
  }

  /// The longest tag, in characters: more is a sentence, and would push everything else out of the
  /// sidebar.
  private static let maxTagCharacters = 60

  private static func tags(_ typed: String) -> [String] {
    words(typed).map { String($0.prefix(maxTagCharacters)) }
  }

  /// What stands between the commas, without quotes: a filter could not name a tag with them.
  private static func words(_ typed: String) -> [String] {
    typed.split(separator: ",").map { tag in
      tag.filter { $0 != "\"" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter { !$0.isEmpty }
  }

  /// Completes the tag at the end of the line; then goes through all that fit, one a press.
  static func complete(
    _ prompt: inout Prompt, forward: Bool, _ environment: Environment
  ) throws(StorageError) -> Reply {
    if prompt.cycle != nil {
      prompt.complete(forward: forward)
      return .done
    }
    let typed = prompt.field.text
    let end = typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex
    let before = typed[..<end] + (end == typed.startIndex ? "" : " ")
    let start = typed[end...].drop { $0 == " " }.lowercased()
    let given = Set(tags(String(typed[..<end])).map { $0.lowercased() })
    let names = try environment.library.lists.tags().map(\.name)
    let fitting = names.filter {
      $0.lowercased().hasPrefix(start) && !given.contains($0.lowercased())
    }
    guard !fitting.isEmpty else {
      return .say(names.isEmpty ? "There are no tags yet: type one" : "No other tag begins so")
    }
    if fitting.count == 1 {
      prompt.field.set("\(before)\(fitting[0]), ")
      return .done
    }
    prompt.complete(with: fitting.map { "\(before)\($0)" }, forward: forward)
    return .say(safe(fitting.prefix(20).joined(separator: "  "), oneLine: true))
  }
}
