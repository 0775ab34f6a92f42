import Stories

/// The comments that a page's JSON-LD carries: `comment` of an article or posting, nested.
///
/// Contract: what is typed as a comment needs a text; an answer needs an author and a date too, for
/// pages of frequent questions mark their own answers so. In the page's order, parents first; at
/// most 20,000.
func linkedComments(_ said: Metadata, _ addresses: Addresses) -> [PostedComment] {
  var reader = LinkedCommentReader(said: said, addresses: addresses)
  for object in said.linked.objects {
    for key in ["comment", "acceptedAnswer", "suggestedAnswer"] {
      reader.read(object[key], below: nil, depth: 0)
    }
  }
  return reader.posted
}

private struct LinkedCommentReader {
  let said: Metadata
  let addresses: Addresses
  var posted: [PostedComment] = []
  private var seen: Set<String> = []

  init(said: Metadata, addresses: Addresses) {
    self.said = said
    self.addresses = addresses
  }

  mutating func read(_ list: JSONValue, below parent: String?, depth: Int) {
    for item in list.items where item.isObject && posted.count < 20_000 {
      guard let comment = comment(item, below: parent) else { continue }
      posted.append(comment)
      guard depth < 60 else { continue }
      read(item["comment"], below: comment.id, depth: depth + 1)
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
    // Some pages list a posting's comments under each of its descriptions.
    guard seen.insert(id).inserted else { return nil }
    let above = item["parentItem"]["@id"].text.flatMap { seen.contains($0) ? $0 : nil }
    return PostedComment(
      id: id, parent: parent ?? above, author: name ?? "", time: time,
      blocks: blocks(ofMarkup: text, addresses))
  }
}
