import Stories

/// Prepends the captioned figures between the headline's section and the body to the story's blocks.
///
/// The search covers the nearest `article` or `main` around the headline, or the common ancestor of
/// headline and body, up to the body. At most `maximumLeadFigures`; dropped figures are left out and
/// duplicates merged. One walk.
func addLeadFigures(
  _ story: inout Story, _ reading: StoryReading, _ addresses: Addresses, title: Int?
) {
  guard let body = reading.body else { return }
  let study = reading.study
  let tree = study.tree
  let section =
    title.flatMap { title in
      tree.ancestors(title).first { tree.tag($0) == .article || tree.tag($0) == .main }
        ?? tree.ancestors(body).first { tree.contains($0, title) }
    } ?? tree.parent(body) ?? HTMLTree.root
  var found: [Block] = []
  var node = section + 1
  while node < body, found.count < maximumLeadFigures {
    if study.dropped[node] != nil || HTMLTag.unseen.contains(tree.tag(node)) {
      node = tree.end(node)
    } else if let slot = study.figures[node], tree.end(node) <= body {
      if let figure = FigureBuilder(study, addresses).figure(for: slot),
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

/// More figures before the body are an unrelated slide show.
private let maximumLeadFigures = 3
