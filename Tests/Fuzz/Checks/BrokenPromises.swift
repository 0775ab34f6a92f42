import Parsing
import Stories
import Writing

/// What holds for every page, whatever its bytes: a sentence for each promise that is broken.
///
/// A trap, a hang and memory without bound are for the fuzzer to see. The tests run the seeds
/// through here too, so that one of them can never lie broken unnoticed.
package func brokenPromises(of input: FuzzInput) -> [String] {
  let first = Result { () throws(PageError) in try parsePage(input.page) }
  let second = Result { () throws(PageError) in try parsePage(input.page) }
  switch (first, second) {
  case (.failure(let one), .failure(let other)):
    return one == other ? [] : ["one page is refused for two different reasons"]
  case (.success(let one), .success(let other)):
    var broken = brokenPromises(of: one)
    if one.story != other.story || one.report != other.report {
      broken.append("one page gives two different stories")
    }
    return broken
  default: return ["one page is refused and read"]
  }
}

private func brokenPromises(of parsed: ParsedPage) -> [String] {
  let story = parsed.story
  var broken = StoryChecks(story).broken
  if !(0...1).contains(parsed.report.confidence) { broken.append("the confidence is not 0…1") }
  for dropped in parsed.report.dropped where dropped.text.count > 60 {
    broken.append("a dropped piece is quoted with more than 60 characters")
  }
  if story.dump.utf8.last != 0x0A { broken.append("the dump does not end its last line") }
  for form in StoryFormat.allCases {
    broken += WrittenChecks(story.written(as: form), form).broken
  }
  return broken
}

/// The story as a value: its numbers, its tree and its one-line fields.
private struct StoryChecks {
  private(set) var broken: [String] = []

  init(_ story: Story) {
    if story.blocks.isEmpty, story.thread.comments.isEmpty { broken.append("the story is empty") }
    if story.figures.map(\.number) != Array(1..<story.figures.count + 1) {
      broken.append("figures are not numbered 1…n")
    }
    oneLine("title", story.title)
    oneLine("standfirst", story.standfirst)
    for name in story.byline {
      oneLine("byline", name)
      if name.isEmpty { broken.append("a name of the byline is empty") }
    }
    for (name, text) in [
      ("dateline", story.dateline), ("site", story.site), ("language", story.language),
      ("address", story.address), ("section", story.section),
    ] { oneLine(name, text) }
    for tag in story.tags { oneLine("tag", tag) }
    for block in story.blocks { check(block, depth: 0) }
    check(story.thread)
  }

  private mutating func oneLine(_ name: String, _ text: String?) {
    guard let text else { return }
    if text.utf8.contains(0x0A) || text.utf8.contains(0x0D) {
      broken.append("the \(name) holds a line end")
    }
  }

  private mutating func check(_ block: Block, depth: Int) {
    switch block {
    case .heading(let level, let phrases):
      if !(2...6).contains(level) { broken.append("a heading has level \(level)") }
      filled("heading", phrases)
    case .paragraph(let phrases): filled("paragraph", phrases)
    case .pullQuote(let phrases): filled("pull quote", phrases)
    case .quote(let blocks): nested("quote", blocks, depth: depth)
    case .list(let list):
      if list.items.isEmpty { broken.append("a list has no item") }
      for item in list.items { nested("item", item, depth: depth) }
    case .figure(let figure):
      if depth > 0 { broken.append("a figure stands inside another block") }
      oneLine("credit", figure.credit)
      if figure.credit?.isEmpty == true { broken.append("a credit is empty") }
    case .table(let table):
      if table.rows.isEmpty { broken.append("a table has no row") }
      for cell in table.rows.joined() where cell.columns < 1 || cell.rows < 1 {
        broken.append("a cell covers nothing")
      }
    case .code, .embed, .footnote, .rule: break
    }
  }

  private mutating func filled(_ name: String, _ phrases: [Phrase]) {
    if phrases.text.isEmpty { broken.append("a \(name) is empty") }
  }

  private mutating func nested(_ name: String, _ blocks: [Block], depth: Int) {
    if blocks.isEmpty { broken.append("\(name) is empty") }
    for block in blocks { check(block, depth: depth + 1) }
  }

  /// Parents stand before their replies, one level up, and branches have no gaps.
  private mutating func check(_ thread: Thread) {
    if let count = thread.count, count < 0 { broken.append("a thread counts below zero") }
    if Set(thread.comments.map(\.id)).count != thread.comments.count {
      broken.append("two comments have one id")
    }
    for (index, comment) in thread.comments.enumerated() {
      oneLine("comment's author", comment.author)
      let parent = comment.parent.map { thread.comments[$0] }
      if let place = comment.parent, place >= index { broken.append("a reply precedes its parent") }
      if comment.depth != parent.map({ $0.depth + 1 }) ?? 0 { broken.append("a depth is wrong") }
      if thread.branch(index).upperBound > thread.comments.count {
        broken.append("a branch ends behind the thread")
      }
      for block in comment.blocks { check(block, depth: 1) }
    }
  }
}

/// A story written out: what a terminal would obey is gone, and JSON is JSON.
private struct WrittenChecks {
  private(set) var broken: [String] = []

  init(_ bytes: [UInt8], _ form: StoryFormat) {
    if bytes.last != 0x0A { broken.append("\(form) does not end its last line") }
    if String(validating: bytes, as: UTF8.self) == nil { broken.append("\(form) is no UTF-8") }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.contains(where: Self.isObeyed) {
      broken.append("\(form) holds what a terminal obeys")
    }
    if form == .json {
      var check = JSONCheck(bytes)
      if !check.isValid() { broken.append("json is no JSON") }
    }
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
