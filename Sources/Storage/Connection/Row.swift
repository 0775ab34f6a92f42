internal import CSQLite
internal import Stories

/// A row of a result, valid inside the closure it is handed to.
@safe struct Row {
  private let statement: OpaquePointer

  init(_ statement: OpaquePointer) { unsafe self.statement = unsafe statement }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
  }
  func int(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement, column) }
  func number(_ column: Int32) -> Int { Int(int(column)) }
  func bool(_ column: Int32) -> Bool { int(column) != 0 }
  func real(_ column: Int32) -> Double { unsafe sqlite3_column_double(statement, column) }

  /// No library has more of anything; a row that says so was damaged or made to hurt.
  static let largestCount = Int(Int32.max)

  /// How many there are of something, brought within 0 and `largestCount`, so that sums of some
  /// thousands cannot overflow.
  func count(_ column: Int32) -> Int { min(max(number(column), 0), Self.largestCount) }

  /// A share of 1, brought within 0 and 1; 0 where it is no number.
  func share(_ column: Int32) -> Double {
    let share = real(column)
    return share.isFinite ? min(max(share, 0), 1) : 0
  }
  func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// What stands in a column, whichever kind it is of; text as its bytes.
  func value(_ column: Int32) -> Value {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .int(int(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .utf8(bytes(column))
    case SQLITE_BLOB: .bytes(bytes(column))
    default: .null
    }
  }

  func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(statement, column) else { return "" }
    let count = unsafe Int(sqlite3_column_bytes(statement, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(statement, column) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(statement, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The time in two columns, seconds and form; `nil` where there is none.
  func time(_ column: Int32) -> Timestamp? {
    guard let seconds = optionalInt(column) else { return nil }
    return Timestamp(seconds: seconds, form: int(column + 1))
  }
}
