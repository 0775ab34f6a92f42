internal import CCurl

/// libcurl's multi handle, which drives all transfers of the network thread.
@safe final class MultiHandle {
  private let pointer: UnsafeMutableRawPointer

  /// `nil` where there is no memory.
  init?(connections: Int) {
    guard let pointer = unsafe courant_multi_create(connections) else { return nil }
    unsafe self.pointer = unsafe pointer
  }

  /// All handles must have been removed.
  deinit { unsafe courant_multi_free(pointer) }

  /// What other threads wake it by; not to be used once it is freed.
  var alarm: Alarm { unsafe Alarm(pointer) }

  func add(_ handle: EasyHandle) -> Bool {
    unsafe courant_multi_add(pointer, handle.pointer) == 0
  }

  func remove(_ handle: EasyHandle) { unsafe courant_multi_remove(pointer, handle.pointer) }

  /// Reads and writes what can be; `false` where libcurl itself failed.
  func perform() -> Bool { unsafe courant_multi_perform(pointer) == 0 }

  /// Sleeps until something can be read or written, the alarm rings, or the time is over.
  func sleep(atMost milliseconds: Int) {
    _ = unsafe courant_multi_poll(pointer, Int32(clamping: milliseconds))
  }

  /// The next transfer that has ended, by ``EasyHandle/key``, and its CURLcode.
  func nextEnded() -> (key: UInt, code: Int)? {
    var code: Int32 = 0
    guard let easy = unsafe courant_multi_finished(pointer, &code) else { return nil }
    return (UInt(bitPattern: easy), Int(code))
  }
}

/// A multi handle as other threads see it: it can be woken, and nothing else.
///
/// It stands in the mailbox, under its lock, and is taken out before the handle is freed.
@safe struct Alarm: @unchecked Sendable {
  // libcurl allows this one call from any thread.
  private let pointer: UnsafeMutableRawPointer

  fileprivate init(_ pointer: UnsafeMutableRawPointer) { unsafe self.pointer = unsafe pointer }

  func ring() { unsafe courant_multi_wakeup(pointer) }
}
