import Stories

/// Classifying the pieces: headline, byline, captions, section headings.
extension PlainTextParser {
  /// Finds captions with their credits, on one line or two.
  mutating func findCaptions() {
    for index in pieces.indices where index < body.upperBound && parts[index] == .open {
      guard pieces[index].kind == .text, labels[index] == nil, pieces[index].words <= 90 else {
        continue
      }
      let text = pieces[index].text
      let split = CreditSplit(text)
      guard let credit = split.credit, isNear(index) else { continue }
      if split.caption.isEmpty {
        attachCreditLine(index, credit)
      } else if pieces[index].words <= 75 {
        parts[index] = .caption
        captions[index] = String(decoding: Array(text.utf8)[split.caption], as: UTF8.self)
        credits[index] = credit
      }
    }
  }

  /// Whether a piece is in the body or at most 6 pieces before it; farther up are menus.
  private func isNear(_ index: Int) -> Bool {
    index >= body.lowerBound - 6 && index < body.upperBound
  }

  private mutating func attachCreditLine(_ index: Int, _ credit: String) {
    guard pieces[index].isShort, pieces[index].words <= 14 else { return }
    let above = index - 1
    if above >= 0, parts[above] == .open, pieces[above].kind == .text, labels[above] == nil,
      pieces[above].words >= 3, pieces[above].words <= 75,
      !pieces[index].isSpacedBefore || !traits.hasBlanks && pieces[above].words <= 45
    {
      parts[above] = .caption
      captions[above] = pieces[above].text
      credits[above] = credit
      parts[index] = .used
    } else {
      // Without a caption above, only a labelled name or an agency gets here.
      parts[index] = .credit
      credits[index] = credit
    }
  }

  /// Classifies the pieces before the first paragraph: labels, headline, byline, date; the rest is
  /// furniture.
  mutating func classifyHead() {
    let firstText = body.first { parts[$0] == .open && isOpening($0) } ?? body.upperBound
    var candidates: [Int] = []
    for index in 0..<min(firstText, pieces.count) where parts[index] == .open {
      classifyHeadLabel(index)
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
      findBylineName(
        title + 1..<max(title + 1, min(firstText, title + PlainThresholds.maximumHeadLines)))
      findStandfirst(title, firstText)
    }
    for index in 0..<min(firstText, pieces.count) where parts[index] == .open {
      switch pieces[index].kind {
      case .text where index < body.lowerBound || traits.isLoose: drop(index, .menu)
      case .text: break
      default: if index < body.lowerBound { drop(index, .menu) }
      }
    }
    if story.byline.isEmpty, let name = story.authorCard?.name { story.byline = [name] }
  }

  /// Takes a name on a line of its own, directly before or after the date, as the byline.
  private mutating func findBylineName(_ range: Range<Int>) {
    guard story.byline.isEmpty else { return }
    for index in range where parts[index] == .open && pieces[index].kind == .text {
      guard
        [index - 1, index + 1].contains(where: { range.contains($0) && droppedAs[$0] == .date }),
        isName(pieces[index].text)
      else { continue }
      story.byline = [pieces[index].text]
      return drop(index, .byline)
    }
  }

  /// Whether a text is two to four capitalised words.
  private func isName(_ text: String) -> Bool {
    guard text.utf8.count <= 40, text.lowercased() != text, text.uppercased() != text else {
      return false
    }
    let scan = WordScan(text)
    return (2...4).contains(scan.words.count)
      && scan.words.allSatisfy { scan.isCapitalised($0) && scan.trimmed($0).count > 1 }
      && !scan.bytes.contains { $0.isDigit || [0x2C, 0x3A, 0x3F, 0x21, 0x7C, 0x26].contains($0) }
  }

  private mutating func classifyHeadLabel(_ index: Int) {
    if let date = parseVisibleDate(pieces[index].text), pieces[index].words <= 14 {
      if story.published == nil { story.published = date }
      if case .byline(let names) = labels[index], story.byline.isEmpty { story.byline = names }
      drop(index, .date)
      return
    }
    guard let label = labels[index] else { return }
    if case .byline(let names) = label, story.byline.isEmpty { story.byline = names }
    drop(index, label.droppedKind)
  }

  /// Whether a piece is the first paragraph and not a headline or standfirst.
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

  /// The best headline among the lines before the text: 3 to 34 words, near text, byline and date.
  private func headline(among candidates: [Int]) -> Int? {
    let fit = candidates.filter { (3...34).contains(pieces[$0].words) }
    guard candidates.count > 6 else { return fit.first ?? candidates.first }
    // Many candidates: the text is a whole page, with its menus before the headline.
    return fit.max { one, other in headlineScore(one) < headlineScore(other) }
  }

