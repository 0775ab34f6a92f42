import Files
import Storage

/// `courant backup`: the whole library in one file.
struct BackupVerb {
  var file: Path
  var library: Library

  func run() throws(Failure) {
    let count = try library.ask { library throws(StorageError) in
      try library.care.backUp(to: file)
      return try library.lists.counts().all
    }
    let stories = count == 1 ? "1 story" : "\(count) stories"
    try Output.write("\(stories) written to \(file.shown)\n")
  }
}

/// `courant restore`: a backup in the library's place.
struct RestoreVerb {
  var file: Path
  var access: LibraryAccess

  func run() throws(Failure) {
    let kept: Path?
    do throws(StorageError) {
      kept = try Library.restore(file, to: access.path)
    } catch {
      throw Failure(error.message)
    }
    // Brings an older backup up to date.
    let library = try access.open()
    let count = try library.ask { library throws(StorageError) in try library.lists.counts().all }
    let stories = count == 1 ? "1 story" : "\(count) stories"
    let target = access.path.followingLinks
    let place = target == access.path ? "" : " to \(target.shown)"
    try Output.write("\(stories) restored from \(file.shown)\(place)\n")
    if let kept { try Output.write("The library that was there is kept as \(kept.shown)\n") }
  }
}
