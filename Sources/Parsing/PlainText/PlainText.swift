import Stories

/// Parses plain text into a story of the same form as HTML gives.
///
/// For UTF-8 text that was copied from a web page, sent by mail, or written in Markdown. Total and
/// linear. The order of the stages matters: thread and body are separated first, then labels, captions,
/// headline and byline are classified, and section headings last, because a label before the body
/// looks just like a heading.
func parsePlainText(_ bytes: [UInt8], address: String? = nil) -> ParsedPage {
  var parser = PlainTextParser(PlainPieces(bytes))
  parser.parse()
  var story = parser.story
  story.address = address
  story.numberFigures()
  return ParsedPage(
    story: story,
    report: Report(
      dropped: parser.dropped, confidence: parser.confidence, format: .text,
      notes: parser.source.isCut ? ["Too many lines; the text was cut."] : []))
}

/// The parsing stages over the pieces of a text; each classifies pieces or drops them.
struct PlainTextParser {
  enum Part: Equatable {
    case open, title, standfirst, paragraph, heading, caption, credit, used, dropped
  }

  var pieces: [PlainPiece]
  var parts: [Part]
  var labels: [PlainLabel?]
  /// The credit of a caption, by the caption's index.
  var credits: [Int: String] = [:]
  var captions: [Int: String] = [:]
  /// The text as it was read, with what its Markdown defines.
  let source: PlainPieces
  /// What holds for the text as a whole.
  private(set) var traits: Traits
  var story = Story(title: "")
  var dropped: [Dropped] = []
  /// Why a piece was dropped, by its index.
  var droppedAs: [Dropped.Kind?]
  /// The pieces with the story's text.
  var body = 0..<0

  /// What holds for a text as a whole; counted once, since it is asked for with every piece.
  struct Traits {
    /// Whether blank lines separate the pieces, so that their absence means something.
    let hasBlanks: Bool
    /// The number of occurrences of each short line.
    fileprivate(set) var lineCounts: [String: Int] = [:]
    /// Whether the text is a whole page with menus rather than a copied story.
    fileprivate(set) var isLoose = false

    fileprivate init(_ pieces: [PlainPiece]) {
      hasBlanks = pieces.dropFirst().count { $0.isSpacedBefore } * 5 >= pieces.count * 2
      for piece in pieces where piece.kind == .text && piece.isShort {
        lineCounts[piece.text, default: 0] += 1
      }
    }
  }

  init(_ source: PlainPieces) {
    self.source = source
    pieces = source.pieces
    traits = Traits(pieces)
    parts = Array(repeating: .open, count: pieces.count)
    droppedAs = Array(repeating: nil, count: pieces.count)
    labels = pieces.map { $0.kind == .text ? PlainLabel($0.text) : nil }
    let loose = pieces.indices.count { pieces[$0].kind == .text && !isProse($0) }
    traits.isLoose = loose > 20 && loose * 2 > pieces.count
  }

  var confidence: Double {
    let kept = parts.indices.reduce(0) { $0 + (parts[$1] == .paragraph ? pieces[$1].words : 0) }
    return kept >= 150 ? 0.8 : kept >= 40 ? 0.6 : 0.3
  }