  private func headlineScore(_ index: Int) -> Int {
    let piece = pieces[index]
    var score = (5...18).contains(piece.words) ? 6 : 0
    if piece.endsSentence { score -= 4 }
    if isBreadcrumb(piece.text) { score -= 10 }
    // Between headline and text there can be standfirst, picture and byline, but not a menu.
    score -= min(12, (body.lowerBound - index) / 3)
    let below = index + 1..<min(index + 7, pieces.count)
    if below.contains(where: { droppedAs[$0] == .date || droppedAs[$0] == .byline }) { score += 5 }
    if isInTitleLine(index) { score += 5 }
    return score
  }

  /// Whether a line is a breadcrumb trail ("Home › News › Politics") or a menu.
  private func isBreadcrumb(_ text: String) -> Bool {
    [" › ", " » ", " > ", " / ", " | ", " · "].contains { text.contains($0) }
  }

  /// Whether one of the first four lines begins with this one, as the page's title does, which continues
  /// with the site's name.
  private func isInTitleLine(_ index: Int) -> Bool {
    let text = pieces[index].text.utf8
    return pieces.indices.prefix(4).contains {
      $0 != index && pieces[$0].text.utf8.count >= text.count
        && pieces[$0].text.utf8.starts(with: text)
    }
  }

  /// Classifies the pieces between headline and text: a standfirst, or the first sentences of the text.
  private mutating func findStandfirst(_ title: Int, _ firstText: Int) {
    let between = (title + 1..<max(title + 1, firstText)).suffix(PlainThresholds.maximumHeadLines)
    guard let next = between.first(where: { parts[$0] == .open }) else { return }
    let isSeparated = (next + 1..<max(next + 1, firstText)).contains {
      droppedAs[$0] == .byline || droppedAs[$0] == .date
    }
    if next <= title + 3, pieces[next].kind == .text, (8...45).contains(pieces[next].words),
      isSeparated || !traits.isLoose && !source.isMarkdown
    {
      parts[next] = .standfirst
      story.standfirst = pieces[next].text
    }
    for index in between where parts[index] == .open && pieces[index].kind == .text {
      if pieces[index].endsSentence, pieces[index].words >= 8 { parts[index] = .paragraph }
    }
  }

  /// Drops labels, repeated headlines and repeated short lines within the body.
  mutating func dropLabelsInBody() {
    for index in body where parts[index] == .open {
      if let label = labels[index] {
        switch label {
        case .byline where story.byline.isEmpty: classifyHeadLabel(index)
        default: drop(index, label.droppedKind)
        }
      } else if pieces[index].kind == .text, pieces[index].text == story.title {
        drop(index, .title)
      } else if pieces[index].words <= 4, (traits.lineCounts[pieces[index].text] ?? 0) >= 3 {
        // A short line that occurs three times is a label.
        drop(index, .ad)
      }
    }
  }

  /// Classifies the remaining lines as headings, paragraphs or furniture.
  ///
  /// A short line without a full stop, separated from a paragraph below it, is a heading. In the text of
  /// a whole page other loose lines are furniture, except for list items after a colon.
  mutating func classifyLines() {
    var isInList = false
    for index in body where parts[index] == .open && pieces[index].kind == .text {
      let piece = pieces[index]
      if isHeading(index) {
        parts[index] = .heading
      } else if traits.isLoose, !isInList, !piece.endsSentence,
        piece.words <= PlainThresholds.maximumLooseWords,
        piece.text.utf8.last != 0x3A
      {
        drop(index, .other)
      } else {
        parts[index] = .paragraph
        if piece.words > PlainThresholds.maximumLooseWords { isInList = false }
      }
      if piece.text.utf8.last == 0x3A { isInList = true }
    }
  }

  private func isHeading(_ index: Int) -> Bool {
    let piece = pieces[index]
    guard piece.isShort, piece.words <= 12, !source.isMarkdown || !piece.endsSentence,
      !traits.hasBlanks || piece.isSpacedBefore && piece.isSpacedAfter
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
    if traits.isLoose {
      return isProse(next) || parts[next] == .caption || pieces[next].kind != .text
    }
    return pieces[next].words >= (traits.hasBlanks ? 15 : 12)
      || pieces[next].text.utf8.count >= PlainThresholds.minimumParagraphBytes
      || pieces[next].kind != .text
  }
}
