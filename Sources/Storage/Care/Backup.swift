package import Files

extension LibraryCare {
  /// Writes a backup of the library: one file, as the library is at this moment.
  ///
  /// Other programs may change the library meanwhile. An earlier backup of that name is replaced once
  /// the new one is whole; any other file is refused and left as it is. Where the name is a symbolic
  /// link, the file that it leads to is written.
  package func backUp(to target: Path) throws(StorageError) {
    let file = target.followingLinks
    if let facts = FileFacts(file) {
      guard facts.identity != FileFacts(database.path)?.identity else {
        throw .failed(file.shown, detail: "this is the library itself")
      }
      do throws(StorageError) {
        _ = try LibraryOpening(path: file).openAnyVersion()
      } catch {
        throw .failed(
          file.shown, detail: "there is a file of this name already, and it is no backup")
      }
    }
    let unfinished = file.adding(suffix: ".part")
    do throws(StorageError) {
      try LibraryCopy.write(connection, to: unfinished)
      // What stands beside an earlier backup that was opened since is not the new one's.
      if LibraryLog(library: file).isThere { _ = try Library.putLogAside(file) }
      do throws(FileError) { try moveFile(unfinished, to: file) } catch {
        throw StorageError(error, file.shown)
      }
    } catch {
      try? removeFile(unfinished)
      throw error.ofCopy(file, "no backup was written")
    }
  }
}

extension Library {
  /// Puts a backup in the place of a library, and keeps the library that was there; under which name.
  ///
  /// The backup is only read. It may be of an older version, and is then brought up to date when the
  /// library is opened next. It is refused if it is no library, of a newer Courant, or damaged. Until
  /// the backup is copied and checked, the library stays as it is; `.inUse` while another program has
  /// it open. Where the library's name is a symbolic link, the file that it leads to is replaced.
  /// What is no file, as a folder or device, is never replaced: `.notALibrary`.
  package static func restore(_ backup: Path, to library: Path) throws(StorageError) -> Path? {
    guard let facts = FileFacts(backup) else { throw .missing(backup.shown) }
    guard facts.identity != FileFacts(library)?.identity else {
      throw .failed(backup.shown, detail: "this is the library itself")
    }
    let library = library.followingLinks
    try LibraryReplacement.checkIsFile(library)
    let source: Connection
    do throws(StorageError) {
      source = try LibraryOpening(path: backup).openAnyVersion()
      guard try source.isSound(withCounters: false) else {
        throw .damaged(backup.shown, detail: "its pages do not fit together")
      }
    } catch {
      throw error.ofBackup(backup)
    }
    let unfinished = library.adding(suffix: ".restoring")
    do throws(StorageError) {
      do throws(FileError) { try makeFolder(library.folder) } catch {
        throw StorageError(error, library.shown)
      }
      try LibraryCopy.write(source, to: unfinished)
      return try LibraryReplacement(library: library).put(unfinished, keepingAs: "before-restore")
    } catch {
      try? removeFile(unfinished)
      throw error.ofCopy(library, "nothing was restored, and what was there stays")
    }
  }

  /// Puts a log aside that does not belong to the library beside which it stands, as `.foreignLog`
  /// says; under which name it is kept.
  package static func putLogAside(_ library: Path) throws(StorageError) -> Path? {
    try LibraryReplacement(library: library).putLogAside()
  }

  /// Puts a log aside with which the library is damaged and without which it is sound, as one of an
  /// earlier state of the same library is; under which name it is kept, `nil` if there is none such.
  ///
  /// Comes before the library is opened for writing: closing it would write such a log into the file.
  /// Reads the whole library where a log stands beside it. `.inUse` while another program has it open.
  package static func putDamagingLogAside(_ library: Path) throws(StorageError) -> Path? {
    guard LibraryLog(library: library).size > 0 else { return nil }
    do throws(StorageError) {
      let opening = LibraryOpening(path: library)
      if try opening.openAnyVersion().isSound(withCounters: false) { return nil }
    } catch {
      // What else is wrong is told when the library is opened.
      guard case .damaged = error else { return nil }
    }
    do throws(StorageError) {
      guard try LibraryOpening(path: library).openWithoutLog().isSound() else { return nil }
    } catch {
      return nil
    }
    return try putLogAside(library)
  }
}
