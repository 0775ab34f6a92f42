import Display
import Storage
import Writing

/// `courant list`: the stories of the library, newest first, a line each.
struct ListVerb {
  var request: Invocation.ListRequest
  var library: Library

  func run() throws(Failure) {
    let columns = terminalColumns()
    let terms = request.words.split(separator: " ").map { $0.lowercased() }
    let isUnread = request.isUnread || terms.contains("unread")
    let isStarred = request.isStarred || terms.contains("starred")
    let words = terms.filter { $0 != "unread" && $0 != "starred" }
    var left = request.limit ?? .max
    var bytes: [UInt8] = []
    // A shelf is the narrowest window; what it does not ask for is looked at row by row.
    let shelf: Shelf = isStarred ? .starred : isUnread ? .unread : .all
    let error = try library.eachHeadline(shelf) { headline throws(Failure) in
      guard !isUnread || !headline.isRead, headline.has(words) else { return true }
      bytes += line(headline, columns)
      if bytes.count > 1 << 16 {
        try Output.write(bytes)
        bytes = []
      }
      left -= 1
      return left > 0
    }
    if let error { throw Failure(error.message) }
    try Output.write(bytes)
  }

  private func line(_ headline: Headline, _ columns: Int?) -> [UInt8] {
    guard request.isJSON else {
      let text = headline.plainLine
      return Array((columns.map { truncated(text, to: $0) } ?? text).utf8) + [0x0A]
    }
    var out = JSONWriter()
    out.object { $0.fields(of: headline) }
    out.endLine()
    return out.bytes
  }
}

extension Headline {
  /// Whether headline or source hold all the words, whatever their case.
  fileprivate func has(_ words: [String]) -> Bool {
    guard !words.isEmpty else { return true }
    let text = (title + " " + source).lowercased()
    return words.allSatisfy { text.contains($0) }
  }
}
