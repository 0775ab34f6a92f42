import Stories

/// The picture at the head of a story, which often stands above the element that holds its text.
///
/// Looks between the top of what headline and text share and the text itself, past what is
/// dropped; gives the first figure with words of its own. One walk; a page whose text begins with
/// that very picture keeps its own.
func findLeadFigure(
  _ study: PageStudy, _ addresses: Addresses, body: Int, title: Int?, blocks: [Block]
) -> Figure? {
  let tree = study.tree
  let shared =
    title.flatMap { title in tree.ancestors(body).first { tree.contains($0, title) } }
    ?? tree.parent(body) ?? 0
  var node = shared + 1
  while node < body {
    let tag = tree.tag(node)
    if study.dropped[node] != nil || HTMLTag.unseen.contains(tag) {
      node = tree.end(node)
      continue
    }
    let isWhole = tree.end(node) <= body && study.pictures[node] > 0
    if isWhole, tag == .figure || tag != .text && PictureBox.isBox(node, tag, study),
      let figure = PictureBox.read(node, study, addresses), !figure.caption.isEmpty
    {
      let text = figure.caption.text
      let isKnown = blocks.contains { block in
        if case .figure(let other) = block { other.caption.text == text } else { false }
      }
      return isKnown || text.utf8.count > 1_500 ? nil : figure
    }
    node += 1
  }
  return nil
}
