/// The dropped parts of a page in document order, for the report.
///
/// Each part once, with its kind and first 60 bytes; ads, share rows, author boxes and comments line
/// by line (at most 8 lines). Labels of empty ad slots are included. At most about 500 parts.
func droppedParts(_ study: PageStudy) -> [Dropped] {
  let tree = study.tree
  var parts: [Dropped] = []
  var node = 0
  while node < tree.count, parts.count < 500 {
    if let kind = study.dropped[node] {
      if study.letters[node] > 0 { parts += lines(of: node, kind, tree) }
      node = tree.end(node)
      continue
    }
    if HTMLTag.headings.contains(tree.tag(node)), study.letters[node] < 60,
      case .ad = PlainLabel(tree.line(node, limit: 200))
    {
      parts.append(Dropped(.ad, tree.line(node, limit: 200)))
    }
    node += 1
  }
  return parts
}

private func lines(of node: Int, _ kind: Dropped.Kind, _ tree: HTMLTree) -> [Dropped] {
  guard [.ad, .share, .author, .comments].contains(kind) else {
    let text = String(tree.line(node, limit: 400).start(60))
    return text.isEmpty ? [] : [Dropped(kind, text)]
  }
  return tree.text(node, limit: 2000).split(separator: "\n").prefix(8).map {
    Dropped(kind, String(String($0).start(60)))
  }
}
