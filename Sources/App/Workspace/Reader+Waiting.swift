internal import Storage

/// What happens to the library unasked, and changes that wait for another program's lock.
extension Reader {
  /// How often changes that wait for another program's lock are tried again, in milliseconds.
  static let retryTimeout = 300

  /// Tries again to make the changes that wait for another program's lock.
  func makeWaitingChanges() {
    let library = environment.library
    guard library.changes.waitingCount > 0, library.changes.makeWaiting() else { return }
    attempt { () throws(StorageError) in try reload() }
  }

  /// Shows what happened to the library unasked, such as that its file was removed and put back.
  func showLibraryNotice() {
    guard let words = environment.library.takeNotice() else { return }
    fail(words)
    keepMessage()
  }
}
