import CNcurses
package import Display
import Glibc
internal import Stories

// Hyperlinks (OSC 8), which no cell of ncurses can hold.
//
// Cells that shall be a link and are none yet are written once more, over themselves and in the look
// they have, between the sequences that start and end a link; so are cells that still are a link and
// shall be none. This is done only when the input is idle: nobody clicks while scrolling, and ncurses
// writes a row that has another pane beside it anew with each step.
extension Console {
  struct Linking {
    /// Whether links are wanted.
    var isOn = false
    var tap: OutputTap?
    /// `nil` while no links are shown.
    var rows: Rows?

    /// The links on the terminal, and those of the last frame.
    struct Rows {
      var standing: LinkScreen
      var wanted: [LinkRow]

      init(_ size: Size) {
        standing = LinkScreen(size)
        wanted = Array(repeating: LinkRow(), count: size.rows)
      }

      /// The rows where the two differ.
      var different: [Int] { wanted.indices.filter { standing.rows[$0] != wanted[$0] } }
    }
  }

  /// Whether links are made the terminal's own, by `drawLinks()`.
  package var showsLinks: Bool {
    get { linking.isOn }
    set {
      guard newValue != linking.isOn else { return }
      linking.isOn = newValue
      if hasTerminal { startLinks() }
    }
  }

  /// Whether the terminal's links are not yet those of the last frame.
  package var hasPlainLinks: Bool {
    guard let rows = linking.rows, hasTerminal else { return false }
    return rows.wanted.indices.contains { rows.standing.rows[$0] != rows.wanted[$0] }
  }

  /// Begins to follow what is on the screen, or stops that.
  private func startLinks() {
    if linking.tap == nil {
      linking.tap = OutputTap(pen: device.pen, terminal: STDOUT_FILENO)
    }
    let isShown = linking.isOn && device.entry.isModern && linking.tap != nil
    linking.rows = isShown ? Linking.Rows(size) : nil
    redraw()
  }

  /// Sends what ncurses makes of the frame, and follows what that does to the links.
  func updateFollowingLinks() {
    guard let bytes = linking.tap?.bytes(of: { _ = doupdate() }) else {
      linking.rows?.standing.forget()
      return
    }
    linking.rows?.standing.follow(bytes)
    send(bytes)
  }

  /// Adds a link of the frame that is being drawn.
  func addLink(_ link: Hyperlink, _ row: Int, _ columns: Range<Int>) {
    guard Self.escaped(link) != nil else { return }
    linking.rows?.wanted[row].append(link, columns)
  }

  /// Makes the terminal's links those of the last frame.
  package func drawLinks() {
    guard hasPlainLinks, let rows = linking.rows?.different, var table = drawn.table else { return }
    drawn.table = nil
    // The terminal saves the cursor with its look, which must be the one ncurses takes it to have.
    var bytes = lookSequence(0, 0) + Array("\u{1B}7".utf8)
    for row in rows where drawn.lines.indices.contains(row) { bytes += linkBytes(row, &table) }
    bytes += lookSequence(0, 0) + Array("\u{1B}8".utf8)
    drawn.table = table
    send(bytes)
  }

  /// Writes the cells of a row whose link is not the one they shall have.
  private func linkBytes(_ row: Int, _ table: inout LookTable) -> [UInt8] {
    guard let rows = linking.rows else { return [] }
    let (standing, wanted) = (rows.standing.rows[row], rows.wanted[row])
    var bytes: [UInt8] = []
    var (column, end) = (0, -1)
    var open: Hyperlink?
    for cell in cells(of: drawn.lines[row], &table) {
      let columns = column..<column + max(1, Int(wcwidth(cell.chars.0)))
      column = columns.upperBound
      let link = wanted.link(at: columns.lowerBound)
      if let standing, columns.allSatisfy({ standing.link(at: $0) == link }) { continue }
      if end != columns.lowerBound {
        bytes += Array("\u{1B}[\(row + 1);\(columns.lowerBound + 1)H".utf8)
      }
      end = columns.upperBound
      bytes += lookSequence(cell.attr, cell.ext_color)
      if link != open { bytes += Self.linkSequence(link) }
      open = link
      bytes += text(of: cell).utf8
    }
    if open != nil { bytes += Self.linkSequence(nil) }
    linking.rows?.standing.set(row, wanted)
    return bytes
  }

  /// The sequence (OSC 8) that makes a link of the text that follows, or with `nil` ends one.
  package nonisolated static func linkSequence(_ link: Hyperlink?) -> [UInt8] {
    // By the number the terminal highlights all parts of a link while the mouse is over one of them.
    let start = link.map { "id=courant\($0.number);\(escaped($0) ?? "")" } ?? ";"
    return Array("\u{1B}]8;\(start)\u{1B}\\".utf8)
  }

  /// An address in printable ASCII, as OSC 8 wants it; `nil` for one longer than terminals take.
  nonisolated static func escaped(_ link: Hyperlink) -> String? {
    guard let address = link.target.address, address.utf8.count <= mostAddress else { return nil }
    let escaped = percentEncoded(address) { (0x21...0x7E).contains($0) }
    return escaped.utf8.count <= mostAddress ? escaped : nil
  }

  /// In bytes: VTE's limit; others take more.
  private nonisolated static let mostAddress = 2083
}

/// What ncurses gives its callback, which can capture nothing; only the main thread draws.
private nonisolated(unsafe) var lookBytes: [UInt8] = []

/// The sequence that takes the terminal from the look it has to another, as ncurses would send it.
@MainActor
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
