import Parsing
import Stories
import Writing

/// The violated invariants of parsing and writing a page: a sentence each, none for a correct result.
///
/// Crashes, timeouts and unbounded memory are detected by the fuzzer itself. The test suite checks the
/// seeds with this function too, so that a regression on one of them is noticed without fuzzing.
package func violatedInvariants(of input: FuzzInput) -> [String] {
  let first = Result { () throws(PageError) in try parsePage(input.page) }
  let second = Result { () throws(PageError) in try parsePage(input.page) }
  switch (first, second) {
  case (.failure(let one), .failure(let other)):
    return one == other ? [] : ["one page is refused for two different reasons"]
  case (.success(let one), .success(let other)):
    var violations = violatedInvariants(of: one)
    if one.story != other.story || one.report != other.report {
      violations.append("one page gives two different stories")
    }
    return violations
  default: return ["one page is refused and read"]
  }
}

private func violatedInvariants(of parsed: ParsedPage) -> [String] {
  let story = parsed.story
  var violations = StoryChecks(story).violations
  if !(0...1).contains(parsed.report.confidence) { violations.append("the confidence is not 0…1") }
  for dropped in parsed.report.dropped where dropped.text.count > 60 {
    violations.append("a dropped piece is quoted with more than 60 characters")
  }
  if story.dump.utf8.last != 0x0A { violations.append("the dump does not end its last line") }
  for form in StoryFormat.allCases {
    violations += WrittenChecks(story.written(as: form), form).violations
  }
  return violations
}

/// Invariants of the story value: figure numbers, nesting of blocks, thread, single-line fields.
private struct StoryChecks {
  private(set) var violations: [String] = []

  init(_ story: Story) {
    if story.blocks.isEmpty, story.thread.comments.isEmpty {
      violations.append("the story is empty")
    }
    if story.figures.map(\.number) != Array(1..<story.figures.count + 1) {
      violations.append("figures are not numbered 1…n")
    }
    checkSingleLine("title", story.title)
    checkSingleLine("standfirst", story.standfirst)
    for name in story.byline {
      checkSingleLine("byline", name)
      if name.isEmpty { violations.append("a name of the byline is empty") }
    }
    for (name, text) in [
      ("dateline", story.dateline), ("site", story.site), ("language", story.language),
      ("address", story.address), ("section", story.section),
    ] { checkSingleLine(name, text) }
    for tag in story.tags { checkSingleLine("tag", tag) }
    for block in story.blocks { check(block, depth: 0) }
    check(story.thread)
  }

  private mutating func checkSingleLine(_ name: String, _ text: String?) {
    guard let text else { return }
    if text.utf8.contains(0x0A) || text.utf8.contains(0x0D) {
      violations.append("the \(name) holds a line end")
    }
  }

  private mutating func check(_ block: Block, depth: Int) {
    let traits = block.traits
    if case .heading(let level) = traits.role, !(2...6).contains(level) {
      violations.append("a heading has level \(level)")
    }
    if case .figure(let figure) = block {
      if depth > 0 { violations.append("a figure stands inside another block") }
      checkSingleLine("credit", figure.credit)
      if figure.credit?.isEmpty == true { violations.append("a credit is empty") }
    }
    if case .pullQuote(let phrases) = block { checkFilled(traits.name, phrases) }
    switch traits.content {
    case .phrases(let phrases):
      // Captions, embeds and notes may be empty.
      if traits.role != .note, traits.role != .aside { checkFilled(traits.name, phrases) }
    case .blocks(let groups):
      if groups.isEmpty { violations.append("a \(traits.name) has no item") }
      for blocks in groups { checkNested(traits.name, blocks, depth: depth) }
    case .table(let table):
      if table.rows.isEmpty { violations.append("a table has no row") }
      for cell in table.rows.joined() where cell.columns < 1 || cell.rows < 1 {
        violations.append("a cell covers nothing")
      }
    case .code, .none: break
    }
  }

  private mutating func checkFilled(_ name: String, _ phrases: [Phrase]) {
    if phrases.text.isEmpty { violations.append("a \(name) is empty") }
  }

  private mutating func checkNested(_ name: String, _ blocks: [Block], depth: Int) {
    if blocks.isEmpty { violations.append("\(name) is empty") }
    for block in blocks { check(block, depth: depth + 1) }
  }

  /// Parents precede their replies and are one level up; branches are contiguous.
  private mutating func check(_ thread: Thread) {
    if let count = thread.count, count < 0 { violations.append("a thread counts below zero") }
    if Set(thread.comments.map(\.id)).count != thread.comments.count {
      violations.append("two comments have one id")
    }
    for (index, comment) in thread.comments.enumerated() {
      checkSingleLine("comment's author", comment.author)
      let parent = comment.parent.map { thread.comments[$0] }
      if let place = comment.parent, place >= index {
        violations.append("a reply precedes its parent")
      }
      if comment.depth != parent.map({ $0.depth + 1 }) ?? 0 {
        violations.append("a depth is wrong")
      }
      if thread.branch(index).upperBound > thread.comments.count {
        violations.append("a branch ends behind the thread")
      }
      for block in comment.blocks { check(block, depth: 1) }
    }
  }
}

/// Invariants of written stories: no terminal control characters, valid UTF-8, valid JSON.
private struct WrittenChecks {
  private(set) var violations: [String] = []

  init(_ bytes: [UInt8], _ form: StoryFormat) {
    if bytes.last != 0x0A { violations.append("\(form) does not end its last line") }
    if String(validating: bytes, as: UTF8.self) == nil { violations.append("\(form) is no UTF-8") }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.contains(where: Self.isControl) {
      violations.append("\(form) holds what a terminal obeys")
    }
    if form == .json {
      var check = JSONCheck(bytes)
      if !check.isValid() { violations.append("json is no JSON") }
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
