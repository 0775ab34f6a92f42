import CPty
import Glibc

/// A program in a pseudo-terminal, with its raw output; no terminal emulation.
final class TerminalProgram {
  let process: pid_t
  private let terminal: Int32
  private(set) var output: [UInt8] = []

  init?(_ program: String, _ arguments: [String], columns: Int = 100, rows: Int = 30) {
    var terminal: Int32 = -1
    var line: Int32 = -1
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    guard openpty(&terminal, &line, &name, nil, &size) == 0 else { return nil }
    for end in [terminal, line] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(line) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, spawnInNewSession)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    let home = getenv("HOME").map { String(cString: $0) } ?? "/"
    let settings = ["TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=\(home)"]
    var values = settings.map { strdup($0) } + [nil]
    defer { for word in words + values { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, &attributes, &words, &values) == 0 else {
      close(terminal)
      return nil
    }
    self.process = process
    self.terminal = terminal
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(terminal)
  }

  /// Reads until the output contains `text`, for at most `seconds`; `false` after the timeout.
  func wait(for text: String, seconds: Double = 30) -> Bool {
    let wanted = Array(text.utf8)
    let end = now() + seconds
    while now() < end {
      if contains(output, wanted) { return true }
      _ = read(milliseconds: 50)
    }
    return false
  }

  /// Sends keys without reading output.
  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = bytes.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
  }

  /// Sends a key and reads its frame: until nothing more comes for `pause` milliseconds.
  func press(_ key: String, pause: Int32 = 2) {
    type(key)
    var isFirst = true
    while read(milliseconds: isFirst ? 200 : pause) { isFirst = false }
  }

  /// Processor time in seconds of each letter of a filter, and after that once the input is idle.
  func typeFilter(_ typed: String) -> (letters: [Double], rest: Double) {
    press("/")
    var times: [Double] = []
    for letter in typed {
      let before = processorTime
      press(String(letter))
      times.append(processorTime - before)
    }
    let before = processorTime
    // Longer than the program's idle timeout.
    while read(milliseconds: 400) {}
    return (times, processorTime - before)
  }

  private func read(milliseconds: Int32) -> Bool {
    var wanted = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&wanted, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(terminal, &buffer, buffer.count)
    guard count > 0 else { return false }
    output.append(contentsOf: buffer[..<count])
    return true
  }

  private func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first else { return true }
    return text.indices.contains { index in
      text[index] == first && text[index...].starts(with: wanted)
    }
  }

  // MARK: - Kernel counters

  /// The processor time of all threads in seconds, with the kernel's resolution of nanoseconds.
  var processorTime: Double {
    guard let folder = opendir("/proc/\(process)/task") else { return 0 }
    defer { closedir(folder) }
    var sum = 0.0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // ".." is the process itself, which would count every thread twice.
      guard !name.hasPrefix(".") else { continue }
      let text = contents("/proc/\(process)/task/\(name)/schedstat")
      sum += text.split(separator: " ").first.flatMap { Double($0) } ?? 0
    }
    return sum / 1e9
  }

  /// The resident memory in megabytes: all, and the anonymous part.
  var residentMegabytes: (all: Double, own: Double) {
    var all = 0.0
    var own = 0.0
    for line in contents("/proc/\(process)/status").split(separator: "\n") {
      let fields = line.split { $0 == " " || $0 == "\t" }
      guard fields.count > 1, let kilobytes = Double(fields[1]) else { continue }
      if line.hasPrefix("VmRSS:") { all = kilobytes / 1024 }
      if line.hasPrefix("RssAnon:") { own = kilobytes / 1024 }
    }
    return (all, own)
  }

  /// The number of voluntary context switches so far.
  var wakeUps: Int {
    for line in contents("/proc/\(process)/status").split(separator: "\n")
    where line.hasPrefix("voluntary_ctxt") {
      return line.split(separator: "\t").last.flatMap { Int($0) } ?? 0
    }
    return 0
  }

  private func contents(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = Glibc.read(file, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

/// The time of a monotonic clock, in seconds.
func now() -> Double {
  let time = start.duration(to: .now).components
  return Double(time.seconds) + Double(time.attoseconds) / 1e18
}

private let start = ContinuousClock.now

/// The processor time of this process, in seconds.
func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
