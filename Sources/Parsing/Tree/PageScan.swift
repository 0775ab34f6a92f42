/// Makes a page safe for the HTML parser library, in one pass before it.
///
/// Contract: valid UTF-8 in, valid UTF-8 out, no byte looked at more than a fixed number of times.
/// libxml2 compares each attribute of a tag with all others, searches all open elements for an end
/// tag's partner, ends at a NUL and knows neither HTML 5's character names nor what numbers 128…159
/// mean; here attributes of a tag and open elements are capped, NULs become spaces, and character
/// references are written out. Comments, declarations, style sheets, the paths of drawings and what
/// frames hold for old browsers are left out. References to the five characters that are markup
/// stay, for the library to decode.
///
/// Two thirds of a usual page are scripts and values of attributes, which the library would read letter
/// by letter and hand back as they are. Only their numbers are left in their places; `Result` has
/// them by number.
struct PageScan {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  var out: [UInt8] = []
  /// How many elements stand open, as far as a count can tell: those whose end tag may be left out
  /// are not counted, for the library closes them by itself.
  private var depth = 0
  /// How many elements past the limit wait for their end tag.
  private var flattened = 0
  /// How many drawings and formulas stand open: in these, and nowhere else, `<title/>` is a whole
  /// element.
  private var foreign = 0
  private(set) var isCutInDepth = false
  private var scripts: [Range<Int>] = []
  var values = AttributeValues()

  /// A page that the library may read.
  struct Result {
    var bytes: [UInt8]
    /// Where the text of each script stands in the page as it was given.
    var scripts: [Range<Int>]
    var values: AttributeValues
    /// Whether elements were nested too deep and so flattened.
    var isCutInDepth: Bool
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    out.reserveCapacity(bytes.count / 2 + 16)
    values.bytes.reserveCapacity(bytes.count / 2)
  }

  static func run(_ page: UnsafeBufferPointer<UInt8>) -> Result {
    var scan = PageScan(page)
    scan.page()
    return Result(
      bytes: scan.out, scripts: scan.scripts, values: scan.values,
      isCutInDepth: scan.isCutInDepth)
  }
}

// MARK: - Text and tags

extension PageScan {
  private mutating func page() {
    while at < bytes.count {
      copyText(until: 0x3C)
      guard at < bytes.count else { return }
      guard at + 1 < bytes.count else { return out.append(contentsOf: "&lt;".utf8) }
      let next = bytes[at + 1]
      if next.isLetter {
        startTag()
      } else if next == 0x2F {
        endTag()
      } else if next == 0x21 || next == 0x3F {
        skipDeclaration()
      } else {
        // A lonely "<" is text; the library would look for a tag.
        out.append(contentsOf: "&lt;".utf8)
        at += 1
      }
    }
  }

  /// Copies up to the byte, or to `end`, with references written out.
  private mutating func copyText(until stop: UInt8, end: Int? = nil) {
    let end = end ?? bytes.count
    while at < end {
      var run = at
      while run < end, bytes[run] != stop, bytes[run] != 0x26, bytes[run] != 0 { run += 1 }
      out.append(contentsOf: bytes[at..<run])
      at = run
      guard at < end, bytes[at] != stop else { return }
      if bytes[at] == 0 {
        out.append(0x20)
        at += 1
      } else {
        copyReference(end: end)
      }
    }
  }

