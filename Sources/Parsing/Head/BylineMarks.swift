/// The authors that the page shows: `rel=author`, microdata, byline classes, and lines beginning with "By".
///
/// The marker nearest to the headline wins, together with its siblings in the same small box. Markers
/// in comments and among related stories are ignored.
extension MetadataChoice {
  private static var maximumMarkers: Int { 300 }
  /// The number of short lines searched for a byline label; on a page of more, none is this story's.
  private static var maximumLines: Int { 4_000 }
  /// The number of nodes after the headline within which a labelled byline surely belongs to it.
  private static var maximumLabelDistance: Int { 60 }

  func visibleAuthors(near headline: Int?) -> [String] {
    let start = headline.map { tree.end($0) }
    var markers: [(node: Int, names: [String], distance: Int)] = []
    var examined = 0
    for node in 1..<max(1, tree.count) {
      guard examined < Self.maximumMarkers, let strength = markerStrength(node) else { continue }
      examined += 1
      if isInComments(node, orRelated: false) { continue }
      let texts = authorTexts(node)
      let names = PersonNames.read(pieces: texts)
      guard !names.isEmpty else { continue }
      var distance = node - (start ?? 0)
      // Related stories have bylines too: inside such a box only a labelled one right below the
      // headline is this story's.
      let isClose = start != nil && (0..<Self.maximumLabelDistance).contains(distance)
      if isInComments(node), !(isClose && PersonNames.hasLabel(texts)) { continue }
      if distance < 0 { distance = -3 * distance }
      // A label ("By") states authorship; a box with an author class can be about anyone.
      if PersonNames.hasLabel(texts) { distance /= 4 } else if strength == .box { distance *= 3 }
      distance += study.isDropped(node) ? 100 : 0
      markers.append((node, names, distance / (strength == .property ? 4 : 1)))
    }
    guard let nearest = markers.min(by: { $0.distance < $1.distance }) else {
      return labelledLine(near: headline).map { [$0] } ?? []
    }
    let box = bylineBox(of: nearest.node)
    var names = nearest.names
    // Co-authors have markers of the same depth and class; other markers in the box are details of
    // the first author.
    for marker in markers
    where tree.contains(box, marker.node) && marker.node > nearest.node
      && tree.depth(marker.node) == tree.depth(nearest.node)
      && study.evidence[marker.node] == study.evidence[nearest.node]
    {
      for name in marker.names where !names.contains(name) && names.count < 10 {
        names.append(name)
      }
    }
    return names
  }

  private enum MarkerStrength { case property, byline, box }

  private func markerStrength(_ node: Int) -> MarkerStrength? {
    let record = tree.records[node]
    guard record.tag != .text, record.attributeCount > 0, study.letters[node] < 160,
      study.letters[node] > 1 || record.tag == .meta
    else { return nil }
    if tree.hasToken("author", in: .rel, node) || tree.hasToken("author", in: .itemprop, node)
      || tree.hasClass("p-author", node)
    {
      return .property
    }
    let evidence = study.evidence[node]
    if evidence.contains(.byline) { return .byline }
    return evidence.contains(.author) ? .box : nil
  }

  /// The largest ancestor of a byline, at most four levels up, that holds little other text.
  private func bylineBox(of node: Int) -> Int {
    var box = node
    for above in tree.ancestors(node).prefix(4) {
      guard study.letters[above] < max(80, 3 * study.letters[node]) else { break }
      box = above
    }
    return box
  }

  /// The text nodes of an author element, at most 20: name, label and job title are often in elements
  /// of their own.
  private func authorTexts(_ node: Int) -> [String] {
    if let content = tree.value(.content, of: node) { return [content] }
    let named = tree.descendants(node).first { tree.hasToken("name", in: .itemprop, $0) }
    if let named {
      return [tree.value(.content, of: named) ?? tree.line(named, limit: 200)]
    }
    var texts: [String] = []
    var next = node
    while next < tree.end(node), texts.count < 20 {
      if HTMLTag.unseen.contains(tree.tag(next)) {
        next = tree.end(next)
        continue
      }
      if tree.isText(next) {
        let text = String(folding: tree.textBytes(next).prefix(300))
        if !text.isEmpty { texts.append(text) }
      }
      next += 1
    }
    return texts
  }

  /// The text after "By" in the first short line with such a label, searched from the headline to the
  /// end and then before it.
  private func labelledLine(near headline: Int?) -> String? {
    let below = headline ?? 1
    for nodes in [below..<max(below, tree.count), 1..<max(1, below)] {
      var examined = 0
      for node in nodes
      where (5...80).contains(study.ownLetters[node]) && examined < Self.maximumLines {
        guard tree.isElement(node) else { continue }
        examined += 1
        let text = tree.line(node, limit: 300)
        for part in text.unicodeScalars.split(whereSeparator: {
          $0 == "|" || $0 == "•" || $0 == "·"
        }) {
          let part = Substring(part).trimmed(of: " ")
          guard let rest = PersonNames.afterReliableLabel(part) else { continue }
          let words = rest.split(separator: " ")
          guard (2...12).contains(words.count),
            words.prefix(2).allSatisfy({ $0.unicodeScalars.first?.properties.isUppercase ?? false })
          else { continue }
          // Checked last because it walks up the tree.
          if isInComments(node) { break }
          return rest
        }
      }
    }
    return nil
  }

  /// Whether the node is in the discussion or, optionally, among related stories.
  func isInComments(_ node: Int, orRelated: Bool = true) -> Bool {
    var next: Int? = node
    while let here = next {
      if study.dropped[here] == .comments { return true }
      if orRelated, study.dropped[here] == .related { return true }
      if study.evidence[here].contains(.comments), !holdsHeadline(here) { return true }
      next = tree.parent(here)
    }
    return false
  }

  /// Whether an element with a comment class holds the headline too, and so is a whole page with comments.
  private func holdsHeadline(_ node: Int) -> Bool {
    tree.tag(node) == .body || metadata.headlines.contains { tree.contains(node, $0.node) }
  }
}