  mutating func parse() {
    parseFrontMatter()
    parseMailHeader()
    parseThread()
    findBody()
    trimTail()
    findCaptions()
    classifyHead()
    dropLabelsInBody()
    classifyLines()
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

  /// Whether a piece is running text: long enough, and not a label.
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

/// The thresholds of the plain-text heuristics.
///
/// Chosen on the visible text of the fundus pages, without a held-out test set.
enum PlainThresholds {
  /// The highest score of a paragraph, in words, so that one long line does not outweigh a story.
  static let maximumParagraphScore = 80
  /// The penalty of a label, such as that of an ad slot or share row, in words.
  static let labelPenalty = 10
  /// The penalty of the first loose line, in words; each further one in a row adds 1, up to the maximum.
  static let loosePenalty = 4
  static let maximumLoosePenalty = 14
  /// Teasers have fewer words than this, and score this percentage of them.
  static let maximumTeaserWords = 45
  static let teaserPercentage = 30
  /// The longest loose line in the body, in words; a longer one is a paragraph whatever it ends in.
  static let maximumLooseWords = 12
  /// The shortest paragraph below a heading in scripts without spaces between words.
  static let minimumParagraphBytes = 120
  /// The most lines between headline and text: standfirst, picture, byline, date, share row.
  static let maximumHeadLines = 10
  /// Lines and pieces after which a text is truncated; the longest novels have half as many.
  static let maximumLines = 400_000
  static let maximumPieces = 150_000
}

// MARK: - Zones

extension PlainTextParser {
  /// Finds the body: the segment with the maximum sum of scores (Kadane's algorithm).
  ///
  /// Running text scores positively, loose lines negatively. Headings between paragraphs cost little;
  /// menus and lists of teasers cost more the longer they are, because stories are seldom interrupted by
  /// many loose lines in a row.
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
      let score = self.score(index, afterLoose: loose)
      loose = score < 0 ? loose + 1 : 0
      sum += score
      if sum > best {
        best = sum
        body = start..<index + 1
      }
    }
    if body.isEmpty { body = 0..<pieces.count }
    extendEnds()
  }

  /// The score of a piece, in words; negative for labels and loose lines.
  private func score(_ index: Int, afterLoose loose: Int) -> Int {
    let piece = pieces[index]
    switch piece.kind {
    case .heading, .code, .quote, .rule, .image, .table, .note: return 4
    case .item: return source.isMarkdown ? 4 : (piece.endsSentence ? 8 : -3)
    case .text: break
    }
    if isProse(index) {
      let words = min(piece.words, PlainThresholds.maximumParagraphScore)
      return traits.isLoose && isTeaser(index)
        ? words * PlainThresholds.teaserPercentage / 100 : words
    }
    if labels[index] != nil { return -PlainThresholds.labelPenalty }
    if piece.endsSentence { return -1 }
    return -min(PlainThresholds.loosePenalty + loose, PlainThresholds.maximumLoosePenalty)
  }

  /// Whether running text is between loose lines, as below the headline of another story.
  private func isTeaser(_ index: Int) -> Bool {
    guard pieces[index].words < PlainThresholds.maximumTeaserWords else { return false }
    return [index - 1, index + 1].allSatisfy {
      !pieces.indices.contains($0) || pieces[$0].kind == .text && !pieces[$0].endsSentence
    }
  }

  /// Extends the body by pieces without a full stop that belong to it: a truncated last line, a list.
  private mutating func extendEnds() {
    var end = body.upperBound
    while end < pieces.count, parts[end] == .open, labels[end] == nil {
      let piece = pieces[end]
      let isPart: Bool =
        switch piece.kind {
        case .text:
          traits.isLoose
            ? piece.words >= 24 : piece.words >= 12 || piece.endsSentence && piece.words >= 4
        case .heading, .code, .quote, .rule, .image, .table, .note: true
        case .item: source.isMarkdown
        }
      guard isPart else { break }
      end += 1
    }
    body = body.lowerBound..<end
  }

  /// Ends the body at the first share row, author box or related heading after which at most 35 % of
  /// the running text follows, and extracts the author card.
  mutating func trimTail() {
    let total = body.reduce(0) { $0 + (isProse($1) ? pieces[$1].words : 0) }
    let furniture = furnitureStart()
    var wordsBefore = 0
    var cut = body.upperBound
    for index in body {
      if isProse(index) { wordsBefore += pieces[index].words }
      guard let label = labels[index], parts[index] == .open, wordsBefore > 0 else { continue }
      switch label {
      case .share, .author, .related, .newsletter, .form, .comments:
        if (total - wordsBefore) * 100 <= total * 35 || index >= furniture {
          cut = index
        }
      default: break
      }
      if cut < body.upperBound { break }
    }
    body = body.lowerBound..<cut
    for index in cut..<pieces.count where parts[index] == .open { dropAfterBody(index) }
  }

  /// The index from which the body holds only labels and their content.
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

  private mutating func dropAfterBody(_ index: Int) {
    guard case .author(let name) = labels[index] else {
      let isPlaceholder = isPlaceholderBiography(pieces[index].text)
      drop(index, labels[index]?.droppedKind ?? (isPlaceholder ? .author : .other))
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
