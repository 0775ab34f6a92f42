import CNcurses
package import Display
import Glibc

// Hyperlinks (OSC 8), which no cell of ncurses can hold.
//
// Words that shall be a link and are none yet are written once more, over themselves and in the look
// they have, between the marks that make a link of them; so are words that still are a link and
// shall be none. That is done only when hands rest: while one scrolls nobody clicks, and ncurses
// writes a row that has another pane beside it anew with each step.
extension Console {
  /// The links that stand on the screen, and those of the frame.
  struct Links {
    var standing: LinkScreen
    var wanted: [LinkRow]

    init(_ size: Size) {
      standing = LinkScreen(size)
      wanted = Array(repeating: LinkRow(), count: size.rows)
    }

    /// The rows where the two differ.
    var rows: [Int] { wanted.indices.filter { standing.rows[$0] != wanted[$0] } }
  }

  /// Whether links stand on the screen that are no more than words yet, or words that are a link
  /// still.
  package var hasPlainLinks: Bool {
    guard let links, !isClosed else { return false }
    return links.wanted.indices.contains { links.standing.rows[$0] != links.wanted[$0] }
  }

  /// Begins to follow what stands on the screen, or stops it.
  func startLinks() {
    if tap == nil { tap = OutputTap(pen: pen, terminal: STDOUT_FILENO) }
    links = showsLinks && entry.isModern && tap != nil ? Links(size) : nil
    redraw()
  }

  /// Sends what ncurses makes of the frame, and reads along.
  func updateFollowingLinks() {
    guard let bytes = tap?.bytes(of: { _ = doupdate() }) else {
      links?.standing.forget()
      return
    }
    links?.standing.follow(bytes)
    send(bytes)
  }

  /// Takes note of where a link of the frame stands.
  func note(_ link: Hyperlink, _ row: Int, _ columns: Range<Int>) {
    guard Self.escaped(link) != nil else { return }
    links?.wanted[row].append(link, columns)
  }

  /// Makes links of the words of links.
  package func drawLinks() {
    guard hasPlainLinks, let rows = links?.rows, var table else { return }
    self.table = nil
    // The cursor is kept with its look, which must be the one ncurses takes it to have.
    var bytes = lookSequence(0, 0) + Array("\u{1B}7".utf8)
    for row in rows where shown.indices.contains(row) { bytes += linkBytes(row, &table) }
    bytes += lookSequence(0, 0) + Array("\u{1B}8".utf8)
    self.table = table
    send(bytes)
  }

  /// Writes the cells of a row whose link is not the one they shall have.
  private func linkBytes(_ row: Int, _ table: inout LookTable) -> [UInt8] {
    guard let links else { return [] }
    let (standing, wanted) = (links.standing.rows[row], links.wanted[row])
    var bytes: [UInt8] = []
    var (column, end) = (0, -1)
    var open: Hyperlink?
    for cell in cells(of: shown[row], &table) {
      let columns = column..<column + max(1, Int(wcwidth(cell.chars.0)))
      column = columns.upperBound
      let link = wanted.link(at: columns.lowerBound)
      if let standing, columns.allSatisfy({ standing.link(at: $0) == link }) { continue }
      if end != columns.lowerBound {
        bytes += Array("\u{1B}[\(row + 1);\(columns.lowerBound + 1)H".utf8)
      }
      end = columns.upperBound
      bytes += lookSequence(cell.attr, cell.ext_color)
      if link != open { bytes += Self.mark(link) }
      open = link
      bytes += text(of: cell).utf8
    }
    if open != nil { bytes += Self.mark(nil) }
    self.links?.standing.set(row, wanted)
    return bytes
  }

  /// What makes a link of the words that follow, or of `nil` none (OSC 8).
  package static func mark(_ link: Hyperlink?) -> [UInt8] {
    // The terminal marks all parts of a link by its number when the mouse is over one of them.
    let start = link.map { "id=courant\($0.number);\(escaped($0) ?? "")" } ?? ";"
    return Array("\u{1B}]8;\(start)\u{1B}\\".utf8)
  }

  /// An address in printable ASCII, as OSC 8 wants it; `nil` for one longer than terminals take.
  static func escaped(_ link: Hyperlink) -> String? {
    guard let address = link.target.address, address.utf8.count <= mostAddress else { return nil }
    let escaped = percentEncoded(address) { (0x21...0x7E).contains($0) }
    return escaped.utf8.count <= mostAddress ? escaped : nil
  }

  /// What VTE takes; others take more.
  private static let mostAddress = 2083
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
