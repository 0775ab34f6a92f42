import Stories

/// The story's text from the data that the page carries for machines, where people see less of it.
///
/// Contract: asked only for more than twice of what the page shows. First the `articleBody` of its
/// JSON-LD, then, on a page that shows next to nothing, the longest piece of markup in the strings
/// of its scripts, which is what pages drawn by scripts are drawn from. Linear in the page.
func dataBody(
  _ said: Metadata, _ tree: HTMLTree, _ addresses: Addresses, shown letters: Int32
) -> [Block]? {
  let isMore = { (blocks: [Block]) in StoryReading.letters(blocks) / 2 > letters }
  if let told = articleBody(said, addresses), isMore(told) { return told }
  guard letters < Thresholds.poorStory else { return nil }
  var search = MarkupSearch()
  for node in 0..<tree.count where tree.tag(node) == .script {
    search.scan(tree.rawText(node))
  }
  guard !search.found.isEmpty else { return nil }
  let told = blocks(of: search.found, addresses)
  return isMore(told) ? told : nil
}

/// What the first article of the page's data says that carries more than a summary.
private func articleBody(_ said: Metadata, _ addresses: Addresses) -> [Block]? {
  for article in said.articles {
    guard let text = article["articleBody"].text, text.utf8.count > 400 else { continue }
    let bytes = Array(text.utf8.prefix(MarkupSearch.limit))
    if MarkupSearch.isMarkup(bytes[...]) { return blocks(of: bytes, addresses) }
    let tree = HTMLTree(bytes)
    let lines = tree.text(HTMLTree.root, limit: MarkupSearch.limit).split(separator: "\n")
    return lines.map { .paragraph([Phrase(String($0))]) }
  }
  return nil
}

private func blocks(of markup: [UInt8], _ addresses: Addresses) -> [Block] {
  var study = FigureFinder.run(PageStudy(HTMLTree(markup)))
  study.markFurniture(.usual)
  return tidy(BlockBuilder.blocks(in: HTMLTree.root, study, addresses))
}

/// Finds the longest string of paragraphs in the scripts of a page, also in strings inside strings.
private struct MarkupSearch {
  /// The most bytes of data that are read as a story.
  static let limit = 2_000_000
  /// Data is JSON in a string of a script at most, and its strings hold the markup.
  private static let depthLimit = 3
  /// Strings with less are labels and addresses.
  private static let least = 400

  private(set) var found: [UInt8] = []

  mutating func scan(_ text: ArraySlice<UInt8>, depth: Int = 1) {
    var at = text.startIndex
    while let start = text[at...].firstIndex(of: 0x22) {
      var end = start + 1
      while end < text.endIndex, text[end] != 0x22 { end += text[end] == 0x5C ? 2 : 1 }
      guard end < text.endIndex else { return }
      if end - start > Self.least { read(text[start...end], depth: depth) }
      at = end + 1
    }
  }

  private mutating func read(_ literal: ArraySlice<UInt8>, depth: Int) {
    guard let text = JSONValue(lenient: [0x5B] + literal + [0x5D]).items.first?.text else { return }
    let bytes = Array(text.utf8)
    if Self.isMarkup(bytes[...]) {
      if bytes.count > found.count, bytes.count <= Self.limit { found = bytes }
    } else if depth < Self.depthLimit, bytes.contains(0x22) {
      scan(bytes[...], depth: depth + 1)
    }
  }

  /// Whether the text begins with a tag and has paragraphs.
  static func isMarkup(_ text: ArraySlice<UInt8>) -> Bool {
    text.first == 0x3C && ("</p>" as StaticString).withUTF8Buffer { text.containsFolded($0) }
  }
}
