/// A run of text on one screen line, in one role.
///
/// The text is already safe: it holds no control, bidi override or zero-width character except
/// combining marks, and its width is the sum of its scalars' widths.
package struct Span: Sendable, Hashable {
  /// Safe, as `safe` and `StoryText` give it.
  package var text: String
  /// What it is for; the theme says how that looks.
  package var role: Role
  /// What the story's markup adds to the role's look.
  package var emphasis: Emphasis
  /// Laid over role and emphasis: a search match or the selection.
  package var overlay: Role?
  /// The link that the text is part of.
  package var link: Hyperlink?

  package init(
    _ text: String, _ role: Role = .text, emphasis: Emphasis = [], overlay: Role? = nil,
    link: Hyperlink? = nil
  ) {
    self.text = text
    self.role = role
    self.emphasis = emphasis
    self.overlay = overlay
    self.link = link
  }

  /// What the markup of a page says of words, besides what they are.
  package struct Emphasis: OptionSet, Sendable, Hashable {
    /// The flags as bits.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Strong importance, drawn bold.
    package static let strong = Emphasis(rawValue: 1)
    /// Emphasis, drawn italic.
    package static let italic = Emphasis(rawValue: 2)
    /// Underlined, as links are.
    package static let underline = Emphasis(rawValue: 4)
    /// Text that the page marks as deleted.
    package static let deleted = Emphasis(rawValue: 8)
  }
}

/// One screen line.
package struct Line: Sendable, Hashable {
  /// From left to right, as they are drawn.
  package var spans: [Span]
  /// What fills the line to its end, or `nil` for nothing: the status bar and a selected row.
  package var fill: Role?

  package init(_ spans: [Span] = [], fill: Role? = nil) {
    self.spans = spans
    self.fill = fill
  }

  /// The text of all spans.
  package var text: String { spans.reduce(into: "") { $0 += $1.text } }
}

/// How large a screen or pane is, in cells.
package struct Size: Sendable, Hashable {
  /// The width in cells.
  package var columns: Int
  /// The height in cells.
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A whole screen as a value: exactly `size.rows` lines, each at most `size.columns` wide.
package struct Frame: Sendable, Hashable {
  /// Where the terminal's cursor stands: on what is looked at or typed.
  package struct Cursor: Sendable, Hashable {
    /// Zero-based, as is the row.
    package var column: Int
    /// The zero-based row.
    package var row: Int
    /// Whether it is drawn; a hidden cursor is still put there, for screen readers.
    package var isVisible: Bool

    package init(column: Int, row: Int, isVisible: Bool) {
      self.column = column
      self.row = row
      self.isVisible = isVisible
    }
  }

  /// The size of the whole screen.
  package var size: Size
  /// The rows from top to bottom.
  package var lines: [Line]
  /// The position of the terminal's cursor.
  package var cursor: Cursor

  package init(size: Size, lines: [Line], cursor: Cursor) {
    self.size = size
    self.lines = lines
    self.cursor = cursor
  }
}

extension Frame: CustomStringConvertible {
  /// The screen's plain text, without trailing spaces: what tests compare.
  package var description: String {
    lines.map { line in
      var text = Substring(line.text)
      while text.last == " " { text.removeLast() }
      return String(text)
    }.joined(separator: "\n") + "\n"
  }
}
