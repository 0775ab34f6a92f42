import Display
import Glibc

// What is sent beside ncurses: modes and titles it does not know.
extension Console {
  /// What is asked of the terminal beside cells.
  struct Features {
    var title = ""
    var progress: Progress?
    var isMouseOn = false
  }

  /// The window's title; shown where the terminal has one, and restored on closing.
  package var title: String {
    get { features.title }
    set {
      guard newValue != features.title else { return }
      features.title = newValue
      showTitle()
    }
  }

  /// How far running work is, for the task bar or tab of terminals that show it there.
  package var progress: Progress? {
    get { features.progress }
    set {
      guard newValue != features.progress else { return }
      features.progress = newValue
      showProgress()
    }
  }

  /// Whether mouse events come as keys.
  ///
  /// Off at first: the terminal's own selection then works.
  package var isMouseOn: Bool {
    get { features.isMouseOn }
    set {
      guard newValue != features.isMouseOn else { return }
      features.isMouseOn = newValue
      if hasTerminal { send(mouseModes) }
    }
  }

  /// Bracketed paste, the title saved, and the mouse if it is wanted.
  var onModes: String {
    guard device.entry.isModern else { return "" }
    return "\u{1B}[?2004h" + (device.entry.keepsTitle ? "" : "\u{1B}[22;0t")
      + (isMouseOn ? mouseModes : "")
  }

  /// Leaves the screen and undoes all of `onModes`: what the handler of fatal signals sends.
  static func restoreBytes(_ entry: TerminalEntry) -> [UInt8] {
    Array(offModes(entry).utf8) + entry.restore
  }

  /// Undoes all of `onModes`.
  static func offModes(_ entry: TerminalEntry) -> String {
    guard entry.isModern else { return "" }
    return "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?2004l" + (entry.keepsTitle ? "" : "\u{1B}[23;0t")
      + (KnownTerminal().showsProgress ? noProgress : "")
  }

  private var mouseModes: String {
    guard device.entry.isModern else { return "" }
    return isMouseOn ? "\u{1B}[?1002h\u{1B}[?1006h" : "\u{1B}[?1006l\u{1B}[?1002l"
  }

  func showTitle() {
    guard device.entry.isModern, hasTerminal, !title.isEmpty else { return }
    let safe = String.UnicodeScalarView(
      sanitized(title, limit: 200).unicodeScalars.filter { !isASCII || $0.isASCII })
    send("\u{1B}]2;" + String(safe) + "\u{07}")
  }

  /// While the terminal is handed over: prints a line below the other program's output and waits for
  /// Enter, so that the output can be read; returns as well when a signal ends the program.
  package func waitForEnter(_ words: String) {
    device.restoreModes()
    send("\n[\(words)] ")
    var files = [
      pollfd(fd: device.input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: device.signals, events: Int16(POLLIN), revents: 0),
    ]
    while SignalGuard.terminationSignal == nil {
      let count = poll(&files, 2, -1)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      // Resizes and stops are dealt with when the terminal is taken back, by its new size.
      if files[1].revents != 0 { drain(device.signals) { _ in } }
      guard files[0].revents != 0 else { continue }
      var byte: UInt8 = 0
      let length = read(device.input, &byte, 1)
      if length < 0, errno == EINTR || errno == EAGAIN { continue }
      guard length > 0, byte != 0x0A else { return }
    }
  }

  /// A percentage, or work of unknown length.
  package enum Progress: Equatable, Sendable {
    case percent(Int)
    case unknown
  }

  static let noProgress = "\u{1B}]9;4;0\u{07}"

  func showProgress() {
    guard device.entry.isModern, hasTerminal else { return }
    switch progress {
    case nil: send(Self.noProgress)
    case .percent(let percent): send("\u{1B}]9;4;1;\(max(0, min(100, percent)))\u{07}")
    case .unknown: send("\u{1B}]9;4;3\u{07}")
    }
  }

  /// Puts text on the clipboard through the terminal (OSC 52); `false` if the terminal has no such
  /// thing or the text is longer than terminals take.
  package func copy(_ text: String) -> Bool {
    guard device.entry.isModern, hasTerminal, text.utf8.count <= 74_000 else { return false }
    send("\u{1B}]52;c;" + base64(text.utf8) + "\u{07}")
    return true
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Writes past ncurses, whose own output is flushed by then.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // Another program may have left the terminal so that it does not wait.
        var file = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&file, 1, -1)
        continue
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

private func base64(_ bytes: some Collection<UInt8>) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  var pending = 0
  var bits = 0
  for byte in bytes {
    pending = (pending << 8 | Int(byte)) & 0xFFFF
    bits += 8
    while bits >= 6 {
      bits -= 6
      text.append(digits[pending >> bits & 63])
    }
  }
  if bits > 0 { text.append(digits[pending << (6 - bits) & 63]) }
  while text.count % 4 != 0 { text.append(0x3D) }
  return String(decoding: text, as: UTF8.self)
}
