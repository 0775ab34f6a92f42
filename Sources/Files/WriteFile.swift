import Glibc

/// Writes a file so that it is, after any crash, either the old one or the whole new one.
///
/// The bytes go to a file beside it, reach the disk, and take the name in one step. Only the user
/// can read it (mode 0600, whatever the umask), also where it replaces one that others could read.
package func writeFile(_ bytes: [UInt8], to path: Path) throws(FileError) {
  let beside = path.folder.appending(
    Path(bytes: [46] + path.name.bytes.prefix(200)).adding(suffix: ".\(getpid()).new"))
  let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
  _ = beside.withCString { unlink($0) }
  let descriptor = beside.withCString { open($0, flags, 0o600) }
  guard descriptor >= 0 else { throw FileError(code: errno, path: path) }
  var code = writeAll(bytes, to: descriptor)
  if code == 0, fsync(descriptor) != 0 { code = errno }
  if close(descriptor) != 0, code == 0 { code = errno }
  if code == 0, !rename(beside, to: path) { code = errno }
  guard code == 0 else {
    _ = beside.withCString { unlink($0) }
    throw FileError(code: code, path: path)
  }
  syncFolder(path.folder)
}

/// Makes a folder and those above it; one that is there already is fine and stays as it is.
///
/// What is made has mode 0700, as the XDG Base Directory Specification 0.8 asks for.
package func makeFolder(_ path: Path) throws(FileError) {
  var missing: [Path] = []
  var above = path
  while true {
    if let kind = try? fileKind(above, followLinks: true) {
      guard kind == .folder else { throw .failed(above, reason: "it is a file, not a folder") }
      break
    }
    missing.append(above)
    guard above.folder != above else { break }
    above = above.folder
  }
  for folder in missing.reversed() {
    // Another program may make it at the same moment, which is as good.
    guard folder.withSystemCall({ mkdirat($0, $1, 0o700) }) == 0 || errno == EEXIST else {
      throw FileError(code: errno, path: folder)
    }
  }
}

/// Makes one of the program's own folders, or takes other users' access to it away.
///
/// For folders that are Courant's alone; one that the user named may be shared on purpose.
package func makePrivateFolder(_ path: Path) throws(FileError) {
  try makeFolder(path)
  removeAccessOfOthers(to: path)
}

/// Takes the access of group and others to a file or folder away, if the user owns it.
///
/// Follows a link. What cannot be changed (another owner, a read-only disk) stays as it is: it is
/// no reason to refuse the file.
package func removeAccessOfOthers(to path: Path) {
  var facts = stat()
  guard path.withCString({ stat($0, &facts) }) == 0, facts.st_uid == geteuid(),
    facts.st_mode & 0o077 != 0
  else { return }
  _ = path.withCString { chmod($0, facts.st_mode & 0o700) }
}

/// Makes an empty file that only the user can read and write (mode 0600, whatever the umask).
///
/// `.failed` if there is anything of that name.
package func makePrivateFile(_ path: Path) throws(FileError) {
  let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
  let descriptor = path.withCString { open($0, flags, 0o600) }
  guard descriptor >= 0 else { throw FileError(code: errno, path: path) }
  close(descriptor)
}

/// Gives a file a new name in one step, replacing what had it.
package func moveFile(_ old: Path, to new: Path) throws(FileError) {
  guard rename(old, to: new) else { throw FileError(code: errno, path: new) }
  syncFolder(new.folder)
}

/// Gives a file a name that is free, in one step; `.failed` where something has the name already.
///
/// The new name is a second one on file systems that know such, and otherwise takes the old one's place.
package func nameFile(_ old: Path, as new: Path) throws(FileError) {
  if old.withCString({ old in new.withCString { link(old, $0) == 0 } }) {
    syncFolder(new.folder)
    return
  }
  // FAT and some network file systems have no second names.
  guard [EPERM, EOPNOTSUPP, ENOSYS].contains(errno), (try? fileKind(new)) == nil else {
    throw FileError(code: errno, path: new)
  }
  try moveFile(old, to: new)
}

/// Waits until the bytes of a file that another wrote are on the disk.
package func syncFile(_ path: Path) throws(FileError) {
  let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
  guard descriptor >= 0 else { throw FileError(code: errno, path: path) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw FileError(code: errno, path: path) }
}

/// Removes a file; one that is not there is fine.
package func removeFile(_ path: Path) throws(FileError) {
  guard path.withCString({ unlink($0) }) == 0 || errno == ENOENT else {
    throw FileError(code: errno, path: path)
  }
}

/// Gives a file a new name in one step, replacing what had it; false leaves the reason in `errno`.
private func rename(_ old: Path, to new: Path) -> Bool {
  old.withCString { old in new.withCString { Glibc.rename(old, $0) == 0 } }
}

/// Makes names in a folder last: a rename is only safe on disk with its folder.
private func syncFolder(_ path: Path) {
  let descriptor = path.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}

/// Writes every byte, however many calls that takes; returns 0 or the `errno`.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let count = write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      done += count
    }
    return 0
  }
}
