internal import Display
internal import Queries
internal import Storage

/// The name of a kept search, while it is typed.
enum SearchName {
  /// The first name of a filter that is to be kept.
  case first(filter: String)
  /// Another name for a search that has one.
  case other(before: String)

  init(filter: String) { self = .first(filter: filter) }

  var prompt: Prompt {
    var field = TextField()
    if case .other(let name) = self { field.set(name) }
    return Prompt(purpose: .searchName(self), field: field)
  }

  /// Keeps the filter under a name, or gives another name to a search that has one already.
  func accept(_ typed: String, _ environment: Environment) throws(StorageError) -> Reply {
    let library = environment.library
    let name = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty else { return .say("Without a name nothing was kept") }
    let shown = truncated(safe(name, oneLine: true), to: 40)
    switch self {
    case .other(let before):
      guard try library.lists.renameSearch(before, to: name) else {
        return .fail("There is a search “\(shown)” already")
      }
      return .say("Now called “\(shown)”")
    case .first(let filter):
      let before = try library.lists.savedSearches().first { $0.name == name }?.filter
      try library.lists.save(SavedSearch(name: name, filter: filter))
      if let before, before != filter {
        return .say("Kept as “\(shown)”, which was /\(safe(before, oneLine: true)) before")
      }
      let sidebar = environment.key(for: .sidebar)
      return .say("Kept as “\(shown)” · \(sidebar) shows it in the sidebar")
    }
  }
}
