import Display
import Files
import Glibc
import Settings
import Terminal

/// Another program with its arguments, started without a shell.
struct OtherProgram: Sendable {
  /// The program and its arguments.
  private var words: [String]
  /// A last argument, whose name need not be UTF-8.
  private var file: Path?

  /// Splits a line of the settings or `$EDITOR` into words; `nil` where it names no program.
  init?(line: String) {
    guard let words = programWords(line) else { return nil }
    self.words = words
  }

  /// The program that opens an address: that of the settings, or else the first of `$BROWSER` that is
  /// installed, or the desktop's `xdg-open`, which goes first for mail.
  static func opener(of address: String, preferred: String) -> OtherProgram? {
    guard preferred.isEmpty else { return OtherProgram(line: preferred) }
    let named = getenv("BROWSER").map { String(cString: $0) } ?? ""
    // The variable holds commands separated by colons.
    let browsers = named.split(separator: ":").map(String.init)
    let isMail = address.lowercased().hasPrefix("mailto:")
    let lines = isMail ? ["xdg-open"] + browsers : browsers + ["xdg-open"]
    return (lines + ["x-www-browser"]).lazy.compactMap { OtherProgram(line: $0) }
      .first { $0.isInstalled && !ProgramCode.isFilled($0.words, appendsAddress: true) }
  }

  /// The last part of the program's path.
  var name: String { Path(words.first ?? "").name.shown }

  var isInstalled: Bool { words.first.map(isThere) ?? false }

  /// Whether it runs on the terminal, which must then be handed over to it.
  var isForTerminal: Bool {
    ["w3m", "lynx", "links", "links2", "elinks", "browsh", "mutt", "neomutt"].contains(name)
  }

  /// Whether an address can be given to a program: a web or mail address without anything that ends a
  /// word.
  static func isSafe(_ address: String) -> Bool { LinkTarget(address: address).address == address }

  /// With `%u` (or `%s`, as in `$BROWSER`) and `%t` filled in; without either, the address becomes the
  /// last argument.
  ///
  /// A word that begins with what is filled in is never an option of the program: see
  /// `withoutOption`.
  func with(address: String, title: String = "") -> OtherProgram {
    var program = self
    program.words = words.enumerated().map { index, word in
      guard index > 0 else { return word }
      let filled = Self.filled(word, address, title)
      return word.hasPrefix("%") ? Self.withoutOption(filled) : filled
    }
    if words.allSatisfy({ placeholders(in: $0).isEmpty }) { program.words.append(address) }
    return program
  }

  /// With a file as its last argument, as editors take it; a name that looks like an option or a
  /// command of the program (`-o`, `+cmd`) begins with its folder.
  func with(file: Path) -> OtherProgram {
    var program = self
    let isOption = file.bytes.first.map { "-+@".utf8.contains($0) } ?? false
    program.file = isOption ? Path("./").appending(file) : file
    return program
  }

  /// The word with a first character that looks the same where programs would read an option (`-o`),
  /// a command (`+cmd`) or a file that holds arguments (`@file`).
  private static func withoutOption(_ word: String) -> String {
    let likenesses: [Unicode.Scalar: Unicode.Scalar] = [
      "-": "\u{2010}", "+": "\u{FF0B}", "@": "\u{FF20}",
    ]
    var scalars = word.unicodeScalars
    guard let first = scalars.first, let likeness = likenesses[first] else { return word }
    scalars.removeFirst()
    return String(likeness) + String(scalars)
  }

  private static func filled(_ word: String, _ address: String, _ title: String) -> String {
    var out = ""
    var isMark = false
    for character in word {
      guard isMark else {
        if character == "%" { isMark = true } else { out.append(character) }
        continue
      }
      isMark = false
      switch character {
      case "u", "s": out += address
      case "t": out += title
      case "%": out += "%"
      default: out += "%" + String(character)
      }
    }
    return isMark ? out + "%" : out
  }

  private var arguments: [Path] { words.map { Path($0) } + (file.map { [$0] } ?? []) }

  /// Runs the program on the terminal, with `text` on its standard input if that is given, and waits
  /// for its end; its exit status, 128 plus the signal that killed it, or -1 if it cannot be started.
  func run(input text: String? = nil) -> Int32 {
    guard let (process, writer) = launch(isQuiet: false, withInput: text != nil) else { return -1 }
    Console.setForegroundProgram(process)
    if let text, !startThread({ feed(text, to: writer) }) { close(writer) }
    waitUntilEnded(process)
    Console.setForegroundProgram(nil)
    return wait(for: process)
  }

  /// Starts the program in the background, with `text` on its standard input if that is given;
  /// `failed` is called from another thread if it fails.
  func start(
    input text: String? = nil, failed: @escaping @Sendable (String) -> Void
  ) -> Bool {
    guard let (process, writer) = launch(isQuiet: true, withInput: text != nil) else {
      return false
    }
    let program = self
    return startThread {
      if let text { feed(text, to: writer) }
      let status = wait(for: process)
      if status != 0 { failed(program.failure(status)) }
    }
  }

  /// Why it failed, by the status that `run` returned.
  func failure(_ status: Int32) -> String {
    switch status {
    case -1: "\(name) cannot be started"
    case 129...159: "\(name) was killed by signal \(status - 128)"
    default: "\(name) ended with status \(status)"
    }
  }

  /// Starts the program; `writer` is the pipe to its standard input, or -1 without one.
  private func launch(isQuiet: Bool, withInput: Bool) -> (process: pid_t, writer: Int32)? {
    let pipe = withInput ? try? Pipe(isBlocking: true) : nil
    guard !withInput || pipe != nil else { return nil }
    let process = spawn(arguments, isQuiet: isQuiet, input: pipe?.reader)
    if let pipe { close(pipe.reader) }
    guard let process else {
      if let pipe { close(pipe.writer) }
      return nil
    }
    return (process, pipe?.writer ?? -1)
  }
}

private func isThere(_ program: String) -> Bool {
  if program.utf8.contains(UInt8(ascii: "/")) { return access(program, X_OK) == 0 }
  let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
  return folders.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
}

/// Writes text into a pipe and closes it; stops where the program has closed its end.
private func feed(_ text: String, to pipe: Int32) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { break }
    rest = rest.dropFirst(count)
  }
  close(pipe)
}

/// Starts a program found in `PATH`; a quiet one gets a session of its own and no terminal.
private func spawn(_ arguments: [Path], isQuiet: Bool, input: Int32? = nil) -> pid_t? {
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
  }
  if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
  posix_spawnattr_setflags(&attributes, flags)
  var words = arguments.map { $0.withCString { strdup($0) } } + [nil]
  defer { for word in words { free(word) } }
  var process: pid_t = 0
  let result = arguments.first?.withCString {
    posix_spawnp(&process, $0, &actions, &attributes, &words, environ)
  }
  return result == 0 ? process : nil
}

/// Waits for a program's end without taking its status, so that its number stays its own.
private func waitUntilEnded(_ process: pid_t) {
  var facts = siginfo_t()
  while waitid(P_PID, id_t(process), &facts, WEXITED | WNOWAIT) < 0, errno == EINTR {}
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
