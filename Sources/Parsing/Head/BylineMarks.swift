/// The writers that the page shows: rel=author, microdata, byline classes, and lines that begin with "By".
///
/// Contract: of all marks the nearest to the headline counts, and with it those in the same small box;
/// marks in comments and among related stories do not. So many marks are looked at and no more.
extension MetadataChoice {
  private static var markLimit: Int { 300 }
  /// So many short lines are read for a label: in a page of them none is this story's byline.
  private static var lineLimit: Int { 4_000 }
  /// So few nodes after the headline stands what belongs to it.
  private static var closeBy: Int { 60 }

  func visibleAuthors(near headline: Int?) -> [String] {
    let start = headline.map { tree.end($0) }
    var marks: [(node: Int, names: [String], distance: Int)] = []
    var looked = 0
    for node in 1..<max(1, tree.count) {
      guard looked < Self.markLimit, let strength = authorMark(node) else { continue }
      looked += 1
      if isInside(comments: node, orRelated: false) { continue }
      let pieces = authorPieces(node)
      let names = PersonNames.read(pieces: pieces)
      guard !names.isEmpty else { continue }
      var distance = node - (start ?? 0)
      // Other stories have bylines too; only one with its label close below the headline is this one's.
      let isClose = start != nil && (0..<Self.closeBy).contains(distance)
      if isInside(comments: node), !(isClose && PersonNames.hasLabel(pieces)) { continue }
      if distance < 0 { distance = -3 * distance }
      // A label says that what follows wrote this; a box may tell of anyone.
      if PersonNames.hasLabel(pieces) { distance /= 4 } else if strength == .box { distance *= 3 }
      distance += study.isDropped(node) ? 100 : 0
      marks.append((node, names, distance / (strength == .mark ? 4 : 1)))
    }
    guard let nearest = marks.min(by: { $0.distance < $1.distance }) else {
      return labelledLine(near: headline).map { [$0] } ?? []
    }
    let box = bylineBox(of: nearest.node)
    var names = nearest.names
    // Others of the same make beside it; what else stands there tells of the first.
    for mark in marks
    where tree.contains(box, mark.node) && mark.node > nearest.node
      && tree.depth(mark.node) == tree.depth(nearest.node)
      && study.evidence[mark.node] == study.evidence[nearest.node]
    {
      for name in mark.names where !names.contains(name) && names.count < 10 { names.append(name) }
    }
    return names
  }

  private enum MarkStrength { case mark, byline, box }

  private func authorMark(_ node: Int) -> MarkStrength? {
    let record = tree.records[node]
    guard record.tag != .text, record.attributeCount > 0, study.letters[node] < 160,
      study.letters[node] > 1 || record.tag == .meta
    else { return nil }
    if tree.hasToken("author", in: .rel, node) || tree.hasToken("author", in: .itemprop, node)
      || tree.hasClass("p-author", node)
    {
      return .mark
    }
    let evidence = study.evidence[node]
    if evidence.contains(.byline) { return .byline }
    return evidence.contains(.author) ? .box : nil
  }

  /// The largest element around a byline that holds little else.
  private func bylineBox(of node: Int) -> Int {
    var box = node
    for above in tree.ancestors(node).prefix(4) {
      guard study.letters[above] < max(80, 3 * study.letters[node]) else { break }
      box = above
    }
    return box
  }

  /// What an author's element says, run by run: a name, its label and the office under it stand in
  /// elements of their own.
  private func authorPieces(_ node: Int) -> [String] {
    if let content = tree.value(.content, of: node) { return [content] }
    let named = tree.descendants(node).first { tree.hasToken("name", in: .itemprop, $0) }
    if let named {
      return [tree.value(.content, of: named) ?? tree.line(named, limit: 200)]
    }
    var pieces: [String] = []
    var next = node
    while next < tree.end(node), pieces.count < 20 {
      if HTMLTag.unseen.contains(tree.tag(next)) {
        next = tree.end(next)
        continue
      }
      if tree.isText(next) {
        let text = Metadata.folded(tree.textBytes(next).prefix(300))
        if !text.isEmpty { pieces.append(text) }
      }
      next += 1
    }
    return pieces
  }

  /// A short line near the headline that begins with "By" and a name, whatever its class.
  private func labelledLine(near headline: Int?) -> String? {
    let below = headline ?? 1
    for nodes in [below..<max(below, tree.count), 1..<max(1, below)] {
      var looked = 0
      for node in nodes where (5...80).contains(study.own[node]) && looked < Self.lineLimit {
        guard tree.isElement(node) else { continue }
        looked += 1
        let text = tree.line(node, limit: 300)
        for part in text.unicodeScalars.split(whereSeparator: {
          $0 == "|" || $0 == "•" || $0 == "·"
        }) {
          let part = Substring(part).trimmed(of: " ")
          guard let rest = PersonNames.afterSureLabel(part) else { continue }
          let words = rest.split(separator: " ")
          guard (2...12).contains(words.count),
            words.prefix(2).allSatisfy({ $0.unicodeScalars.first?.properties.isUppercase ?? false })
          else { continue }
          // Asked last, for it walks up the tree.
          if isInside(comments: node) { break }
          return rest
        }
      }
    }
    return nil
  }

  /// Whether the node stands in the discussion or among other stories.
  func isInside(comments node: Int, orRelated: Bool = true) -> Bool {
    var next: Int? = node
    while let here = next {
      if study.dropped[here] == .comments { return true }
      if orRelated, study.dropped[here] == .related { return true }
      if study.evidence[here].contains(.comments), !holdsHeadline(here) { return true }
      next = tree.parent(here)
    }
    return false
  }

  /// Whether the element is more than a discussion: what is named after comments may be a whole page that
  /// takes some.
  private func holdsHeadline(_ node: Int) -> Bool {
    tree.tag(node) == .body || said.headlines.contains { tree.contains(node, $0.node) }
  }
}
