import Stories

/// The thread below a plain text: "14 Comments", then name, date and text, item by item.
extension PlainTextReader {
  mutating func takeThread() {
    guard let (heading, count) = threadHeading() else { return takeFormLine() }
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
      guard count != 0, let next = takeComment(index, &posted) else { break }
      index = next
    }
    story.thread = Thread(posted, count: count ?? posted.count, state: state)
  }

  /// The last comment heading with something of a thread below it.
  private func threadHeading() -> (Int, Int?)? {
    var before = pieces.reduce(0) { $0 + $1.words }
    for index in pieces.indices.reversed() {
      before -= pieces[index].words
      guard parts[index] == .open, case .comments(let count) = labels[index] else { continue }
      let below = pieces.indices.dropFirst(index + 1).prefix(40)
      let isThread = below.contains { labels[$0] == .form || isMeta($0) }
      if isThread || count != nil && before > 60 && index * 2 > pieces.count {
        return (index, count)
      }
    }
    return nil
  }

  /// "Post a Comment" without a count still says that the thread is open.
  private mutating func takeFormLine() {
    guard let form = labels.lastIndex(of: .form), form * 2 > pieces.count else { return }
    story.thread = Thread(state: PlainLabel.closesThread(pieces[form].text) ? .closed : .open)
    drop(form, .comments)
  }

  /// Whether a line tells when a comment was written.
  private func isMeta(_ index: Int) -> Bool {
    pieces[index].words <= 14 && parseVisibleDate(pieces[index].text) != nil
  }

  /// Takes one comment: its name, its date line, and the text up to the next name and date.
  private mutating func takeComment(_ index: Int, _ posted: inout [PostedComment]) -> Int? {
    let name: String
    var start: Int
    if index + 1 < pieces.count, pieces[index].words <= 6, !isMeta(index), isMeta(index + 1) {
      name = authorName(pieces[index].text)
      start = index + 2
    } else if isMeta(index), pieces[index].words >= 3, let head = headName(pieces[index].text) {
      name = head
      start = index + 1
    } else {
      return nil
    }
    let time = parseVisibleDate(pieces[start - 1].text)
    for taken in index..<start { parts[taken] = .used }
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
    index + 1 < pieces.count && pieces[index].words <= 6 && !isMeta(index) && isMeta(index + 1)
      || isMeta(index) && headName(pieces[index].text) != nil
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

  /// "reader one on May 3, 2024 at 9:10 am said:" begins with the name.
  private func headName(_ text: String) -> String? {
    for link in [" on ", " says", " said", " · ", " | ", " • ", " – ", " am "] {
      guard let range = text.utf8.prefix(80).firstRange(of: link), range > 0 else { continue }
      let name = String(decoding: Array(text.utf8.prefix(range)), as: UTF8.self)
      return WordScan(name).words.count <= 5 && parseVisibleDate(name) == nil ? name : nil
    }
    return nil
  }
}

extension Collection where Element == UInt8 {
  /// The offset of the first place of the letters.
  func firstRange(of letters: String) -> Int? {
    let bytes = Array(self)
    let wanted = Array(letters.utf8)
    guard bytes.count >= wanted.count else { return nil }
    return (0...bytes.count - wanted.count).first {
      bytes[$0] == wanted[0] && Array(bytes[$0..<$0 + wanted.count]) == wanted
    }
  }
}
