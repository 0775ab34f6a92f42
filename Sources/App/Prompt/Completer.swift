internal import Display
internal import Queries
internal import Storage

/// Completes the typed line: inserts the common prefix of all candidates, then cycles through them.
struct Completer {
  private let environment: Environment
  /// Who wrote in the open thread.
  private let commentAuthors: [String]

  init(_ environment: Environment, commentAuthors: [String]) {
    self.environment = environment
    self.commentAuthors = commentAuthors
  }

  func complete(_ prompt: inout Prompt, forward: Bool) throws(StorageError) -> Reply {
    switch prompt.purpose {
    case .filter, .searchAll, .comments:
      return try completeFilter(&prompt, forward: forward)
    case .tags: return try TagEdit.complete(&prompt, forward: forward, environment)
    case .command:
      let start = LineParser.filterStart(in: prompt.field.text)
      if let start, start <= prompt.field.cursor {
        return try completeFilter(&prompt, forward: forward)
      }
      return completeCommand(&prompt, forward: forward)
    case .search, .helpFilter, .pickerFilter, .searchName, .comment: return .done
    }
  }

  private func completeCommand(_ prompt: inout Prompt, forward: Bool) -> Reply {
    if prompt.cycle != nil {
      prompt.complete(forward: forward)
      return .done
    }
    let line = LineParser(environment)
    if let start = LineParser.pathStart(in: prompt.field.text) {
      return completePath(&prompt, from: start)
    }
    let fitting = line.completions(of: prompt.field.text).map(\.line)
    guard let common = commonStart(fitting) else {
      return .say(
        line.uncompleted(prompt.field.text).map { "What follows \($0) is not completed" }
          ?? "Nothing begins with that")
    }
    if common != prompt.field.text {
      // A single candidate that takes an argument gets a space behind it.
      let isVerb = fitting.count == 1 && LineVerb(rawValue: common)?.argument.isEmpty == false
      let isSetting = fitting.count == 1 && common.hasPrefix("set ")
      let isName = isSetting && common.split(separator: " ").count == 2
      prompt.field.set(isVerb || isName ? common + " " : common)
      return .done
    }
    prompt.complete(with: fitting, forward: forward)
    return .done
  }

  /// Completes the path that begins at a character; a folder gets a slash, and `Tab` goes on in it.
  private func completePath(_ prompt: inout Prompt, from start: Int) -> Reply {
    let typed = prompt.field.text
    let verb = String(typed.prefix(start))
    let paths = environment.options.files.completions(String(typed.dropFirst(start)))
    guard let common = commonStart(paths.map { verb + $0 }) else {
      return .say("No file begins with that")
    }
    if common != typed {
      prompt.field.set(common)
      guard paths.count > 1 else { return .done }
      let names = paths.prefix(20).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      return .say(safe(names.joined(separator: "  "), oneLine: true))
    }
    guard paths.count > 1 else { return .done }
    prompt.complete(with: paths.map { verb + $0 }, forward: true)
    return .done
  }

  /// Completes the word at the cursor: a field, a state, or a name that the library has.
  private func completeFilter(
    _ prompt: inout Prompt, forward: Bool
  ) throws(StorageError) -> Reply {
    if prompt.cycle != nil {
      prompt.complete(forward: forward)
      return .done
    }
    let field = prompt.field
    guard let completion = try completion(of: prompt) else {
      let wanted = prompt.parse(now: environment.now, isTyping: false).mistakes.first { mistake in
        mistake.range.upperBound == field.cursor
      }
      return .say(wanted?.words ?? "Nothing begins with that")
    }
    let typed = String(field.characters[completion.range])
    let words = completion.candidates
    if words.count == 1 || completion.common.count > typed.count {
      var word = completion.common
      if words.count == 1, !word.hasSuffix(":"), !word.hasSuffix(">") { word += " " }
      prompt.field.replace(completion.range, with: word)
      guard words.count > 1 else { return .done }
      return .say(safe(words.prefix(20).joined(separator: "  "), oneLine: true))
    }
    let lines = words.map { word in
      var field = field
      field.replace(completion.range, with: word)
      return field.text
    }
    prompt.complete(with: lines, forward: forward)
    return .done
  }

  private func completion(of prompt: Prompt) throws(StorageError) -> QueryCompletion? {
    var asked: [NameTerm.Field: [String]] = [:]
    var failure: StorageError?
    let completion = QueryCompletion(prompt.field.characters, cursor: prompt.field.cursor) { name in
      if let known = asked[name] { return known }
      var names: [String] = []
      if case .comments = prompt.purpose {
        names = name == .author ? commentAuthors : []
      } else {
        do throws(StorageError) {
          names = try environment.library.lists.names(of: name)
        } catch {
          failure = error
        }
      }
      asked[name] = names
      return names
    }
    if let failure { throw failure }
    return completion
  }
}

/// The common prefix of some lines; `nil` without lines.
private func commonStart(_ lines: [String]) -> String? {
  guard var common = lines.first else { return nil }
  for line in lines.dropFirst() {
    while !line.hasPrefix(common) { common.removeLast() }
  }
  return common
}
