import Glibc
import TerminalKit
import TestSupport
import Testing

/// Comments written in an editor: one that does what it should, and those that do not.
@Suite(.serialized) struct EditorTests {
  let courant = Courant()

  /// A program in a shell's words, as an editor; `$1` is the draft.
  private func editor(_ words: String) -> String {
    "'\(courant.script("ed it.sh", words))' -n"
  }

  private func sit(_ words: String?, library: [String] = []) throws -> TerminalSession {
    let page = courant.file("page.html", harbourPage)
    // A screen wide enough that no message is broken.
    let session = try courant.sit(
      [page], columns: 110, environment: ["EDITOR": words.map { editor($0) }, "VISUAL": ""])
    #expect(session.wait(for: "The tide clock"))
    return session
  }

  private func quit(_ session: TerminalSession) {
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
    #expect(!session.screen.isAlternate)
  }

  private var drafts: [String] {
    let path = courant.libraryPath + ".drafts"
    return (readFolder(path) ?? []).sorted()
  }

  private func readFolder(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = Glibc.readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  @Test("What is written stands in the thread, in the same place, and goes out with the story")
  func written() throws {
    let session = try sit(
      "echo \"The hand is $(id -un)'s.\" > \"$2\"; ls -ld \"$2\" \"${2%/*}\" > \(courant.home["modes.txt"])"
    )
    session.send("20j")
    session.settle()
    let before = session.screen.text.split(separator: "\n").dropLast()
    session.send("R")
    #expect(session.wait(for: "Comment written"), "\(session.screen.text)")
    #expect(session.wait(for: " you · now"))
    session.send("c")
    session.settle()
    let after = session.screen.text.split(separator: "\n").dropLast()
    #expect(before.first.map { after.contains($0) } == true, "\(session.screen.text)")
    quit(session)
    #expect(drafts.isEmpty)
    let modes = String(
      decoding: TestSupport.readFile(courant.home["modes.txt"]) ?? [], as: UTF8.self)
    #expect(modes.contains("-rw-------") && modes.contains("drwx------"), "\(modes)")
    for arguments in [
      ["show", "1"], ["show", "1", "--json"], ["export", "1", "--format", "json"],
      ["export", "1", "--format", "html"], ["export", "1", "--format", "markdown"],
      ["export", "1", "--format", "text"],
    ] {
      let answer = courant.run(arguments)
      #expect(answer.output.contains("The hand is "), "\(arguments)")
      #expect(
        answer.output.contains("you") || answer.output.contains("\"own\""), "\(arguments)")
    }
    // The same page again, and by a parser that reads it anew: what was written stays.
    _ = courant.run(["add", courant.home["page.html"]])
    _ = courant.run(["reparse", "--all"])
    #expect(courant.run(["show", "1"]).output.contains("The hand is "))
  }

  @Test(
    "An editor that fails, is killed, or leaves what cannot be taken says so; the draft is kept",
    arguments: [
      ("echo half > \"$2\"; exit 3", "ended with status 3"),
      ("echo half > \"$2\"; kill -9 $$", "was killed by signal 9"),
      ("rm \"$2\"; ln -s /etc/hostname \"$2\"", "left a link in the draft's place"),
      ("printf 'caf\\351' > \"$2\"", "The text is not UTF-8"),
      ("head -c 300000 /dev/zero | tr '\\0' 'x' > \"$2\"", "longer than 256 kB"),
      ("rm \"$2\"", "took the draft's file away"),
      ("rm \"$2\"; mkfifo \"$2\"", "a named pipe"),
    ])
  func failing(editor: String, words: String) throws {
    let session = try sit(editor)
    session.send("R")
    #expect(session.wait(for: words), "\(session.screen.text)")
    #expect(session.wait(for: "goes on with it"), "\(session.screen.text)")
    quit(session)
    let again = try sit("echo whole > \"$2\"")
    #expect(again.wait(for: "is unfinished here"), "\(again.screen.text)")
    again.send("R")
    #expect(again.wait(for: "Comment written"), "\(again.screen.text)")
    quit(again)
    #expect(drafts.isEmpty)
    #expect(courant.run(["show", "1"]).output.contains("whole"))
  }

  @Test("What was saved before a crash is found again, by the editor too")
  func crash() throws {
    let session = try sit(
      "echo 'kept over the crash' > \"$2\"; touch \(courant.home["up"]); sleep 60")
    session.send("R")
    for _ in 0..<100 where access(courant.home["up"], F_OK) != 0 { usleep(50_000) }
    session.signal(SIGKILL)
    _ = session.waitForExit()
    #expect(drafts == ["comment-1.md"])
    let again = try sit("echo 'and more' >> \"$2\"")
    #expect(again.wait(for: "A comment is unfinished here"), "\(again.screen.text)")
    again.send("R")
    #expect(again.wait(for: "Comment written"), "\(again.screen.text)")
    quit(again)
    let text = courant.run(["show", "1"]).output
    #expect(text.contains("kept over the crash and more"), "\(text.suffix(300))")
  }

  @Test("Left empty or untouched nothing is written; a missing editor gives way to a line")
  func nothing() throws {
    let untouched = try sit("true")
    untouched.send("R")
    #expect(untouched.wait(for: "Nothing was written"), "\(untouched.screen.text)")
    quit(untouched)
    #expect(drafts.isEmpty)
    let missing = try courant.sit(
      [courant.home["page.html"]], columns: 110, environment: ["EDITOR": "surely-not-there"])
    #expect(missing.wait(for: "The tide clock"))
    missing.send("R")
    #expect(missing.wait(for: "surely-not-there, the editor of EDITOR, is not installed"))
    missing.send("In one line.\r")
    #expect(missing.wait(for: "Comment written"), "\(missing.screen.text)")
    quit(missing)
    #expect(courant.run(["show", "1"]).output.contains("In one line."))
  }

  @Test(
    "A signal that ends the program while an editor has the terminal ends both and restores it",
    arguments: [
      (SIGTERM, "exec sleep 60"), (SIGUSR1, "exec sleep 60"), (SIGHUP, "trap '' HUP; sleep 4"),
      (SIGSEGV, "exec sleep 60"),
    ])
  func killed(_ signal: Int32, waiting: String) throws {
    let up = courant.home["up"]
    let session = try sit(
      "printf '\\033[?1049h\\033[?25l\\033[?1002h'; stty raw -echo; touch '\(up)'; \(waiting)")
    session.send("R")
    for _ in 0..<200 where access(up, F_OK) != 0 { session.settle(quiet: 50) }
    session.signal(signal)
    #expect(session.waitForExit() == .signal(signal))
    #expect(session.modes == session.originalModes)
    let screen = session.screen
    #expect(!screen.isAlternate && screen.isCursorVisible && !screen.isMouseOn)
  }
}
