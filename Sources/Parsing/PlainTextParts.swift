import Stories

/// Headline, byline, captions and section headings of a plain text: who plays which part.
extension PlainTextReader {
  /// Ties captions and credits together, in one line or in two.
  mutating func takeCaptions() {
    for index in pieces.indices where index < body.upperBound && parts[index] == .open {
      guard pieces[index].kind == .text, labels[index] == nil, pieces[index].words <= 90 else {
        continue
      }
      let text = pieces[index].text
      let split = CreditSplit(text)
      guard let credit = split.credit, isNear(index) else { continue }
      if split.caption.isEmpty {
        takeCreditLine(index, credit)
      } else if pieces[index].words <= 75 {
        parts[index] = .caption
        captions[index] = String(decoding: Array(text.utf8)[split.caption], as: UTF8.self)
        credits[index] = credit
      }
    }
  }

  /// Captions stand in the body or just above it; far above it are menus.
  private func isNear(_ index: Int) -> Bool {
    index >= body.lowerBound - 6 && index < body.upperBound
  }

  private mutating func takeCreditLine(_ index: Int, _ credit: String) {
    guard pieces[index].isShort, pieces[index].words <= 14 else { return }
    let above = index - 1
    if above >= 0, parts[above] == .open, pieces[above].kind == .text, labels[above] == nil,
      pieces[above].words >= 3, pieces[above].words <= 75,
      !pieces[index].isSpacedBefore || !hasBlanks && pieces[above].words <= 45
    {
      parts[above] = .caption
      captions[above] = pieces[above].text
      credits[above] = credit
      parts[index] = .used
    } else {
      // A lone name is a figure's credit only where a label or an agency says so.
      parts[index] = .credit
      credits[index] = credit
    }
  }

  /// The head zone: ad slots out, then headline, byline, date; the rest is furniture.
  mutating func takeHead() {
    let firstText = body.first { parts[$0] == .open && isOpening($0) } ?? body.upperBound
    var candidates: [Int] = []
    for index in 0..<min(firstText, pieces.count) where parts[index] == .open {
      takeHeadLabel(index)
      guard parts[index] == .open, pieces[index].words <= 40, story.title.isEmpty else { continue }
      if case .heading(let level) = pieces[index].kind, level == 1 {
        candidates = [index]
        break
      }
      if pieces[index].kind == .text { candidates.append(index) }
    }
    if let title = headline(among: candidates), story.title.isEmpty {
      parts[title] = .title
      story.title = pieces[title].text
      takeStandfirst(title, firstText)
    }
    for index in 0..<min(firstText, pieces.count) where parts[index] == .open {
      switch pieces[index].kind {
      case .text where index < body.lowerBound || isLoose: drop(index, .menu)
      case .text: break
      default: if index < body.lowerBound { drop(index, .menu) }
      }
    }
    if story.byline.isEmpty, let name = story.authorCard?.name { story.byline = [name] }
  }

  private mutating func takeHeadLabel(_ index: Int) {
    if let date = plainDate(pieces[index].text), pieces[index].words <= 14 {
      if story.published == nil { story.published = date }
      if case .byline(let names) = labels[index], story.byline.isEmpty { story.byline = names }
      drop(index, .date)
      return
    }
    guard let label = labels[index] else { return }
    if case .byline(let names) = label, story.byline.isEmpty { story.byline = names }
    drop(index, label.dropped)
  }

  /// Whether a piece is the first paragraph rather than a headline or standfirst.
  private func isOpening(_ index: Int) -> Bool {
    let piece = pieces[index]
    guard piece.kind == .text, isProse(index) else { return piece.kind == .quote }
    return piece.words > 30 || sentences(piece.text) >= 2
      || piece.endsSentence
        && body.prefix { $0 < index }.contains {
          parts[$0] == .open && labels[$0] == nil && pieces[$0].words >= 4
            && pieces[$0].kind == .text
        }
  }

  private func sentences(_ text: String) -> Int {
    let scan = WordScan(text)
    return scan.words.dropLast().count { $0.count > 3 && scan.endsSentence(before: $0.upperBound) }
      + 1
  }

  /// The headline among lines of the head zone: 3–30 words, near the text, near byline and date.
  private func headline(among candidates: [Int]) -> Int? {
    let fit = candidates.filter { (3...34).contains(pieces[$0].words) }
    guard candidates.count > 6 else { return fit.first ?? candidates.first }
    // A whole page: the headline stands last before the text, with a byline or date below it.
    return fit.max { one, other in headlineScore(one) < headlineScore(other) }
  }

  private func headlineScore(_ index: Int) -> Int {
    let piece = pieces[index]
    var score = (5...18).contains(piece.words) ? 6 : 0
    if piece.endsSentence { score -= 4 }
    score -= min(6, (body.lowerBound - index) / 3)
    let below = index + 1..<min(index + 7, pieces.count)
    if below.contains(where: { droppedAs($0, .date) || droppedAs($0, .byline) }) { score += 5 }
    return score
  }

  private func droppedAs(_ index: Int, _ kind: Dropped.Kind) -> Bool {
    droppedAt.contains { $0 == index && $1 == kind }
  }

  private mutating func takeStandfirst(_ title: Int, _ firstText: Int) {
    guard let next = (title + 1..<max(title + 1, firstText)).first(where: { parts[$0] == .open }),
      next <= title + 3, pieces[next].kind == .text, (8...45).contains(pieces[next].words)
    else { return }
    parts[next] = .standfirst
    story.standfirst = pieces[next].text
  }

  /// Furniture that stands within the body.
  mutating func takeInside() {
    let common = repeated()
    for index in body where parts[index] == .open {
      if let label = labels[index] {
        switch label {
        case .byline where story.byline.isEmpty: takeHeadLabel(index)
        default: drop(index, label.dropped)
        }
      } else if pieces[index].words <= 4, common.contains(pieces[index].text) {
        drop(index, .ad)
      }
    }
  }

  /// Short lines that stand three times or more are no part of a story.
  private func repeated() -> Set<String> {
    var counts: [String: Int] = [:]
    for piece in pieces where piece.kind == .text && piece.words <= 4 && piece.isShort {
      counts[piece.text, default: 0] += 1
    }
    return Set(counts.filter { $0.value >= 3 }.keys)
  }

  /// A short line without a full stop, set apart, above a paragraph.
  mutating func takeHeadings() {
    for index in body where parts[index] == .open && pieces[index].kind == .text {
      parts[index] = isHeading(index) ? .heading : .paragraph
    }
  }

  private func isHeading(_ index: Int) -> Bool {
    let piece = pieces[index]
    guard piece.isShort, piece.words <= 12, !isMarkdown || !piece.endsSentence,
      !hasBlanks || piece.isSpacedBefore && piece.isSpacedAfter
    else { return false }
    let bytes = Array(piece.text.utf8)
    guard let last = bytes.last, !piece.endsSentence || last == 0x3F,
      ![0x2C, 0x3B, 0x3A].contains(last), bytes.first.map({ !$0.isLetter || $0.isUpper }) ?? false
    else { return false }
    guard
      let next = (index + 1..<body.upperBound).first(where: {
        parts[$0] == .open || parts[$0] == .caption
      })
    else { return false }
    return pieces[next].words >= (hasBlanks ? 15 : 12) || pieces[next].kind != .text
  }
}
