internal import Files

/// Searches go on after a full-text index was damaged: it follows from the tables.
extension Library {
  /// Runs a search, and runs it again once the damaged indexes that it may have read are made anew.
  ///
  /// In a library too large to be waited for, or where nothing can be written, it throws
  /// `.damagedIndex`, whose words say what to do.
  func healing<Answer>(
    _ search: () throws(StorageError) -> Answer
  ) throws(StorageError) -> Answer {
    do throws(StorageError) {
      return try search()
    } catch {
      guard error.mayBeOfIndex else { throw error }
      let isHealed: Bool
      do throws(StorageError) { isHealed = try remakeDamagedIndexes() } catch {
        throw .damagedIndex(connection.path)
      }
      guard isHealed else { throw error }
      return try search()
    }
  }

  /// Makes the damaged indexes anew, by a connection of its own where this one only reads; `false` if
  /// there are none.
  private func remakeDamagedIndexes() throws(StorageError) -> Bool {
    guard try counts().all <= Self.remadeAtOnce else { throw .damagedIndex(connection.path) }
    let library =
      isReadOnly ? try Library(path: path, createIfMissing: false, patience: 1000) : self
    let damaged = try library.damagedIndexes()
    for index in damaged { try library.remake(index) }
    if !damaged.isEmpty { notice = "The word index was damaged and has been made again" }
    return !damaged.isEmpty
  }

  /// So many stories take some seconds.
  private static let remadeAtOnce = 20_000
}
