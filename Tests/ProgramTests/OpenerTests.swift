import App
import Files
import Glibc
import TerminalKit
import TestSupport
import Testing

@testable import courant

/// Programs that open addresses, started by the reader.
@Suite(.serialized) struct OpenerTests {
  private let courant = Courant()

  @Test("A program of a list of words is handed the address, spaces in its path and all")
  func wordList() throws {
    let log = courant.home["said.txt"]
    let script = courant.script(
      "my browser", "for word in \"$@\"; do printf '%s|' \"$word\"; done > '\(log)'")
    let session = try courant.readHarbour("opener: ['\(script)', \"it's\", 'at %u']\n")
    session.send("o")
    #expect(courant.written(log, in: session) == "it's|at https://news.invalid/tide|")
  }

  /// A program that writes down which descriptors it has, by what they lead to.
  private func lister(_ name: String = "lister") -> (script: String, log: String) {
    let log = courant.home["open.txt"]
    let files = (0...40).map { "/proc/self/fd/\($0)" }.joined(separator: " ")
    return (courant.script(name, "readlink \(files) > '\(log).new'; mv '\(log).new' '\(log)'"), log)
  }

  @Test("A program beside the reader gets no descriptor of it, and one on the terminal only that")
  func descriptors() throws {
    let (script, log) = lister()
    let session = try courant.readHarbour("opener: \(script)\nshare:\n  list: \(script)\n")
    session.send("o")
    #expect(courant.written(log, in: session) == "/dev/null\n\(log).new\n/dev/null\n")
    unlink(log)
    session.send(":share list\r")
    #expect(courant.written(log, in: session) == "/dev/null\n\(log).new\n/dev/null\n")
    unlink(log)
    session.send(":set copier \(script)\ry")
    let copied = courant.written(log, in: session).split(separator: "\n")
    #expect(copied.count == 3 && copied.first?.hasPrefix("pipe:") == true, "\(copied)")
    unlink(log)
    session.send(":set opener \(lister("w3m").script)\ro")
    let onTerminal = courant.written(log, in: session).split(separator: "\n")
    #expect(onTerminal.count == 3, "\(onTerminal)")
    #expect(onTerminal.first?.hasPrefix("/dev/pts/") == true, "\(onTerminal)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A browser of the terminal that fails gives it back and is named")
  func terminalOpener() throws {
    let session = try courant.readHarbour("opener: [\(courant.script("w3m", "exit 5"))]\n")
    session.send("o")
    #expect(session.wait(for: "w3m ended with status 5"), "\(session.screen.text)")
    _ = courant.file("bin/w3m", "#!/not/there\n")
    session.send("o")
    #expect(session.wait(for: "w3m cannot be started"), "\(session.screen.text)")
    #expect(session.screen.find("The tide clock") != nil)
  }

  @Test(
    "A mail is opened with all of the headline, and an opener that fails or is missing is named")
  func mail() throws {
    let (script, log) = courant.recorder()
    let session = try courant.readHarbour("opener: \(script)\n")
    session.send("gm")
    let subject = "The%20tide%20clock%20of%20the%20old%20harbour"
    #expect(
      courant.written(log, in: session)
        == "mailto:?subject=\(subject)&body=\(subject)%0D%0Ahttps%3A%2F%2Fnews.invalid%2Ftide%0D%0A|"
    )
    session.send(":set opener \(courant.script("grumpy", "exit 4"))\ro")
    #expect(session.wait(for: "grumpy ended with status 4"), "\(session.screen.text)")
    session.send(":set opener \(courant.script("dying", "kill -9 $$"))\ro")
    #expect(session.wait(for: "dying was killed by signal 9"), "\(session.screen.text)")
    session.send(":set opener not-there\ro")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Where nothing opens addresses, that is said with what to do")
  func noOpener() throws {
    let session = try courant.readHarbour(
      "title: true\n", ["PATH": courant.home["empty"], "BROWSER": "not-there"])
    session.send("o")
    #expect(session.wait(for: "set BROWSER, or opener in the settings"), "\(session.screen.text)")
  }
}
