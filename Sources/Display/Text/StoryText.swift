package import Stories

/// A story and its thread as a sequence of passages of safe text, independent of any width.
///
/// All text stands in one UTF-8 buffer, a zero byte after each passage. Offsets into it are what
/// layout, search and places agree on.
package struct StoryText: Sendable {
  /// The story it was made of.
  package let story: Story
  /// Every run of text that is wrapped as one, in reading order; ornaments are empty passages.
  package internal(set) var passages: [Passage] = []
  /// The words and figures of the story, without its thread.
  var counts = (words: 0, figures: 0)

  /// UTF-8, a zero byte after each passage.
  var bytes: [UInt8] = []
  var items: [Item] = []
  var markup = TextMarkup()
  var pieces: [Piece] = [Piece(.none, parent: 0)]
  var labels: [String] = []
  var sections: [Section] = []
  var tables: [TableText] = []
  /// The first item of each comment, and one past the last comment's last item.
  var commentItems: [Int] = []

  /// Makes all of a story's text safe and links its notes and figures.
  package init(_ story: Story) {
    self = TextBuilder.text(of: story)
  }

  init(empty story: Story) { self.story = story }
}

extension StoryText {
  /// How many words the story has, without its thread.
  package var words: Int { counts.words }

  /// How many figures the story has.
  package var figureCount: Int { counts.figures }

  /// How many minutes the story takes to read, at least 1.
  package var minutes: Int { minutes(ofShare: 1) }

  /// How many minutes a part of the story takes, 0…1 of it; at least 1.
  package func minutes(ofShare share: Double) -> Int { readingMinutes(Int(Double(words) * share)) }

  /// The text of one passage.
  package func text(of passage: Int) -> String {
    guard passages.indices.contains(passage) else { return "" }
    return text(in: passages[passage].range)
  }

  func text(in range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// A run of text that is wrapped as one: a paragraph, a caption, a cell.
package struct Passage: Sendable, Hashable {
  /// What a passage is; the cases from `calloutTop` on are ornaments without text of their own.
  package enum Kind: Sendable, Hashable {
    case dateline, headline, standfirst, byline, paragraph
    case heading(Int)
    case quote, pullQuote, code, footnote
    case caption, credit, embed, cell, tableCaption
    case authorCard, threadHead, threadState, commentHead, note, marker
    case calloutTop, calloutBottom, codeTop, codeBottom, rule, fold, tableRow
  }

  /// In which direction its text runs; `mixed` is from left to right with parts that do not.
  package enum Direction: Sendable, Hashable { case leftToRight, mixed, rightToLeft }

  /// What it is; says its role and how it is broken.
  package var kind: Kind
  /// UTF-8 bytes, counted from the start of the whole text.
  package var range: Range<Int>
  var item: Int
  /// Whether it is printable ASCII in one line with no format character between, where a byte is a
  /// column.
  var isASCII: Bool
  /// In which direction it runs.
  package var direction = Direction.leftToRight
}

/// A unit of layout, one below the other: a passage, an ornament, or a row of a table.
struct Item: Sendable {
  enum Marker: Sendable {
    case none
    case bullet(Int)
    case number(Int)
    case heading(Int)
    case label(Int)
  }

  var kind: Passage.Kind
  var passage: Int
  /// The innermost piece left of it, and the one that continues through the blank row above.
  var piece: Int
  var blankPiece: Int
  var hasSpace: Bool
  var marker: Marker = .none
  /// An index in `labels` or `tables`, or a comment's index, by its kind.
  var label = -1
  var row = 0
}

/// An indent, border or gutter beside the text of a block; each names the one around it.
struct Piece: Sendable {
  enum Kind: Sendable, Equatable {
    case none
    case indent(Int)
    case quote, pullQuote, box
    case gutter(Int)
  }

  var kind: Kind
  var parent: Int

  init(_ kind: Kind, parent: Int) {
    self.kind = kind
    self.parent = parent
  }
}

/// A part of the story that places count their offsets from.
struct Section: Sendable {
  enum Part: Sendable, Equatable {
    case head, authorCard, threadHead
    case block(Int)
    case comment(Int)
  }

  var part: Part
  /// The first byte and the first item.
  var start: Int
  var item: Int
}

/// A table's cells and where they stand.
struct TableText: Sendable {
  struct Cell: Sendable {
    var passage: Int
    var row: Int
    var column: Int
    var columns: Int
    var rows: Int
    var isHeader: Bool
    /// The columns of the whole text and of its longest word.
    var natural = 0
    var word = 0
  }

  var cells: [Cell] = []
  /// The first cell of each row, and one past the last.
  var rowCells: [Int] = []
  var columnCount = 0
  var firstItem = 0
  /// The cell that covers each place, row by row; empty if the table is too large to be drawn.
  var cover: [Int32] = []

  /// The head of each column, where the first row is heads only; -1 for none.
  var heads: [Int32] = []
  /// Whether every head with text stands over a cell with text, so that records tell all of them.
  var usesAllHeads = false

  var rowCount: Int { rowCells.count - 1 }
}
