import Files
import Storage

/// Opens the library of an invocation, and finds stories by number, address or headline.
struct LibraryAccess {
  var path: Path

  init(path: Path) { self.path = path }

  init(_ invocation: Invocation) { path = invocation.library ?? StandardFolders.library }

  /// Opens the library for reading and writing; makes it if there is none.
  func open() throws(Failure) -> Library {
    let progress = ProgressLine("Bringing the library up to date: stories")
    defer { progress.clear() }
    do throws(StorageError) {
      return try Library(path: path) { progress.show($0, of: $1) }
    } catch {
      throw Failure(error.message)
    }
  }

  /// Opens the library read-only, after a migration if it needs one; `nil` if there is none yet.
  func look() throws(Failure) -> Library? {
    do throws(StorageError) {
      return try Library(path: path, mode: .readOnly, createIfMissing: false)
    } catch {
      switch error {
      case .missing: return nil
      case .outdated: return try open()
      default: throw Failure(error.message)
      }
    }
  }

  /// Opens a library that must be there.
  func existing() throws(Failure) -> Library {
    guard let library = try look() else {
      throw Failure("the library is empty; `courant add PATH` puts pages into it")
    }
    return library
  }
}

extension Library {
  /// Runs a query; its error becomes a `Failure`.
  func ask<Answer>(
    _ question: (Library) throws(StorageError) -> Answer
  ) throws(Failure) -> Answer {
    do throws(StorageError) {
      return try question(self)
    } catch {
      throw Failure(error.message)
    }
  }

  /// Calls `body` with all rows of a listing, in its order, until it answers `false`.
  func eachHeadline<E: Error>(
    of listing: Listing, _ body: (Headline) throws(E) -> Bool
  ) throws(E) -> StorageError? {
    var cursor: Cursor?
    var plan: ListPlan?
    while true {
      let window: [Headline]
      do throws(StorageError) {
        let made = if let plan { plan } else { try lists.plan(listing) }
        plan = made
        window = try lists.headlines(of: made, after: cursor, limit: 500)
      } catch {
        return error
      }
      for headline in window where try !body(headline) { return nil }
      guard let last = window.last, window.count == 500 else { return nil }
      cursor = plan?.listing.cursor(of: last)
    }
  }

  /// The story with a number, an address, or a headline that begins with the text.
  func find(_ name: String) throws(Failure) -> StoryID {
    if let number = StoryID(name) {
      guard try ask({ library throws(StorageError) in try library.lists.headline(number) }) != nil
      else {
        throw Failure(StorageError.noStory(number).message)
      }
      return number
    }
    if let known = try ask({ library throws(StorageError) in try library.stories.id(at: name) }) {
      return known
    }
    return try byHeadline(name)
  }

  private func byHeadline(_ name: String) throws(Failure) -> StoryID {
    let wanted = name.lowercased()
    var found: [Headline] = []
    let error = eachHeadline(of: Listing()) { (headline: Headline) throws(Never) in
      if headline.title.lowercased().hasPrefix(wanted) { found.append(headline) }
      return found.count < 6
    }
    if let error { throw Failure(error.message) }
    guard let first = found.first else {
      throw Failure("\"\(name)\" is no story: see the numbers that `courant list` prints")
    }
    guard found.count == 1 else {
      let numbers = found.prefix(5).map { String($0.id) }.joined(separator: ", ")
      throw Failure("several stories begin with \"\(name)\": \(numbers); name one by its number")
    }
    return first.id
  }
}
