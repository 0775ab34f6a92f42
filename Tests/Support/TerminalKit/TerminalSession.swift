import CPty
import Glibc
import TestSupport

/// A program run in a pseudo-terminal, with the screen it draws.
///
/// Tests send keys and wait until the screen is as wanted; there are no fixed sleeps. All waits
/// read the program's output meanwhile and end after `timeout` at the latest.
package final class TerminalSession {
  package enum Exit: Equatable, Sendable {
    case code(CInt)
    case signal(CInt)
  }

  package struct Failure: Error { package var what: String }

  package let process: Int32
  /// The terminal's modes before the program started.
  package let originalModes: Modes
  /// All bytes the program wrote so far.
  package private(set) var output: [UInt8] = []
  /// The terminal's reply to a query of its background colour (OSC 11), as `rgb:ffff/ffff/ffff`;
  /// `nil` for a terminal that does not answer.
  package var background: String?
  /// The timeout of every wait, in seconds; generous, since it is reached only when a test fails.
  package var timeout = 20.0

  private let terminal: CInt
  private var line: CInt
  private let virtual: VirtualScreen
  private var exit: Exit?

  /// Starts a program.
  ///
  /// A name without a slash is looked for beside the running tests, where the build puts its
  /// programs, and then in `PATH`. The environment is exactly what is given, with `PATH` and
  /// `TERM=xterm-256color`, `LC_ALL=C.UTF-8` unless given. A variable set to `nil` is left out.
  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String?] = [:],
    columns: Int = 80, rows: Int = 24
  ) throws {
    var terminal: CInt = -1
    var line: CInt = -1
    var path = [CChar](repeating: 0, count: 256)
    guard openpty(&terminal, &line, &path, nil, nil) == 0,
      let virtual = VirtualScreen(columns: columns, rows: rows)
    else { throw Failure(what: "no pseudo-terminal: errno \(errno)") }
    let name = path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
    for end in [terminal, line] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    setWindowSize(terminal, UInt16(clamping: rows), UInt16(clamping: columns))
    self.terminal = terminal
    self.line = line
    originalModes = Modes(of: line)
    self.virtual = virtual
    var values: [String: String?] = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
    ]
    values.merge(environment) { _, new in new }
    let settings = values.compactMap { key, value in value.map { "\(key)=\($0)" } }
    process = try Self.spawn(Self.path(of: program), arguments, settings.sorted(), on: name)
  }

  deinit {
    if exit == nil {
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      var status: CInt = 0
      waitpid(process, &status, 0)
    }
    close(terminal)
    if line >= 0 { close(line) }
  }

  private static func path(of program: String) -> String {
    guard !program.contains("/") else { return program }
    let built = productsFolder() + "/" + program
    if access(built, X_OK) == 0 { return built }
    let folders = ["/usr/local/bin", "/usr/bin", "/bin"]
    return folders.map { $0 + "/" + program }.first { access($0, X_OK) == 0 } ?? program
  }

  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String], on line: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a new session opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, line, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    // Whatever the tests have open is no business of the program's.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      spawnInNewSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    var argv = ([path] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, path, &actions, &attributes, &argv, &envp)
    guard result == 0 else { throw Failure(what: "cannot run \(path): errno \(result)") }
    return process
  }

  // MARK: - Input

  /// Types text, or sends any bytes as a terminal would: `"\u{1B}[A"` is the up arrow.
  package func send(_ text: String) { send(Array(text.utf8)) }

  package func send(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { whole in
        write(terminal, whole.baseAddress.map { $0 + start }, min(1024, whole.count - start))
      }
      guard count > 0 else { return }
      start += count
      _ = pump(milliseconds: 0)
    }
  }

  package func resize(columns: Int, rows: Int) {
    virtual.resize(columns: columns, rows: rows)
    setWindowSize(terminal, UInt16(clamping: rows), UInt16(clamping: columns))
  }

  package func signal(_ signal: CInt) { kill(process, signal) }

  /// Sends SIGSTOP, which no program can handle, to the job that has the terminal.
  package func stopForegroundJob() {
    let job = tcgetpgrp(terminal)
    if job > 0 { kill(-job, SIGSTOP) }
  }

  /// Closes the window: the program's terminal is gone.
  package func hangUp() {
    close(line)
    line = -1
    signal(SIGHUP)
  }

  // MARK: - Screen and process

  package var screen: ScreenShot { virtual.shot() }

  /// How the terminal treats lines; equal before and after a program that behaves.
  package struct Modes: Equatable, Sendable {
    package var input: UInt32
    package var output: UInt32
    package var local: UInt32
    /// Whether what is typed is shown.
    package var hasEcho: Bool { local & UInt32(ECHO) != 0 }

    init(of terminal: CInt) {
      var modes = termios()
      tcgetattr(terminal, &modes)
      (input, output, local) = (modes.c_iflag, modes.c_oflag, modes.c_lflag)
    }
  }

  package var modes: Modes { Modes(of: line >= 0 ? line : terminal) }

  /// CPU time of the program so far, in milliseconds.
  package var processorTime: Double {
    guard let bytes = readFile("/proc/\(process)/schedstat") else { return 0 }
    let first = String(decoding: bytes, as: UTF8.self).split(separator: " ").first
    return first.flatMap { Double($0) }.map { $0 / 1e6 } ?? 0
  }

  /// Voluntary context switches so far: how often the program went to sleep.
  package var sleeps: Int {
    guard let bytes = readFile("/proc/\(process)/status") else { return 0 }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("voluntary_ctxt_switches:") {
      return line.split(separator: "\t").last.flatMap { Int($0) } ?? 0
    }
    return 0
  }

  /// Waits until the screen is as wanted; `false` when that never came.
  @discardableResult
  package func wait(until isWanted: (ScreenShot) -> Bool) -> Bool {
    let end = now() + timeout
    while true {
      if isWanted(screen) { return true }
      guard now() < end else { return false }
      if !pump(milliseconds: 50), hasExited { return isWanted(screen) }
    }
  }

  /// Waits until `text` stands within one row.
  @discardableResult
  package func wait(for text: String) -> Bool { wait { $0.find(text) != nil } }

  /// Waits until the program has written some bytes, of which the screen may show nothing; `false`
  /// when they never came.
  @discardableResult
  package func wait(forBytes text: String) -> Bool {
    wait { _ in output.contains(Array(text.utf8)) }
  }

  /// Waits until nothing was written for `quiet` milliseconds.
  package func settle(quiet: CInt = 150) {
    let end = now() + timeout
    while pump(milliseconds: quiet), now() < end {}
  }

  /// Waits for the program's end; `nil` when it does not come.
  package func waitForExit() -> Exit? {
    let end = now() + timeout
    while !hasExited {
      guard now() < end else { return nil }
      _ = pump(milliseconds: 10)
    }
    while pump(milliseconds: 20) {}
    return exit
  }

  private var hasExited: Bool {
    if exit != nil { return true }
    var status: CInt = 0
    guard waitpid(process, &status, WNOHANG) == process else { return false }
    exit = status & 0x7F == 0 ? .code(status >> 8 & 0xFF) : .signal(status & 0x7F)
    return true
  }

  /// Reads what has come; `false` when nothing came in that time.
  private func pump(milliseconds: CInt) -> Bool {
    var file = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&file, 1, milliseconds) > 0, file.revents & Int16(POLLIN) != 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(terminal, &buffer, buffer.count)
    guard count > 0 else { return false }
    if let background, String(decoding: buffer[..<count], as: UTF8.self).contains("\u{1B}]11;?") {
      send("\u{1B}]11;\(background)\u{1B}\\")
    }
    output += buffer[..<count]
    let answer = virtual.write(Array(buffer[..<count]))
    if !answer.isEmpty { _ = answer.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) } }
    return true
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
