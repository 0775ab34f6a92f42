/// A story as an indented outline: the golden form of parser tests, made to be read in a diff.
extension Story {
  /// The outline of the story, one line for each block and field, ending in a line end.
  package var dump: String {
    var out = DumpWriter()
    out.line("story \(DumpWriter.quoted(title))")
    out.indented { out in
      dumpMetadata(to: &out)
      for block in blocks { block.dump(to: &out) }
      if let authorCard {
        let filler = authorCard.isPlaceholder ? " placeholder" : ""
        out.line("author-card \(DumpWriter.quoted(authorCard.name))\(filler)")
        if let text = authorCard.text { out.indented { $0.line(DumpWriter.quoted(text)) } }
      }
      thread.dump(to: &out)
    }
    return out.text
  }

  private func dumpMetadata(to out: inout DumpWriter) {
    if kind != .article { out.field("kind", kind.rawValue) }
    out.field("standfirst", standfirst.map(DumpWriter.quoted))
    if !byline.isEmpty { out.field("byline", byline.joined(separator: " | ")) }
    out.field("dateline", dateline)
    out.field("published", published?.iso8601)
    out.field("updated", updated?.iso8601)
    out.field("site", site)
    out.field("language", language)
    out.field("address", address)
    out.field("section", section)
    if !tags.isEmpty { out.field("tags", tags.joined(separator: " | ")) }
    if isCut { out.line("cut") }
  }
}

extension Thread {
  fileprivate func dump(to out: inout DumpWriter) {
    var head = "thread"
    if let count { head += " count=\(count)" }
    switch state {
    case .unknown: break
    case .open: head += " open"
    case .closed: head += " closed"
    case .elsewhere(let service): head += " elsewhere=\(service)"
    }
    guard head != "thread" || !comments.isEmpty else { return }
    out.line(head)
    for comment in comments {
      out.depth += comment.depth + 1
      let time = comment.time.map { " \($0.iso8601)" } ?? ""
      let marks = [
        (Comment.Marks.originalPoster, " op"), (.storyAuthor, " author"), (.deleted, " deleted"),
        (.own, " own"),
      ].filter { comment.marks.contains($0.0) }.map(\.1).joined()
      out.line("comment \(comment.id) \(DumpWriter.quoted(comment.author))\(time)\(marks)")
      out.indented { out in for block in comment.blocks { block.dump(to: &out) } }
      out.depth -= comment.depth + 1
    }
  }
}

extension Block {
  fileprivate func dump(to out: inout DumpWriter) {
    switch self {
    case .paragraph(let phrases): out.line("paragraph \(phrases.dump)")
    case .heading(let level, let phrases): out.line("heading \(level) \(phrases.dump)")
    case .pullQuote(let phrases): out.line("pull-quote \(phrases.dump)")
    case .footnote(let label, let phrases): out.line("footnote \(label) \(phrases.dump)")
    case .rule: out.line("rule")
    case .quote(let blocks):
      out.line("quote")
      out.indented { out in for block in blocks { block.dump(to: &out) } }
    case .code(let text, let language):
      out.line("code\(language.map { " \($0)" } ?? "") \(DumpWriter.quoted(text))")
    case .list(let list): list.dump(to: &out)
    case .table(let table): table.dump(to: &out)
    case .figure(let figure): figure.dump(to: &out)
    case .embed(let embed):
      out.line("embed \(embed.kind.rawValue)")
      out.indented {
        $0.field("provider", embed.provider)
        $0.field("address", embed.address)
        if !embed.text.isEmpty { $0.field("text", embed.text.dump) }
      }
    }
  }
}

extension Block.List {
  fileprivate func dump(to out: inout DumpWriter) {
    out.line(start.map { "list from \($0)" } ?? "list")
    out.indented { out in
      for item in items {
        out.line("item")
        out.indented { out in for block in item { block.dump(to: &out) } }
      }
    }
  }
}

extension Table {
  fileprivate func dump(to out: inout DumpWriter) {
    out.line("table")
    out.indented { out in
      if !caption.isEmpty { out.field("caption", caption.dump) }
      for row in rows {
        let cells = row.map { cell in
          let span = cell.columns > 1 || cell.rows > 1 ? " \(cell.columns)x\(cell.rows)" : ""
          return "\(cell.isHeader ? "header" : "cell")\(span) \(cell.phrases.dump)"
        }
        out.line("row \(cells.joined(separator: " | "))")
      }
    }
  }
}

extension Figure {
  fileprivate func dump(to out: inout DumpWriter) {
    out.line("figure \(number) \(kind.rawValue)")
    out.indented {
      if !caption.isEmpty { $0.field("caption", caption.dump) }
      $0.field("credit", credit.map(DumpWriter.quoted))
      $0.field("alt", alt.map(DumpWriter.quoted))
      $0.field("image", image)
    }
  }
}

extension [Phrase] {
  /// Plain runs as they are, marked ones as `<strong link=…>"text"`, all in one line.
  fileprivate var dump: String {
    map { phrase in
      var marks: [String] = []
      if phrase.style.contains(.emphasis) { marks.append("emphasis") }
      if phrase.style.contains(.strong) { marks.append("strong") }
      if phrase.style.contains(.code) { marks.append("code") }
      if phrase.style.contains(.superscript) { marks.append("super") }
      if phrase.style.contains(.subscript) { marks.append("sub") }
      if phrase.style.contains(.deleted) { marks.append("deleted") }
      if let link = phrase.link { marks.append("link=\(link)") }
      let text = DumpWriter.quoted(phrase.text)
      return marks.isEmpty ? text : "<\(marks.joined(separator: " "))>\(text)"
    }.joined(separator: " ")
  }
}

/// Collects indented lines.
private struct DumpWriter {
  var text = ""
  var depth = 0

  mutating func line(_ words: String) {
    text += String(repeating: "  ", count: depth) + words + "\n"
  }

  mutating func field(_ name: String, _ value: String?) {
    if let value { line("\(name): \(value)") }
  }

  mutating func indented(_ body: (inout DumpWriter) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// Quotes text so that line ends, tabs and controls are seen.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{A0}", "\u{200B}"..."\u{200F}",
        "\u{2028}"..."\u{202E}", "\u{2060}"..."\u{2069}", "\u{FEFF}":
        out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
