import Glibc
import TerminalKit
import Testing

/// However the program ends or is stopped, the terminal is as it was.
@Suite(.serialized) struct ConsoleEndTests: ConsoleProbing {
  @Test(
    "A fatal signal gives the terminal back and is passed on",
    arguments: [("S", SIGSEGV), ("A", SIGABRT), ("F", SIGILL), ("O", SIGSEGV)])
  func crashes(_ key: String, _ signal: Int32) throws {
    let session = try probe(["SWIFT_BACKTRACE": "enable=no"])
    let before = session.originalModes
    #expect(session.wait(for: "status"))
    session.send("m")
    #expect(session.wait { $0.isMouseOn })
    session.send(key)
    let exit = session.waitForExit()
    #expect(exit == .signal(signal) || (key == "F" && exit == .signal(SIGTRAP)))
    #expect(session.modes == before)
    let screen = session.screen
    #expect(!screen.isAlternate && screen.isCursorVisible && !screen.isMouseOn)
    if key == "F" { #expect(screen.find("the probe's last words") != nil, "\(screen.text)") }
  }

  @Test(
    "A crash in a library restores the terminal too",
    arguments: [SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS])
  func foreignCrashes(_ signal: Int32) throws {
    _ = try sessionEnded(by: signal, ["SWIFT_BACKTRACE": "enable=no"])
  }

  /// All whose default action ends a program, but for crashes and those that no program can handle.
  static let terminations =
    [
      SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU,
      SIGPOLL, SIGPWR, SIGSTKFLT,
    ] + Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())

  @Test("Every signal that ends the program lets it save first", arguments: terminations)
  func endings(_ signal: Int32) throws {
    #expect(try sessionEnded(by: signal).screen.find("saved") != nil)
  }

  /// A session of the probe that a signal ended while the mouse was on; the terminal is as before.
  private func sessionEnded(
    by signal: CInt, _ variables: [String: String] = [:]
  ) throws -> TerminalSession {
    let session = try probe(variables)
    #expect(session.wait(for: "status"))
    session.send("m")
    #expect(session.wait { $0.isMouseOn })
    session.signal(signal)
    #expect(session.waitForExit() == .signal(signal))
    expectRestored(session)
    return session
  }

  private func expectRestored(_ session: TerminalSession) {
    #expect(session.modes == session.originalModes)
    let screen = session.screen
    #expect(!screen.isAlternate && screen.isCursorVisible && !screen.isMouseOn)
  }

  @Test("A write that fails does not end the program", arguments: [SIGPIPE, SIGXFSZ])
  func failedWrites(_ signal: Int32) throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    session.signal(signal)
    session.send("x")
    #expect(session.wait(for: "key x"))
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A program that is stopped and killed leaves the terminal to the shell")
  func killedWhileStopped() throws {
    let session = try TerminalSession(
      "bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "ready> ", "HOME": "/"])
    #expect(session.wait(for: "ready>"))
    let count = { (word: String) in
      String(decoding: session.output, as: UTF8.self).split(separator: word).count - 1
    }
    let ends = { count("Terminated") }
    for (index, stop) in ["\u{1A}", nil].enumerated() {
      session.send(productsPath + "/console-probe & fg\r")
      #expect(session.wait { $0.isAlternate && $0.find("status") != nil }, "\(session.screen.text)")
      if let stop { session.send(stop) } else { session.stopForegroundJob() }
      // Each time anew: what is typed before goes to the program.
      #expect(session.wait { _ in count("Stopped") > index }, "\(session.screen.text)")
      session.settle()
      session.send("kill %1\r")
      // The shell tells of a job's end with its next prompt.
      for _ in 0..<100 where ends() == index {
        session.settle(quiet: 100)
        session.send("\r")
      }
      #expect(ends() == index + 1, "\(session.screen.text)")
      #expect(!session.screen.isAlternate)
    }
    session.send("exit 7\r")
    #expect(session.waitForExit() == .code(7))
  }

  @Test("A pipe that breaks while the program ends does not kill it")
  func lateBreak() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    session.send("b")
    #expect(session.waitForExit() == .code(0))
    #expect(session.screen.find("closed") != nil)
  }

  @Test("A terminal that goes away ends the program")
  func hangUp() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    session.hangUp()
    #expect(session.waitForExit() == .signal(SIGHUP))
  }

  @Test("Stopping by ^Z or a signal gives the terminal to the shell, and fg takes it again")
  func stops() throws {
    let session = try TerminalSession(
      "bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "ready> ", "HOME": "/"])
    #expect(session.wait(for: "ready>"))
    session.send(productsPath + "/console-probe\r")
    #expect(session.wait(for: "status"))
    session.send("x")
    #expect(session.wait(for: "key x"))
    for _ in 0..<2 {
      session.send("\u{1A}")
      #expect(
        session.wait { !$0.isAlternate && $0.find("Stopped") != nil }, "\(session.screen.text)")
      #expect(session.modes.local & UInt32(ISIG) != 0)
      #expect(session.screen.isCursorVisible)
      session.send("echo back; fg\r")
      #expect(session.wait { $0.isAlternate && $0.find("key x") != nil })
      #expect(session.wait(for: "status"))
      session.send("y")
      #expect(session.wait(for: "key y"))
    }
    session.send("H")
    #expect(
      session.wait { !$0.isAlternate && $0.find("Stopped") != nil }, "a child's ^Z stops both")
    session.send("fg\r")
    #expect(session.wait(for: "key H"))
    session.send("q")
    #expect(session.wait { !$0.isAlternate && $0.find("closed") != nil })
    session.send("exit 7\r")
    #expect(session.waitForExit() == .code(7))
  }

  @Test("A stop from outside and going on draws everything again")
  func stopStorm() throws {
    let session = try probe()
    #expect(session.wait(for: "status"))
    for _ in 0..<20 {
      session.signal(SIGSTOP)
      session.signal(SIGCONT)
    }
    session.send("x")
    #expect(session.wait(for: "key x"))
    session.signal(SIGTSTP)
    session.send("y")
    #expect(session.wait(for: "key y"), "an orphan cannot be stopped and goes on")
    session.send("q")
    #expect(session.waitForExit() == .code(0))
  }

  private var productsPath: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(
      decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
  }
}
