internal import CSQLite
internal import Files
internal import Glibc

/// The write-ahead log that SQLite keeps beside a library, and the index of the log.
///
/// Both belong to one state of the library's file. If another file gets the library's name while a
/// log of before still stands there, SQLite takes the log's pages for that file's and mixes two
/// libraries; nothing in the log says to which file it belongs.
struct LibraryLog {
  let library: Path

  /// The log of a library, or of the one that a link of this name leads to: SQLite keeps it there.
  init(library: Path) { self.library = library.followingLinks }

  var file: Path { library.adding(suffix: "-wal") }
  var index: Path { library.adding(suffix: "-shm") }

  /// The log's size in bytes; 0 if there is none.
  var size: Int {
    if case .file(let size) = try? fileKind(file, followLinks: true) { size } else { 0 }
  }

  /// Whether the library's file was written or named anew after its log was written.
  ///
  /// That is so after a backup was put in its place, but also where a program was killed after it
  /// had begun to write the log back: `fits` tells these apart. `false` while any program has the
  /// library open, for then the log is its own.
  var mayBeForeign: Bool {
    guard size > Self.headSize, let log = FileFacts(file), let library = FileFacts(library) else {
      return false
    }
    return library.lastTouched > log.lastWritten && !isInUse
  }

  /// Whether a file with this head, of 100 bytes, can have this log at all.
  ///
  /// Byte 18 is 2 in a file that is kept with a log. A copy that SQLite made, as each backup is one,
  /// has 1 there until it is first opened for writing.
  func fits(head: [UInt8]) -> Bool { size <= Self.headSize || head[18] == 2 }

  /// Whether a file that was written after its log is one that the log was being written back to.
  ///
  /// SQLite writes the pages of a log back in the order of their numbers. So the file has the first of
  /// them as the log does, if the log is its own; if it has all of them, reading it with the log
  /// changes nothing. If it has some, the whole library is checked; also where the file was only
  /// named anew, as a copied folder's files are.
  func fits(_ connection: Connection) throws(StorageError) -> Bool {
    guard let (pageSize, pages) = pages() else { return try connection.isSound() }
    for (index, page) in pages.enumerated() {
      let start = (page.number - 1) * pageSize
      if try connection.read(pageSize, from: start).bytes[...] != page.bytes {
        guard index > 0 || !isOlderThanLibrary else { return false }
        return try connection.isSound()
      }
    }
    return true
  }

  private var isOlderThanLibrary: Bool {
    guard let log = FileFacts(file), let library = FileFacts(library) else { return false }
    return library.lastWritten > log.lastWritten
  }

  /// The pages that the log holds, each as it was last committed, in the order of their numbers;
  /// `nil` of a log that SQLite would not read either (its file format, 4).
  private func pages() -> (size: Int, pages: [(number: Int, bytes: ArraySlice<UInt8>)])? {
    guard let log = try? readFile(file, limit: Self.largestLog, followLinks: true),
      log.count > Self.headSize
    else { return nil }
    let pageSize = Self.number(log, 8)
    guard pageSize >= 512, pageSize <= 65_536 else { return nil }
    var committed: [Int: Int] = [:]
    var pending: [Int: Int] = [:]
    var start = Self.headSize
    // Frames of an earlier log stand behind those of this one, with other salts.
    while start + Self.frameHeadSize + pageSize <= log.count,
      log[(start + 8)..<(start + 16)] == log[16..<24]
    {
      pending[Self.number(log, start)] = start + Self.frameHeadSize
      if Self.number(log, start + 4) > 0 {
        committed.merge(pending) { $1 }
        pending = [:]
      }
      start += Self.frameHeadSize + pageSize
    }
    guard committed[0] == nil else { return nil }
    return (
      pageSize,
      committed.sorted { $0.key < $1.key }.map { ($0.key, log[$0.value..<($0.value + pageSize)]) }
    )
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  /// A log without frames has only its head; the sizes are in bytes.
  private static let headSize = 32
  private static let frameHeadSize = 24
  /// No log of ours is as large: it is written back from 4 MB on.
  private static let largestLog = 256 << 20

  /// Whether some program, this one included, holds a lock on the index of the log.
  private var isInUse: Bool {
    guard let index = FileFacts(index) else { return false }
    // Asked of the system and not of the file: to open and close it would drop this process's own
    // locks (fcntl(2)). A line of proc_locks(5) ends in MAJOR:MINOR:INODE START END.
    guard let locks = try? readFile("/proc/locks", limit: 16 << 20) else { return false }
    let wanted = Array(":\(index.identity.inode)".utf8)
    return locks.split(separator: 10).contains { line in
      line.split(separator: 32).contains { $0.reversed().starts(with: wanted.reversed()) }
    }
  }

  /// Gives the log and its index another library's name beside which they are kept; what is not
  /// there is left out.
  func move(to other: LibraryLog) throws(FileError) {
    if (try? fileKind(file)) != nil { try moveFile(file, to: other.file) }
    // The index is rebuilt from the log.
    try removeFile(index)
  }
}

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

  /// `nil` if there is nothing at the path; follows links.
  init?(_ path: Path) {
    var facts = stat()
    guard unsafe path.withCString({ unsafe stat($0, &facts) }) == 0 else { return nil }
    identity = Identity(device: UInt(facts.st_dev), inode: UInt(facts.st_ino))
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
