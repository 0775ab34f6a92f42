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

  /// What a change left that was interrupted before the library had a log, as the very first one of a
  /// restored backup: pages to be put back by the next program that may write.
  var journal: Path { library.adding(suffix: "-journal") }

  var hasJournal: Bool {
    if case .file(let size) = try? fileKind(journal) { size > 0 } else { false }
  }

  /// Whether all that was changed is in the library's file.
  var isEmpty: Bool { size <= Self.headSize && !hasJournal }

  /// Whether anything stands beside the library.
  var isThere: Bool { [file, index, journal].contains { (try? fileKind($0)) != nil } }

  /// Whether the log may be one of another file.
  enum Doubt {
    case none
    /// The library's file was written or named anew after its log was written. That is so after a
    /// backup was put in its place, but also where the log was written back since: `fits` tells these
    /// apart.
    case some
    /// A program that has the log open does not have the library's file open, but another of its name.
    case certain
  }

  func doubt() -> Doubt {
    guard size > Self.headSize, let log = FileFacts(file), let library = FileFacts(library) else {
      return .none
    }
    var users = self.users(of: library)
    // What this process has open was checked when it was opened.
    if users.log.contains(Int(getpid())), users.library.contains(Int(getpid())) { return .none }
    // A program takes its lock of the library first and gives it up last, but the list may be read in
    // between.
    if !users.log.isSubset(of: users.library) {
      usleep(20_000)
      users = self.users(of: library)
      if !users.log.isSubset(of: users.library) { return .certain }
    }
    return library.lastTouched > log.lastWritten ? .some : .none
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
  ///
  /// Other programs may write both meanwhile, so only an answer during which both stayed the same counts.
  func fits(_ connection: Connection) throws(StorageError) -> Bool {
    for _ in 0..<5 {
      let before = state
      if try fitsNow(connection) { return true }
      if state == before { return false }
    }
    return true
  }

  private var state: [Int64] {
    [file, library].map { FileFacts($0)?.lastWritten ?? 0 } + [Int64(size)]
  }

  private func fitsNow(_ connection: Connection) throws(StorageError) -> Bool {
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

  /// The processes that hold a lock on the log's index and on the library's file.
  private func users(of library: FileFacts) -> (log: Set<Int>, library: Set<Int>) {
    // Asked of the system and not of the file: to open and close it would drop this process's own
    // locks (fcntl(2)). A line of proc_locks(5) is ID: TYPE MODE ACCESS PID MAJOR:MINOR:INODE START END.
    guard let locks = try? readFile("/proc/locks", limit: 16 << 20) else { return ([], []) }
    var users: (log: Set<Int>, library: Set<Int>) = ([], [])
    let index = FileFacts(index)?.identity.inode
    for line in locks.split(separator: 10) {
      let words = line.split(separator: 32)
      // A lock that is only waited for has an arrow before its type.
      guard words.count >= 8, let process = Int(String(decoding: words[4], as: UTF8.self)),
        let inode = words[5].split(separator: UInt8(ascii: ":")).last
          .flatMap({ UInt(String(decoding: $0, as: UTF8.self)) })
      else { continue }
      if inode == index { users.log.insert(process) }
      if inode == library.identity.inode { users.library.insert(process) }
    }
    return users
  }

  /// A program, other than this one, that has the library's file open under another name, beside which it
  /// keeps another log; `nil` if there is none.
  func userOfOtherName() -> Int? {
    guard let library = FileFacts(library), library.links > 1 else { return nil }
    let users = self.users(of: library)
    return users.library.subtracting(users.log).subtracting([Int(getpid())]).first
  }

  /// Gives the log and its index another library's name beside which they are kept; what is not
  /// there is left out.
  func move(to other: LibraryLog) throws(FileError) {
    if (try? fileKind(file)) != nil { try moveFile(file, to: other.file) }
    if (try? fileKind(journal)) != nil { try moveFile(journal, to: other.journal) }
    // The index is rebuilt from the log.
    try removeFile(index)
  }
}
