/// The elements of a figure that hold its caption, its credit, and what is neither.
///
/// Contract: elements are told by tag, by microdata and by the words of their class, never by what
/// they say, but for one that is named both caption and credit. Only outermost elements are given,
/// in the page's order.
enum CaptionParts {
  /// The elements named a caption that say more than a credit.
  static func captions(in node: Int, _ study: PageStudy) -> [Int] {
    outermost(in: node, study, limit: 6) { inner in
      guard study.letters[inner] > 0, isNamedCaption(inner, study),
        !isCredit(inner, study, in: node)
      else { return false }
      let credits = credits(in: inner, study)
      return credits.reduce(0) { $0 + study.letters[$1] } < study.letters[inner]
    }
  }

  /// The elements that name the maker.
  static func credits(in node: Int, _ study: PageStudy) -> [Int] {
    outermost(in: node, study, limit: 4) { isCredit($0, study, in: node) }
  }

  /// Buttons, words for those who hear the page, and what is drawn only.
  static func noise(in node: Int, _ study: PageStudy) -> [Int] {
    let tree = study.tree
    return outermost(in: node, study, limit: 40) { inner in
      if tree.tag(inner) == .button || tree.hasToken("button", in: .role, inner) { return true }
      // A twin for the eye or the ear is half of all words at most.
      guard study.letters[inner] * 2 <= study.letters[node] else { return false }
      return study.evidence[inner].contains(.hidden) || study.isHidden(inner)
        || study.isHeardOnly(inner)
    }
  }

  private static func isNamedCaption(_ node: Int, _ study: PageStudy) -> Bool {
    let tag = study.tree.tag(node)
    if tag == .figcaption { return true }
    guard tag != .button, tag != .img, study.figures.pictures.count(in: node, study.tree) == 0
    else { return false }
    return study.evidence[node].contains(.caption)
      || study.tree.hasToken("caption", in: .itemprop, node)
  }

  private static func isCredit(_ node: Int, _ study: PageStudy, in figure: Int) -> Bool {
    let tree = study.tree
    guard tree.isElement(node), study.letters[node] > 1, study.letters[node] < Thresholds.label,
      study.pictures[node] == 0
    else { return false }
    for name: StaticString in ["copyrightholder", "author", "creator", "credittext"]
    where tree.hasToken(name, in: .itemprop, node) {
      return true
    }
    let said = study.evidence[node]
    let tag = tree.tag(node)
    if tag == .footer || tag == .source { return tag == .footer }
    if said.contains(.credit) {
      // "caption has-credit": a name for both; what it says decides.
      guard said.contains(.caption) || tag == .figcaption else { return true }
      let isInCaption = tree.ancestors(node).prefix { $0 > figure }.contains {
        tree.tag($0) == .figcaption || study.evidence[$0].contains(.caption)
      }
      return isInCaption || isCreditLine(tree.line(node, limit: 400))
    }
    guard !said.isDisjoint(with: [.author, .byline]) || tag == .cite else { return false }
    return study.letters[node] < study.letters[figure]
  }

  private static func outermost(
    in node: Int, _ study: PageStudy, limit: Int, where test: (Int) -> Bool
  ) -> [Int] {
    let tree = study.tree
    var found: [Int] = []
    var next = node + 1
    while next < tree.end(node), found.count < limit {
      if tree.isElement(next), test(next) {
        found.append(next)
        next = tree.end(next)
      } else {
        next += 1
      }
    }
    return found
  }
}
