import Stories

/// Puts the captioned pictures that stand above the body before the story's blocks.
func addLeadFigures(
  _ story: inout Story, _ reading: StoryReading, _ addresses: Addresses, title: Int?
) {
  guard let body = reading.body else { return }
  if let lead = findLeadFigure(
    reading.study, addresses, body: body, title: title, blocks: story.blocks)
  {
    story.blocks.insert(.figure(lead), at: 0)
  }
  let lead = leadFigures(reading.study, addresses, body: body, title: title)
  let shown = Set(story.figures.compactMap(\.image))
  story.blocks =
    lead.filter { $0.image.map { !shown.contains($0) } ?? true }.map { .figure($0) } + story.blocks
}

/// The picture at the head of a story, which often stands above the element that holds its text.
///
/// Looks between the top of what headline and text share and the text itself, past what is
/// dropped; gives the first figure with words of its own. One walk; a page whose text begins with
/// that very picture keeps its own.
private func findLeadFigure(
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

/// The captioned pictures around the headline, before the body begins.
private func leadFigures(
  _ study: PageStudy, _ addresses: Addresses, body: Int, title: Int?
) -> [Figure] {
  let tree = study.tree
  // The picture may stand above the headline, in the same part of the page.
  let start = title.map { node in
    tree.ancestors(node).first { tree.tag($0) == .article || tree.tag($0) == .main } ?? node
  }
  guard var node = start, node < body else { return [] }
  var found: [Figure] = []
  node += 1
  while node < body, found.count < 3 {
    let tag = tree.tag(node)
    if study.dropped[node] != nil || (HTMLTag.unseen.contains(tag) && tag != .head) {
      node = tree.end(node)
      continue
    }
    let isFigure = tag == .figure && study.pictures[node] <= 1
    if tree.end(node) <= body, isFigure || PictureBox.isBox(node, tag, study) {
      if let figure = PictureBox.read(node, study, addresses),
        !figure.caption.isEmpty || figure.credit != nil
      {
        found.append(figure)
      }
      node = tree.end(node)
      continue
    }
    node += 1
  }
  return found
}
