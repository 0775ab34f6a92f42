package import Stories

// Summaries of comments whose text is not shown: folds, sticky heads, first words.
extension StoryLayout {
  /// What a fold hides.
  package struct Hidden: Sendable, Hashable {
    /// Comments that would be seen without the fold.
    package var comments = 0
    /// Those of them that came after the last visit.
    package var new = 0
  }

  /// Whether a comment came after the story was last open; the reader's own is never new.
  package func isNew(_ comment: Comment) -> Bool {
    guard !comment.marks.contains(.own) else { return false }
    if options.newComments.contains(comment.id) { return true }
    guard let lastVisit = options.lastVisit, let time = comment.time else { return false }
    return time > lastVisit
  }

  /// What a comment's fold hides, at any depth below it.
  package func hidden(below comment: Int) -> Hidden {
    hidden(in: text.story.thread.branch(comment).dropFirst())
  }

  /// What all folds hide together.
  package var hidden: Hidden {
    hidden(in: hiders.indices.lazy.filter { hiders[$0] >= 0 })
  }

  private func hidden(in comments: some Sequence<Int>) -> Hidden {
    var hidden = Hidden()
    for index in comments where choice?.isChosen(index) ?? true {
      hidden.comments += 1
      if isNew(text.story.thread.comments[index]) { hidden.new += 1 }
    }
    return hidden
  }

  /// A comment in one line, for the sticky header above its replies.
  package func headLine(ofComment comment: Int) -> Line {
    let maker = LineMaker(self, marks: nil)
    let arrow = options.isASCII ? "^ " : "↑ "
    var spans = [Span(String(repeating: " ", count: options.margin))]
    let width = options.column
    if displayWidth(of: arrow) < width { spans.append(Span(arrow, .key)) }
    let used = spans.dropFirst().reduce(0) { $0 + displayWidth(of: $1.text) }
    maker.summary(of: comment, width - used, role: .author, into: &spans)
    return Line(spans)
  }

  /// Whether only the head of a comment is shown.
  func isContext(_ comment: Int) -> Bool {
    guard let choice, choice.parts.indices.contains(comment) else { return false }
    return choice.parts[comment] == .head
  }
}

extension StoryText {
  /// What a comment says, without its author, in UTF-8; a zero byte stands between its passages.
  package func bytes(ofComment comment: Int) -> ArraySlice<UInt8> {
    guard commentItems.indices.contains(comment + 1) else { return [] }
    let passage = items[commentItems[comment]].passage
    let next = commentItems[comment + 1]
    let last = (next < items.count ? items[next].passage : passages.count) - 1
    guard passage < last else { return [] }
    return bytes[passages[passage].range.upperBound..<passages[last].range.upperBound]
  }
}

extension LineMaker {
  /// Author and first words of a comment, cut to a width.
  func summary(of comment: Int, _ width: Int, role: Role, into spans: inout [Span]) {
    guard text.commentItems.indices.contains(comment + 1) else { return }
    let items = text.commentItems[comment]..<text.commentItems[comment + 1]
    let author = text.text(of: text.items[items.lowerBound].passage)
    let from = spans.count
    cut(author, to: width, role, into: &spans)
    let left = width - spans[from...].reduce(0) { $0 + displayWidth(of: $1.text) } - 2
    guard left > 3, let words = firstWords(of: items.dropFirst(), atMost: left) else { return }
    spans.append(Span(": ", .faint))
    cut(words, to: left, .faint, into: &spans)
  }

  /// The beginning of the first item with text; a line has no more bytes than columns times four.
  private func firstWords(of items: Range<Int>, atMost columns: Int) -> String? {
    for item in items {
      let range = text.passages[text.items[item].passage].range
      guard !range.isEmpty else { continue }
      var end = min(range.upperBound, range.lowerBound + columns * 4 + 8)
      while end < range.upperBound, text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
      let words = text.text(in: range.lowerBound..<end)
      return String(words.map { $0 == "\n" ? " " : $0 })
    }
    return nil
  }
}
