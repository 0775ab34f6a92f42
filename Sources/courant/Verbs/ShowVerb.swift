import Display
import Glibc
import Settings
import Stories
import Storage
import Terminal
import Writing

/// `courant show`: a story as text, laid out as on the screen.
struct ShowVerb {
  var name: String
  var request: Invocation.ShowRequest
  var library: Library
  /// Whether links become the terminal's own.
  var links: Preferences.When

  func run() throws(Failure) {
    let id = try library.find(name)
    guard
      var story = try library.ask({ library throws(StorageError) in try library.stories.story(id) })
    else { throw Failure(StorageError.noStory(id).message) }
    if !request.withComments { story.thread = Thread() }
    guard request.isJSON else {
      return try printStory(story, width: request.width, links: links)
    }
    var out = JSONWriter()
    out.object { out in
      out.field("id", Int(id))
      out.fields(of: story)
    }
    out.endLine()
    try Output.write(out.bytes)
  }
}

/// Prints a story as on a screen of that width, without colours.
///
/// The default width is the terminal's, or `$COLUMNS`, or 80. On a terminal, links are its own where
/// that is wanted.
func printStory(
  _ story: Story, width: Int? = nil, links: Preferences.When
) throws(Failure) {
  let asked = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
  let columns = width ?? terminalColumns() ?? asked ?? 80
  let options = LayoutOptions(
    width: min(max(columns, 10), 1000), measure: width ?? 72,
    now: Timestamp(seconds: Int64(time(nil))), order: printedOrder)
  let layout = StoryLayout(StoryText(story), options: options)
  let showsLinks = Output.isTerminal && links.holds(KnownTerminal().showsLinks)
  var row = 0
  while row < layout.rowCount {
    let rows = row..<min(row + 500, layout.rowCount)
    var text = ""
    for line in layout.lines(rows) {
      text += showsLinks ? linked(line) : String(line.text.trimmedEnd)
      text += "\n"
    }
    // Layout leaves nothing unsafe in its lines.
    try Output.writeSequences(Array(text.utf8))
    row = rows.upperBound
  }
}

/// A line whose links are the terminal's own.
private func linked(_ line: Line) -> String {
  var text = ""
  var open: Hyperlink?
  var room = line.text.trimmedEnd.utf8.count
  for span in line.spans {
    if span.link != open {
      text += String(decoding: Console.linkSequence(span.link), as: UTF8.self)
    }
    open = span.link
    text += String(decoding: span.text.utf8.prefix(room), as: UTF8.self)
    room = max(0, room - span.text.utf8.count)
  }
  return open == nil ? text : text + String(decoding: Console.linkSequence(nil), as: UTF8.self)
}

/// On a terminal as it is seen; to a file or a program as it was written.
private var printedOrder: TextOrder {
  guard Output.isTerminal else { return .asWritten }
  return KnownTerminal().ordersText ? .byTerminal : .asSeen
}

extension String {
  fileprivate var trimmedEnd: Substring {
    var text = Substring(self)
    while text.utf8.last == 0x20 { text.removeLast() }
    return text
  }
}
