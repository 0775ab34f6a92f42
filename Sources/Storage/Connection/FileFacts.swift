internal import CSQLite
internal import Files
internal import Glibc

/// What the system knows of a file: which it is, and when it was written and named.
struct FileFacts {
  /// Names a file whatever its path, as long as it exists.
  struct Identity: Hashable, Sendable {
    var device: UInt
    var inode: UInt
  }

  let identity: Identity
  /// When its bytes were last written, in nanoseconds since 1970.
  let lastWritten: Int64
  /// When its bytes, name or mode last changed; no program can set this back.
  let lastTouched: Int64
  /// How many names it has in folders.
  let links: Int

  /// `nil` if there is nothing at the path; follows links.
  init?(_ path: Path) {
    var facts = stat()
    guard unsafe path.withCString({ unsafe stat($0, &facts) }) == 0 else { return nil }
    identity = Identity(device: UInt(facts.st_dev), inode: UInt(facts.st_ino))
    links = Int(facts.st_nlink)
    lastWritten = Self.nanoseconds(facts.st_mtim)
    lastTouched = max(lastWritten, Self.nanoseconds(facts.st_ctim))
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

extension Connection {
  /// Bytes of the open file from `start` on, zeros beyond its end, and its whole size.
  func read(
    _ count: Int, from start: Int = 0
  ) throws(StorageError) -> (bytes: [UInt8], size: Int) {
    var bytes = [UInt8](repeating: 0, count: count)
    var size: Int64 = 0
    let code = unsafe bytes.withUnsafeMutableBytes {
      unsafe courant_sqlite_read(handle, $0.baseAddress, Int32(count), Int64(start), &size)
    }
    guard code == SQLITE_OK else { throw error(code) }
    return (bytes, Int(size))
  }

  /// Whether the open file still has its name.
  var hasItsName: Bool { unsafe courant_sqlite_has_moved(handle) == 0 }

  /// Whether every page of the library fits the others, and its counters fit its rows.
  func isSound(withCounters: Bool = true) throws(StorageError) -> Bool {
    var isSound = true
    do throws(StorageError) {
      try each("PRAGMA integrity_check(1)") { if $0.text(0) != "ok" { isSound = false } }
      // Older versions have other counters.
      if isSound, withCounters, try number("PRAGMA user_version") == Int64(Schema.version) {
        isSound = try countersAreRight()
      }
    } catch .damaged {
      isSound = false
    }
    if !isSound { setWritesOnClose(false) }
    return isSound
  }
}
