/// A run of inline text in one style: the smallest piece a block is made of.
///
/// White space is folded by the parser; a `\n` inside the text is a line break the page asked for.
package struct Phrase: Sendable, Hashable {
  /// Plain text; may contain line breaks.
  package var text: String
  /// The markup of the whole run.
  package var style: Style
  /// Where the run leads: an absolute address, or `#…` for a place in the same story.
  package var link: String?

  package init(_ text: String, style: Style = [], link: String? = nil) {
    self.text = text
    self.style = style
    self.link = link
  }

  /// The markup of a run of text.
  package struct Style: OptionSet, Sendable, Hashable {
    /// The flags as bits, of which libraries on disk hold six.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `em`, `i`.
    package static let emphasis = Style(rawValue: 1)
    /// `strong`, `b`.
    package static let strong = Style(rawValue: 2)
    /// `code`, `kbd`, `samp`.
    package static let code = Style(rawValue: 4)
    /// `sup`.
    package static let superscript = Style(rawValue: 8)
    /// `sub`.
    package static let `subscript` = Style(rawValue: 16)
    /// `del`, `s`.
    package static let deleted = Style(rawValue: 32)
  }
}

extension [Phrase] {
  /// The text of all runs, without style.
  package var text: String {
    count == 1 ? self[0].text : reduce(into: "") { $0 += $1.text }
  }
}
