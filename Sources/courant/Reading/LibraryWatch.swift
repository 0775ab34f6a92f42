import Files
import Glibc
import Threads

/// Reports that another program has written to a library.
///
/// The kernel reports writes to the write-ahead log, so that nothing is asked for by a clock and an
/// idle program sleeps. A library on a network file system may be written unseen; then the next key
/// shows what is new, as without a watch.
final class LibraryWatch: Sendable {
  /// The least time between two reports, in milliseconds: writes come in bursts.
  private static let interval: UInt32 = 500

  /// What changes whenever the log is written.
  private struct Stamp: Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private let log: Path
  /// The log as this program has seen it last.
  private let seen = Monitor<Stamp?>(nil)

  /// Watches on a thread of its own until the program ends; `report` is called on that thread.
  ///
  /// Nothing happens where the system gives no watch.
  init(_ library: Path, report: @escaping @Sendable () -> Void) {
    let file = canonicalPath(library)
    log = Path(bytes: file.bytes + Array("-wal".utf8))
    let name = log.bytes.split(separator: UInt8(ascii: "/")).last ?? []
    let descriptor = inotify_init1(O_CLOEXEC)
    guard descriptor >= 0 else { return }
    // The folder and not the file: the log is removed and made anew with the last program that leaves.
    let watch = file.folder.withCString { inotify_add_watch(descriptor, $0, UInt32(IN_MODIFY)) }
    let isStarted =
      watch >= 0
      && startThread { [self] in
        while let names = Self.writtenNames(descriptor) {
          guard names.contains(Array(name)) else { continue }
          usleep(Self.interval * 1000)
          // What this program wrote itself must not wake it.
          if stamp != seen.read({ $0 }) { report() }
        }
        close(descriptor)
      }
    if !isStarted { close(descriptor) }
  }

  /// Takes the log as it is now for seen; called before the program looks at the library.
  func see() {
    let stamp = stamp
    seen.change { $0 = stamp }
  }

  private var stamp: Stamp? {
    var facts = stat()
    guard log.withCString({ stat($0, &facts) }) == 0 else { return nil }
    return Stamp(
      size: Int(facts.st_size), seconds: facts.st_mtim.tv_sec, nanoseconds: facts.st_mtim.tv_nsec)
  }

  /// Waits until files of the folder are written to, and returns their names; `nil` on an error.
  private static func writtenNames(_ descriptor: CInt) -> Set<[UInt8]>? {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EINTR ? [] : nil }
    let head = MemoryLayout<inotify_event>.size
    var names: Set<[UInt8]> = []
    var start = 0
    while start + head <= count {
      let length = buffer.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self)
      }
      let end = min(count, start + head + Int(length))
      names.insert(Array(buffer[(start + head)..<end].prefix { $0 != 0 }))
      start = end
    }
    return names
  }
}
