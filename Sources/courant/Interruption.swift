import Glibc
import Threads

/// `^C` as the wish to stop work at the next point where nothing is half done.
///
/// A second `^C` ends the program at once, as it does everywhere else.
struct Interruption {
  /// Cancelled by `^C`.
  let cancellation = Cancellation()

  /// Takes `^C` from now on; called before other threads are started, which inherit that it is blocked.
  ///
  /// Where the parent ignores it, as a shell does for work in the background, it stays ignored.
  init() {
    var action = sigaction()
    guard sigaction(SIGINT, nil, &action) == 0,
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        != unsafeBitCast(SIG_IGN, to: Int.self)
    else { return }
    Self.setBlocked(true)
    let isStarted = startThread { [cancellation] in
      var signals = Self.signals
      var signal: CInt = 0
      guard sigwait(&signals, &signal) == 0 else { return }
      cancellation.cancel()
      // On this thread: the next one is taken here, by its default action.
      Self.setBlocked(false)
      while true { pause() }
    }
    if !isStarted { Self.setBlocked(false) }
  }

  /// Ends the program as `^C` would have, so that a shell stops a loop around it too.
  static func end() -> Never {
    signal(SIGINT, SIG_DFL)
    setBlocked(false)
    raise(SIGINT)
    exit(130)
  }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    return signals
  }

  private static func setBlocked(_ isBlocked: Bool) {
    var signals = signals
    pthread_sigmask(isBlocked ? SIG_BLOCK : SIG_UNBLOCK, &signals, nil)
  }
}
