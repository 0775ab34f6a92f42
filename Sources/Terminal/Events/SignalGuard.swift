import CNcurses
import Glibc

/// Restores the terminal when a signal ends the program, and turns the other signals into bytes on
/// a pipe that the event loop reads.
///
/// A signal handler may interrupt the program anywhere, so it may not allocate, lock, or run Swift's
/// lazy initializers: everything that one touches is allocated by `prepare` and lives in plain
/// memory, and everything that one calls is async-signal-safe.
///
/// A crash restores the terminal at once. A signal from outside that would end the program, be it
/// SIGTERM or one that nobody sends on purpose, starts a grace period in which the event loop saves
/// the reader's data; a second signal, or the end of the period, ends the program as a crash does.
@MainActor
enum SignalGuard {
  /// What a byte on the pipe reports.
  enum Notice: UInt8 {
    case resized = 1
    case stopRequested = 2
    case continued = 3
    case endRequested = 4
  }

  /// Signals of a program that cannot go on.
  private static let crashes = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS]
  /// Every other signal whose default action ends the program, but for the two that `install`
  /// turns into errors of `write`.
  private static let terminations =
    [
      SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU,
      SIGPOLL, SIGPWR, SIGSTKFLT,
    ] + Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())
  private static let stackSize = 65_536

  /// The terminations that have a handler of ours.
  private static var handled: [CInt] = []

  /// Stores what the handlers need to restore the terminal: its modes, and the bytes that leave the
  /// screen; to be called before the screen is taken.
  static func prepare(input: CInt, output: CInt, modes: termios, restore: [UInt8], pipe: CInt) {
    state.pointee.owner = .shell
    state.pointee.input = input
    state.pointee.output = output
    state.pointee.modes = modes
    state.pointee.pipe = pipe
    state.pointee.restore?.deallocate()
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, restore.count))
    bytes.initialize(from: restore, count: restore.count)
    state.pointee.restore = bytes
    state.pointee.restoreCount = restore.count
    if !state.pointee.hasStack {
      // A stack that overflowed has no room for a handler.
      var stack = stack_t()
      stack.ss_size = stackSize
      stack.ss_sp = malloc(stackSize)
      state.pointee.hasStack = stack.ss_sp != nil && sigaltstack(&stack, nil) == 0
    }
  }

  /// Where a handler finds what was written to standard error while the screen was taken.
  static func setLog(_ log: CInt, copy: CInt, start: off_t, errors: CInt) {
    state.pointee.log.file = log
    state.pointee.log.copy = copy
    state.pointee.log.start = start
    state.pointee.log.terminal = errors
  }

  /// The signal that asked the program to end.
  static var terminationSignal: CInt? {
    state.pointee.termination == 0 ? nil : state.pointee.termination
  }

  /// Installs all handlers; before ncurses starts, which then leaves them alone.
  static func install() {
    for signal in crashes { handle(signal, SA_NODEFER | SA_ONSTACK, handleFatalSignal) }
    // What the parent ignores, as `nohup` does, stays ignored.
    handled = terminations.filter { !isIgnored($0) }
    for signal in handled { handle(signal, SA_ONSTACK | SA_RESTART, handleTermination) }
    handle(SIGWINCH, SA_ONSTACK | SA_RESTART, handleResize)
    handle(SIGTSTP, SA_ONSTACK | SA_RESTART, handleStop)
    handle(SIGCONT, SA_ONSTACK | SA_RESTART, handleContinuation)
    // A write then fails with EPIPE or EFBIG. A handler does this without being inherited by other
    // programs, as ignoring would be.
    for signal in [SIGPIPE, SIGXFSZ] { handle(signal, SA_ONSTACK | SA_RESTART, handleFailedWrite) }
  }

  /// Back to the default actions; but for SIGPIPE and SIGXFSZ, since a thread may still write while
  /// the program ends.
  static func remove() {
    alarm(0)
    state.pointee.owner = .shell
    for signal in crashes + handled + [SIGWINCH, SIGTSTP, SIGCONT] {
      Glibc.signal(signal, SIG_DFL)
    }
    handled = []
  }

  /// The screen is the program's: a signal that ends it must restore the terminal.
  static func takeTerminal() {
    state.pointee.owner = .courant
    handle(SIGTSTP, SA_ONSTACK | SA_RESTART, handleStop)
  }

  /// Another program gets the terminal, which stands as the shell left it.
  ///
  /// That program's `^Z` stops the whole job and so must stop this one, or the shell would wait for
  /// ever. Its `^C` and `^\` are its own.
  static func handOverTerminal() {
    state.pointee.owner = .shell
    signal(SIGTSTP, SIG_DFL)
  }

  /// Names the program that the terminal was handed to, or none once that has ended.
  ///
  /// A signal that ends this program is passed on to it, so that it leaves the terminal first.
  nonisolated static func setForegroundProgram(_ process: pid_t?) {
    state.pointee.child = process ?? 0
  }

  /// Stops the whole foreground job, as `^Z` does, and returns when it is continued.
  static func stop() { kill(0, SIGTSTP) }

  private static func isIgnored(_ signal: CInt) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    // The two handlers differ in type only, and C's constant is no pointer that can be compared.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func handle(
    _ signal: CInt, _ flags: CInt, _ body: @escaping @convention(c) (CInt) -> Void
  ) {
    var action = sigaction()
    action.sa_flags = flags
    action.__sigaction_handler.sa_handler = body
    sigaction(signal, &action, nil)
  }
}

