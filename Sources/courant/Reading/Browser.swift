import Files
import Glibc

/// The program that opens web addresses: started with its arguments, never through a shell.
struct Browser: Sendable {
  /// The program and its arguments; `%s` in them stands for the address.
  private var words: [String]

  /// The last part of the program's path.
  var name: String { Path(words.first ?? "").name.shown }

  /// Whether it draws on the terminal itself, and so must be given it.
  var isForTerminal: Bool {
    ["w3m", "lynx", "links", "links2", "elinks", "browsh"].contains(name)
  }

  /// The first program of `$BROWSER` that there is, or the desktop's own way to open things.
  static func find() -> Browser? {
    let named = getenv("BROWSER").map { String(cString: $0) } ?? ""
    // The variable holds commands parted by colons.
    let commands = named.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
    for words in commands + [["xdg-open"], ["x-www-browser"]] {
      if let program = words.first, isInstalled(program) { return Browser(words: words) }
    }
    return nil
  }

  /// Whether an address can be handed to a program: http or https, and nothing that ends a word.
  static func isSafe(_ address: String) -> Bool {
    let bytes = Array(address.utf8)
    guard bytes.count <= 8192, isWebAddress(Path(address)) else { return false }
    return bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }
  }

  private func arguments(_ address: String) -> [String] {
    let filled = words.map { $0 == "%s" ? address : $0 }
    return words.contains("%s") ? filled : filled + [address]
  }

  /// Runs the browser on the terminal and waits for its end; its exit status, or -1.
  func run(_ address: String) -> Int32 {
    guard let process = spawn(arguments(address), isQuiet: false) else { return -1 }
    return wait(for: process)
  }

  /// Starts the browser beside the reader; `failed` is called from another thread if it fails.
  func start(_ address: String, failed: @escaping @Sendable (String) -> Void) -> Bool {
    guard let process = spawn(arguments(address), isQuiet: true) else { return false }
    let name = name
    return startThread {
      let status = wait(for: process)
      if status != 0 { failed("\(name) could not open the address (status \(status))") }
    }
  }
}

private func isInstalled(_ program: String) -> Bool {
  if program.utf8.contains(UInt8(ascii: "/")) { return access(program, X_OK) == 0 }
  let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
  return folders.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
}

/// Puts text into tmux's own buffer, which it hands on to the terminal's clipboard.
func copyToTmux(_ text: String) -> Bool {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return false }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  let process = spawn(["tmux", "load-buffer", "-w", "-"], isQuiet: true, input: ends[0])
  close(ends[0])
  var bytes = Array(text.utf8.prefix(1 << 16))
  // A pipe holds this much, so writing never waits for tmux.
  let written = write(ends[1], &bytes, bytes.count)
  close(ends[1])
  guard let process else { return false }
  return wait(for: process) == 0 && written == bytes.count
}

/// Starts a program found in `PATH`; quiet ones get a session of their own and no terminal.
private func spawn(_ arguments: [String], isQuiet: Bool, input: Int32? = nil) -> pid_t? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigfillset(&signals)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  var flags = Int16(POSIX_SPAWN_SETSIGDEF)
  if isQuiet {
    flags |= 0x80  // POSIX_SPAWN_SETSID, which Glibc leaves out
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
  }
  posix_spawnattr_setflags(&attributes, flags)
  var words = arguments.map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var process: pid_t = 0
  guard let program = arguments.first,
    posix_spawnp(&process, program, &actions, &attributes, &words, environ) == 0
  else { return nil }
  return process
}

/// Waits for a program's end; its exit status, 128 and the signal, or -1.
private func wait(for process: pid_t) -> Int32 {
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 {
    if errno != EINTR { return -1 }
  }
  let signal = status & 0x7F
  return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
}
