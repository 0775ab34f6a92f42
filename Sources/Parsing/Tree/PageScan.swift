/// Makes a page safe and short for the HTML parser library, in one pass before it.
///
/// Contract: valid UTF-8 in, ASCII out, no byte looked at more than a fixed number of times.
/// libxml2 compares each attribute of a tag with all others, searches all open elements for an end
/// tag's partner and knows neither HTML 5's character names nor what numbers 128…159 mean; here
/// attributes of a tag and open elements are capped, and character references are decoded. Comments,
/// declarations, style sheets, the paths of drawings and what frames hold for old browsers are left
/// out.
///
/// Nine tenths of a usual page are text, scripts and values of attributes, which the library would
/// read letter by letter and hand back as they are. They go into `strings` instead, and only their
/// numbers stand in their places.
struct PageScan {
  let page: [UInt8]
  var at = 0
  /// What the library reads: tags and numbers.
  var markup: [UInt8] = []
  var strings = PageStrings()
  /// How many elements stand open, as far as a count can tell: those whose end tag may be left out
  /// are not counted, for the library closes them by itself.
  private var depth = 0
  /// How many elements past the limit wait for their end tag.
  private var flattened = 0
  /// How many drawings and formulas stand open: in these, and nowhere else, `<title/>` is a whole
  /// element.
  private(set) var foreign = 0
  /// Where the text that is being collected begins in `strings`.
  private var textStart: Int?
  /// Where the number of the last text begins and ends in `markup`.
  private var lastText = 0..<0
  private var tagCount = 0
  private var isCutInDepth = false

  /// A page that the library may read.
  struct Result {
    var markup: [UInt8]
    var strings: PageStrings
    /// Whether elements were nested too deep and so flattened.
    var isCutInDepth: Bool
    /// Whether there were more elements than a tree holds; what came after is left out.
    var isCutInNodes: Bool
  }

  private init(_ page: [UInt8]) {
    self.page = page
    markup.reserveCapacity(page.count / 4 + 16)
    // Never more, so that a large page is not copied while this grows; what is not used costs nothing.
    strings.bytes.reserveCapacity(page.count + 1024)
  }

  static func run(_ page: [UInt8]) -> Result {
    var scan = PageScan(page)
    scan.run()
    return Result(
      markup: scan.markup, strings: scan.strings, isCutInDepth: scan.isCutInDepth,
      isCutInNodes: scan.isFull && scan.at < page.count)
  }

  /// Whether the tree would be full, so that reading on would cost memory and give nothing.
  private var isFull: Bool {
    tagCount >= HTMLTree.nodeLimit || strings.ranges.count >= 2 * HTMLTree.nodeLimit
  }
}

// MARK: - Text

extension PageScan {
  private mutating func run() {
    while at < page.count, !isFull {
      copyText(until: 0x3C, end: page.count)
      guard at < page.count else { break }
      let next = at + 1 < page.count ? page[at + 1] : 0
      if next.isLetter {
        startTag()
      } else if next == 0x2F {
        endTag()
      } else if next == 0x21 || next == 0x3F {
        skipDeclaration()
      } else {
        // A lonely "<" is text.
        copyBracket()
      }
    }
    endText()
  }

  /// Collects text up to the byte, or to `end`, with references decoded and without what XML calls
  /// no character, which the library drops too.
  mutating func copyText(until stop: UInt8, end: Int) {
    guard at < end, page[at] != stop else { return }
    beginText()
    while at < end, page[at] != stop {
      let run = endOfPlainText(until: stop, end: end)
      strings.bytes.append(contentsOf: page[at..<run])
      at = run
      guard at < end, page[at] != stop else { return }
      switch page[at] {
      case 0x26: copyReference(end: end)
      case 0:
        strings.bytes.append(0x20)
        at += 1
      case 0xEF: at += 3
      default: at += 1
      }
    }
  }

  /// The end of the run of bytes that are copied as they are.
  private func endOfPlainText(until stop: UInt8, end: Int) -> Int {
    let page = page.span
    var run = at
    while run < end {
      let byte = page[run]
      if byte == stop || byte == 0x26 { break }
      // Controls, and U+FFFE and U+FFFF.
      if byte < 0x20, byte != 0x0A, byte != 0x09, byte != 0x0D { break }
      if byte == 0xEF, run + 2 < end, page[run + 1] == 0xBF, page[run + 2] >= 0xBE { break }
      run += 1
    }
    return run
  }

