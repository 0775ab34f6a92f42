// A small program on a Console, for its tests: shows what comes, and does what the letters say.
import Display
import Glibc
import Terminal

let arguments = Array(CommandLine.arguments.dropFirst())
let theme = Theme(
  name: "probe", variant: .any,
  looks: [
    .headline: Look(foreground: .rgb(0x12, 0x80, 0xC0), attributes: .bold),
    .link: Look(foreground: .palette(4), attributes: .underline),
    .selection: Look(background: .palette(3)),
    .status: Look(attributes: .reverse),
  ])

/// Text that a page could hold to take over the terminal.
let hostile =
  "a\u{1B}]0;pwned\u{07}b\u{1B}[2Jc\u{9B}31md\u{0}e\u{202E}f\u{200D}g\rh\ti\u{E000}\u{10FFFF}\u{FFFF}j"

/// A link that must be escaped for the terminal.
let link = Hyperlink(number: 7, target: .address("https://a.invalid/ü;x"))

func frame(_ size: Size, _ said: [String]) -> Frame {
  var lines = [
    Line([Span("Probe ", .headline), Span("\(size.columns)x\(size.rows)", .link, link: link)]),
    Line([Span("wide 日本語 é e\u{301} “quoted” … │ 😀")]),
    Line([Span(hostile)]),
    Line([Span("selected", overlay: .selection)], fill: .selection),
    Line([Span(String(repeating: "日", count: 300))]),
    Line([Span("\u{301}z" + String(repeating: "\u{301}", count: 5000) + "y")]),
  ]
  lines += said.suffix(max(1, size.rows - 7)).map { Line([Span($0)]) }
  while lines.count < size.rows { lines.append(Line()) }
  if size.rows > 1 { lines[size.rows - 1] = Line([Span("status", .status)], fill: .status) }
  return Frame(
    size: size, lines: Array(lines.prefix(size.rows)),
    cursor: Frame.Cursor(column: 2, row: 1, isVisible: false))
}

func overflow(_ depth: Int) -> Int { depth == -1 ? 0 : overflow(depth &+ 1) &+ depth }

@MainActor
func run() throws(TerminalError) -> CInt {
  let inbox = try Inbox<String>()
  let console = try Console.open(errorLog: arguments.first)
  console.title = "probe\u{1B}[2J\u{07} title"
  var said: [String] = []
  var pages: Pages?
  func act(_ key: Key) -> Bool {
    said.append("key \(key)")
    switch key {
    case .character("q"), .character("b"): return false
    case .character("S"): raise(SIGSEGV)
    case .character("A"): abort()
    case .character("F"): fatalError("the probe's last words")
    case .character("O"): said.append("\(overflow(0))")
    case .character("e"): fputs("a word on stderr\n", stderr())
    case .character("m"): console.isMouseOn.toggle()
    case .character("t"): Task.detached { for count in 1...3 { inbox.post("post \(count)") } }
    case .character("h"): console.handOver { _ = system("echo handed over") }
    case .character("H"): console.handOver { _ = system("kill -TSTP 0; echo child went on") }
    case .character("l"): console.showsLinks.toggle()
    case .character("p"): pages = Pages(seed: UInt32(said.count))
    case .control("z"): console.suspend()
    case .control("l"): console.redraw()
    case .paste(let text): said.append("pasted \(text.utf8.count) \(text.prefix(20))")
    case .mouse(let mouse): said.append("\(mouse.act) \(mouse.column) \(mouse.row)")
    default: break
    }
    return true
  }
  while true {
    while let key = console.nextKey() {
      if !act(key) {
        console.close()
        if key == .character("b") { breakPipe() }
        print("closed")
        return 0
      }
    }
    console.draw(
      pages?.turn(console.size, said.count) ?? frame(console.size, said), theme: theme)
    // Some frames follow each other faster than the input gets idle.
    if said.count % 3 != 0 || pages == nil { console.drawLinks() }
    let wake = console.wait(for: inbox)
    if wake.contains(.ended) { break }
    if wake.contains(.inbox) { said += inbox.take() }
  }
  console.close()
  print("saved")
  fflush(nil)
  console.raiseTerminationSignal()
  return 3
}

/// Writes to nobody, as a thread does whose other end has gone.
func breakPipe() {
  var ends: [CInt] = [0, 0]
  guard pipe(&ends) == 0 else { return }
  close(ends[0])
  _ = write(ends[1], "x", 1)
}

/// The C variable may not be named in Swift 6.
func stderr() -> UnsafeMutablePointer<FILE>? { fdopen(2, "w") }

do throws(TerminalError) {
  exit(try run())
} catch {
  print("courant: \(error.message)")
  exit(4)
}
