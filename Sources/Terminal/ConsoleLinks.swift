import CNcurses
import Display
import Glibc

// Hyperlinks (OSC 8), which no cell of ncurses can hold.
//
// Their words are written once more, over themselves and in the look they have, between the marks
// that make a link of them. That is done only when hands rest: while one scrolls nobody clicks, and
// each row would cost an address or two. A link stays until its cells are drawn anew, and a row
// that had links is drawn anew as a whole, for a letter that ncurses leaves standing would go on
// leading to where it led before.
extension Console {
  /// Whether links stand on the screen that are no more than words yet.
  package var hasPlainLinks: Bool {
    showsLinks && entry.isModern && !isClosed && !plainLinkRows.isEmpty
  }

  /// Makes links of the words of links.
  package func drawLinks() {
    guard hasPlainLinks, var table else { return }
    self.table = nil
    // The cursor is kept with its look, which must be the one ncurses takes it to have.
    let plain = lookSequence(0, 0)
    var bytes = plain + Array("\u{1B}7".utf8)
    for row in plainLinkRows.sorted() where shown.indices.contains(row) {
      bytes += linkBytes(shown[row], row, &table)
    }
    bytes += lookSequence(0, 0) + Array("\u{1B}8".utf8)
    self.table = table
    linkedRows.formUnion(plainLinkRows)
    plainLinkRows = []
    send(String(decoding: bytes, as: UTF8.self))
  }

  /// Takes note that a row is drawn, before it is.
  func noteLinks(of line: Line, _ row: Int) {
    if linkedRows.remove(row) != nil { wredrawln(window, CInt(row), 1) }
    if line.spans.contains(where: { $0.link?.target.address != nil }) {
      plainLinkRows.insert(row)
    } else {
      plainLinkRows.remove(row)
    }
  }

  private func linkBytes(_ line: Line, _ row: Int, _ table: inout LookTable) -> [UInt8] {
    var bytes: [UInt8] = []
    var cells = CellRow(width: size.columns, isASCII: isASCII, reusing: [])
    for span in line.spans {
      let (column, first) = (cells.column, cells.cells.count)
      let blank = table.blank(for: span)
      cells.add(span.text, blank)
      guard let link = span.link, let address = Self.escaped(link), cells.cells.count > first
      else { continue }
      // The terminal marks all parts of a link by its number when the mouse is over one of them.
      bytes += Array("\u{1B}[\(row + 1);\(column + 1)H".utf8)
      bytes += lookSequence(blank.attr, blank.ext_color)
      bytes += Array("\u{1B}]8;id=courant\(link.number);\(address)\u{1B}\\".utf8)
      for cell in cells.cells[first...] { bytes += text(of: cell).utf8 }
      bytes += Array("\u{1B}]8;;\u{1B}\\".utf8)
    }
    return bytes
  }

  /// An address in printable ASCII, as OSC 8 wants it; `nil` for one longer than terminals take.
  static func escaped(_ link: Hyperlink) -> String? {
    guard let address = link.target.address, address.utf8.count <= mostAddress else { return nil }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in address.utf8 {
      if (0x21...0x7E).contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return bytes.count <= mostAddress ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// What VTE takes; others take more.
  private static let mostAddress = 2083

  /// Whether the terminal is known to make links of what is marked so; others show the words all
  /// the same, but some of the old ones the marks too.
  package static var knowsLinks: Bool {
    func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    guard value("STY").isEmpty else { return false }
    let program = value("TERM_PROGRAM")
    if program == "tmux" || !value("TMUX").isEmpty {
      let version = value("TERM_PROGRAM_VERSION").split { !$0.isNumber }.compactMap { Int($0) }
      return program == "tmux" && version.count > 1 && (version[0], version[1]) >= (3, 4)
    }
    let isProgram = ["iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "rio"].contains(program)
    let isNamed = ["KITTY_WINDOW_ID", "WT_SESSION", "ALACRITTY_WINDOW_ID", "KONSOLE_VERSION"]
      .contains { !value($0).isEmpty }
    let term = value("TERM")
    let isTerm = ["xterm-kitty", "xterm-ghostty", "alacritty", "wezterm", "contour", "foot"]
      .contains { term == $0 || term.hasPrefix($0 + "-") }
    return isProgram || isNamed || isTerm || (Int(value("VTE_VERSION")) ?? 0) >= 5000
  }
}

/// What was sent by ncurses to set a look; only the main thread draws.
private nonisolated(unsafe) var lookBytes: [UInt8] = []

/// What takes the terminal from the look it has to another, as ncurses itself would.
private func lookSequence(_ attributes: attr_t, _ pair: CInt) -> [UInt8] {
  lookBytes = []
  var pair = pair
  let known =
    attributeBold | attributeDim | attributeItalic | attributeUnderline | attributeReverse
  vid_puts(attributes & known, 0, &pair) { byte in
    lookBytes.append(UInt8(truncatingIfNeeded: byte))
    return byte
  }
  return lookBytes
}

/// The characters of a cell.
private func text(of cell: cchar_t) -> String {
  var text = ""
  for value in [cell.chars.0, cell.chars.1, cell.chars.2, cell.chars.3, cell.chars.4] {
    guard value != 0, let scalar = Unicode.Scalar(UInt32(bitPattern: value)) else { break }
    text.unicodeScalars.append(scalar)
  }
  return text
}
