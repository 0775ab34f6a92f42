/// Finds the elements of a figure that hold its caption, its credit, and neither.
///
/// Elements are classified by tag, microdata and class names, never by their text, except for one
/// whose class names both caption and credit. Results are outermost elements in document order.
enum CaptionParts {
  /// The elements marked as a caption that hold more than a credit; at most 6.
  static func captions(in node: Int, _ study: PageStudy) -> [Int] {
    outermost(in: node, study, limit: 6) { inner in
      guard study.letters[inner] > 0, isNamedCaption(inner, study),
        !isCredit(inner, study, in: node)
      else { return false }
      let credits = credits(in: inner, study)
      return credits.reduce(0) { $0 + study.letters[$1] } < study.letters[inner]
    }
  }

  /// The elements marked as a credit; at most 4.
  static func credits(in node: Int, _ study: PageStudy) -> [Int] {
    outermost(in: node, study, limit: 4) { isCredit($0, study, in: node) }
  }

  /// The elements that are neither caption nor credit: buttons, and screen-reader-only or hidden text.
  static func noise(in node: Int, _ study: PageStudy) -> [Int] {
    let tree = study.tree
    return outermost(in: node, study, limit: 40) { inner in
      if tree.tag(inner) == .button || tree.hasToken("button", in: .role, inner) { return true }
      // A hidden copy of the caption has at most half of the letters; more is the caption itself,
      // which a script would reveal.
      guard study.letters[inner] * 2 <= study.letters[node] else { return false }
      return study.evidence[inner].contains(.hidden) || study.isHidden(inner)
        || study.isScreenReaderOnly(inner)
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
    guard tree.isElement(node), study.letters[node] > 1,
      study.letters[node] < Thresholds.maximumLabelLetters,
      study.pictures[node] == 0
    else { return false }
    for name: StaticString in ["copyrightholder", "author", "creator", "credittext"]
    where tree.hasToken(name, in: .itemprop, node) {
      return true
    }
    let hints = study.evidence[node]
    let tag = tree.tag(node)
    if tag == .footer || tag == .source { return tag == .footer }
    if hints.contains(.credit) {
      // "caption has-credit" names both, so the text decides.
      guard hints.contains(.caption) || tag == .figcaption else { return true }
      let isInCaption = tree.ancestors(node).prefix { $0 > figure }.contains {
        tree.tag($0) == .figcaption || study.evidence[$0].contains(.caption)
      }
      return isInCaption || isCreditLine(tree.line(node, limit: 400))
    }
    guard !hints.isDisjoint(with: [.author, .byline]) || tag == .cite else { return false }
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
