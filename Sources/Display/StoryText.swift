package import Stories

/// A story and its thread as a sequence of passages of safe text, independent of any width.
package struct StoryText: Sendable {
  package let story: Story
  package private(set) var passages: [Passage] = []

  package init(_ story: Story) { self.story = story }

  /// How many words the story has, without its thread.
  package var words: Int { 0 }
  /// How long the story takes to read, at least 1.
  package var minutes: Int { max(1, words / 230) }

  /// The text of one passage.
  package func text(of passage: Int) -> String { "" }
}

/// A run of text that is wrapped as one: a paragraph, a caption, a cell.
package struct Passage: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case dateline, headline, standfirst, byline, paragraph
    case heading(Int)
    case quote, pullQuote, code, footnote, rule
    case caption, credit, embed, cell, tableCaption
    case authorCard, threadHead, threadState, commentHead, fold, note, frame
  }

  package var kind: Kind
  /// UTF-8 bytes, counted from the start of the whole text.
  package var range: Range<Int>
}
