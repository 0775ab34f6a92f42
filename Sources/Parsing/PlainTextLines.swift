/// Plain text cut into pieces: the first stage of `parsePlainText`.
///
/// Takes valid UTF-8 and gives paragraphs, list items, quotes, code and Markdown headings in order,
/// each knowing whether blank lines stand around it. Hard-wrapped text is joined again; in other
/// text each line is a piece of its own, for copied pages often lose their blank lines.
struct PlainPiece {
  enum Kind: Equatable {
    case text, heading(Int), item(Int?), quote, code(String?), rule, image(alt: String, at: String)
  }

  var kind = Kind.text
  /// White space folded, except in code.
  var text: String
  var isSpacedBefore: Bool
  var isSpacedAfter = true
  var words: Int
  var endsSentence: Bool

  init(_ kind: Kind = .text, _ text: String, isSpacedBefore: Bool) {
    self.kind = kind
    self.text = text
    self.isSpacedBefore = isSpacedBefore
    let scan = WordScan(text)
    words = max(scan.words.count, text.utf8.count / 12)
    endsSentence = scan.endsSentence(before: scan.bytes.count)
  }

  /// Text of one line that is short enough to be a label or a heading.
  var isShort: Bool { text.utf8.count <= 110 }
}

struct PlainPieces {
  private struct Line {
    /// White space folded.
    var text: String
    var raw: ArraySlice<UInt8>
    var isBlank: Bool { text.isEmpty }
  }

  private(set) var pieces: [PlainPiece] = []
  private(set) var isMarkdown = false
  private var isWrapped = false
  private var open = ""
  private var openKind = PlainPiece.Kind.text
  private var openSpaced = false
  private var isSpaced = true

  init(_ bytes: [UInt8]) {
    let lines = Self.lines(bytes)
    isMarkdown = Self.looksLikeMarkdown(lines)
    isWrapped = Self.looksWrapped(lines)
    var index = 0
    while index < lines.count {
      index = take(lines, index)
    }
    flush()
    for index in pieces.indices.dropLast() {
      pieces[index].isSpacedAfter = pieces[index + 1].isSpacedBefore
    }
  }

  /// Takes the line at `index`, or the fenced code that begins there; gives the next index.
  private mutating func take(_ lines: [Line], _ index: Int) -> Int {
    let line = lines[index]
    if line.isBlank {
      flush()
      isSpaced = true
      return index + 1
    }
    if isMarkdown, line.text.hasPrefix("```") { return takeCode(lines, index) }
    if let (kind, text) = Self.mark(line.text, isMarkdown: isMarkdown) {
      if kind == .quote, openKind == .quote, !open.isEmpty {
        if text.isEmpty { flush() } else { open += " " + text }
        return index + 1
      }
      flush()
      begin(kind, text)
      switch kind {
      case .item, .quote: break
      default: flush()
      }
      return index + 1
    }
    if open.isEmpty {
      begin(.text, line.text)
    } else if (isWrapped && !Self.isField(line.text) && !Self.isField(open)) && open != "--"
      || openKind != .text && isMarkdown
    {
      // A hyphen at a wrap stays: nobody can tell a broken word from a compound.
      open += " " + line.text
    } else {
      flush()
      begin(.text, line.text)
    }
    return index + 1
  }

  private mutating func begin(_ kind: PlainPiece.Kind, _ text: String) {
    openKind = kind
    open = text
    openSpaced = isSpaced
    isSpaced = false
    if case .rule = kind { open = "-" }
  }

  private mutating func flush() {
    guard !open.isEmpty else { return }
    pieces.append(PlainPiece(openKind, open, isSpacedBefore: openSpaced))
    open = ""
    openKind = .text
  }

  private mutating func takeCode(_ lines: [Line], _ index: Int) -> Int {
    flush()
    let language = lines[index].text.drop { $0 == "`" }
    var next = index + 1
    var code: [String] = []
    while next < lines.count, !lines[next].text.hasPrefix("```") {
      code.append(String(decoding: lines[next].raw, as: UTF8.self))
      next += 1
    }
    begin(.code(language.isEmpty ? nil : String(language)), code.joined(separator: "\n"))
    flush()
    return next + 1
  }
}

// MARK: - Lines

