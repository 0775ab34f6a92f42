internal import Files

/// A second name (hard link) of a library's file.
///
/// SQLite keeps a log beside each name: programs that open the file by different names do not see each
/// other's changes, and each writes its log over what the other has written.
struct SecondName {
  let library: Path

  /// Refuses a library that has a second name: for changes always, for reading while another program has
  /// it open by that name.
  func check(_ mode: Library.Mode) throws(StorageError) {
    guard let facts = FileFacts(library), facts.links > 1 else { return }
    let kept = keptNames(facts)
    if kept.count == facts.links - 1 {
      do throws(StorageError) { try takeBack(kept, facts) } catch {
        guard mode == .readOnly else { throw error }
      }
      return
    }
    if let process = LibraryLog(library: library).userOfOtherName() {
      throw .linked(library.shown, process: process)
    }
    guard mode == .readOnly else { throw .linked(library.shown, process: nil) }
  }

  /// The names that a replacement, which was killed then, has given the library to be kept under.
  private func keptNames(_ facts: FileFacts) -> [Path] {
    let own = library.name.adding(suffix: ".").bytes
    let names = ["before-restore-", "damaged-"].map { own + Array($0.utf8) }
    return fileNames(in: library.folder)
      .filter { name in names.contains { name.bytes.starts(with: $0) } }
      .map { library.folder.appending($0) }
      .filter { FileFacts($0)?.identity == facts.identity }
  }

  /// Undoes what that replacement has done.
  private func takeBack(_ kept: [Path], _ facts: FileFacts) throws(StorageError) {
    // While the replacement goes on, it holds this lock.
    let lock = try LibraryLock(library)
    defer { lock.release() }
    guard FileFacts(library)?.identity == facts.identity else { return }
    do throws(FileError) {
      for name in kept {
        let log = LibraryLog(library: library)
        let moved = LibraryLog(library: name)
        if !log.isThere { try moved.move(to: log) }
        guard !moved.isThere else {
          throw FileError.failed(moved.file, reason: "a log is in its way")
        }
        try removeFile(name)
      }
    } catch {
      throw StorageError(error, library.shown)
    }
  }
}
