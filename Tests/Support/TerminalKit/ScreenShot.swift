/// What a terminal shows at one moment, as a value.
package struct ScreenShot: Sendable, Equatable {
  package struct Cell: Sendable, Equatable {
    /// The base character and its marks; empty for a blank and for a wide character's second half.
    package var text = ""
    /// 2 for a wide character.
    package var width = 1
    package var isBold = false
    package var isUnderlined = false
    package var isItalic = false
    package var isReversed = false
    /// RGB as 0xRRGGBB, or `nil` for the terminal's own colour.
    package var foreground: UInt32?
    package var background: UInt32?
    /// The address of the hyperlink (OSC 8) that it is part of.
    package var link: String?

    package init() {}
  }

  package var cells: [[Cell]] = []
  /// Zero-based.
  package var cursorRow = 0
  package var cursorColumn = 0
  package var isCursorVisible = true
  /// Whether the alternate screen is shown.
  package var isAlternate = false
  package var title = ""
  /// Whether the mouse is reported.
  package var isMouseOn = false

  package init() {}

  /// Each row's text without trailing blanks.
  package var rows: [String] {
    cells.map { row in
      var text = ""
      var blanks = 0
      var column = 0
      while column < row.count {
        let cell = row[column]
        if cell.text.isEmpty || cell.text == " " {
          blanks += 1
        } else {
          text += String(repeating: " ", count: blanks) + cell.text
          blanks = 0
        }
        column += max(1, cell.width)
      }
      return text
    }
  }

  /// All rows, each ended by a newline: what tests compare and print.
  package var text: String { rows.map { $0 + "\n" }.joined() }

  /// The hyperlinks, row by row from left to right: the words of neighbouring cells of one address.
  package var links: [Link] {
    var links: [Link] = []
    for (row, cells) in cells.enumerated() {
      var last: String?
      for cell in cells {
        if let address = cell.link {
          if last != address { links.append(Link(row: row, text: "", address: address)) }
          links[links.count - 1].text += cell.text
        }
        last = cell.link
      }
    }
    return links
  }

  package struct Link: Sendable, Equatable {
    package var row: Int
    package var text: String
    package var address: String

    package init(row: Int, text: String, address: String) {
      (self.row, self.text, self.address) = (row, text, address)
    }
  }

  /// The zero-based row and column where `text` first stands within one row.
  package func find(_ text: String) -> (row: Int, column: Int)? {
    for (row, cells) in cells.enumerated() {
      var columns: [Int] = []
      var line = String.UnicodeScalarView()
      var column = 0
      while column < cells.count {
        let cell = cells[column]
        for scalar in (cell.text.isEmpty ? " " : cell.text).unicodeScalars {
          line.append(scalar)
          columns.append(column)
        }
        column += max(1, cell.width)
      }
      let wanted = Array(text.unicodeScalars)
      let scalars = Array(line)
      guard !wanted.isEmpty, scalars.count >= wanted.count else { continue }
      for start in 0...(scalars.count - wanted.count)
      where Array(scalars[start..<start + wanted.count]) == wanted {
        return (row, columns[start])
      }
    }
    return nil
  }
}
