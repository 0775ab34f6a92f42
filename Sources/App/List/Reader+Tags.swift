internal import Display
internal import Queries
internal import Storage

/// Tags of the stories a command is for: typed as one line, separated by commas.
extension Reader {
  /// Opens the line with the tags that all of the stories have.
  func startTagging(count: Int?) {
    let stories = targets(count)
    guard let first = stories.first else { return say("There is no story to tag") }
    attempt { () throws(StorageError) in
      var shared = try library.tags(of: first)
      for story in stories.dropFirst() where !shared.isEmpty {
        let tags = Set(try library.tags(of: story).map { $0.lowercased() })
        shared.removeAll { !tags.contains($0.lowercased()) }
      }
      var field = TextField()
      field.set(shared.isEmpty ? "" : shared.joined(separator: ", ") + ", ")
      prompt = Prompt(purpose: .tags(of: stories, shared: shared), field: field)
    }
  }

  /// Gives the stories the tags that were typed, and takes away those that were deleted.
  func keepTags(_ typed: String, of stories: [StoryID], shared: [String]) {
    let known = attempt { () throws(StorageError) in try library.tags().map(\.name) } ?? []
    var wanted: [String] = []
    for tag in Self.tags(typed) {
      // One that there is already is spelt as it was.
      let spelt = known.first { $0.lowercased() == tag.lowercased() } ?? tag
      if !wanted.contains(spelt) { wanted.append(spelt) }
    }
    let before = Set(shared.map { $0.lowercased() })
    let after = Set(wanted.map { $0.lowercased() })
    let taken = shared.filter { !after.contains($0.lowercased()) }.map { (Mark.tag($0), false) }
    let given = wanted.filter { !before.contains($0.lowercased()) }.map { (Mark.tag($0), true) }
    guard !(taken + given).isEmpty else { return }
    if change(taken + given, of: stories) {
      guard Self.words(typed).contains(where: { $0.count > Self.longestTag }) else { return }
      return say("\(message?.words ?? "") · a tag has \(Self.longestTag) letters at most")
    }
    guard message == nil else { return }
    if stories.allSatisfy({ (try? library.headline($0)) == nil }) { return gone(stories.first) }
    say("They have these tags already")
  }

  /// The longest tag: more is a sentence, and would push everything else out of the sidebar.
  private static let longestTag = 60

  private static func tags(_ typed: String) -> [String] {
    words(typed).map { String($0.prefix(longestTag)) }
  }

  /// What stands between the commas, without quotes: a filter could not name a tag with them.
  private static func words(_ typed: String) -> [String] {
    typed.split(separator: ",").map { tag in
      tag.filter { $0 != "\"" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter { !$0.isEmpty }
  }

  /// Completes the tag at the end of the line; then goes through all that fit, one a press.
  func completeTag(_ prompt: inout Prompt, forward: Bool) {
    guard prompt.walk == nil else { return prompt.complete(forward: forward) }
    let typed = prompt.field.text
    let end = typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex
    let before = typed[..<end] + (end == typed.startIndex ? "" : " ")
    let start = typed[end...].drop { $0 == " " }.lowercased()
    let given = Set(Self.tags(String(typed[..<end])).map { $0.lowercased() })
    let names = attempt { () throws(StorageError) in try library.tags().map(\.name) } ?? []
    let fitting = names.filter {
      $0.lowercased().hasPrefix(start) && !given.contains($0.lowercased())
    }
    guard !fitting.isEmpty else {
      return say(names.isEmpty ? "There are no tags yet: type one" : "No other tag begins so")
    }
    if fitting.count == 1 { return prompt.field.set("\(before)\(fitting[0]), ") }
    say(safe(fitting.prefix(20).joined(separator: "  "), oneLine: true))
    prompt.complete(with: fitting.map { "\(before)\($0)" }, forward: forward)
  }
}
