internal import CSQLite

/// Sets of stories that SQL asks about, and sets that it gives.
///
/// `story_in(number, story)` is 1 where the story is in the set of that number; `gather(story)` takes
/// the stories of many rows, in their order. Stepping to each row of an answer costs five times as
/// much as finding it in an index does, so they are handed over inside of SQLite.
///
/// A set is an array of story numbers in order. SQLite would copy such a set into a table of its own
/// for each statement, which takes as long as finding it did.
@safe final class StorySets {
  var sets: [[StoryID]] {
    get { unsafe state.pointee.sets }
    set { unsafe state.pointee.sets = newValue }
  }
  /// What `gather(story)` was handed since this was last emptied.
  var gathered: [StoryID] {
    get { unsafe state.pointee.gathered }
    set { unsafe state.pointee.gathered = newValue }
  }

  private struct State {
    var sets: [[StoryID]] = []
    var gathered: [StoryID] = []
  }

  /// In memory of its own: a property of an object is guarded at each access, of which a filter makes
  /// a hundred thousand.
  private let state: UnsafeMutablePointer<State>

  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: State())
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  func register(on handle: OpaquePointer) {
    // The connection owns this object and outlives every statement that calls the function.
    let context = unsafe UnsafeMutableRawPointer(state)
    unsafe sqlite3_create_function_v2(
      handle, "gather", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, context, nil,
      { context, _, values in
        guard let values = unsafe values, let owner = unsafe sqlite3_user_data(context) else {
          return
        }
        unsafe owner.assumingMemoryBound(to: State.self).pointee.gathered
          .append(sqlite3_value_int64(values[0]))
      },
      { context in unsafe sqlite3_result_null(context) }, nil)
    unsafe sqlite3_create_function_v2(
      handle, "story_in", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, context,
      { context, _, values in
        guard let values = unsafe values, let owner = unsafe sqlite3_user_data(context) else {
          return
        }
        let state = unsafe owner.assumingMemoryBound(to: State.self)
        let number = unsafe Int(sqlite3_value_int64(values[0]))
        let story = unsafe sqlite3_value_int64(values[1])
        let isIn =
          unsafe state.pointee.sets.indices.contains(number)
          && state.pointee.sets[number].hasSorted(story)
        unsafe sqlite3_result_int(context, isIn ? 1 : 0)
      }, nil, nil, nil)
  }
}

extension [StoryID] {
  /// Whether an array in order has a number.
  func hasSorted(_ story: StoryID) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < story { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == story
  }

  /// What two arrays in order share.
  func sharedSorted(_ other: [StoryID]) -> [StoryID] {
    let (few, many) = count < other.count ? (self, other) : (other, self)
    // Each search costs some twenty steps, as does to go over twenty numbers.
    if many.count / 20 > few.count { return few.filter(many.hasSorted) }
    var index = 0
    return few.filter { story in
      while index < many.count, many[index] < story { index += 1 }
      return index < many.count && many[index] == story
    }
  }

  /// The numbers of either array, in order.
  func joinedSorted(_ other: [StoryID]) -> [StoryID] {
    var result: [StoryID] = []
    result.reserveCapacity(count + other.count)
    var (i, j) = (0, 0)
    while i < count || j < other.count {
      if j == other.count || i < count && self[i] <= other[j] {
        if j < other.count, self[i] == other[j] { j += 1 }
        result.append(self[i])
        i += 1
      } else {
        result.append(other[j])
        j += 1
      }
    }
    return result
  }
}
