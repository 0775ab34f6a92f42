/// Recognises the line markup of Markdown, mail and copied lists.
///
/// Each function examines one line in linear time. Quote marks and bullets count in any text,
/// everything else only in text that is recognised as Markdown.
enum PlainMark {
  /// Nesting limit of quotes and lists; deeper levels are flattened to it.
  static let maximumDepth = 8

  /// Whether a text is Markdown: has two weak indications or one strong, in its first 5,000 lines.
  static func isMarkdown(_ lines: [PlainLine]) -> Bool {
    var indications = 0
    for (index, line) in lines.prefix(5_000).enumerated() {
      let text = line.text
      if ["# ", "## ", "### ", "```", "~~~"].contains(where: text.begins) {
        indications += 2
      } else if index > 0, !lines[index - 1].isBlank, isDelimiterRow(text) || underline(text) == 1 {
        indications += 2
      } else if ["- ", "* ", "> ", "!["].contains(where: text.begins)
        || text.utf8.prefix(2_000).contains(0x5D)
          && (text.utf8.prefix(2_000).firstOffset(of: "](") != nil || definition(text) != nil)
      {
        indications += 1
      }
      if indications >= 2 { return true }
    }
    return false
  }

  /// The kind of a line with markup at its start, the text after it, and its depth; `nil` without markup.
  static func parseLine(
    _ line: PlainLine, isMarkdown: Bool
  ) -> (kind: PlainPiece.Kind, text: String, depth: Int)? {
    let text = line.text
    if text.begins(with: ">") {
      let marks = text.utf8.prefix { $0 == 0x3E || $0 == 0x20 }
      let depth = min(marks.count { $0 == 0x3E }, maximumDepth) - 1
      return (.quote, text.without(marks.count), depth)
    }
    for bullet in ["• ", "‣ ", "◦ ", "· "] where text.begins(with: bullet) {
      return (.item(nil), text.without(bullet.utf8.count), line.indent)
    }
    guard isMarkdown else { return nil }
    if text.begins(with: "#") {
      let level = text.utf8.prefix { $0 == 0x23 }.count
      let rest = text.without(level)
      guard level <= 6, rest.begins(with: " ") else { return nil }
      var title = Substring(rest).utf8.dropFirst()
      while title.last == 0x23 || title.last == 0x20 { title = title.dropLast() }
      return (.heading(level), String(Substring(title)), 0)
    }
    if ["---", "***", "___", "* * *", "- - -", "_ _ _", "-----", "*****"].contains(text) {
      return (.rule, "", 0)
    }
    if text.begins(with: "- ") || text.begins(with: "* ") || text.begins(with: "+ ") {
      return (.item(nil), text.without(2), line.indent)
    }
    let digits = text.utf8.prefix { $0.isDigit }.count
    let rest = text.without(digits)
    if (1...4).contains(digits), rest.begins(with: ". ") || rest.begins(with: ") ") {
      return (.item(Int(Substring(text.utf8.prefix(digits)))), rest.without(2), line.indent)
    }
    return image(text).map { ($0, text, 0) }
  }

  /// An image on a line of its own: "![alt](URL)".
  private static func image(_ text: String) -> PlainPiece.Kind? {
    guard text.begins(with: "!["), text.utf8.last == 0x29,
      let close = text.utf8.prefix(400).firstOffset(of: "](")
    else { return nil }
    let bytes = Array(text.utf8)
    return .image(
      alt: String(decoding: bytes[2..<close], as: UTF8.self),
      at: String(decoding: bytes[(close + 2)..<(bytes.count - 1)], as: UTF8.self))
  }

  /// The level of a setext heading's underline: 1 for "=", 2 for "-".
  static func underline(_ text: String) -> Int? {
    guard text.utf8.count >= 3, let first = text.utf8.first, first == 0x3D || first == 0x2D,
      text.utf8.allSatisfy({ $0 == first })
    else { return nil }
    return first == 0x3D ? 1 : 2
  }

  /// A link reference or footnote definition: "[name]: URL", "[^1]: note".
  static func definition(_ text: String) -> (label: String, text: String)? {
    guard text.begins(with: "["), let close = text.utf8.prefix(100).firstOffset(of: "]: "),
      close > 1
    else { return nil }
    let label = String(decoding: text.utf8.dropFirst().prefix(close - 1), as: UTF8.self)
    let rest = String(decoding: text.utf8.dropFirst(close + 3), as: UTF8.self)
    return rest.isEmpty || label == "^" ? nil : (label, rest)
  }

  /// The URL of a link, without "<>" around it and the title after it.
  static func target(_ text: String) -> String {
    var address = text.prefix { $0 != " " }
    if address.hasPrefix("<"), address.hasSuffix(">") { address = address.dropFirst().dropLast() }
    return String(address)
  }

  /// Whether a line is the delimiter row of a table: "| --- | :-: |".
  static func isDelimiterRow(_ text: String) -> Bool {
    var hasBar = false
    var hasDash = false
    for byte in text.utf8 {
      switch byte {
      case 0x7C: hasBar = true
      case 0x2D: hasDash = true
      case 0x3A, 0x20: break
      default: return false
      }
    }
    return hasBar && hasDash
  }

  /// The cells of a table row, split at unescaped vertical bars.
  static func cells(_ text: String) -> [String] {
    var cells: [[UInt8]] = [[]]
    var wasEscape = false
    for byte in text.utf8 {
      if byte == 0x7C, !wasEscape {
        cells.append([])
      } else if byte == 0x7C {
        cells[cells.count - 1].removeLast()
        cells[cells.count - 1].append(byte)
      } else {
        cells[cells.count - 1].append(byte)
      }
      wasEscape = byte == 0x5C && !wasEscape
    }
    if text.begins(with: "|") { cells.removeFirst() }
    if text.utf8.last == 0x7C, cells.count > 1 { cells.removeLast() }
    return cells.map { String(decoding: $0[...].trimmedOfSpace, as: UTF8.self) }
  }
}

extension String {
  /// Whether the text begins with the bytes of `letters`.
  ///
  /// Unlike `hasPrefix`, which compares characters, one of which can be megabytes of combining marks.
  func begins(with letters: String) -> Bool { utf8.starts(with: letters.utf8) }

  /// The text without its first `count` bytes, which must be whole scalars.
  func without(_ count: Int) -> String { String(Substring(utf8.dropFirst(count))) }
}
