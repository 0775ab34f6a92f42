import CNcurses
import Display
import Stories

/// Turns a line into ncurses cells, reusing one buffer.
///
/// Only printable characters get into a cell, whatever the spans hold: the layers above make text safe,
/// and this is the last check. The row fills the screen's width exactly, so that no half of a wide
/// character remains.
struct CellRow {
  private(set) var cells: [cchar_t] = []
  private(set) var column = 0
  private let width: Int
  private let isASCII: Bool
  /// The cell of the last base character, which the marks that follow belong to; `nil` at the start.
  private var base: Int?
  private var marks = 0

  /// Unicode puts no limit on marks; ncurses keeps four beside the base.
  private static let mostMarks = 4

  init(width: Int, isASCII: Bool, reusing buffer: consuming [cchar_t]) {
    self.width = width
    self.isASCII = isASCII
    cells = buffer
    cells.removeAll(keepingCapacity: true)
  }

  /// Adds a span's text with the look of `blank`, a space.
  mutating func add(_ text: String, _ blank: cchar_t) {
    for scalar in text.unicodeScalars {
      guard column < width else { return }
      if scalar.value >= 0x20 && scalar.value < 0x7F {
        put(scalar.value, width: 1, blank)
      } else {
        addOther(scalar, blank)
      }
    }
  }

  private mutating func addOther(_ scalar: Unicode.Scalar, _ blank: cchar_t) {
    switch SafeScalars.kind(of: scalar) {
    case .safe: break
    case .control, .noncharacter: return put(replacement, width: 1, blank)
    case .bidiControl, .invisible, .lineSeparator: return
    }
    let columns = Int(wcwidth(wchar_t(bitPattern: scalar.value)))
    switch columns {
    case 0: addMark(scalar)
    case 1...2 where column + columns > width:
      // Half a wide character cannot stand at the edge.
      put(0x20, width: 1, blank)
    case 1...2 where isASCII:
      for byte in plainCells(for: scalar, width: columns) { put(UInt32(byte), width: 1, blank) }
    case 1...2: put(scalar.value, width: columns, blank)
    default: put(replacement, width: 1, blank)
    }
  }

  private var replacement: UInt32 { isASCII ? 0x3F : 0xFFFD }

  private mutating func put(_ value: UInt32, width columns: Int, _ blank: cchar_t) {
    guard column + columns <= width else { return }
    var cell = blank
    cell.chars.0 = wchar_t(bitPattern: value)
    cells.append(cell)
    column += columns
    base = cells.count - 1
    marks = 0
  }

  private mutating func addMark(_ scalar: Unicode.Scalar) {
    guard let base, marks < Self.mostMarks, !isASCII else { return }
    marks += 1
    let value = wchar_t(bitPattern: scalar.value)
    switch marks {
    case 1: cells[base].chars.1 = value
    case 2: cells[base].chars.2 = value
    case 3: cells[base].chars.3 = value
    default: cells[base].chars.4 = value
    }
  }

  /// Fills what is left of the row.
  mutating func fill(_ blank: cchar_t) {
    while column < width {
      cells.append(blank)
      column += 1
    }
  }
}
