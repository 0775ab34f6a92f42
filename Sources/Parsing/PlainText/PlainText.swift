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
      dropped: reader.dropped, confidence: reader.confidence, format: .text,
      notes: reader.isCut ? ["Too many lines; the text was cut."] : []))
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
  /// Whether the text had more lines than are read.
  let isCut: Bool
  let references: [String: String]
  var story = Story(title: "")
  var dropped: [Dropped] = []
  /// What a piece that was dropped is, by its index.
  var droppedAs: [Dropped.Kind?]
  /// The pieces among which the story's text stands.
  var body = 0..<0
  /// Whether blank lines part the pieces; where none are, they tell nothing.
  var hasBlanks: Bool
  /// How often each short line stands in the text.
  private(set) var counts: [String: Int] = [:]
  /// Whether the text is a whole page with menus rather than a copied story.
  private(set) var isLoose = false

  init(_ source: PlainPieces) {
    pieces = source.pieces
    isMarkdown = source.isMarkdown
    references = source.references
    isCut = source.isCut
    parts = Array(repeating: .open, count: pieces.count)
    droppedAs = Array(repeating: nil, count: pieces.count)
    labels = pieces.map { $0.kind == .text ? PlainLabel($0.text) : nil }
    hasBlanks = pieces.dropFirst().count { $0.isSpacedBefore } * 5 >= pieces.count * 2
    for piece in pieces where piece.kind == .text && piece.isShort {
      counts[piece.text, default: 0] += 1
    }
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
    dropped = pieces.indices.compactMap { at in
      droppedAs[at].map { Dropped($0, String(pieces[at].text.prefix(60))) }
    }
  }

  mutating func drop(_ index: Int, _ kind: Dropped.Kind) {
    guard parts[index] == .open else { return }
    parts[index] = .dropped
    droppedAs[index] = kind
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

/// The numbers that the zones of a plain text are found by, chosen on the pages of fundus given as their
/// visible text.
///
/// No page was kept aside to check them.
enum PlainThresholds {
  /// Words of one paragraph that count at most, so that one long line does not outweigh a story.
  static let mostWorth = 80
  /// What a label costs: an ad slot, a share row.
  static let labelCost = 10
  /// What the first loose line costs; each further one in a row costs one more, up to the most.
  static let looseCost = 4
  static let mostLooseCost = 14
  /// Teasers are of at most so many words, and count so many hundredths of them.
  static let teaserWords = 45
  static let teaserShare = 30
  /// A line within the text that is longer than this is text, whatever it ends in.
  static let looseWords = 12
  /// A paragraph below a heading is as long as this where words are not parted by spaces.
  static let paragraphBytes = 120
  /// Lines between headline and text at most: standfirst, picture, byline, date, share row.
  static let headLines = 10
  /// Lines and pieces that are read of a text; the longest novels have half as many.
  static let mostLines = 400_000
  static let mostPieces = 150_000
}

// MARK: - Zones

extension PlainTextReader {
  /// The stretch with the most running text for the fewest loose lines: a maximal-sum segment.
  ///
  /// Headings between paragraphs cost little; menus and lists of teasers cost more the longer they
  /// go on, for a story is seldom broken by many loose lines at once.
  mutating func findBody() {
    var best = 0
    var sum = 0
    var start = 0
    var loose = 0
    for index in pieces.indices where parts[index] == .open {
      if sum <= 0 {
        sum = 0
        start = index
      }
      let worth = self.worth(index, afterLoose: loose)
      loose = worth < 0 ? loose + 1 : 0
      sum += worth
      if sum > best {
        best = sum
        body = start..<index + 1
      }
    }
    if body.isEmpty { body = 0..<pieces.count }
    extendEnds()
  }

  /// What a piece adds to the stretch of text it stands in, in words; below zero for loose lines.
  private func worth(_ index: Int, afterLoose loose: Int) -> Int {
    let piece = pieces[index]
    switch piece.kind {
    case .heading, .code, .quote, .rule, .image, .table, .note: return 4
    case .item: return isMarkdown ? 4 : (piece.endsSentence ? 8 : -3)
    case .text: break
    }
    if isProse(index) {
      let words = min(piece.words, PlainThresholds.mostWorth)
      return isLoose && isTeaser(index) ? words * PlainThresholds.teaserShare / 100 : words
    }
    if labels[index] != nil { return -PlainThresholds.labelCost }
    if piece.endsSentence { return -1 }
    return -min(PlainThresholds.looseCost + loose, PlainThresholds.mostLooseCost)
  }

  /// Whether running text stands alone among loose lines, as under the headline of another story.
  private func isTeaser(_ index: Int) -> Bool {
    guard pieces[index].words < PlainThresholds.teaserWords else { return false }
    return [index - 1, index + 1].allSatisfy {
      !pieces.indices.contains($0) || pieces[$0].kind == .text && !pieces[$0].endsSentence
    }
  }

  /// Takes what belongs to the text but ends it without a full stop: a last cut line, a list.
  private mutating func extendEnds() {
    var end = body.upperBound
    while end < pieces.count, parts[end] == .open, labels[end] == nil {
      let piece = pieces[end]
      let isPart: Bool =
        switch piece.kind {
        case .text:
          isLoose ? piece.words >= 24 : piece.words >= 12 || piece.endsSentence && piece.words >= 4
        case .heading, .code, .quote, .rule, .image, .table, .note: true
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
    let furniture = furnitureStart()
    var seen = 0
    var cut = body.upperBound
    for index in body {
      if isProse(index) { seen += pieces[index].words }
      guard let label = labels[index], parts[index] == .open, seen > 0 else { continue }
      switch label {
      case .share, .author, .related, .newsletter, .form, .comments:
        if (total - seen) * 100 <= total * 35 || index >= furniture {
          cut = index
        }
      default: break
      }
      if cut < body.upperBound { break }
    }
    body = body.lowerBound..<cut
    for index in cut..<pieces.count where parts[index] == .open { takeAfter(index) }
  }

  /// From where on the body holds nothing but labels and what belongs to them.
  private func furnitureStart() -> Int {
    var start = body.upperBound
    while start > body.lowerBound {
      let index = start - 1
      var isBiography = isPlaceholderBiography(pieces[index].text)
      if index > body.lowerBound, case .author = labels[index - 1] { isBiography = true }
      guard labels[index] != nil || parts[index] != .open || isBiography else { break }
      start = index
    }
    return start
  }

  private mutating func takeAfter(_ index: Int) {
    guard case .author(let name) = labels[index] else {
      let isLorem = isPlaceholderBiography(pieces[index].text)
      drop(index, labels[index]?.droppedKind ?? (isLorem ? .author : .other))
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
