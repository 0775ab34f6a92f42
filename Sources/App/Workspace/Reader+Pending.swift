internal import Storage

/// Events of the library that no call reports, and changes that wait for another program's lock.
extension Reader {
  /// The interval between attempts to apply pending changes, in milliseconds.
  static let retryTimeout = 300

  /// Applies the changes that wait for another program's lock, if it is free now.
  func applyPendingChanges() {
    let library = environment.library
    guard library.changes.pendingCount > 0, library.changes.applyPending() else { return }
    attempt { () throws(StorageError) in try reload() }
  }

  /// Shows the library's notice, such as that its file was removed and put back.
  func showLibraryNotice() {
    guard let words = environment.library.takeNotice() else { return }
    fail(words)
    keepMessage()
  }
}
