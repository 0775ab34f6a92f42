import Stories

/// The "About NAME" box of a page as a card; filler biographies are told from real ones.
///
/// Looks at elements whose class says that they tell of the author and which hold a line
/// "About NAME", and marks the one it reads as dropped, so that no sentence of it joins the story. One
/// walk, and only short elements are read.
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
      if let card = card(tree.text(node, limit: 4_000)) {
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

private func card(_ text: String) -> AuthorCard? {
  let lines = text.split(separator: "\n").map(String.init)
  guard
    let at = lines.firstIndex(where: { line in
      if case .author(let name) = PlainLabel(line) { !name.isEmpty } else { false }
    }), case .author(let name) = PlainLabel(lines[at])
  else { return nil }
  let biography = lines[(at + 1)...].filter { WordScan($0).words.count >= 5 }
    .joined(separator: "\n")
  let isFiller = isPlaceholderBiography(biography)
  return AuthorCard(
    name: name, text: biography.isEmpty || isFiller ? nil : biography, isPlaceholder: isFiller)
}
