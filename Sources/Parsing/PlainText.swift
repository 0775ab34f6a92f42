import Stories

/// A page of plain text into a story: the same shape that HTML gives.
///
/// Contract: total and linear. Takes UTF-8 text as it was copied from a page, sent by mail or
/// written in Markdown. The order of the stages matters: first the zones (what stands before and
/// after the running text), then labels and ad slots, then headline and byline, and only then
/// captions and section headings, for a label in the head zone looks just like a heading.
func parsePlainText(_ bytes: [UInt8], address: String? = nil) -> ParsedPage {
  var reader = PlainTextReader(PlainPieces(bytes))
  reader.read()
  var story = reader.story
  story.address = address
  story.numberFigures()
  return ParsedPage(
    story: story,
    report: Report(
      dropped: reader.dropped, confidence: reader.confidence, format: .text))
}

/// The stages over the pieces of one text; each takes pieces away or gives them a part to play.
struct PlainTextReader {
  enum Part: Equatable {
    case open, title, standfirst, paragraph, heading, caption, credit, used, dropped
  }

  var pieces: [PlainPiece]
  var parts: [Part]
  var labels: [PlainLabel?]
  /// What a caption's credit is, by the caption's index.
  var credits: [Int: String] = [:]
  var captions: [Int: String] = [:]
  var isMarkdown: Bool
  var story = Story(title: "")
  var dropped: [Dropped] = []
  var droppedAt: [(Int, Dropped.Kind)] = []
  /// The pieces among which the story's text stands.
  var body = 0..<0
  /// Whether blank lines part the pieces; where none are, they tell nothing.
  var hasBlanks: Bool
  /// Whether the text is a whole page with menus rather than a copied story.
  private(set) var isLoose = false

  init(_ source: PlainPieces) {
    pieces = source.pieces
    isMarkdown = source.isMarkdown
    parts = Array(repeating: .open, count: pieces.count)
    labels = pieces.map { $0.kind == .text ? PlainLabel($0.text) : nil }
    hasBlanks = pieces.dropFirst().count { $0.isSpacedBefore } * 5 >= pieces.count * 2
    // Asked for every piece, so counted once.
    let loose = pieces.indices.count { pieces[$0].kind == .text && !isProse($0) }
    isLoose = loose > 20 && loose * 2 > pieces.count
  }

  var confidence: Double {
    let kept = parts.indices.reduce(0) { $0 + (parts[$1] == .paragraph ? pieces[$1].words : 0) }
    return kept >= 150 ? 0.8 : kept >= 40 ? 0.6 : 0.3
  }

  mutating func read() {
    takeFrontMatter()
    takeMailHead()
    takeThread()
    findBody()
    takeTail()
    takeCaptions()
    takeHead()
    takeInside()
    takeHeadings()
    build()
    dropped = droppedAt.sorted { $0.0 < $1.0 }.map { at, kind in
      Dropped(kind, String(pieces[at].text.prefix(60)))
    }
  }

  mutating func drop(_ index: Int, _ kind: Dropped.Kind) {
    guard parts[index] == .open else { return }
    parts[index] = .dropped
    droppedAt.append((index, kind))
  }

  /// Whether a piece reads like running text.
  func isProse(_ index: Int) -> Bool {
    let piece = pieces[index]
    switch piece.kind {
    case .quote: return piece.words >= 6
    case .text, .item: break
    default: return false
    }
    return labels[index] == nil
      && (piece.words >= 10 && piece.endsSentence || piece.words >= 24)
  }
}

// MARK: - Zones

extension PlainTextReader {
  /// The stretch with the most running text for the fewest loose lines: a maximal-sum segment.
  ///
  /// Menus and teaser lists cost what they are long, headings between paragraphs cost little.
  mutating func findBody() {
    var best = 0
    var sum = 0
    var start = 0
    for index in pieces.indices where parts[index] == .open {
      let piece = pieces[index]
      if sum <= 0 {
        sum = 0
        start = index
      }
      switch piece.kind {
      case .heading, .code, .quote, .rule, .image: sum += 4
      case .item: sum += isMarkdown ? 4 : (piece.endsSentence ? 8 : -3)
      case .text:
        if isProse(index) {
          sum += min(piece.words, 80)
        } else if labels[index] != nil {
          sum -= 10
        } else {
          sum -= piece.endsSentence ? 1 : 7
        }
      }
      if sum > best {
        best = sum
        body = start..<index + 1
      }
    }
    if body.isEmpty { body = 0..<pieces.count }
    extendEnds()
  }

  /// Takes what belongs to the text but ends it without a full stop: a last cut line, a list.
  private mutating func extendEnds() {
    var end = body.upperBound
    while end < pieces.count, parts[end] == .open, labels[end] == nil {
      let piece = pieces[end]
      let isPart: Bool =
        switch piece.kind {
        case .text: piece.words >= 12 || piece.endsSentence && piece.words >= 4 && !isLoose
        case .heading, .code, .quote, .rule, .image: true
        case .item: isMarkdown
        }
      guard isPart else { break }
      end += 1
    }
    body = body.lowerBound..<end
  }

  /// Ends the body at the first share row, author box or related heading after which little
  /// running text follows, and reads the author box.
  mutating func takeTail() {
    let total = body.reduce(0) { $0 + (isProse($1) ? pieces[$1].words : 0) }
    var seen = 0
    var cut = body.upperBound
    for index in body {
      if isProse(index) { seen += pieces[index].words }
      guard let label = labels[index], parts[index] == .open, seen > 0 else { continue }
      switch label {
      case .share, .author, .related, .newsletter, .form, .comments:
        if (total - seen) * 100 <= total * 35 || isFurniture(index..<body.upperBound) {
          cut = index
        }
      default: break
      }
      if cut < body.upperBound { break }
    }
    body = body.lowerBound..<cut
    for index in cut..<pieces.count where parts[index] == .open { takeAfter(index) }
  }

  private func isFurniture(_ range: Range<Int>) -> Bool {
    var isAfterAuthor = false
    for index in range {
      if labels[index] == nil, parts[index] == .open, !isAfterAuthor,
        !isPlaceholderBiography(pieces[index].text)
      {
        return false
      }
      if case .author = labels[index] { isAfterAuthor = true } else { isAfterAuthor = false }
    }
    return true
  }

  private mutating func takeAfter(_ index: Int) {
    guard case .author(let name) = labels[index] else {
      let isLorem = isPlaceholderBiography(pieces[index].text)
      drop(index, labels[index]?.dropped ?? (isLorem ? .author : .other))
      return
    }
    drop(index, .author)
    var text: String?
    var isPlaceholder = false
    if index + 1 < pieces.count, parts[index + 1] == .open, labels[index + 1] == nil,
      pieces[index + 1].words >= 6
    {
      isPlaceholder = isPlaceholderBiography(pieces[index + 1].text)
      if !isPlaceholder { text = pieces[index + 1].text }
      drop(index + 1, .author)
    }
    guard story.authorCard == nil, !name.isEmpty else { return }
    story.authorCard = AuthorCard(name: name, text: text, isPlaceholder: isPlaceholder)
  }
}
