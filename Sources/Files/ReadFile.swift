import Glibc

/// The largest file of a page, in bytes; a larger one is refused before it is read.
package let fileLimit = 64 << 20

/// The bytes of a regular file of at most `limit` bytes.
///
/// The file is opened without following a link in its last component, and checked after it is
/// open: what is read is what was checked. A pipe or device is refused without waiting on it.
package func readFile(
  _ path: Path, limit: Int = fileLimit, followLinks: Bool = false
) throws(FileError) -> [UInt8] {
  let file = try openRegular(path, followLinks: followLinks)
  defer { close(file.descriptor) }
  guard file.size <= limit else { throw .tooLarge(path, limit: limit) }
  return try readBytes(
    from: file.descriptor, limit: limit, expected: file.size, waits: false, name: path)
}

/// At most the first `count` bytes of a regular file, opened and checked as by `readFile`.
package func readStart(
  of path: Path, count: Int, followLinks: Bool = false
) throws(FileError) -> [UInt8] {
  let file = try openRegular(path, followLinks: followLinks)
  defer { close(file.descriptor) }
  var bytes = [UInt8](repeating: 0, count: count)
  var got = 0
  repeat {
    got = bytes.withUnsafeMutableBytes { read(file.descriptor, $0.baseAddress, count) }
  } while got < 0 && errno == EINTR
  guard got >= 0 else { throw FileError(code: errno, path: path) }
  return Array(bytes[..<got])
}

/// All bytes from a descriptor to its end, such as standard input; `name` is for messages.
///
/// `expected` is how many bytes there probably are. A descriptor that was set to non-blocking is
/// waited for, unless `waits` says otherwise: some files of `/proc` pass for regular ones and may
/// never have another byte.
package func readBytes(
  from descriptor: Int32, limit: Int = fileLimit, expected: Int = 0, waits: Bool = true, name: Path
) throws(FileError) -> [UInt8] {
  var bytes: [UInt8] = []
  var room = min(max(expected + 1, 1 << 16), limit + 1)
  while true {
    let start = bytes.count
    var got = 0
    // Uninitialised room is filled by `read` itself, so a file is copied once.
    let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      repeat { got = read(descriptor, buffer.baseAddress, room) } while got < 0 && errno == EINTR
      count = max(0, got)
    }
    if got < 0 {
      if errno == EAGAIN, waits {
        waitForBytes(descriptor)
        continue
      }
      throw FileError(code: errno, path: name)
    }
    if got == 0 { return bytes }
    if start == 0 { bytes = piece } else { bytes.append(contentsOf: piece) }
    guard bytes.count <= limit else { throw .tooLarge(name, limit: limit) }
    room = min(1 << 20, limit + 1 - bytes.count)
  }
}

/// Sleeps until a non-blocking descriptor has something to read.
private func waitForBytes(_ descriptor: Int32) {
  var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  _ = poll(&wanted, 1, -1)
}

private func openRegular(
  _ path: Path, followLinks: Bool
) throws(FileError) -> (descriptor: Int32, size: Int) {
  // Opening a device can already have an effect, so its kind is asked for first.
  let kind = try fileKind(path, followLinks: followLinks)
  if case .folder = kind { throw .isFolder(path) }
  if case .link = kind { throw .isLink(path) }
  if case .special(let words) = kind { throw .notRegular(path, kind: words) }
  let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followLinks ? 0 : O_NOFOLLOW)
  let descriptor = path.withSystemCall { openat($0, $1, flags) }
  guard descriptor >= 0 else { throw FileError(code: errno, path: path) }
  var facts = stat()
  guard fstat(descriptor, &facts) == 0 else {
    let code = errno
    close(descriptor)
    throw FileError(code: code, path: path)
  }
  guard case .file(let size) = FileKind(facts) else {
    close(descriptor)
    throw .notRegular(path, kind: "a device or pipe")
  }
  return (descriptor, size)
}

/// Whether this program may make and change files in a folder.
package func isWritable(_ folder: Path) -> Bool {
  folder.withCString { access($0, W_OK | X_OK) == 0 }
}

// MARK: - Kinds

/// What is at a path.
package enum FileKind: Sendable, Hashable {
  case file(size: Int)
  case folder
  case link
  /// A device, pipe or socket, in words with an article: "a named pipe".
  case special(String)
}

/// What is at a path, without opening it.
package func fileKind(_ path: Path, followLinks: Bool = false) throws(FileError) -> FileKind {
  var facts = stat()
  let flags = followLinks ? 0 : AT_SYMLINK_NOFOLLOW
  guard path.withSystemCall({ fstatat($0, $1, &facts, flags) }) == 0 else {
    throw FileError(code: errno, path: path)
  }
  return FileKind(facts)
}

extension FileKind {
  init(_ facts: stat) {
    self =
      switch facts.st_mode & S_IFMT {
      case S_IFREG: .file(size: Int(facts.st_size))
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .special("a named pipe")
      case S_IFSOCK: .special("a socket")
      default: .special("a device")
      }
  }
}
