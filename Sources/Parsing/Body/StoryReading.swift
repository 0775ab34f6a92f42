import Stories

/// One reading of a page: the body that was found, and its blocks.
///
/// Contract: reads the page as usual, and where that gives next to no text again with less of it
/// taken for furniture, one step of `Boldness` at a time; a bolder reading must give much more to be
/// believed. A page of too many elements is read once, so that its time stays bounded.
struct StoryReading {
  /// The page with what this reading takes for furniture marked.
  var study: PageStudy
  var body: Int?
  var blocks: [Block] = []
  /// Lines that were left out of the blocks.
  var lines: [Dropped] = []
  var letters: Int32 = 0
  var confidence = 0.0
  /// Whether the body is the one that the rule for the site names.
  let isByRule: Bool

  /// `named` is the body where it need not be looked for.
  init(
    _ study: PageStudy, body named: Candidate? = nil, title: String, _ addresses: Addresses
  ) {
    var study = study
    study.dropFigureDoubts()
    self.study = study
    isByRule = named != nil
    guard let found = named ?? study.findBody() else { return }
    body = found.node
    confidence = found.confidence
    self.study.prune(found.node, title: title)
    blocks = BlockBuilder.blocks(in: found.node, self.study, addresses)
    lines = takeLooseLines(&blocks, title: title)
    blocks = tidy(blocks)
    letters = Self.letters(blocks)
  }

  /// Whether this is next to nothing, or a guess, so that a rule for the site is worth asking.
  var isPoor: Bool { letters < Thresholds.noStory || confidence < Thresholds.unsure }

  /// The best reading of a page; `study` is the usual one, `untouched` has no furniture marked, and
  /// `tell` gets each that is tried.
  static func best(
    _ study: PageStudy, untouched: PageStudy, title: String, _ addresses: Addresses,
    tell: (StoryReading) -> Void = { _ in }
  ) -> StoryReading {
    var best = StoryReading(study, title: title, addresses)
    tell(best)
    guard study.tree.count <= Thresholds.readAgain else { return best }
    for boldness in Boldness.allCases.dropFirst() where best.letters < boldness.tried {
      var bolder = untouched
      bolder.markFurniture(boldness)
      let other = StoryReading(bolder, title: title, addresses)
      tell(other)
      if Double(other.letters) > Double(best.letters) * Thresholds.bolderGain { best = other }
    }
    return best
  }

  /// Letters of the blocks' running text, roughly: bytes of paragraphs, quotes and lists.
  static func letters(_ blocks: [Block]) -> Int32 {
    var count = 0
    for block in blocks {
      switch block {
      case .paragraph(let phrases): count += phrases.reduce(0) { $0 + $1.text.utf8.count }
      case .quote(let inner): count += Int(letters(inner))
      case .list(let list): for item in list.items { count += Int(letters(item)) }
      case .code(let text, _): count += text.utf8.count
      case .table(let table):
        for row in table.rows { for cell in row { count += cell.phrases.text.utf8.count } }
      default: break
      }
    }
    return Int32(clamping: count)
  }
}
