import Stories

/// A story as CommonMark with tables; what the text says is escaped, so that it is only text.
struct MarkdownWriter {
  private var out = SafeBytes()
  /// What the last line began with: the marks of quotes and lists that it stands in.
  private var lastPrefix = ""

  static func document(_ story: Story) -> [UInt8] {
    var writer = MarkdownWriter()
    writer.paragraph("# " + escaped(story.title.isEmpty ? "Untitled" : story.title), "")
    if let standfirst = story.standfirst { writer.paragraph("*\(escaped(standfirst))*", "") }
    if !story.sourceLine.isEmpty { writer.paragraph(escaped(story.sourceLine), "") }
    if let address = story.address, WebAddress.link(address) != nil {
      // It is a link and is read as well.
      writer.paragraph("<\(destination(WebAddress.shown(address)))>", "")
    }
    for block in story.blocks { writer.block(block, "") }
    if let card = story.authorCard {
      let text = card.text.map { ": " + escaped($0) } ?? ""
      writer.paragraph("**About \(escaped(card.name))**\(text)", "")
    }
    writer.thread(story.thread)
    return writer.out.bytes
  }

  /// Lines of one block, the first after `first`, the others after `prefix`; before them an empty
  /// line, unless the block is the tight item of a list.
  private mutating func paragraph(
    _ text: String, _ prefix: String, first: String? = nil, isTight: Bool = false
  ) {
    guard !text.isEmpty else { return }
    if !out.bytes.isEmpty, !isTight {
      out.append(Self.common(lastPrefix, prefix).trimmedEnd + "\n")
    }
    var lead = first ?? prefix
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      out.append(line.isEmpty ? lead.trimmedEnd : lead)
      out.append(line)
      out.append("\n")
      lead = prefix
    }
    lastPrefix = prefix
  }

  /// The quotes that both lines stand in: an empty line between them belongs to these only.
  private static func common(_ one: String, _ other: String) -> String {
    let length = zip(one.utf8, other.utf8).prefix { $0 == $1 }.count
    return String(decoding: one.utf8.prefix(length), as: UTF8.self)
  }

  private mutating func block(_ block: Block, _ prefix: String, first: String? = nil) {
    switch block {
    case .paragraph(let phrases): paragraph(Self.inline(phrases), prefix, first: first)
    case .heading(let level, let phrases):
      let marks = String(repeating: "#", count: min(max(level, 2), 6))
      paragraph("\(marks) \(Self.inline(phrases, breaks: " "))", prefix, first: first)
    case .pullQuote(let phrases):
      paragraph("> **\(Self.escaped(phrases.oneLine))**", prefix, first: first)
    case .footnote(let label, let phrases):
      let name = Self.escaped(label)
      paragraph("\\[\(name)\\] \(Self.inline(phrases))", prefix, first: first)
    case .rule: paragraph("---", prefix, first: first)
    case .code(let text, let language):
      let fence = Self.fence(for: text)
      paragraph("\(fence)\(language ?? "")\n\(text)\n\(fence)", prefix, first: first)
    case .quote(let blocks):
      var first = first.map { $0 + "> " }
      for block in blocks {
        self.block(block, prefix + "> ", first: first)
        first = nil
      }
    case .list(let list): self.list(list, prefix)
    case .table(let table): self.table(table, prefix)
    case .figure(let figure): paragraph(Self.figure(figure), prefix, first: first)
    case .embed(let embed):
      let words = embed.text.isEmpty ? embed.provider ?? embed.kind.rawValue : embed.text.oneLine
      paragraph(Self.link(Self.escaped(words), to: embed.address), prefix, first: first)
    }
  }

  private mutating func list(_ list: Block.List, _ prefix: String) {
    let isTight = list.items.allSatisfy { item in
      if case .paragraph = item.first { item.count == 1 } else { false }
    }
    for (index, item) in list.items.enumerated() {
      let marker = list.start.map { "\(max(0, $0) &+ index). " } ?? "- "
      let inner = prefix + String(repeating: " ", count: marker.utf8.count)
      var first: String? = prefix + marker
      for block in item {
        if isTight, index > 0, case .paragraph(let phrases) = block {
          paragraph(Self.inline(phrases), inner, first: first, isTight: true)
        } else {
          self.block(block, inner, first: first)
        }
        first = nil
      }
    }
  }

  private mutating func table(_ table: Table, _ prefix: String) {
    if !table.caption.isEmpty {
      paragraph("**\(Self.escaped(table.caption.oneLine))**", prefix)
    }
    guard let head = table.rows.first else { return }
    let width = min(table.rows.map(\.count).max() ?? 0, 200)
    func row(_ cells: [Table.Cell]) -> String {
      let texts = cells.prefix(width).map { Self.inline($0.phrases, breaks: " ") }
      let empty = [String](repeating: "", count: max(0, width - texts.count))
      return "| " + (texts + empty).joined(separator: " | ") + " |"
    }
    let rule = "|" + String(repeating: " --- |", count: width)
    let lines = [row(head), rule] + table.rows.dropFirst().map(row)
    paragraph(lines.joined(separator: "\n"), prefix)
  }

  private mutating func thread(_ thread: Thread) {
    guard let headline = thread.headline else { return }
    paragraph("## \(Self.escaped(headline))", "")
    for comment in thread.comments {
      let prefix = String(repeating: "> ", count: min(comment.depth, 12) + 1)
      // A quote goes on through lines that do not say otherwise: an empty line parts comments.
      if comment.depth == 0, !lastPrefix.isEmpty {
        lastPrefix = ""
        paragraph("<!-- -->", "")
      }
      paragraph("**\(Self.escaped(comment.head))**", prefix)
      for block in comment.blocks { self.block(block, prefix) }
    }
  }
}

