/// Teaser cards: boxes that lead to other stories, in rows of three or more adjacent siblings that have
/// the same tag and class hints and are each headed by a link.
struct TeaserCards {
  /// Cards whose running text amounts to this many letters are the story itself.
  private let limit: Int32
  /// The adjacent cards seen last, of which there may be too few for a row.
  private var row: [Int] = []
  private var found: [Int] = []
  private var running: Int32 = 0

  private init(limit: Int32) { self.limit = limit }

  /// The children of a node that are in rows of teaser cards.
  ///
  /// In an article a row may hold less of the page's running text, for a list can be the story.
  static func rows(in node: Int, _ study: PageStudy, inArticle: Bool) -> [Int] {
    guard study.linkedLetters[node] > 0, study.letters[node] > 60 else { return [] }
    let tree = study.tree
    let ratio = inArticle ? Thresholds.minimumListStoryRatio : Thresholds.maximumFurnitureRatio
    let limit = Int32(ratio * Double(study.runningLetters[0]))
    var rows: [Int] = []
    var siblings = TeaserCards(limit: limit)
    var shape: (HTMLTag, Evidence)?
    for child in tree.children(node) where tree.isElement(child) && study.letters[child] > 0 {
      let here = (tree.tag(child), study.evidence[child])
      if let last = shape, last != here {
        rows += siblings.teasers
        siblings = TeaserCards(limit: limit)
      }
      shape = here
      siblings.add(child, study)
    }
    return rows + siblings.teasers
  }

  private mutating func add(_ node: Int, _ study: PageStudy) {
    guard Self.isCard(node, study) else { return endRow() }
    row.append(node)
    running += study.runningLetters[node]
  }

  private mutating func endRow() {
    if row.count >= 3 { found += row }
    row = []
  }

  /// The cards in rows; none if they hold so much text that they are the story.
  private var teasers: [Int] {
    guard running < limit || running == 0 else { return [] }
    return row.count >= 3 ? found + row : found
  }

  /// Whether an element is a short box that is mostly links or is headed by a linked title.
  static func isCard(_ node: Int, _ study: PageStudy) -> Bool {
    let tree = study.tree
    let letters = study.letters
    let tag = tree.tag(node)
    guard tag != .p, tag != .tr, letters[node] < Thresholds.maximumCardLetters, letters[node] > 15
    else {
      return false
    }
    if study.linkDensity(node) > 0.6 { return tag != .a || letters[node] > 25 }
    guard tag == .article || tag == .div || tag == .li || tag == .section else { return false }
    var inLinkUntil = 0
    var inHeadingUntil = 0
    for inner in tree.descendants(node) {
      let tag = tree.tag(inner)
      if tag == .a {
        inLinkUntil = tree.end(inner)
        if inner < inHeadingUntil, letters[inner] >= Thresholds.minimumTeaserTitleLetters {
          return true
        }
      } else if HTMLTag.headings.contains(tag) {
        inHeadingUntil = tree.end(inner)
        if inner < inLinkUntil, letters[inner] >= Thresholds.minimumTeaserTitleLetters {
          return true
        }
      }
    }
    return false
  }
}