extension PlainPieces {
  private static func lines(_ bytes: [UInt8]) -> [Line] {
    bytes.split(omittingEmptySubsequences: false) { $0 == 0x0A }.map { raw in
      var folded = FoldedText()
      folded.append(raw)
      return Line(text: folded.string, raw: raw.last == 0x0D ? raw.dropLast() : raw)
    }
  }

  /// Whether a line is a field of a mail's head, "Subject: …", which is never joined.
  private static func isField(_ text: String) -> Bool {
    let name = text.utf8.prefix(16).prefix { $0 != 0x3A }
    return (2...14).contains(name.count) && text.utf8.dropFirst(name.count).first == 0x3A
      && name.allSatisfy { $0.isLetter || $0 == 0x2D }
  }

  /// Whether most lines that another one follows are as long as a wrapped line is.
  private static func looksWrapped(_ lines: [Line]) -> Bool {
    var followed = 0
    var wrapped = 0
    for (line, next) in zip(lines, lines.dropFirst()) where !line.isBlank && !next.isBlank {
      if line.text == "--" { break }
      // The fields at the head of a mail are no running text.
      if line.text.utf8.prefix(24).contains(0x3A) { continue }
      followed += 1
      let length = line.text.utf8.count
      if (48...90).contains(length), !next.text.hasPrefix("- ") { wrapped += 1 }
    }
    return followed >= 3 && wrapped * 3 >= followed * 2
  }

  private static func looksLikeMarkdown(_ lines: [Line]) -> Bool {
    var signs = 0
    for line in lines.prefix(5_000) {
      if line.text.hasPrefix("# ") || line.text.hasPrefix("## ") || line.text.hasPrefix("```") {
        signs += 2
      } else if line.text.hasPrefix("- ") || line.text.hasPrefix("* ") || line.text.hasPrefix("> ")
        || line.text.utf8.prefix(2_000).contains(0x5D) && line.text.contains("](")
      {
        signs += 1
      }
      if signs >= 2 { return true }
    }
    return false
  }

  /// What a mark at the head of a line makes of it.
  private static func mark(_ text: String, isMarkdown: Bool) -> (PlainPiece.Kind, String)? {
    if text.hasPrefix(">") {
      return (.quote, String(text.drop { $0 == ">" || $0 == " " }))
    }
    for bullet in ["• ", "‣ ", "◦ ", "· ", "– "] where text.hasPrefix(bullet) && bullet != "– " {
      return (.item(nil), String(text.dropFirst(2)))
    }
    guard isMarkdown else { return nil }
    if text.hasPrefix("#") {
      let level = text.utf8.prefix { $0 == 0x23 }.count
      let rest = text.dropFirst(level)
      guard level <= 6, rest.hasPrefix(" ") else { return nil }
      var title = rest.dropFirst()
      while title.hasSuffix("#") || title.hasSuffix(" ") { title = title.dropLast() }
      return (.heading(level), String(title))
    }
    if text.hasPrefix("- ") || text.hasPrefix("* ") || text.hasPrefix("+ ") {
      if ["* * *", "- - -"].contains(text) { return (.rule, "") }
      return (.item(nil), String(text.dropFirst(2)))
    }
    if ["---", "***", "___"].contains(text) { return (.rule, "") }
    let digits = text.utf8.prefix { $0.isDigit }.count
    if (1...4).contains(digits), text.dropFirst(digits).hasPrefix(". ") {
      return (.item(Int(text.prefix(digits))), String(text.dropFirst(digits + 2)))
    }
    if text.hasPrefix("!["), let close = text.range(of: "](", within: 400), text.hasSuffix(")") {
      let alt = text[text.index(text.startIndex, offsetBy: 2)..<close.lowerBound]
      return (.image(alt: String(alt), at: String(text[close.upperBound...].dropLast())), text)
    }
    return nil
  }
}

extension String {
  /// The first place of ASCII letters within the first `limit` bytes.
  fileprivate func range(of letters: String, within limit: Int) -> Range<String.Index>? {
    let bytes = Array(utf8.prefix(limit))
    let wanted = Array(letters.utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...bytes.count - wanted.count
    where Array(bytes[start..<start + wanted.count]) == wanted {
      let low = utf8.index(utf8.startIndex, offsetBy: start)
      return low..<utf8.index(low, offsetBy: wanted.count)
    }
    return nil
  }
}
