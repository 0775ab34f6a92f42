import Stories

/// Recognising footnotes by their back links.
///
/// A footnote has a link of at most `Thresholds.maximumBackLinkLetters` letters to a fragment of the
/// same page; class names do not count. Its label is the text of a back link that precedes it, else
/// its number in the list. Back links are not part of its text.
extension BlockBuilder {
  /// The items of a list as footnotes, if more than half of them have a back link.
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

  /// An element as a footnote, or `nil`; `number` is the label if it has none of its own.
  func footnote(_ node: Int, number: Int?) -> Block? {
    let tree = study.tree
    guard study.linkedLetters[node] > 0,
      tree.descendants(node).count < Thresholds.maximumFootnoteNodes
    else {
      return nil
    }
    let backLinks = tree.descendants(node).filter { isBackLink($0) }
    guard let first = backLinks.first, backLinks.count <= 30 else { return nil }
    var label = number.map(String.init)
    if !hasText(node + 1..<first) {
      let words = tree.line(first, limit: 40).filter { $0.isLetter || $0.isNumber }
      if !words.isEmpty { label = words }
    }
    guard let label else { return nil }
    let phrases = Self.phrases(in: node, study, addresses, without: backLinks)
    return phrases.isEmpty ? nil : .footnote(label: label, phrases)
  }

  private func isBackLink(_ node: Int) -> Bool {
    let tree = study.tree
    return tree.tag(node) == .a
      && (1...Thresholds.maximumBackLinkLetters).contains(study.letters[node])
      && tree.valueBytes(.href, of: node).first == 0x23
      && tree.valueBytes(.href, of: node).count > 1
  }

  private func hasText(_ nodes: Range<Int>) -> Bool {
    nodes.contains { study.tree.isText($0) && study.letters[$0] > 0 }
  }
}
