import Display
import Glibc
import Storage
import Writing

/// `courant search`: stories that hold the words, best first, each with the place found.
struct SearchVerb {
  var words: String
  var limit: Int
  var isJSON: Bool
  var library: Library

  func run() throws(Failure) {
    let query = readFilter(words)
    let hits = try library.ask { library throws(StorageError) in
      try library.search.hits(of: query, limit: limit)
    }
    if let words = library.takeNotice() { Output.complain(words) }
    for hit in hits {
      // The words of the lines are made safe one by one.
      if isJSON { try Output.write(json(hit)) } else { try Output.writeSequences(text(hit)) }
    }
    if hits.isEmpty, !isJSON, Output.isTerminal { try Output.write("No story has these words.\n") }
  }

  private func json(_ hit: Hit) -> [UInt8] {
    var out = JSONWriter()
    out.object { out in
      out.fields(of: hit.headline)
      out.key("rank")
      out.decimal(hit.rank)
      out.key("snippet")
      out.array(hit.snippet) { out, part in
        out.object {
          $0.field("text", part.text)
          $0.field("match", part.isMatch)
        }
      }
    }
    out.endLine()
    return out.bytes
  }

  private func text(_ hit: Hit) -> [UInt8] {
    // Bold is no colour; a terminal that cannot do it is given none.
    let canMark = Output.isTerminal && getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false
    let snippet = hit.snippet.map { part in
      let words = oneLine(part.text)
      return part.isMatch && canMark ? "\u{1B}[1m\(words)\u{1B}[0m" : words
    }.joined()
    return Array("\(hit.headline.plainLine)\n         \(snippet)\n".utf8)
  }
}

/// A piece of a line: made safe, with the spaces at its ends, of which `safe` leaves none.
private func oneLine(_ text: String) -> String {
  func isSpace(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 } ?? false }
  let words = safe(text, oneLine: true)
  guard !words.isEmpty else { return text.isEmpty ? "" : " " }
  return (isSpace(text.utf8.first) ? " " : "") + words + (isSpace(text.utf8.last) ? " " : "")
}
