import Stories

/// The comments in a page's JSON-LD: the nested `comment` properties of articles and postings.
///
/// A `Comment` needs a text; an `Answer` also an author and a date, because FAQ pages mark their
/// answers in the same way. Parents precede their replies; at most 20,000 comments, 60 levels deep.
func linkedComments(_ metadata: Metadata, _ addresses: Addresses) -> [PostedComment] {
  var collector = LinkedCommentCollector(metadata: metadata, addresses: addresses)
  for object in metadata.linked.objects {
    for key in ["comment", "acceptedAnswer", "suggestedAnswer"] {
      collector.collect(object[key], below: nil, depth: 0)
    }
  }
  return collector.posted
}

private struct LinkedCommentCollector {
  let metadata: Metadata
  let addresses: Addresses
  var posted: [PostedComment] = []
  private var seen: Set<String> = []

  init(metadata: Metadata, addresses: Addresses) {
    self.metadata = metadata
    self.addresses = addresses
  }

  mutating func collect(_ list: JSONValue, below parent: String?, depth: Int) {
    for item in list.items where item.isObject && posted.count < 20_000 {
      guard let comment = comment(item, below: parent) else { continue }
      posted.append(comment)
      guard depth < 60 else { continue }
      collect(item["comment"], below: comment.id, depth: depth + 1)
    }
  }

  private mutating func comment(_ item: JSONValue, below parent: String?) -> PostedComment? {
    let type = item["@type"].items.first?.text ?? ""
    guard let text = item["text"].text ?? item["description"].text ?? item["commentText"].text
    else {
      return nil
    }
    let author = item["author"].items.first ?? item["creator"].items.first ?? .null
    let name = (author["name"].text ?? author.text).flatMap {
      CommentReading.clean(Metadata.decoded(Metadata.decoded($0)))
    }
    let time =
      ["datePublished", "dateCreated", "commentTime"].lazy
      .compactMap { DateParser.parse(item[$0].text) }.first
    guard type.hasSuffix("Comment") || type.hasSuffix("Comments") || (name != nil && time != nil)
    else { return nil }
    let id = item["@id"].text ?? item["url"].text ?? "c\(posted.count + 1)"
    // Some pages repeat a posting's comments in each JSON-LD object that describes it.
    guard seen.insert(id).inserted else { return nil }
    let above = item["parentItem"]["@id"].text.flatMap { seen.contains($0) ? $0 : nil }
    return PostedComment(
      id: id, parent: parent ?? above, author: name ?? "", time: time,
      blocks: blocks(ofMarkup: text, addresses))
  }
}