// MARK: - In the handlers

private struct GuardState {
  /// Who has the terminal.
  enum Owner { case courant, shell }

  var owner = Owner.shell
  /// The program that the terminal was handed to, or 0.
  var child: pid_t = 0
  var input: CInt = 0
  var output: CInt = 1
  var pipe: CInt = -1
  var modes = termios()
  var restore: UnsafeMutablePointer<UInt8>?
  var restoreCount = 0
  var log = CapturedErrors()
  /// The signal that asked the program to end, or 0.
  var termination: CInt = 0
  var hasStack = false
}

/// The file that standard error is written to while the screen is taken.
private struct CapturedErrors {
  var file: CInt = -1
  /// The log on disk; -1 without one.
  var copy: CInt = -1
  /// The file's size when the screen was taken.
  var start: off_t = 0
  /// Standard error as the shell opened it.
  var terminal: CInt = -1
  /// Room for the end of the file.
  let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
}

nonisolated(unsafe) private let state: UnsafeMutablePointer<GuardState> = {
  let state = UnsafeMutablePointer<GuardState>.allocate(capacity: 1)
  state.initialize(to: GuardState())
  return state
}()

/// In seconds: what saving takes on a slow disk, and what nobody minds to wait for.
private let gracePeriod: CUnsignedInt = 2

private func notify(_ notice: SignalGuard.Notice) {
  let error = errno
  var byte = notice.rawValue
  _ = write(state.pointee.pipe, &byte, 1)
  errno = error
}

private func handleResize(_: CInt) { notify(.resized) }
private func handleStop(_: CInt) { notify(.stopRequested) }
private func handleContinuation(_: CInt) { notify(.continued) }
private func handleFailedWrite(_: CInt) {}

private func handleTermination(_ signal: CInt) {
  // Typed at another program, and meant for it.
  if state.pointee.owner == .shell, signal == SIGINT || signal == SIGQUIT { return }
  guard state.pointee.termination == 0 else { return handleFatalSignal(signal) }
  let error = errno
  state.pointee.termination = signal
  if state.pointee.child > 0 { kill(state.pointee.child, signal == SIGHUP ? SIGHUP : SIGTERM) }
  alarm(gracePeriod)
  notify(.endRequested)
  errno = error
}

private func handleFatalSignal(_ signal: CInt) {
  restoreTerminal()
  // The alarm is only the end of the grace period.
  let isPeriodOver = signal == SIGALRM && state.pointee.termination != 0
  let cause = isPeriodOver ? state.pointee.termination : signal
  Glibc.signal(cause, SIG_DFL)
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, cause)
  pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  raise(cause)
}

private func restoreTerminal() {
  guard state.pointee.owner == .courant || state.pointee.child > 0 else { return }
  state.pointee.owner = .shell
  state.pointee.child = 0
  if let restore = state.pointee.restore {
    _ = write(state.pointee.output, restore, state.pointee.restoreCount)
  }
  // In the background the modes are the shell's, and setting them would stop the program.
  if !isInBackground(state.pointee.input) {
    _ = tcsetattr(state.pointee.input, TCSANOW, &state.pointee.modes)
  }
  copyLogTail(
    from: state.pointee.log.file, start: state.pointee.log.start, to: state.pointee.log.terminal)
  copyLogTail(
    from: state.pointee.log.file, start: state.pointee.log.start, to: state.pointee.log.copy)
}

/// Whether another job has the terminal; `false` for one that is not the program's own.
///
/// Safe in a handler.
func isInBackground(_ terminal: CInt) -> Bool {
  let foreground = tcgetpgrp(terminal)
  return foreground > 0 && foreground != getpgrp()
}

/// Writes the last 4 KB of the log, after `start`, with control characters replaced by `?`.
///
/// Safe in a handler: three system calls and a buffer allocated beforehand.
func copyLogTail(from log: CInt, start: off_t, to errors: CInt) {
  guard log >= 0, errors >= 0 else { return }
  let end = lseek(log, 0, SEEK_END)
  guard end > start else { return }
  let buffer = state.pointee.log.buffer
  let count = pread(log, buffer, 4096, max(start, end - 4096))
  guard count > 0 else { return }
  var index = 0
  while index < count {
    let byte = buffer[index]
    // 0x80…0x9F can be a control of its own only outside UTF-8, where it follows no lead byte.
    if (byte < 0x20 && byte != 0x0A && byte != 0x09) || byte == 0x7F { buffer[index] = 0x3F }
    if byte == 0xC2, index + 1 < count, buffer[index + 1] < 0xA0 { buffer[index] = 0x3F }
    index += 1
  }
  _ = write(errors, buffer, count)
}
