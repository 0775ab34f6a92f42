import CNcurses
import Glibc

/// Gives the terminal back when a signal ends the program, and turns the others into bytes on a
/// pipe that the loop reads.
///
/// Everything a handler touches is made beforehand and lives in plain memory: a handler may not
/// allocate, lock, or run Swift's lazy initializers. Signals that ask the program to end get two
/// seconds in which the loop can save what the reader did; a second one, or silence, ends it.
enum SignalGuard {
  /// What a byte on the pipe says.
  enum News: UInt8 {
    case resized = 1
    case stopAsked = 2
    case continued = 3
    case endAsked = 4
  }

  private static let fatal = [
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS, SIGXCPU, SIGALRM,
  ]
  private static let ending = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]
  private static let stackSize = 65_536

  /// Reads `termios` and the bytes from now on: called before the screen is taken.
  static func prepare(input: CInt, output: CInt, modes: termios, restore: [UInt8], pipe: CInt) {
    state.pointee.armed = 0
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

  /// Where a handler finds what was written to standard error while the screen was ours.
  static func setLog(_ log: CInt, start: off_t, errors: CInt) {
    state.pointee.log = log
    state.pointee.logStart = start
    state.pointee.errors = errors
  }

  /// Whether a fatal signal must give the terminal back.
  static func arm(_ isArmed: Bool) { state.pointee.armed = isArmed ? 1 : 0 }

  /// The signal that asked the program to end.
  static var endingSignal: CInt? {
    state.pointee.endingSignal == 0 ? nil : state.pointee.endingSignal
  }

  /// Installs all handlers; before ncurses starts, which then leaves them alone.
  static func install() {
    for signal in fatal { handle(signal, SA_NODEFER | SA_ONSTACK) { died(of: $0) } }
    for signal in ending { handle(signal, SA_ONSTACK | SA_RESTART) { asked(toEnd: $0) } }
    handle(SIGWINCH, SA_ONSTACK | SA_RESTART) { _ in tell(.resized) }
    handle(SIGTSTP, SA_ONSTACK | SA_RESTART) { _ in tell(.stopAsked) }
    handle(SIGCONT, SA_ONSTACK | SA_RESTART) { _ in tell(.continued) }
    // Not ignored but handled, for children inherit what is ignored.
    handle(SIGPIPE, SA_ONSTACK | SA_RESTART) { _ in }
  }

  /// Back to the system's own handling; but for a pipe that breaks, into which some thread may still
  /// write while the program ends.
  static func remove() {
    alarm(0)
    for signal in fatal + ending + [SIGWINCH, SIGTSTP, SIGCONT] {
      Glibc.signal(signal, SIG_DFL)
    }
  }

  /// While another program has the terminal: its `^Z` stops the whole job, and so must stop us, or
  /// the shell would wait for ever; its `^C` is its own.
  static func handsOver(_ isHandedOver: Bool) {
    arm(!isHandedOver)
    if isHandedOver {
      signal(SIGTSTP, SIG_DFL)
    } else {
      handle(SIGTSTP, SA_ONSTACK | SA_RESTART) { _ in tell(.stopAsked) }
    }
  }

  /// Stops the whole foreground job, as `^Z` does, and returns when it is continued.
  static func stop() { kill(0, SIGTSTP) }

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
  var armed: CInt = 0
  var input: CInt = 0
  var output: CInt = 1
  var pipe: CInt = -1
  var modes = termios()
  var restore: UnsafeMutablePointer<UInt8>?
  var restoreCount = 0
  var log: CInt = -1
  var logStart: off_t = 0
  var errors: CInt = -1
  var endingSignal: CInt = 0
  var hasStack = false
  /// Room for the end of the log.
  var tail = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
}

nonisolated(unsafe) private let state: UnsafeMutablePointer<GuardState> = {
  let state = UnsafeMutablePointer<GuardState>.allocate(capacity: 1)
  state.initialize(to: GuardState())
  return state
}()

private func tell(_ news: SignalGuard.News) {
  let kept = errno
  var byte = news.rawValue
  _ = write(state.pointee.pipe, &byte, 1)
  errno = kept
}

private func asked(toEnd signal: CInt) {
  if state.pointee.armed == 0, signal == SIGINT || signal == SIGQUIT { return }
  guard state.pointee.endingSignal == 0 else { return died(of: signal) }
  state.pointee.endingSignal = signal
  alarm(2)
  tell(.endAsked)
}

private func died(of signal: CInt) {
  giveBack()
  let cause =
    signal == SIGALRM && state.pointee.endingSignal != 0
    ? state.pointee.endingSignal : signal
  Glibc.signal(cause, SIG_DFL)
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, cause)
  pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  raise(cause)
}

private func giveBack() {
  guard state.pointee.armed == 1 else { return }
  state.pointee.armed = 0
  if let restore = state.pointee.restore {
    _ = write(state.pointee.output, restore, state.pointee.restoreCount)
  }
  _ = tcsetattr(state.pointee.input, TCSANOW, &state.pointee.modes)
  copyLogTail(from: state.pointee.log, start: state.pointee.logStart, to: state.pointee.errors)
}

/// Writes the last 4 KB of the log, after `start`, with controls made harmless.
///
/// Safe in a handler: two system calls and a buffer made beforehand.
func copyLogTail(from log: CInt, start: off_t, to errors: CInt) {
  guard log >= 0, errors >= 0 else { return }
  let end = lseek(log, 0, SEEK_END)
  guard end > start else { return }
  let buffer = state.pointee.tail
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
