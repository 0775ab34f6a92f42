/// A piece of plain text: a paragraph, list item, quote, code block or Markdown heading.
///
/// The result of the first stage of `parsePlainText`, from valid UTF-8. Hard-wrapped lines are joined;
/// in other text each line is a piece, because copied pages often lose their blank lines.
struct PlainPiece {
  enum Kind: Equatable {
    case text, heading(Int), item(Int?), quote, code(String?), rule, image(alt: String, at: String)
    /// Rows of cells; `hasHead` is whether the first row is the header.
    case table([[String]], hasHead: Bool)
    /// A footnote and its label.
    case note(String)
  }

  var kind = Kind.text
  /// Quote level or indentation of an item, from 0; only differences are significant.
  var depth: Int
  /// White space is collapsed, except in code.
  var text: String
  var isSpacedBefore: Bool
  var isSpacedAfter = true
  var words: Int
  var endsSentence: Bool

  /// The number of bytes, from the end of a piece, in which words are counted.
  private static let scannedBytes = 16_000

  init(_ kind: Kind = .text, _ text: String, depth: Int = 0, isSpacedBefore: Bool) {
    self.kind = kind
    self.depth = depth
    self.text = text
    self.isSpacedBefore = isSpacedBefore
    // Words of a line of megabytes are estimated: it is running text in any case.
    let size = text.utf8.count
    let scan = WordScan(Substring(text.utf8.suffix(Self.scannedBytes)))
    words = max(scan.words.count, size > Self.scannedBytes ? size / 6 : size / 12)
    endsSentence = scan.endsSentence(before: scan.bytes.count)
  }

  /// Whether the text is short enough for a label or heading: at most 110 bytes.
  var isShort: Bool { text.utf8.count <= 110 }
}

/// A line of the input.
struct PlainLine {
  /// The text with white space collapsed.
  var text: String
  var raw: ArraySlice<UInt8>
  var isBlank: Bool { text.isEmpty }
  /// Columns of white space before the text; a tab counts 4.
  var indent: Int {
    raw.prefix { $0 == 0x20 || $0 == 0x09 }.reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
  }
}

struct PlainPieces {
  private(set) var pieces: [PlainPiece] = []
  private(set) var isMarkdown = false
  /// The targets of link references (`[text][name]`), by lower-case name.
  private(set) var references: [String: String] = [:]
  /// Whether the text has been truncated.
  private(set) var isCut = false
  private var isWrapped = false
  private var open = ""
  private var openKind = PlainPiece.Kind.text
  private var openDepth = 0
  private var isOpenSpaced = false
  private var isSpaced = true

  init(_ bytes: [UInt8]) {
    let lines = Self.lines(bytes)
    isCut = lines.count >= PlainThresholds.maximumLines
    isMarkdown = PlainMark.isMarkdown(lines)
    // In Markdown a line break is white space, but without blank lines all paragraphs would be joined.
    let blanks = lines.count { $0.isBlank }
    isWrapped = Self.isHardWrapped(lines) || isMarkdown && blanks * 5 >= lines.count
    var index = consumeFrontMatter(lines)
    while index < lines.count, pieces.count < PlainThresholds.maximumPieces {
      index = consume(lines, index)
    }
    if index < lines.count { isCut = true }
    flush()
    for index in pieces.indices.dropLast() {
      pieces[index].isSpacedAfter = pieces[index + 1].isSpacedBefore
    }
  }

  /// Consumes the line at `index`, or the construct that begins there; returns the next index.
  private mutating func consume(_ lines: [PlainLine], _ index: Int) -> Int {
    let line = lines[index]
    if line.isBlank {
      flush()
      isSpaced = true
      return index + 1
    }
    if isMarkdown, let next = consumeMarkdown(lines, index) { return next }
    if let (kind, text, depth) = PlainMark.parseLine(line, isMarkdown: isMarkdown) {
      if kind == .quote, openKind == .quote, openDepth == depth, !open.isEmpty {
        if text.isEmpty { flush() } else { open += " " + text }
        return index + 1
      }
      flush()
      begin(kind, text, depth: depth)
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
      // A hyphen at the end of a line is kept: a hyphenated word cannot be told from a compound.
      open += " " + line.text
    } else {
      flush()
      begin(.text, line.text)
    }
    return index + 1
  }

