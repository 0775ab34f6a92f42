import Stories

/// Dropping what pruning leaves of furniture: a box's heading, a list's label ("Latest stories").
///
/// A box with more than twice as many dropped letters as other letters, and hardly any of the story's
/// text, is dropped as a whole. A short line directly before a dropped list is dropped with it, if no
/// other text follows in its box. One walk up and one down.
extension PageStudy {
  mutating func dropLeftovers(in body: Int) {
    dropBoxesOfFurniture(in: body)
    dropLabelsOfLists(in: body)
  }

  private mutating func dropBoxesOfFurniture(in body: Int) {
    let nodes = body..<tree.end(body)
    var droppedLetters = [Int32](repeating: 0, count: nodes.count)
    var droppedRunning = droppedLetters
    var kinds = [Dropped.Kind?](repeating: nil, count: nodes.count)
    var holdsFigure = [Bool](repeating: false, count: nodes.count)
    // In reverse document order, children come before their parents.
    for node in nodes.reversed() where node != body {
      guard let parent = tree.parent(node) else { continue }
      if let kind = dropped[node] {
        droppedLetters[node - body] = Self.boxKinds.contains(kind) ? letters[node] : 0
        droppedRunning[node - body] = runningLetters[node]
        kinds[node - body] = kind
      } else if holdsFigure[node - body] || figures[node] != nil {
        holdsFigure[parent - body] = true
      }
      droppedLetters[parent - body] += droppedLetters[node - body]
      droppedRunning[parent - body] += droppedRunning[node - body]
      if droppedLetters[node - body] > 0, kinds[parent - body] == nil {
        kinds[parent - body] = kinds[node - body]
      }
    }
    let story = Double(runningLetters[body] - droppedRunning[0]) * Thresholds.maximumLeftoverRatio
    var node = body + 1
    while node < nodes.upperBound {
      if dropped[node] != nil {
        node = tree.end(node)
        continue
      }
      let rest = letters[node] - droppedLetters[node - body]
      if isBoxElement(node), rest > 0, rest < Thresholds.maximumLeftoverLetters,
        droppedLetters[node - body] > rest * Thresholds.furnitureBoxFactor,
        Double(runningLetters[node] - droppedRunning[node - body]) < story,
        !holdsFigure[node - body], figures[node] == nil, tree.first(.h1, in: node) == nil
      {
        dropped[node] = kinds[node - body]
        node = tree.end(node)
        continue
      }
      node += 1
    }
  }

  private func isBoxElement(_ node: Int) -> Bool {
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

  /// The short line directly before a dropped list, if the list ends its box.
  private func label(of list: Int, in body: Int) -> Int? {
    guard let parent = tree.parent(list),
      let label = lastVisible(before: list, in: parent),
      letters[label] < Thresholds.maximumListLabelLetters,
      runningLetters[label] == 0, linkedLetters[label] == 0, pictures[label] == 0,
      !tree.tag(label).isInline, tree.tag(label) != .li, !endsSentence(label),
      parent != body || isHeadingLike(label), !hasVisibleContent(after: list, in: parent)
    else { return nil }
    return label
  }

  private func lastVisible(before node: Int, in parent: Int) -> Int? {
    var here = tree.previousElement(node)
    // Bounded, because walking over all empty siblings for each list would be quadratic.
    for _ in 0..<4 {
      guard let next = here, letters[next] == 0, pictures[next] == 0 else { break }
      here = tree.previousElement(next)
    }
    return here.flatMap { dropped[$0] == nil && letters[$0] > 0 ? $0 : nil }
  }

  private func hasVisibleContent(after node: Int, in parent: Int) -> Bool {
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