  private mutating func copyReference(end: Int) {
    guard
      let found = CharacterReferences.reference(in: page.span, at: at + 1, end: end, false),
      let scalar = Unicode.Scalar(found.scalar)
    else {
      // Nothing that the standard knows: the ampersand is itself.
      strings.bytes.append(0x26)
      at += 1
      return
    }
    at += 1 + found.length
    let isControl = scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value)
    guard !isControl, scalar.value != 0xFFFE, scalar.value != 0xFFFF else { return }
    strings.bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
  }

  mutating func copyBracket() {
    beginText()
    strings.bytes.append(0x3C)
    at += 1
  }

  /// Begins a text, or goes on with the last one where only what is left out stood between.
  private mutating func beginText() {
    guard textStart == nil else { return }
    if !lastText.isEmpty, lastText.upperBound == markup.count,
      let start = strings.reopenLast()
    {
      markup.removeLast(lastText.count)
      textStart = start
    } else {
      textStart = strings.bytes.count
    }
  }

  /// Puts the number of the collected text into its place.
  ///
  /// Text of white space alone must be that for the library too: its number is written in spaces and
  /// tabs.
  mutating func endText() {
    guard let start = textStart else { return }
    textStart = nil
    guard start < strings.bytes.count else { return }
    let isBlank = strings.bytes[start...].allSatisfy(\.isSpace)
    let number = strings.close(from: start)
    let mark = markup.count
    if isBlank { markup.append(blank: number) } else { markup.append(decimal: number) }
    lastText = mark..<markup.count
  }
}

// MARK: - Tags

extension PageScan {
  private mutating func startTag() {
    endText()
    let mark = (markup.count, strings.mark)
    var isFlattened = false
    let (tag, isVoid) = copyName(prefix: 0x3C)
    let isClosed = copyAttributes(of: tag)
    let isWhole = isClosed && (tag == .other || foreign > 0)
    tagCount += 1
    if tag == .svg || tag == .math, !isClosed { foreign += 1 }
    if !isVoid, !isWhole, !PageScan.endOptional.contains(tag) {
      if depth >= HTMLTree.depthLimit {
        markup.removeLast(markup.count - mark.0)
        strings.removeLast(to: mark.1)
        flattened += 1
        isFlattened = true
        isCutInDepth = true
      } else {
        depth += 1
      }
    }
    if HTMLTag.rawTexts.contains(tag), !isWhole { copyRawText(tag, isFlattened: isFlattened) }
  }

  private mutating func endTag() {
    guard at + 2 < page.count, page[at + 2].isLetter else {
      at += 2
      return skip(past: 0x3E)
    }
    endText()
    let mark = markup.count
    at += 1
    markup.append(0x3C)
    let (tag, isVoid) = copyName(prefix: 0x2F)
    skip(past: 0x3E)
    markup.append(0x3E)
    if tag == .svg || tag == .math { foreign = max(0, foreign - 1) }
    guard !isVoid, !PageScan.endOptional.contains(tag) else { return }
    if flattened > 0 {
      flattened -= 1
      markup.removeLast(markup.count - mark)
    } else if depth > 0 {
      depth -= 1
    }
  }

  /// Copies the prefix and a name that follows the byte under way.
  private mutating func copyName(prefix: UInt8) -> (HTMLTag, isVoid: Bool) {
    markup.append(prefix)
    at += 1
    let start = at
    while at < page.count, !page[at].isSpace, page[at] != 0x2F, page[at] != 0x3E { at += 1 }
    let mark = markup.count
    // The library's buffer for names holds a hundred bytes.
    for byte in page[start..<min(at, start + 64)] {
      markup.append(byte.isNameByte ? byte.lowercased : 0x2D)
    }
    let tag = NameTable.tags.find(markup.span.extracting(mark...)).flatMap(HTMLTag.init) ?? .other
    return (tag, HTMLTag.voids.contains(tag))
  }

  /// Elements that the library ends by itself when the next of their kind begins.
  private static let endOptional = HTMLTag.Group(
    .html, .head, .body, .p, .li, .dt, .dd, .option, .optgroup, .tr, .td, .th, .tbody, .thead,
    .tfoot, .colgroup, .rp, .rt)

  private mutating func skip(past byte: UInt8) {
    while at < page.count, page[at] != byte { at += 1 }
    if at < page.count { at += 1 }
  }

  /// `<!-- … -->`, `<!doctype …>`, `<![CDATA[ … ]]>`, `<? … >`.
  private mutating func skipDeclaration() {
    let isComment =
      at + 3 < page.count && page[at + 1] == 0x21 && page[at + 2] == 0x2D && page[at + 3] == 0x2D
    guard isComment else { return skip(past: 0x3E) }
    // `<!-->` and `<!--->` are whole comments, so the opening dashes count for the closing ones.
    at += 4
    var dashes = 2
    while at < page.count {
      let byte = page[at]
      at += 1
      if byte == 0x2D {
        dashes += 1
      } else {
        if byte == 0x3E, dashes >= 2 { return }
        dashes = byte == 0x21 && dashes >= 2 ? dashes : 0
      }
    }
  }
}
