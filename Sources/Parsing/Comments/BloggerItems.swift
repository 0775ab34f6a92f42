import Stories

/// The comments in Blogger's inline script: `var items = [{'id': '…', 'body': '…'}, …]`.
///
/// The script is in the page even if the comments are rendered later, so it is used where it holds
/// more comments than the markup. Empty without such a script, or if its value is `null`.
func bloggerItems(_ tree: HTMLTree, _ addresses: Addresses) -> [PostedComment] {
  for node in 1..<max(1, tree.count) where tree.tag(node) == .script {
    let script = tree.rawText(node)
    guard let start = script.index(afterFirst: "var items = "), script[start...].first == 0x5B
    else {
      continue
    }
    let posted = JSONValue(lenient: script[start...]).items.compactMap { item in
      bloggerItem(item, addresses)
    }
    if !posted.isEmpty { return posted }
  }
  return []
}

private func bloggerItem(_ item: JSONValue, _ addresses: Addresses) -> PostedComment? {
  guard let id = item["id"].text, let body = item["body"].text else { return nil }
  let written = item["timestamp"].text.flatMap(CommentReading.epochTime)
  let isDeleted = Array(body.utf8)[...].index(afterFirst: "deleted-comment") != nil
  return PostedComment(
    id: id, parent: item["parentId"].text,
    author: item["author"]["name"].text.flatMap(CommentReading.clean) ?? "",
    time: written ?? DateParser.parse(item["displayTime"].text, monthFirst: true),
    blocks: blocks(ofMarkup: body, addresses), marks: isDeleted ? .deleted : [])
}

/// The blocks of a comment that is an HTML string in a page's data; at most 1,000,000 bytes.
func blocks(ofMarkup text: String, _ addresses: Addresses) -> [Block] {
  let tree = HTMLTree(Array(text.utf8.prefix(1_000_000)))
  return BlockBuilder.blocks(in: HTMLTree.root, PageStudy(tree), addresses)
    .compactMap(\.inComment)
}

extension ArraySlice<UInt8> {
  /// The index after the first occurrence of `letters`, or `nil`.
  fileprivate func index(afterFirst letters: StaticString) -> Index? {
    letters.withSpan { letters in
      guard !letters.isEmpty, count >= letters.count else { return nil }
      let bytes = span
      for start in 0...bytes.count - letters.count where bytes[start] == letters[0] {
        var length = 1
        while length < letters.count, bytes[start + length] == letters[length] { length += 1 }
        if length == letters.count { return startIndex + start + length }
      }
      return nil
    }
  }
}
