/// Plain text cut into pieces: the first stage of `parsePlainText`.
///
/// Takes valid UTF-8 and gives paragraphs, list items, quotes, code and Markdown headings in order,
/// each knowing whether blank lines stand around it. Hard-wrapped text is joined again; in other
/// text each line is a piece of its own, for copied pages often lose their blank lines.
struct PlainPiece {
  enum Kind: Equatable {
    case text, heading(Int), item(Int?), quote, code(String?), rule, image(alt: String, at: String)
    /// Rows of cells; whether the first row names the columns.
    case table([[String]], hasHead: Bool)
    /// A footnote and its label.
    case note(String)
  }

  var kind = Kind.text
  /// How deep a quote is quoted or an item indented, from 0; only differences count.
  var depth: Int
  /// White space folded, except in code.
  var text: String
  var isSpacedBefore: Bool
  var isSpacedAfter = true
  var words: Int
  var endsSentence: Bool

  /// Bytes of a piece that are looked at word by word, from its end.
  private static let scanned = 16_000

  init(_ kind: Kind = .text, _ text: String, depth: Int = 0, isSpacedBefore: Bool) {
    self.kind = kind
    self.depth = depth
    self.text = text
    self.isSpacedBefore = isSpacedBefore
    // A line of megabytes is text whatever it holds; its words need not be known one by one.
    let size = text.utf8.count
    let scan = WordScan(Substring(text.utf8.suffix(Self.scanned)))
    words = max(scan.words.count, size > Self.scanned ? size / 6 : size / 12)
    endsSentence = scan.endsSentence(before: scan.bytes.count)
  }

  /// Text of one line that is short enough to be a label or a heading.
  var isShort: Bool { text.utf8.count <= 110 }
}

/// One line as it came.
struct PlainLine {
  /// White space folded.
  var text: String
  var raw: ArraySlice<UInt8>
  var isBlank: Bool { text.isEmpty }
  /// Columns of white space before the text.
  var indent: Int {
    raw.prefix { $0 == 0x20 || $0 == 0x09 }.reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
  }
}

struct PlainPieces {
  private(set) var pieces: [PlainPiece] = []
  private(set) var isMarkdown = false
  /// What `[text][name]` leads to, by the name in lower case.
  private(set) var references: [String: String] = [:]
  /// Whether there were more lines or pieces than are read.
  private(set) var isCut = false
  private var isWrapped = false
  private var open = ""
  private var openKind = PlainPiece.Kind.text
  private var openDepth = 0
  private var openSpaced = false
  private var isSpaced = true

  init(_ bytes: [UInt8]) {
    let lines = Self.lines(bytes)
    isCut = lines.count >= PlainThresholds.mostLines
    isMarkdown = PlainMark.areIn(lines)
    // In Markdown a line end is white space; where no blank lines stand, nothing would part it.
    let blanks = lines.count { $0.isBlank }
    isWrapped = Self.looksWrapped(lines) || isMarkdown && blanks * 5 >= lines.count
    var index = takeFields(lines)
    while index < lines.count, pieces.count < PlainThresholds.mostPieces {
      index = take(lines, index)
    }
    if index < lines.count { isCut = true }
    flush()
    for index in pieces.indices.dropLast() {
      pieces[index].isSpacedAfter = pieces[index + 1].isSpacedBefore
    }
  }

  /// Takes the line at `index`, or the fenced code that begins there; gives the next index.
  private mutating func take(_ lines: [PlainLine], _ index: Int) -> Int {
    let line = lines[index]
    if line.isBlank {
      flush()
      isSpaced = true
      return index + 1
    }
    if isMarkdown, let next = takeMarkdown(lines, index) { return next }
    if let (kind, text, depth) = PlainMark.read(line, isMarkdown: isMarkdown) {
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
      // A hyphen at a wrap stays: nobody can tell a broken word from a compound.
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
    openSpaced = isSpaced
    isSpaced = false
    if case .rule = kind { open = "-" }
  }

  private mutating func flush() {
    guard !open.isEmpty else { return }
    pieces.append(PlainPiece(openKind, open, depth: openDepth, isSpacedBefore: openSpaced))
    open = ""
    openKind = .text
  }

  /// The fields between "---" at the head of a file, each a piece; gives the index after them.
  private mutating func takeFields(_ lines: [PlainLine]) -> Int {
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

  /// Takes what Markdown writes in several lines, or beside the text; gives the next index.
  private mutating func takeMarkdown(_ lines: [PlainLine], _ index: Int) -> Int? {
    let line = lines[index]
    if line.text.begins(with: "```") || line.text.begins(with: "~~~") {
      return takeCode(lines, index)
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
    if index + 1 < lines.count, PlainMark.isRuler(lines[index + 1].text), line.text.contains("|") {
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

  private mutating func takeCode(_ lines: [PlainLine], _ index: Int) -> Int {
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
      maxSplits: PlainThresholds.mostLines, omittingEmptySubsequences: false
    ) { $0 == 0x0A }.prefix(PlainThresholds.mostLines).map { raw in
      var folded = FoldedText()
      folded.append(raw)
      return PlainLine(text: folded.string, raw: raw.last == 0x0D ? raw.dropLast() : raw)
    }
  }

  /// Whether a line is a field of a mail's head, "Subject: …", which is never joined.
  private static func isField(_ text: String) -> Bool {
    let name = text.utf8.prefix(16).prefix { $0 != 0x3A }
    return (2...14).contains(name.count) && text.utf8.dropFirst(name.count).first == 0x3A
      && name.allSatisfy { $0.isLetter || $0 == 0x2D }
  }

  /// Whether most lines that another one follows are as long as a wrapped line is.
  private static func looksWrapped(_ lines: [PlainLine]) -> Bool {
    var followed = 0
    var wrapped = 0
    for (line, next) in zip(lines, lines.dropFirst()) where !line.isBlank && !next.isBlank {
      if line.text == "--" { break }
      // The fields at the head of a mail are no running text.
      if line.text.utf8.prefix(24).contains(0x3A) { continue }
      followed += 1
      let length = line.text.utf8.count
      if (48...90).contains(length), !next.text.begins(with: "- ") { wrapped += 1 }
    }
    return followed >= 3 && wrapped * 3 >= followed * 2
  }
}
