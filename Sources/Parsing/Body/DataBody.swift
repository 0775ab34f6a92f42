import Stories

/// The story's text from machine-readable data, if that has more than twice the letters of the markup.
///
/// First the `articleBody` of JSON-LD; then, on a page with next to no text, the longest HTML string
/// in its scripts, from which client-side rendering builds the page. Linear in the page.
///
/// `letters` is the length of the story extracted from the markup.
func embeddedBody(
  _ metadata: Metadata, _ tree: HTMLTree, _ addresses: Addresses, shown letters: Int32
) -> [Block]? {
  let isMore = { (blocks: [Block]) in StoryReading.letters(blocks) / 2 > letters }
  if let body = articleBody(metadata, addresses), isMore(body) { return body }
  guard letters < Thresholds.poorStoryLetters else { return nil }
  var search = MarkupSearch()
  for node in 0..<tree.count where tree.tag(node) == .script {
    search.scan(tree.rawText(node))
  }
  guard !search.found.isEmpty else { return nil }
  let body = blocks(of: search.found, addresses)
  return isMore(body) ? body : nil
}

/// The first JSON-LD `articleBody` of more than 400 bytes; a shorter one is a summary.
private func articleBody(_ metadata: Metadata, _ addresses: Addresses) -> [Block]? {
  for article in metadata.articles {
    guard let text = article["articleBody"].text, text.utf8.count > 400 else { continue }
    let bytes = Array(text.utf8.prefix(MarkupSearch.maximumBytes))
    if MarkupSearch.isMarkup(bytes[...]) { return blocks(of: bytes, addresses) }
    let tree = HTMLTree(bytes)
    let lines = tree.text(HTMLTree.root, limit: MarkupSearch.maximumBytes).split(separator: "\n")
    return lines.map { .paragraph([Phrase(String($0))]) }
  }
  return nil
}

private func blocks(of markup: [UInt8], _ addresses: Addresses) -> [Block] {
  var study = FigureFinder.run(PageStudy(HTMLTree(markup)))
  study.markFurniture(.usual)
  return tidy(BlockBuilder.blocks(in: HTMLTree.root, study, addresses))
}

/// Finds the longest HTML string literal in the scripts of a page, also in JSON nested in strings.
private struct MarkupSearch {
  /// The most bytes of embedded data that are parsed as a story.
  static let maximumBytes = 2_000_000
  /// Nesting maximumBytes of strings: HTML in a JSON string in a script string.
  private static let maximumDepth = 3
  /// The shortest string examined; shorter ones are labels and URLs.
  private static let minimumStringBytes = 400

  private(set) var found: [UInt8] = []

  mutating func scan(_ text: ArraySlice<UInt8>, depth: Int = 1) {
    var at = text.startIndex
    while let start = text[at...].firstIndex(of: 0x22) {
      var end = start + 1
      while end < text.endIndex, text[end] != 0x22 { end += text[end] == 0x5C ? 2 : 1 }
      guard end < text.endIndex else { return }
      if end - start > Self.minimumStringBytes { search(text[start...end], depth: depth) }
      at = end + 1
    }
  }

  private mutating func search(_ literal: ArraySlice<UInt8>, depth: Int) {
    guard let text = JSONValue(lenient: [0x5B] + literal + [0x5D]).items.first?.text else { return }
    let bytes = Array(text.utf8)
    if Self.isMarkup(bytes[...]) {
      if bytes.count > found.count, bytes.count <= Self.maximumBytes { found = bytes }
    } else if depth < Self.maximumDepth, bytes.contains(0x22) {
      scan(bytes[...], depth: depth + 1)
    }
  }

  /// Whether the text begins with a tag and has closing paragraph tags.
  static func isMarkup(_ text: ArraySlice<UInt8>) -> Bool {
    text.first == 0x3C && text.containsFolded("</p>" as StaticString)
  }
}
