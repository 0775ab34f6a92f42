package import Stories

/// How a story is to be laid out.
package struct LayoutOptions: Sendable, Hashable {
  /// The columns of the pane.
  package var width: Int
  /// The columns of the text at most; it stands centred in the pane.
  package var measure: Int
  /// What ages are counted from.
  package var now: Timestamp
  /// When the story was last open: later comments are marked as new.
  package var lastVisit: Timestamp?
  /// Whether every ornament is drawn in ASCII.
  package var isASCII: Bool
  /// What an empty, open thread says after "No comments yet.": how to write the first.
  package var threadHint: String?

  package init(
    width: Int, measure: Int = 72, now: Timestamp, lastVisit: Timestamp? = nil,
    isASCII: Bool = false, threadHint: String? = nil
  ) {
    self.width = width
    self.measure = measure
    self.now = now
    self.lastVisit = lastVisit
    self.isASCII = isASCII
    self.threadHint = threadHint
  }
}

/// A story laid out at a width, with some comments folded: rows that become lines when asked for.
package struct StoryLayout: Sendable {
  package let text: StoryText
  package private(set) var options: LayoutOptions
  /// The comments whose replies are hidden.
  package private(set) var folds: Set<Int>

  package init(_ text: StoryText, options: LayoutOptions, folds: Set<Int> = []) {
    self.text = text
    self.options = options
    self.folds = folds
  }

  /// The same story with other comments folded; keeps all line breaks.
  package func folding(_ folds: Set<Int>) -> StoryLayout {
    StoryLayout(text, options: options, folds: folds)
  }

  /// The same story in another pane; keeps all line breaks where the column stays as wide.
  package func resized(_ options: LayoutOptions) -> StoryLayout {
    StoryLayout(text, options: options, folds: folds)
  }

  package var rowCount: Int { 0 }

  /// The lines of some rows, each at most `options.width` columns; rows that do not exist give none.
  package func lines(_ rows: Range<Int>, marks: SearchMarks? = nil) -> [Line] { [] }

  /// The place that stands in a row.
  package func place(atRow row: Int) -> Place { Place(.head) }
  /// The row in which a place stands; a place in a hidden comment is in its fold's row.
  package func row(of place: Place) -> Int { 0 }
  /// The row in which a match begins; `nil` where it is hidden by a fold.
  package func row(of match: Match) -> Int? { nil }

  /// The rows of the section headings, in order.
  package var headingRows: [Int] { [] }
  /// The first rows of the figures' callouts, in order.
  package var figureRows: [Int] { [] }
  /// The row of the thread's head.
  package var threadRow: Int { 0 }
  /// The row of each comment's head, by the comment's index; `nil` where it is hidden.
  package var commentRows: [Int?] { [] }
  /// The comment that stands in a row.
  package func comment(atRow row: Int) -> Int? { nil }
  /// The folds that remain when a comment is to be seen.
  package func folds(showing comment: Int) -> Set<Int> { folds }

  /// A link and where it begins.
  package struct Link: Sendable, Hashable {
    package var row: Int
    package var address: String
    package var text: String
  }
  /// The links that are to be seen, in order.
  package var linkTargets: [Link] { [] }
}
