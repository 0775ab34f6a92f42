internal import CSQLite
internal import Files

/// The copy of a library beside it, as it was before it was brought up to date.
///
/// It has its lasting name only once the new library is made and about to be kept. Until then it may
/// be half a copy, or one of which nothing came because the program was killed: the next one makes it
/// anew under the same name, so none is ever taken for a backup or left over.
struct LibraryCopy {
  let library: Path
  let version: Int
  let patience: Int32

  private var unfinished: Path { library.adding(suffix: ".version-\(version).part") }

  /// Makes the copy.
  ///
  /// Whoever asks has the lock to write, so that no other program makes one too.
  func make() throws(StorageError) {
    do throws(FileError) {
      try removeFile(unfinished)
    } catch {
      throw failed(error.reason)
    }
    do throws(StorageError) {
      // A transaction cannot copy; another connection reads what stood before it.
      let reading = try Connection(library, flags: SQLITE_OPEN_READONLY, timeout: patience)
      try reading.run("VACUUM INTO ?1", [.utf8(unfinished.bytes)])
    } catch {
      remove()
      throw failed(error.message)
    }
  }

  /// Gives the copy the name `library.sqlite.version-1`, or the next such name that is free.
  func keep() throws(StorageError) {
    var lasting = library.adding(suffix: ".version-\(version)")
    var number = 2
    while (try? fileKind(lasting)) != nil {
      lasting = library.adding(suffix: ".version-\(version).\(number)")
      number += 1
    }
    do throws(FileError) { try moveFile(unfinished, to: lasting) } catch {
      throw failed(error.reason)
    }
  }

  /// Takes away a copy of a library that stays as it is.
  func remove() { try? removeFile(unfinished) }

  private func failed(_ reason: String) -> StorageError {
    .failed(
      library.shown, detail: "no backup could be made before bringing it up to date: \(reason)")
  }
}
