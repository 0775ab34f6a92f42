import Stories

/// What stands around the blocks: the head, the author card, the thread.
extension TextBuilder {
  /// The most columns of a name or a site: longer ones are no names.
  private static let nameLimit = 60

  private func name(_ words: String) -> String {
    truncated(shownName(String(words.unicodeScalars.prefix(400))), to: Self.nameLimit)
  }

  /// A name among facts: where it runs to the left a mark says that it ends, so that it takes no
  /// number behind it along.
  private func fact(_ words: String) -> String {
    let name = name(words)
    return name.unicodeScalars.contains { mayRunLeft($0.value) } ? name + "\u{200E}" : name
  }

  mutating func addHead(_ story: Story) {
    passage(.dateline, datelineWords(story))
    let title = safe(story.title, oneLine: true)
    passage(.headline, title.isEmpty ? "(no title)" : title)
    if let standfirst = story.standfirst { passage(.standfirst, [Phrase(standfirst)]) }
    let people = story.byline.prefix(20).map(fact).filter { !$0.isEmpty }
    var byline: [String] = []
    if !people.isEmpty { byline.append("By " + Self.listed(people)) }
    if let dateline = story.dateline.map(fact), !dateline.isEmpty { byline.append(dateline) }
    if !byline.isEmpty { passage(.byline, byline.joined(separator: " · ")) }
  }

  private func datelineWords(_ story: Story) -> String {
    var parts = [story.section, story.site].compactMap { $0.map(fact) }.filter { !$0.isEmpty }
    if let published = story.published { parts.append(dayWords(published)) }
    if !story.blocks.isEmpty { parts.append("\(text.minutes) min") }
    let count = story.thread.total
    if count > 0 { parts.append(Self.counted(count, "comment")) }
    return parts.isEmpty ? "Story" : parts.joined(separator: " · ")
  }

  static func listed(_ people: [String]) -> String {
    guard let last = people.last, people.count > 1 else { return people.first ?? "" }
    return people.dropLast().joined(separator: ", ") + " and " + last
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  mutating func add(_ card: AuthorCard) {
    let name = name(card.name)
    callout(name.isEmpty ? "About the author" : "About \(name)") { builder in
      if let words = card.text, !words.isEmpty {
        builder.passage(.authorCard, [Phrase(words)])
      } else if card.isPlaceholder {
        builder.passage(.note, "The page has only filler text here.")
      } else {
        builder.passage(.note, "No biography on the page.")
      }
    }
  }

  /// A framed box with a label in its upper edge.
  mutating func callout(_ words: String, _ body: (inout Self) -> Void) {
    ornament(.calloutTop, label: label(words))
    isTight = true
    within(.box, body)
    isTight = true
    ornament(.calloutBottom)
  }

  // MARK: - The thread

  mutating func addThread(_ thread: Thread) {
    piece = 0
    passage(.threadHead, Self.headWords(thread))
    if thread.comments.isEmpty { passage(.threadState, Self.stateWords(thread)) }
    for (index, comment) in thread.comments.enumerated() { add(comment, at: index) }
    comment = nil
  }

  private static func headWords(_ thread: Thread) -> String {
    let (total, shown) = (thread.total, thread.present)
    var words = thread.count != nil || total > 0 ? counted(total, "comment") : "Comments"
    if total > shown, shown > 0 { words += " · \(shown) shown" }
    switch thread.state {
    case .unknown: break
    case .open: words += " · open"
    case .closed: words += " · closed"
    case .elsewhere(let service):
      words += " · on \(truncated(safe(service, oneLine: true), to: 40))"
    }
    return words
  }

  private static func stateWords(_ thread: Thread) -> String {
    switch thread.state {
    case .closed: "No comments, and none can be written: the thread is closed."
    case .elsewhere(let service):
      "The discussion is kept by \(truncated(safe(service, oneLine: true), to: 40)), "
        + "not in the page."
    case .open: "No comments yet."
    case .unknown where (thread.count ?? 0) > 0: "The page does not show its comments."
    case .unknown where thread.count == 0: "No comments yet."
    case .unknown: "The page does not say whether there are comments."
    }
  }

  private mutating func add(_ comment: Comment, at index: Int) {
    text.commentItems.append(text.items.count)
    begin(.comment(index))
    self.comment = index
    piece = 0
    within(.gutter(comment.depth)) { builder in
      let author = builder.name(comment.author)
      builder.passage(.commentHead, author.isEmpty ? "(no name)" : author, label: index)
      builder.isTight = true
      if comment.blocks.isEmpty {
        builder.passage(.note, comment.marks.contains(.deleted) ? "(deleted)" : "(no text)")
      } else {
        builder.add(comment.blocks, depth: 0)
      }
    }
    guard comment.descendants > 0 else { return }
    isTight = true
    within(.gutter(comment.depth + 1)) { $0.ornament(.fold, label: index) }
  }
}
