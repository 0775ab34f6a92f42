import Display
import Queries
import Storage
import Writing

/// `courant list`: the stories of the library, newest first, a line each.
struct ListVerb {
  var request: Invocation.ListRequest
  var library: Library

  func run() throws(Failure) {
    let columns = terminalColumns()
    var parts = [readFilter(request.words)]
    if request.isUnread { parts.append(.state(.unread)) }
    if request.isStarred { parts.append(.state(.starred)) }
    var left = request.limit ?? .max
    var bytes: [UInt8] = []
    let error = try library.eachHeadline(of: Listing(Query.all(of: parts))) {
      headline throws(Failure) in
      bytes += line(headline, columns)
      if bytes.count > 1 << 16 {
        try Output.write(bytes)
        bytes = []
      }
      left -= 1
      return left > 0
    }
    if let words = library.takeNotice() { Output.complain(words) }
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
