import Stories

/// What remains of boxes that are left out but for a line or two: "Latest stories", "Keywords".
///
/// Contract: after pruning, in one walk up and one down. A box that holds twice as many letters of
/// furniture as of anything else, and next to none of the story, is furniture as a whole; a short line
/// that no text follows in its box, for all that does follow is left out as what leads elsewhere,
/// goes with it.
extension PageStudy {
  mutating func dropLeftovers(in body: Int) {
    dropBoxesOfFurniture(in: body)
    dropLabelsOfLists(in: body)
  }

  private mutating func dropBoxesOfFurniture(in body: Int) {
    let nodes = body..<tree.end(body)
    var out = [Int32](repeating: 0, count: nodes.count)
    var outRunning = out
    var kinds = [Dropped.Kind?](repeating: nil, count: nodes.count)
    var shows = [Bool](repeating: false, count: nodes.count)
    // Children stand behind their parents, so that their sums are known when these are reached.
    for node in nodes.reversed() where node != body {
      guard let parent = tree.parent(node) else { continue }
      if let kind = dropped[node] {
        out[node - body] = Self.boxKinds.contains(kind) ? letters[node] : 0
        outRunning[node - body] = running[node]
        kinds[node - body] = kind
      } else if shows[node - body] || figures[node] != nil {
        shows[parent - body] = true
      }
      out[parent - body] += out[node - body]
      outRunning[parent - body] += outRunning[node - body]
      if out[node - body] > 0, kinds[parent - body] == nil {
        kinds[parent - body] = kinds[node - body]
      }
    }
    let story = Double(running[body] - outRunning[0]) * Thresholds.leftoverShare
    var node = body + 1
    while node < nodes.upperBound {
      if dropped[node] != nil {
        node = tree.end(node)
        continue
      }
      let left = letters[node] - out[node - body]
      if isBox(node), left > 0, left < Thresholds.leftover,
        out[node - body] > left * Thresholds.boxOfFurniture,
        Double(running[node] - outRunning[node - body]) < story,
        !shows[node - body], figures[node] == nil, tree.first(.h1, in: node) == nil
      {
        dropped[node] = kinds[node - body]
        node = tree.end(node)
        continue
      }
      node += 1
    }
  }

  private func isBox(_ node: Int) -> Bool {
    switch tree.tag(node) {
    case .div, .section, .aside, .header, .article: true
    default: false
    }
  }

  private static let boxKinds: Set<Dropped.Kind> = [
    .ad, .share, .menu, .related, .popup, .newsletter, .cookie, .paywall, .comments, .tags, .form,
  ]

  private mutating func dropLabelsOfLists(in body: Int) {
    var node = body + 1
    while node < tree.end(body) {
      guard let kind = dropped[node] else {
        node += 1
        continue
      }
      if letters[node] > 0, Self.listKinds.contains(kind), let label = label(of: node, in: body) {
        dropped[label] = kind
      }
      node = tree.end(node)
    }
  }

  private static let listKinds: Set<Dropped.Kind> = [
    .related, .tags, .newsletter, .menu, .share, .popup,
  ]

  /// The short line straight above a dropped list that ends its box.
  private func label(of list: Int, in body: Int) -> Int? {
    guard let parent = tree.parent(list),
      let label = lastShown(before: list, in: parent), letters[label] < Thresholds.listLabel,
      running[label] == 0, linked[label] == 0, pictures[label] == 0,
      !tree.tag(label).isInline, tree.tag(label) != .li, !endsSentence(label),
      parent != body || isHeadingLike(label), !isShown(after: list, in: parent)
    else { return nil }
    return label
  }

  private func lastShown(before node: Int, in parent: Int) -> Int? {
    var here = tree.previousElement(node)
    // A few empty elements may stand between; a page of nothing else must not be gone over again.
    for _ in 0..<4 {
      guard let next = here, letters[next] == 0, pictures[next] == 0 else { break }
      here = tree.previousElement(next)
    }
    return here.flatMap { dropped[$0] == nil && letters[$0] > 0 ? $0 : nil }
  }

  private func isShown(after node: Int, in parent: Int) -> Bool {
    var next = tree.end(node)
    while next < tree.end(parent) {
      if letters[next] > 0, dropped[next] == nil, !HTMLTag.unseen.contains(tree.tag(next)) {
        return true
      }
      next = tree.end(next)
    }
    return false
  }

  private func endsSentence(_ node: Int) -> Bool {
    tree.line(node, limit: 400).unicodeScalars.last.map { ".!?。！？".unicodeScalars.contains($0) }
      ?? false
  }

  private func isHeadingLike(_ node: Int) -> Bool {
    HTMLTag.headings.contains(tree.tag(node)) || evidence[node].contains(.title)
  }
}
