import Stories

/// Extracts the author card from the "About NAME" box of a page, and marks the box as dropped.
///
/// A box is an element with "author" in its class or ID that holds a line "About NAME"; it is
/// dropped so that its sentences do not join the story. Placeholder biographies of themes are
/// recognised and left out. One walk over the tree; only elements of fewer than 2,500 letters are read.
func findAuthorCard(_ study: inout PageStudy) -> AuthorCard? {
  let tree = study.tree
  var node = 1
  while node < tree.count {
    if HTMLTag.unseen.contains(tree.tag(node)) {
      node = tree.end(node)
      continue
    }
    if tree.isElement(node), tree.classOrIDContains("author", node),
      (6..<2_500).contains(study.letters[node])
    {
      if let card = parseAuthorCard(tree.text(node, limit: 4_000)) {
        study.dropped[node] = .author
        return card
      }
      node = tree.end(node)
      continue
    }
    node += 1
  }
  return nil
}

private func parseAuthorCard(_ text: String) -> AuthorCard? {
  let lines = text.split(separator: "\n").map(String.init)
  guard
    let at = lines.firstIndex(where: { line in
      if case .author(let name) = PlainLabel(line) { !name.isEmpty } else { false }
    }), case .author(let name) = PlainLabel(lines[at])
  else { return nil }
  let biography = lines[(at + 1)...].filter { WordScan($0).words.count >= 5 }
    .joined(separator: "\n")
  let isPlaceholder = isPlaceholderBiography(biography)
  return AuthorCard(
    name: name, text: biography.isEmpty || isPlaceholder ? nil : biography,
    isPlaceholder: isPlaceholder)
}
