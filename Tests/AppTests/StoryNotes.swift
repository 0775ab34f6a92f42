import Stories

/// Reads the small text form in which the scripts keep their stories.
///
/// A story begins with `# Headline`; `key: value` lines follow until an empty line. Then blocks,
/// each separated by an empty line: `## heading`, `[photo] caption | credit`, `> quote`, code indented
/// by four spaces, a table with `| cell | cell` on each line, text with `<words|address>` for links.
/// `@ name, 2024-05-16` begins a comment; each further `@` is a reply
/// one level deeper.
struct StoryNotes {
  var story = Story(title: "")
  var source: String?
  var isRead = false
  var isStarred = false
  var progress = 0.0

  /// The notes of a story with a link, more paragraphs, and a thread of a question and its answer.
  static func linkedThread(_ more: String...) -> String {
    let paragraphs = ["See <this|https://example.org/a>."] + more
    let thread = ["@ asker, 2024-05-01", "Asked.", "@@ answerer", "Said."]
    return (["# One\naddress: https://example.org/1"] + paragraphs + thread)
      .joined(separator: "\n\n")
  }

  static func read(_ text: String) -> [StoryNotes] {
    var all: [StoryNotes] = []
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("# "), !lines.isEmpty {
        all.append(StoryNotes(lines))
        lines = []
      }
      if !lines.isEmpty || line.hasPrefix("# ") { lines.append(line) }
    }
    return lines.isEmpty ? all : all + [StoryNotes(lines)]
  }

  private init(_ lines: [String]) {
    story = Story(title: String(lines[0].dropFirst(2)))
    var rest = lines.dropFirst()
    while let line = rest.first, !line.isEmpty {
      fact(line)
      rest = rest.dropFirst()
    }
    var posted: [PostedComment] = []
    var branch: [String] = []
    for paragraph in rest.split(separator: "") {
      if posted.isEmpty, let block = Self.block(ofLines: Array(paragraph)) {
        story.blocks.append(block)
        continue
      }
      let text = paragraph.joined(separator: " ")
      if text.hasPrefix("@") {
        let depth = text.prefix { $0 == "@" }.count
        let facts = text.dropFirst(depth).split(separator: ",").map {
          String($0.drop { $0 == " " })
        }
        let id = "c\(posted.count + 1)"
        branch = Array(branch.prefix(depth - 1)) + [id]
        posted.append(
          PostedComment(
            id: id, parent: depth > 1 ? branch[depth - 2] : nil, author: facts[0],
            time: facts.count > 1 ? Self.day(facts[1]) : nil,
            marks: facts.contains("OP") ? .originalPoster : []))
      } else if !posted.isEmpty {
        posted[posted.count - 1].blocks.append(.paragraph(Self.phrases(text)))
      } else {
        story.blocks.append(Self.block(text))
      }
    }
    story.thread = Thread(posted, count: posted.isEmpty ? nil : posted.count, state: .open)
    story.numberFigures()
  }

  private mutating func fact(_ line: String) {
    let parts = line.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
    let value = parts.count > 1 ? parts[1] : ""
    switch parts[0] {
    case "source":
      source = value
      story.site = value
    case "date": story.published = Self.day(value)
    case "by": story.byline = [value]
    case "address": story.address = value
    case "read": isRead = true
    case "starred": isStarred = true
    case "progress": progress = Double(value) ?? 0
    default: break
    }
  }

  /// Code or a table, which are made of lines.
  private static func block(ofLines lines: [String]) -> Block? {
    if lines.allSatisfy({ $0.hasPrefix("    ") }) {
      return .code(lines.map { String($0.dropFirst(4)) }.joined(separator: "\n"), language: nil)
    }
    guard lines.allSatisfy({ $0.hasPrefix("|") }) else { return nil }
    let rows = lines.enumerated().map { row, line in
      line.split(separator: "|").map { cell in
        let words = cell.split(separator: " ").joined(separator: " ")
        return Table.Cell([Phrase(words)], isHeader: row == 0)
      }
    }
    return .table(Table(rows: rows))
  }

  private static func block(_ text: String) -> Block {
    if text.hasPrefix("## ") { return .heading(level: 2, [Phrase(String(text.dropFirst(3)))]) }
    if text.hasPrefix("> ") { return .quote([.paragraph(phrases(String(text.dropFirst(2))))]) }
    for kind in Figure.Kind.allCases where text.hasPrefix("[\(kind.rawValue)] ") {
      let parts = text.dropFirst(kind.rawValue.count + 3).split(separator: "|").map(String.init)
      let caption = parts.first ?? ""
      return .figure(
        Figure(
          kind: kind, caption: [Phrase(String(caption.reversed().drop { $0 == " " }.reversed()))],
          credit: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : nil))
    }
    return .paragraph(phrases(text))
  }

  private static func phrases(_ text: String) -> [Phrase] {
    var result: [Phrase] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let parts = rest[rest.index(after: open)..<close].split(separator: "|").map(String.init)
      if open > rest.startIndex { result.append(Phrase(String(rest[..<open]))) }
      result.append(Phrase(parts.first ?? "", link: parts.last))
      rest = rest[rest.index(after: close)...]
    }
    return rest.isEmpty ? result : result + [Phrase(String(rest))]
  }

  private static func day(_ text: String) -> Timestamp? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    return Timestamp(year: parts[0], month: parts[1], day: parts[2], precision: .day)
  }
}