  private mutating func begin(_ kind: PlainPiece.Kind, _ text: String, depth: Int = 0) {
    openKind = kind
    openDepth = depth
    open = text
    isOpenSpaced = isSpaced
    isSpaced = false
    if case .rule = kind { open = "-" }
  }

  private mutating func flush() {
    guard !open.isEmpty else { return }
    pieces.append(PlainPiece(openKind, open, depth: openDepth, isSpacedBefore: isOpenSpaced))
    open = ""
    openKind = .text
  }

  /// Consumes front matter, each field as a piece; returns the index after it.
  private mutating func consumeFrontMatter(_ lines: [PlainLine]) -> Int {
    guard isMarkdown, lines.first?.text == "---",
      let end = lines.indices.dropFirst().prefix(40).first(where: { lines[$0].text == "---" })
    else { return 0 }
    for line in lines[...end] where !line.isBlank {
      begin(line.text == "---" ? .rule : .text, line.text)
      flush()
    }
    isSpaced = true
    return end + 1
  }

  /// Consumes a Markdown construct of several lines or a definition; returns the next index.
  private mutating func consumeMarkdown(_ lines: [PlainLine], _ index: Int) -> Int? {
    let line = lines[index]
    if line.text.begins(with: "```") || line.text.begins(with: "~~~") {
      return consumeCode(lines, index)
    }
    if let level = PlainMark.underline(line.text), !open.isEmpty, openKind == .text {
      openKind = .heading(level)
      flush()
      return index + 1
    }
    if let (label, text) = PlainMark.definition(line.text) {
      flush()
      if label.begins(with: "^") {
        begin(.note(label.without(1)), text)
      } else {
        references[label.lowercased()] = PlainMark.target(text)
      }
      return index + 1
    }
    if index + 1 < lines.count, PlainMark.isDelimiterRow(lines[index + 1].text),
      line.text.contains("|")
    {
      flush()
      var rows = [PlainMark.cells(line.text)]
      var next = index + 2
      while next < lines.count, lines[next].text.utf8.contains(0x7C) {
        rows.append(PlainMark.cells(lines[next].text))
        next += 1
      }
      begin(
        .table(rows, hasHead: true), rows.joined().joined(separator: " "))
      flush()
      return next
    }
    return nil
  }

  private mutating func consumeCode(_ lines: [PlainLine], _ index: Int) -> Int {
    flush()
    let mark = lines[index].text.utf8.first ?? 0
    let fence = String(repeating: mark == 0x60 ? "`" : "~", count: 3)
    let language = Substring(lines[index].text.utf8.drop { $0 == mark })
    var next = index + 1
    var code: [String] = []
    while next < lines.count, !lines[next].text.begins(with: fence) {
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
  private static func lines(_ bytes: [UInt8]) -> [PlainLine] {
    bytes.split(
      maxSplits: PlainThresholds.maximumLines, omittingEmptySubsequences: false
    ) { $0 == 0x0A }.prefix(PlainThresholds.maximumLines).map { raw in
      var folded = FoldedText()
      folded.append(raw)
      return PlainLine(text: folded.string, raw: raw.last == 0x0D ? raw.dropLast() : raw)
    }
  }

  /// Whether a line is a header field such as "Subject: …", which is never joined with others.
  private static func isField(_ text: String) -> Bool {
    let name = text.utf8.prefix(16).prefix { $0 != 0x3A }
    return (2...14).contains(name.count) && text.utf8.dropFirst(name.count).first == 0x3A
      && name.allSatisfy { $0.isLetter || $0 == 0x2D }
  }

  /// Whether the text is hard-wrapped: two thirds of the lines followed by another have 48 to 90 bytes.
  private static func isHardWrapped(_ lines: [PlainLine]) -> Bool {
    var followed = 0
    var wrapped = 0
    for (line, next) in zip(lines, lines.dropFirst()) where !line.isBlank && !next.isBlank {
      if line.text == "--" { break }
      // Header fields are not running text.
      if line.text.utf8.prefix(24).contains(0x3A) { continue }
      followed += 1
      let length = line.text.utf8.count
      if (48...90).contains(length), !next.text.begins(with: "- ") { wrapped += 1 }
    }
    return followed >= 3 && wrapped * 3 >= followed * 2
  }
}
