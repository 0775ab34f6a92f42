internal import Files

/// Puts another file in the place of a library, and keeps the one that was there.
struct LibraryReplacement {
  let library: Path

  /// Of the library that a link leads to, where its name is one: the link stays.
  init(library: Path) { self.library = library.followingLinks }

  /// Gives a whole library, which nobody has open, the name of this one.
  ///
  /// What had the name is kept with its log as `library.sqlite.WHAT-DATE`; the answer is that name, or
  /// `nil` if there was nothing. Killed in the middle, it leaves the old library, the old one without
  /// what is in its log, or the new one; and the old one with its log under the kept name in the last
  /// two cases. `.inUse` while another program has the library open.
  func put(_ new: Path, keepingAs what: String) throws(StorageError) -> Path? {
    try Self.checkIsFile(library)
    let lock = try LibraryLock(library)
    defer { lock.release() }
    do throws(FileError) {
      guard (try? fileKind(library)) != nil else {
        try clearLog()
        try moveFile(new, to: library)
        return nil
      }
      let kept = LibraryCopy.freeName(beside: library, what)
      try nameFile(library, as: kept)
      try LibraryLog(library: library).move(to: LibraryLog(library: kept))
      try moveFile(new, to: library)
      return kept
    } catch {
      throw StorageError(error, library.shown)
    }
  }

  /// Refuses what is no file: others may use a device, pipe or socket by its name, and a folder may be
  /// anybody's.
  static func checkIsFile(_ library: Path) throws(StorageError) {
    for followLinks in [false, true] {
      switch try? fileKind(library, followLinks: followLinks) {
      case .file, nil: continue
      case .folder: throw .notALibrary(library.shown, what: "a folder")
      case .special(let what): throw .notALibrary(library.shown, what: what)
      case .link: throw .notALibrary(library.shown, what: "a link to itself")
      }
    }
  }

  /// Puts a log that belongs to no file of the library's name any more aside; under which name.
  func putLogAside() throws(StorageError) -> Path? {
    let lock = try LibraryLock(library)
    defer { lock.release() }
    do throws(FileError) { return try clearLog() } catch {
      throw StorageError(error, library.shown)
    }
  }

  @discardableResult
  private func clearLog() throws(FileError) -> Path? {
    let log = LibraryLog(library: library)
    let kind = try? fileKind(log.file)
    let hasLog = kind != nil && kind != .file(size: 0)
    guard hasLog || log.hasJournal else {
      try removeFile(log.file)
      try removeFile(log.index)
      return nil
    }
    let other = LibraryLog(library: LibraryCopy.freeName(beside: library, "orphaned"))
    try log.move(to: other)
    return hasLog ? other.file : other.journal
  }
}
