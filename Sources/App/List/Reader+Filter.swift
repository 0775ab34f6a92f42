internal import Display
internal import Queries
internal import Storage

/// The live filter of the list.
extension Reader {
  func startFilter() {
    prompt = Prompt(
      purpose: .filter(before: list.filter, selection: list.selection),
      field: TextField(history: history[.filter]))
  }

  /// Narrows the list; the story that was selected when the typing began comes back whenever it is
  /// shown again, whatever stood in its place meanwhile.
  func narrow(to typed: String, asking query: Query? = nil, wanting wanted: Headline? = nil) {
    attempt { () throws(StorageError) in
      try list.narrow(to: typed, asking: query, wanting: wanted, in: library, now: now)
    }
  }

  /// Esc: the filter that was there before, and the story that was selected.
  func cancelFilter(before: String, selection: Headline?) {
    narrow(to: before)
    attempt { () throws(StorageError) in
      if let selection { try list.select(selection, in: library) }
    }
  }

  /// Completes the word at the cursor: a field, a state, or a name that the library has; then goes
  /// through all that fit, one a press.
  func completeFilter(_ prompt: inout Prompt, forward: Bool) {
    guard prompt.walk == nil else { return prompt.complete(forward: forward) }
    let field = prompt.field
    guard let completion = completion(of: field) else {
      let wanted = parsed(prompt, isTyping: false).mistakes.first { mistake in
        mistake.range.upperBound == field.cursor
      }
      return say(wanted?.words ?? "Nothing begins with that")
    }
    let typed = String(field.characters[completion.range])
    let words = completion.candidates
    if words.count == 1 || completion.common.count > typed.count {
      var word = completion.common
      if words.count == 1, !word.hasSuffix(":"), !word.hasSuffix(">") { word += " " }
      prompt.field.replace(completion.range, with: word)
      guard words.count > 1 else { return }
      return say(safe(words.prefix(20).joined(separator: "  "), oneLine: true))
    }
    let lines = words.map { word in
      var field = field
      field.replace(completion.range, with: word)
      return field.text
    }
    prompt.complete(with: lines, forward: forward)
  }

  private func completion(of field: TextField) -> QueryCompletion? {
    var asked: [NameTerm.Field: [String]] = [:]
    return QueryCompletion(field.characters, cursor: field.cursor) { name in
      if let known = asked[name] { return known }
      if case .comments = prompt?.purpose {
        asked[name] = name == .author ? commentAuthors : []
        return asked[name] ?? []
      }
      let names = attempt { () throws(StorageError) in try library.names(of: name) } ?? []
      asked[name] = names
      return names
    }
  }
}
