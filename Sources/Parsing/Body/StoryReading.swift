import Stories

/// One extraction of a page's story: the content container and its blocks.
///
/// `best` extracts with all furniture heuristics, and retries with fewer of them, one level of
/// `Leniency` at a time, while there is next to no text; a retry must give
/// `Thresholds.minimumRetryGain` times the letters to be preferred. A page of more than
/// `Thresholds.maximumRetryNodes` nodes is extracted once, to bound time.
struct StoryReading {
  /// The page with the furniture of this extraction marked.
  var study: PageStudy
  var body: Int?
  var blocks: [Block] = []
  /// Lines that were removed from the blocks.
  var lines: [Dropped] = []
  var letters: Int32 = 0
  var confidence = 0.0
  /// Whether the body was given by a site rule.
  let isFromSiteRule: Bool

  /// Extracts the story from `named`, if a site rule gives the body, else from the best candidate.
  init(
    _ study: PageStudy, body named: Candidate? = nil, title: String, _ addresses: Addresses
  ) {
    var study = study
    study.dropRejectedFigures()
    self.study = study
    isFromSiteRule = named != nil
    guard let found = named ?? study.findBody() else { return }
    body = found.node
    confidence = found.confidence
    self.study.prune(found.node, title: title)
    blocks = BlockBuilder.blocks(in: found.node, self.study, addresses)
    lines = removeLooseLines(&blocks, title: title)
    blocks = tidy(blocks)
    letters = Self.letters(blocks)
  }

  /// Whether there is hardly any text or low confidence, so that a site rule is worth consulting.
  var isPoor: Bool {
    letters < Thresholds.minimumStoryLetters || confidence < Thresholds.minimumConfidence
  }

  /// The best extraction of a page.
  ///
  /// - Parameters:
  ///   - study: The page with the furniture of `Leniency.usual` marked.
  ///   - untouched: The page without furniture marked, for retries.
  ///   - title: The headline, which is removed from the blocks.
  ///   - addresses: Resolves the page's links.
  ///   - onAttempt: Called with each extraction, for `--explain`.
  /// - Returns: The extraction with the most text that the gain of the retries justifies.
  static func best(
    _ study: PageStudy, untouched: PageStudy, title: String, _ addresses: Addresses,
    onAttempt: (StoryReading) -> Void = { _ in }
  ) -> StoryReading {
    var best = StoryReading(study, title: title, addresses)
    onAttempt(best)
    guard study.tree.count <= Thresholds.maximumRetryNodes else { return best }
    for leniency in Leniency.allCases.dropFirst() where best.letters < leniency.retryBelow {
      var lenient = untouched
      lenient.markFurniture(leniency)
      let other = StoryReading(lenient, title: title, addresses)
      onAttempt(other)
      if Double(other.letters) > Double(best.letters) * Thresholds.minimumRetryGain { best = other }
    }
    return best
  }

  /// Approximate length of the blocks' text in UTF-8 bytes; see `Block.textBytes`.
  static func letters(_ blocks: [Block]) -> Int32 {
    Int32(clamping: blocks.reduce(0) { $0 + $1.textBytes })
  }
}
