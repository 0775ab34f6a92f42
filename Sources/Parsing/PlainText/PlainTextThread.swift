import Stories

/// Parsing the thread below the text: "14 Comments", then name, date and text of each comment.
extension PlainTextParser {
  mutating func parseThread() {
    guard let (heading, count) = threadHeading() else { return setStateFromForm() }
    drop(heading, .comments)
    var state = Thread.State.unknown
    var posted: [PostedComment] = []
    var index = heading + 1
    while index < pieces.count {
      if labels[index] == .form {
        state = PlainLabel.closesThread(pieces[index].text) ? .closed : .open
        drop(index, .comments)
        break
      }
      if case .related = labels[index] { break }
      guard count != 0, let next = parseComment(index, &posted) else { break }
      index = next
    }
    story.thread = Thread(posted, count: count ?? posted.count, state: state)
  }

  /// The last comment heading that is followed by a comment or form, and its count.
  private func threadHeading() -> (Int, Int?)? {
    var before = pieces.reduce(0) { $0 + $1.words }
    for index in pieces.indices.reversed() {
      before -= pieces[index].words
      guard parts[index] == .open, case .comments(let count) = labels[index] else { continue }
      let below = pieces.indices.dropFirst(index + 1).prefix(40)
      let isThread = below.contains { labels[$0] == .form || isDateLine($0) }
      if isThread || count != nil && before > 60 && index * 2 > pieces.count {
        return (index, count)
      }
    }
    return nil
  }

  /// Sets the thread's state from a form prompt ("Post a Comment") on a page without comment heading.
  private mutating func setStateFromForm() {
    guard let form = labels.lastIndex(of: .form), form * 2 > pieces.count else { return }
    story.thread = Thread(state: PlainLabel.closesThread(pieces[form].text) ? .closed : .open)
    drop(form, .comments)
  }

  /// Whether a line is a comment's date line.
  private func isDateLine(_ index: Int) -> Bool {
    pieces[index].words <= 14 && parseVisibleDate(pieces[index].text) != nil
  }

  /// Parses one comment: name, date line, and the text up to the next comment; returns the next index.
  private mutating func parseComment(_ index: Int, _ posted: inout [PostedComment]) -> Int? {
    let name: String
    var start: Int
    if index + 1 < pieces.count, pieces[index].words <= 6, !isDateLine(index), isDateLine(index + 1)
    {
      name = authorName(pieces[index].text)
      start = index + 2
    } else if isDateLine(index), pieces[index].words >= 3,
      let head = leadingName(pieces[index].text)
    {
      name = head
      start = index + 1
    } else {
      return nil
    }
    let time = parseVisibleDate(pieces[start - 1].text)
    for used in index..<start { parts[used] = .used }
    var blocks: [Block] = []
    while start < pieces.count, labels[start] != .form, !beginsComment(start) {
      if case .related = labels[start] { break }
      if pieces[start].words > 2 || !isReplyWord(pieces[start].text) {
        blocks.append(.paragraph([Phrase(pieces[start].text)]))
      }
      parts[start] = .used
      start += 1
    }
    posted.append(PostedComment(author: name, time: time, blocks: blocks))
    return start
  }

  private func beginsComment(_ index: Int) -> Bool {
    index + 1 < pieces.count && pieces[index].words <= 6 && !isDateLine(index)
      && isDateLine(index + 1)
      || isDateLine(index) && leadingName(pieces[index].text) != nil
  }

  private func isReplyWord(_ text: String) -> Bool {
    ["reply", "antworten", "répondre", "responder", "delete", "report", "like", "share", "quote"]
      .contains(text.lowercased())
  }

  private func authorName(_ text: String) -> String {
    for tail in [" says:", " says", " said:", " said", " said...", " sagt:", " sagt", ":"]
    where text.lowercased().hasSuffix(tail) {
      return String(text.dropLast(tail.count))
    }
    return text
  }

  /// The name at the start of a line such as "reader one on May 3, 2024 at 9:10 am said:".
  private func leadingName(_ text: String) -> String? {
    for link in [" on ", " says", " said", " · ", " | ", " • ", " – ", " am "] {
      guard let range = text.utf8.prefix(80).firstOffset(of: link), range > 0 else { continue }
      let name = String(decoding: Array(text.utf8.prefix(range)), as: UTF8.self)
      return WordScan(name).words.count <= 5 && parseVisibleDate(name) == nil ? name : nil
    }
    return nil
  }
}

extension Collection where Element == UInt8 {
  /// The offset of the first occurrence of `letters`, or `nil`.
  func firstOffset(of letters: String) -> Int? {
    let bytes = Array(self)
    let wanted = Array(letters.utf8)
    guard bytes.count >= wanted.count else { return nil }
    return (0...bytes.count - wanted.count).first {
      bytes[$0] == wanted[0] && Array(bytes[$0..<$0 + wanted.count]) == wanted
    }
  }
}
