internal import Files
internal import Glibc
internal import Threads

/// One use of a library, from its opening to its end: whose changes are whose.
///
/// It has a name that no other use has, on this machine and as long as it goes on: the process, when
/// that started, and which of the libraries it has opened. So a later program can tell whether the
/// one that made a change still runs.
final class LibrarySession: Sendable {
  let name: String

  /// What this process has open, for within one process there may be several.
  private static let open = Monitor<(names: Set<String>, count: Int)>(([], 0))
  private static let process = "\(getpid()) \(startTime(of: "self") ?? "0")"

  init() {
    name = Self.open.change { open in
      open.count += 1
      let name = "\(Self.process) \(open.count)"
      open.names.insert(name)
      return name
    }
  }

  deinit { _ = Self.open.change { $0.names.remove(name) } }

  /// Whether the session of a name goes on; one that nobody could have named does not.
  static func isRunning(_ name: String) -> Bool {
    let parts = name.split(separator: " ")
    guard parts.count == 3 else { return false }
    if name.hasPrefix(process + " ") { return open.read { $0.names.contains(name) } }
    return startTime(of: String(parts[0])) == String(parts[1])
  }

  /// When a process started, in ticks since the machine did (proc(5), field 22 of stat).
  ///
  /// `nil` where there is no such process. Its number alone says little: it is given again.
  private static func startTime(of process: String) -> String? {
    guard let bytes = try? readStart(of: Path("/proc/\(process)/stat"), count: 4096) else {
      return nil
    }
    // The program's name stands in brackets and may hold anything.
    let rest = bytes[(bytes.lastIndex(of: UInt8(ascii: ")")) ?? 0)...]
    let fields = rest.split(separator: UInt8(ascii: " "))
    return fields.count > 20 ? String(decoding: fields[20], as: UTF8.self) : nil
  }
}
