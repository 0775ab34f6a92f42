import App
import Files
import Glibc
import TerminalKit
import TestSupport
import Testing

@testable import courant

/// The ways to the clipboard: a program, or the terminal itself.
@Suite(.serialized) struct ClipboardTests {
  private let courant = Courant()

  @Test("The way to the clipboard is the settings', tmux's, the desktop's or the terminal's")
  func clipboardWays() {
    func way(_ environment: [String: String], _ there: Set<String>, copier: String = "") -> String?
    {
      Clipboard(
        copier: copier, environment: { environment[$0] }, isInstalled: { there.contains($0.name) }
      )?.name
    }
    let all: Set = ["tmux", "wl-copy", "xclip", "xsel"]
    let desktop = ["DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"]
    #expect(way(desktop.merging(["TMUX": "/tmp/x"]) { $1 }, all) == "tmux")
    #expect(way(desktop, all) == "wl-copy")
    #expect(way(desktop, ["xsel"]) == "xsel")
    #expect(way([:], all)?.contains("OSC 52") == true)
    #expect(way(["DISPLAY": ""], all)?.contains("OSC 52") == true)
    #expect(way([:], ["pbcopy"]) == "pbcopy")
    #expect(way(desktop, all, copier: "/opt/bin/copy --fast") == "copy")
    #expect(way(desktop, all, copier: "copy 'it") == nil)
  }

  @Test("Headline and address go to the copier; one that fails or is missing is named")
  func copier() throws {
    let log = courant.home["copied.txt"]
    let session = try courant.readHarbour("copier: \(courant.script("keep", "cat > '\(log)'"))\n")
    session.send("Y")
    #expect(
      courant.written(log, in: session)
        == "The tide clock of the old harbour\nhttps://news.invalid/tide")
    session.send(":set copier \(courant.script("broken", "exit 3"))\rY")
    #expect(
      session.wait(for: "Nothing was copied: broken ended with status 3"), "\(session.screen.text)")
    session.send(":set copier \(courant.script("dying", "kill -9 $$"))\rY")
    #expect(
      session.wait(for: "Nothing was copied: dying was killed by signal 9"),
      "\(session.screen.text)")
    session.send(":set copier not-there\rY")
    #expect(session.wait(for: "not-there is not installed"), "\(session.screen.text)")
    session.send(":set copier 'open\r")
    #expect(session.wait(for: "copier: “'open” is no line of a program and its arguments"))
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("Without a tool the terminal is handed the text")
  func osc52() throws {
    let session = try courant.readHarbour("title: true\n")
    session.send("y")
    #expect(session.wait(for: "Copied https://news.invalid/tide"))
    session.settle()
    let output = String(decoding: session.output, as: UTF8.self)
    #expect(output.contains("\u{1B}]52;c;aHR0cHM6Ly9uZXdzLmludmFsaWQvdGlkZQ==\u{07}"))
  }

  @Test("A terminal that takes no text, or a copier that cannot be started, is named")
  func refusedCopies() throws {
    let plain = try courant.readHarbour("title: true\n", ["TERM": "vt100"])
    plain.send("y")
    #expect(
      plain.wait(for: "Nothing was copied: the terminal takes no text, and no copier is set"),
      "\(plain.screen.text)")
    #expect(!String(decoding: plain.output, as: UTF8.self).contains("]52;"))
    // What runs it is not there, which shows only when it is started.
    let lost = courant.file("bin/lost", "#!/not/there\n")
    chmod(lost, 0o755)
    let session = try courant.readHarbour("copier: [\(lost)]\nopener: [\(lost), '%u']\n")
    session.send("y")
    #expect(
      session.wait(for: "Nothing was copied: lost cannot be started"), "\(session.screen.text)")
    session.send("o")
    #expect(session.wait { $0.text.contains(" lost cannot be started") }, "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }

  @Test("A copier that reads nothing harms nothing")
  func deafCopier() throws {
    let session = try courant.readHarbour(
      "copier: [\(courant.script("deaf", "exec 0<&-; exit 0"))]\n")
    for _ in 0..<20 { session.send("Y") }
    #expect(session.wait(for: "Copied The tide clock"), "\(session.screen.text)")
    session.send("Q")
    #expect(session.waitForExit() == .code(0))
  }
}
