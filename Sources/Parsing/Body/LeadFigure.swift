import Stories

/// Puts the captioned pictures that stand above the body before the story's blocks.
///
/// Contract: a picture above the headline counts if it stands in the same part of the page, one
/// below it if it stands before the body; at most `leadFigures` of them, none that is dropped, and
/// none that the blocks show already. One walk.
func addLeadFigures(
  _ story: inout Story, _ reading: StoryReading, _ addresses: Addresses, title: Int?
) {
  guard let body = reading.body else { return }
  let study = reading.study
  let tree = study.tree
  let part =
    title.flatMap { title in
      tree.ancestors(title).first { tree.tag($0) == .article || tree.tag($0) == .main }
        ?? tree.ancestors(body).first { tree.contains($0, title) }
    } ?? tree.parent(body) ?? HTMLTree.root
  var found: [Block] = []
  var node = part + 1
  while node < body, found.count < leadFigures {
    if study.dropped[node] != nil || HTMLTag.unseen.contains(tree.tag(node)) {
      node = tree.end(node)
    } else if let slot = study.figures[node], tree.end(node) <= body {
      if let figure = PictureBox(study, addresses).read(slot),
        !figure.caption.isEmpty || figure.credit != nil
      {
        found.append(.figure(figure))
      }
      node = tree.end(node)
    } else {
      node += 1
    }
  }
  story.blocks = found + story.blocks
  mergeFigures(&story.blocks, lead: found.count)
}

/// More pictures than this above a body are a slide show of something else.
private let leadFigures = 3
