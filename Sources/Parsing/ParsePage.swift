import Stories

/// Parses a page of any kind: HTML or plain text.
package func parsePage(_ page: Page) throws(PageError) -> ParsedPage {
  guard page.bytes.contains(where: { !$0.isSpace }) else { throw .empty }
  let tree = HTMLTree(page.bytes)
  var story = Story(title: "")
  for node in 0..<tree.count where tree.tag(node) == .p {
    story.blocks.append(.paragraph([Phrase(tree.line(node))]))
  }
  guard !story.blocks.isEmpty else { throw .noStory("There is no text in it.") }
  return ParsedPage(story: story, report: Report())
}
