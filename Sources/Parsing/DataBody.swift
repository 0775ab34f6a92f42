import Stories

/// The text of the article that the page's JSON-LD carries, cut into its lines.
///
/// Contract: the first article of the page's data that carries more than a summary; markup inside it
/// is read as markup. At most two million bytes.
func articleBody(_ said: Metadata) -> [Block]? {
  for article in said.articles {
    guard let text = article["articleBody"].text, text.utf8.count > 400 else { continue }
    let tree = HTMLTree(Array(text.utf8.prefix(2_000_000)))
    let lines = tree.text(HTMLTree.root, limit: 2_000_000).split(separator: "\n")
    return lines.map { .paragraph([Phrase(String($0))]) }
  }
  return nil
}
