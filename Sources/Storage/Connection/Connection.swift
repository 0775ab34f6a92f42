internal import CSQLite
internal import Files
internal import Glibc

/// One SQLite connection with its prepared statements: the only file, with `Row`, that calls SQLite.
@safe final class Connection {
  let handle: OpaquePointer
  /// The name for messages.
  let path: String
  private var statements: [String: OpaquePointer] = unsafe [:]
  /// How many statements are being stepped through, one inside another.
  private var running = 0
  private var depth = 0
  /// The sets of stories that `story_in(number, story)` in a statement looks into.
  let sets = StorySets()
  /// Why changes are refused, where the file was opened for reading only for want of room.
  var refusal: StorageError?

  /// More than the program's own; a filter makes a statement of its own for each of its forms.
  private static let statementLimit = 200

  /// Opens the file; `flags` are SQLite's.
  init(_ file: Path, flags: Int32, timeout: Int32, isImmutable: Bool = false) throws(StorageError) {
    path = file.shown
    var opened: OpaquePointer?
    let name = isImmutable ? Self.address(file, "immutable=1") : Self.address(file)
    // Threads never share a connection, so SQLite need not lock each call.
    let all = flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = unsafe name.withCString { unsafe sqlite3_open_v2($0, &opened, all, nil) }
    guard code == SQLITE_OK, let opened = unsafe opened else {
      let detail =
        unsafe opened.map { unsafe String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      let systemError = unsafe opened.map { unsafe sqlite3_system_errno($0) } ?? 0
      unsafe sqlite3_close_v2(opened)
      throw StorageError(code: code, detail: detail, path: path, systemError: systemError)
    }
    unsafe handle = unsafe opened
    unsafe sqlite3_busy_timeout(handle, timeout)
    unsafe sets.register(on: handle)
    // Until the file is known to be a library of ours, closing it must not write a log into it.
    setWritesOnClose(false)
  }

  deinit {
    unsafe statements.values.forEach { unsafe sqlite3_finalize($0) }
    unsafe sqlite3_close_v2(handle)
  }

  /// The file as SQLite takes names with parameters: `immutable=1` for a file that never changes,
  /// which is how a library on a read-only disk opens, `mode=ro` for one that is only read.
  static func address(_ file: Path, _ parameters: String? = nil) -> Path {
    var bytes = Array("file:".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in file.bytes {
      bytes += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return Path(bytes: bytes + Array((parameters.map { "?" + $0 } ?? "").utf8))
  }

  // MARK: - Statements

  /// Runs one statement for its effect.
  func run(_ sql: String, _ values: [Value] = []) throws(StorageError) {
    try each(sql, values) { _ in }
  }

  /// Runs statements that are run once and take no values.
  func script(_ sql: String) throws(StorageError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// Runs one statement and hands each row to `body`.
  ///
  /// The statement is reset before this returns: one left open would hold back the writer's log.
  func each(
    _ sql: String, _ values: [Value] = [], _ body: (Row) throws(StorageError) -> Void
  ) throws(StorageError) {
    let statement = try unsafe prepared(sql)
    running += 1
    defer {
      running -= 1
      unsafe sqlite3_reset(statement)
      unsafe sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() {
      let code = unsafe bind(value, to: statement, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw error(code) }
    }
    while true {
      let code = unsafe sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw error(code) }
      try unsafe body(Row(statement))
    }
  }

  /// Declares a table of this connection that is stored where an index is, from a page on; whether
  /// SQLite can.
  func declare(_ table: String, root: Int) -> Bool {
    guard let root = Int32(exactly: root), root > 0 else { return false }
    return unsafe courant_sqlite_name_index(handle, root, table) == SQLITE_OK
  }

  /// The first row of a statement, made into a value.
  func first<T>(
    _ sql: String, _ values: [Value] = [], _ make: (Row) throws(StorageError) -> T
  ) throws(StorageError) -> T? {
    var result: T?
    try each(sql, values) { row throws(StorageError) in
      if result == nil { result = try make(row) }
    }
    return result
  }

  /// The first number of the first row; 0 where there is none.
  func number(_ sql: String, _ values: [Value] = []) throws(StorageError) -> Int64 {
    try first(sql, values) { $0.int(0) } ?? 0
  }

  /// The numbers that a statement's one `gather(…)` is handed, in the order of the rows.
  func gather(_ sql: String, _ values: [Value] = []) throws(StorageError) -> [StoryID] {
    sets.gathered = []
    defer { sets.gathered = [] }
    try run(sql, values)
    return sets.gathered
  }

  /// Whether nothing is being read, and no transaction is open.
  var isIdle: Bool { running == 0 && depth == 0 }

  var lastInsertedID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }
  /// How many rows the last statement changed.
  var changes: Int { unsafe Int(sqlite3_changes(handle)) }
  /// How many rows all statements have changed, with those of full-text indexes.
  var totalChanges: Int64 { unsafe sqlite3_total_changes64(handle) }

  private func prepared(_ sql: String) throws(StorageError) -> OpaquePointer {
    if let statement = unsafe statements[sql] { return unsafe statement }
    if unsafe statements.count >= Self.statementLimit { forgetStatements() }
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw error(code) }
    unsafe statements[sql] = unsafe statement
    return unsafe statement
  }

  /// Gives the prepared statements up, unless one of them is being stepped through.
  func forgetStatements() {
    guard running == 0 else { return }
    unsafe statements.values.forEach { unsafe sqlite3_finalize($0) }
    unsafe statements = unsafe [:]
  }

  private func bind(_ value: Value, to statement: OpaquePointer, at index: Int32) -> Int32 {
    // SQLite copies what is bound: -1 is its SQLITE_TRANSIENT, a cast that Swift cannot import.
    let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return unsafe sqlite3_bind_null(statement, index)
    case .int(let number): return unsafe sqlite3_bind_int64(statement, index, number)
    case .real(let number): return unsafe sqlite3_bind_double(statement, index, number)
    case .text(let text):
      var text = text
      return text.withUTF8 {
        unsafe $0.withMemoryRebound(to: CChar.self) {
          unsafe sqlite3_bind_text64(
            statement, index, $0.baseAddress ?? Self.nothing, UInt64($0.count), copied,
            UInt8(SQLITE_UTF8))
        }
      }
    case .utf8(let bytes):
      if let code = unsafe bindTerminated(bytes, to: statement, at: index) { return code }
      return unsafe bytes.withUnsafeBytes {
        unsafe sqlite3_bind_text64(
          statement, index, $0.bindMemory(to: CChar.self).baseAddress ?? Self.nothing,
          UInt64($0.count), copied, UInt8(SQLITE_UTF8))
      }
    case .bytes(let bytes):
      return unsafe bytes.withUnsafeBytes {
        unsafe $0.isEmpty
          ? sqlite3_bind_zeroblob(statement, index, 0)
          : sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), copied)
      }
    }
  }

  /// Binds a copy of text that ends in a NUL, or `nil` for text that holds one.
  ///
  /// SQLite knows only of text whose end it found itself that a NUL is there. Other text is copied
  /// again by each that wants one, which FTS5 does: 60 MB more for a page of 60 MB.
  private func bindTerminated(
    _ bytes: [UInt8], to statement: OpaquePointer, at index: Int32
  ) -> Int32? {
    unsafe bytes.withUnsafeBytes { text in
      if let start = text.baseAddress, unsafe memchr(start, 0, text.count) != nil { return nil }
      guard let copy = unsafe sqlite3_malloc64(UInt64(text.count + 1)) else { return SQLITE_NOMEM }
      if let start = text.baseAddress { unsafe memcpy(copy, start, text.count) }
      unsafe copy.storeBytes(of: 0, toByteOffset: text.count, as: UInt8.self)
      let end = unsafe copy.bindMemory(to: CChar.self, capacity: text.count + 1)
      return unsafe sqlite3_bind_text(statement, index, end, -1, sqlite3_free)
    }
  }

  /// An address for empty text; SQLite takes a null one for NULL, not for "".
  nonisolated(unsafe) private static let nothing = unsafe UnsafePointer(
    UnsafeMutablePointer<CChar>.allocate(capacity: 1))

  func error(_ code: Int32) -> StorageError {
    // The log may be what is damaged, or of another state of the file, which it would then damage.
    if code & 0xFF == SQLITE_CORRUPT { setWritesOnClose(false) }
    return unsafe StorageError(
      code: code, detail: String(cString: sqlite3_errmsg(handle)), path: path,
      systemError: sqlite3_system_errno(handle))
  }

  /// Returns the memory that all threads have freed to the system; takes milliseconds.
  static func returnFreedMemory() { courant_return_memory() }

  // MARK: - Transactions

  /// Runs `body` so that all of its changes are kept or none; inside another it is a part of that.
  func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    // The lock to write is taken first: one taken in the middle cannot be waited for.
    let isInner = depth > 0
    try run(isInner ? "SAVEPOINT part" : "BEGIN IMMEDIATE")
    depth += 1
    defer { depth -= 1 }
    do throws(StorageError) {
      let result = try body()
      try run(isInner ? "RELEASE part" : "COMMIT")
      return result
    } catch {
      // SQLite itself may have rolled back, on a full disk for one; then there is nothing to undo.
      if unsafe sqlite3_get_autocommit(handle) == 0 {
        try? run(isInner ? "ROLLBACK TO part" : "ROLLBACK")
        if isInner { try? run("RELEASE part") }
      }
      throw error
    }
  }
}
