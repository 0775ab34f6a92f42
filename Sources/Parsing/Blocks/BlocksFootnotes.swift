import Stories

/// Footnotes: the lines that marks in the text lead to, and that lead back to it.
///
/// Contract: a footnote is told by its link back, a mark of a few signs that leads to a place on the
/// same page; what it is called in classes does not count. Its label is what the mark in front of it
/// says, else its number in the list. The link back is no part of its text.
extension BlockBuilder {
  /// The list as footnotes, where most of its items lead back.
  func footnotes(inList node: Int) -> [Block]? {
    let tree = study.tree
    var notes: [Block] = []
    var count = 0
    for item in tree.children(node) where tree.isElement(item) && study.dropped[item] == nil {
      count += 1
      if let note = footnote(item, number: count) { notes.append(note) }
    }
    return notes.count * 2 > count ? notes : nil
  }

  /// One element as a footnote; `number` is its label where it brings none.
  func footnote(_ node: Int, number: Int?) -> Block? {
    let tree = study.tree
    guard study.linked[node] > 0, tree.descendants(node).count < Thresholds.noteNodes else {
      return nil
    }
    let marks = tree.descendants(node).filter { isBackLink($0) }
    guard let first = marks.first, marks.count <= 30 else { return nil }
    var label = number.map(String.init)
    if !hasText(node + 1..<first) {
      let words = tree.line(first, limit: 40).filter { $0.isLetter || $0.isNumber }
      if !words.isEmpty { label = words }
    }
    guard let label else { return nil }
    let phrases = Self.phrases(in: node, study, addresses, without: marks)
    return phrases.isEmpty ? nil : .footnote(label: label, phrases)
  }

  private func isBackLink(_ node: Int) -> Bool {
    let tree = study.tree
    return tree.tag(node) == .a && (1...Thresholds.noteMark).contains(study.letters[node])
      && tree.valueBytes(.href, of: node).first == 0x23
      && tree.valueBytes(.href, of: node).count > 1
  }

  private func hasText(_ nodes: Range<Int>) -> Bool {
    nodes.contains { study.tree.isText($0) && study.letters[$0] > 0 }
  }
}