// MARK: - Inline

extension MarkdownWriter {
  private static func figure(_ figure: Figure) -> String {
    let words = escaped(figure.words)
    let label = "**Figure \(figure.number), \(figure.kind.rawValue).**"
    guard let image = figure.image.flatMap(WebAddress.link) else { return "\(label) \(words)" }
    let alt = escaped(figure.alt ?? figure.caption.oneLine)
    return "![\(alt)](<\(destination(image))>)\n\(label) \(words)"
  }

  private static func inline(_ phrases: [Phrase], breaks: String = "\\\n") -> String {
    var result = ""
    for phrase in phrases {
      var text: String
      if phrase.style.contains(.code) {
        let fence = fence(for: phrase.text, shortest: 1)
        let pad = phrase.text.hasPrefix("`") || phrase.text.hasSuffix("`") ? " " : ""
        text = fence + pad + [phrase].oneLine + pad + fence
      } else {
        text = phrase.text.split(separator: "\n", omittingEmptySubsequences: false)
          .map { escaped(String($0)) }.joined(separator: breaks)
        if phrase.style.contains(.strong) { text = mark(text, "**") }
        if phrase.style.contains(.emphasis) { text = mark(text, "*") }
        if phrase.style.contains(.deleted) { text = mark(text, "~~") }
      }
      result += link(text, to: phrase.link)
    }
    return result
  }

  /// Puts marks inside the spaces around a text, for a mark beside a space is only a letter.
  private static func mark(_ text: String, _ mark: String) -> String {
    let inner = text.trimmedEnd.drop { $0 == " " }
    guard !inner.isEmpty else { return text }
    let before = text.prefix { $0 == " " }
    let after = text.suffix(text.count - text.trimmedEnd.count)
    return "\(before)\(mark)\(inner)\(mark)\(after)"
  }

  private static func link(_ text: String, to address: String?) -> String {
    guard let address = address.flatMap(WebAddress.link) else { return text }
    return "[\(text)](<\(destination(address))>)"
  }

  /// An address between `<` and `>`: what would end it is percent-encoded.
  private static func destination(_ address: String) -> String {
    var bytes: [UInt8] = []
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes.append(contentsOf: "%3C".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "%3E".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "%5C".utf8)
      case 0x0A, 0x0D, 0x20: bytes.append(contentsOf: "%20".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func fence(for text: String, shortest: Int = 3) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return String(repeating: "`", count: max(shortest, longest + 1))
  }

  /// One line of text whose letters mean nothing in Markdown.
  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 8)
    var isStart = true
    var isNumber = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"),
        UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "~"):
        bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="):
        if isStart { bytes.append(UInt8(ascii: "\\")) }
      case UInt8(ascii: "."), UInt8(ascii: ")"):
        // "1986. A great year" would begin a list.
        if isNumber, !isStart { bytes.append(UInt8(ascii: "\\")) }
      default: break
      }
      bytes.append(byte == 0x0A ? 0x20 : byte)
      if byte != 0x20 { isStart = false }
      if !(48...57).contains(byte) { isNumber = false }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = Substring(self)
    while text.utf8.last == 0x20 { text.removeLast() }
    return String(text)
  }
}
