import Display
import Glibc

// What is sent beside ncurses: modes and titles it does not know.
extension Console {
  /// Bracketed paste, the title kept, and the mouse if it is wanted.
  var onModes: String {
    guard entry.isModern else { return "" }
    return "\u{1B}[?2004h" + (entry.keepsTitle ? "" : "\u{1B}[22;0t")
      + (isMouseOn ? mouseModes : "")
  }

  /// Undoes all of `onModes`; also sent by the handler of fatal signals.
  static func offModes(_ entry: TerminalEntry) -> String {
    guard entry.isModern else { return "" }
    return "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?2004l" + (entry.keepsTitle ? "" : "\u{1B}[23;0t")
      + (KnownTerminal().showsProgress ? noProgress : "")
  }

  var mouseModes: String {
    guard entry.isModern else { return "" }
    return isMouseOn ? "\u{1B}[?1002h\u{1B}[?1006h" : "\u{1B}[?1006l\u{1B}[?1002l"
  }

  func showTitle() {
    guard entry.isModern, !isClosed, !title.isEmpty else { return }
    let safe = String.UnicodeScalarView(
      sanitized(title, limit: 200).unicodeScalars.filter { !isASCII || $0.isASCII })
    send("\u{1B}]2;" + String(safe) + "\u{07}")
  }

  /// While the terminal is handed over: says so below what another program has written, and waits
  /// for Enter, so that it can be read.
  package func waitForEnter(_ words: String) {
    var modes = modes
    tcsetattr(input, TCSADRAIN, &modes)
    send("\n[\(words)] ")
    var byte: UInt8 = 0
    while byte != 0x0A {
      let count = read(input, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        poll(&file, 1, -1)
        continue
      }
      guard count > 0 else { return }
    }
  }

  /// A share of 100, or work of unknown length.
  package enum Progress: Equatable, Sendable {
    case percent(Int)
    case unknown
  }

  static let noProgress = "\u{1B}]9;4;0\u{07}"

  func showProgress() {
    guard entry.isModern, !isClosed else { return }
    switch progress {
    case nil: send(Self.noProgress)
    case .percent(let share): send("\u{1B}]9;4;1;\(max(0, min(100, share)))\u{07}")
    case .unknown: send("\u{1B}]9;4;3\u{07}")
    }
  }

  /// Puts text on the clipboard through the terminal (OSC 52); `false` if the terminal has no such
  /// thing or the text is longer than terminals take.
  package func copy(_ text: String) -> Bool {
    guard entry.isModern, !isClosed, text.utf8.count <= 74_000 else { return false }
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