  private mutating func copyReference(end: Int) {
    let found = CharacterReferences.reference(in: bytes, at: at + 1, end: end, false)
    guard let found, ![0x22, 0x26, 0x27, 0x3C, 0x3E, 0].contains(found.scalar) else {
      if found == nil {
        // Nothing that the standard knows: the ampersand is itself.
        out.append(contentsOf: "&amp;".utf8)
        at += 1
      } else {
        let next = min(end, at + 1 + (found?.length ?? 0))
        out.append(contentsOf: bytes[at..<next])
        if bytes[next - 1] != 0x3B { out.append(0x3B) }
        at = next
      }
      return
    }
    if let scalar = Unicode.Scalar(found.scalar) {
      out.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
    at += 1 + found.length
  }

  private mutating func startTag() {
    let mark = out.count
    let (tag, isVoid) = copyName(prefix: 0x3C)
    let isClosed = copyAttributes(of: tag)
    let isWhole = isClosed && (tag == .other || foreign > 0)
    if tag == .svg || tag == .math, !isClosed { foreign += 1 }
    if !isVoid, !isWhole, !PageScan.endOptional.contains(tag) {
      if depth >= HTMLTree.depthLimit {
        out.removeLast(out.count - mark)
        flattened += 1
        isCutInDepth = true
      } else {
        depth += 1
      }
    }
    if HTMLTag.rawTexts.contains(tag), !isWhole { rawText(tag) }
  }

  private mutating func endTag() {
    guard at + 2 < bytes.count, bytes[at + 2].isLetter else {
      at += 2
      return skip(past: 0x3E)
    }
    let mark = out.count
    at += 1
    out.append(0x3C)
    let (tag, isVoid) = copyName(prefix: 0x2F)
    skip(past: 0x3E)
    out.append(0x3E)
    if tag == .svg || tag == .math { foreign = max(0, foreign - 1) }
    // A lonely </p> is an empty paragraph, which says nothing.
    guard !isVoid || tag == .br, !PageScan.endOptional.contains(tag) || tag != .p else { return }
    guard !isVoid, !PageScan.endOptional.contains(tag) else { return }
    if flattened > 0 {
      flattened -= 1
      out.removeLast(out.count - mark)
    } else if depth > 0 {
      depth -= 1
    }
  }

  /// Copies the prefix and a name that follows the byte under way.
  private mutating func copyName(prefix: UInt8) -> (HTMLTag, isVoid: Bool) {
    out.append(prefix)
    at += 1
    let start = at
    while at < bytes.count, !bytes[at].isSpace, bytes[at] != 0x2F, bytes[at] != 0x3E { at += 1 }
    // The library's buffer for names holds a hundred bytes.
    let name = UnsafeBufferPointer(rebasing: bytes[start..<min(at, start + 64)])
    for byte in name { out.append(byte.isNameByte ? byte.lowercased : 0x2D) }
    let tag = PageScan.lowered(name) ?? .other
    return (tag, HTMLTag.voids.contains(tag))
  }

  private static func lowered(_ name: UnsafeBufferPointer<UInt8>) -> HTMLTag? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, name.count)) { scratch in
      for (index, byte) in name.enumerated() { scratch[index] = byte.lowercased }
      let lowered = UnsafeBufferPointer(rebasing: scratch[0..<name.count])
      return NameTable.tags.find(lowered).flatMap(HTMLTag.init(rawValue:))
    }
  }

  /// Elements that the library ends by itself when the next of their kind begins.
  private static let endOptional = HTMLTag.Group(
    .html, .head, .body, .p, .li, .dt, .dd, .option, .optgroup, .tr, .td, .th, .tbody, .thead,
    .tfoot, .colgroup, .rp, .rt)

  private mutating func skip(past byte: UInt8) {
    while at < bytes.count, bytes[at] != byte { at += 1 }
    if at < bytes.count { at += 1 }
  }

  /// `<!-- … -->`, `<!doctype …>`, `<![CDATA[ … ]]>`, `<? … >`.
  private mutating func skipDeclaration() {
    let isComment =
      at + 3 < bytes.count && bytes[at + 1] == 0x21 && bytes[at + 2] == 0x2D
      && bytes[at + 3] == 0x2D
    guard isComment else { return skip(past: 0x3E) }
    // `<!-->` and `<!--->` are whole comments, so the opening dashes count for the closing ones.
    at += 4
    var dashes = 2
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == 0x2D {
        dashes += 1
      } else {
        if byte == 0x3E, dashes >= 2 { return }
        dashes = byte == 0x21 && dashes >= 2 ? dashes : 0
      }
    }
  }

  /// What stands up to the end tag of the same kind: scripts by their numbers, words with their "<"
  /// kept as text, and nothing of styles and of what a frame holds for browsers without frames.
  private mutating func rawText(_ tag: HTMLTag) {
    let start = at
    let name = Array(tag.name.utf8)
    while at < bytes.count {
      if bytes[at] == 0x3C, at + 2 + name.count <= bytes.count, bytes[at + 1] == 0x2F,
        zip(bytes[at + 2..<at + 2 + name.count], name).allSatisfy({ $0.lowercased == $1 }),
        at + 2 + name.count == bytes.count || !bytes[at + 2 + name.count].isNameByte
      {
        break
      }
      at += 1
    }
    let end = at
    switch tag {
    case .script:
      if start < end {
        out.append(decimal: scripts.count)
        scripts.append(start..<end)
      }
    case .title, .textarea, .xmp, .plaintext:
      at = start
      while at < end {
        copyText(until: 0x3C, end: end)
        guard at < end else { break }
        out.append(contentsOf: "&lt;".utf8)
        at += 1
      }
    default: break
    }
    at = end
    // Unclosed, the library would read the rest of its buffer as script.
    if at >= bytes.count { out.append(contentsOf: Array("</\(tag.name)>".utf8)) }
  }
}
