/// Reads tags and text of a page and hands them to the tree builder.
///
/// Contract: one pass over valid UTF-8 from left to right, no byte looked at more than a fixed
/// number of times; names are lowered and character references decoded in place. Every state ends at
/// the end of the bytes, so an unclosed tag, quote, comment or script costs nothing. At most
/// `HTMLTree.attributeLimit` attributes of a tag are kept. Deviations from the HTML standard:
/// CDATA is skipped as a comment, and a script ends at the first end tag of its kind.
struct HTMLTokenizer {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let count: Int
  private var at = 0
  private var builder: HTMLTreeBuilder

  private init(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ start: UnsafeMutablePointer<UInt8>) {
    bytes = start
    count = buffer.count
    builder = HTMLTreeBuilder(byteCount: buffer.count)
  }

  static func tree(of bytes: consuming [UInt8]) -> HTMLTree {
    // Offsets are kept in 32 bits; the caller refuses larger pages long before.
    if bytes.count > Int(Int32.max) / 2 { bytes.removeSubrange((Int(Int32.max) / 2)...) }
    let built = bytes.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else {
        var empty = HTMLTreeBuilder(byteCount: 0)
        empty.finish()
        return empty
      }
      var tokenizer = HTMLTokenizer(buffer, start)
      tokenizer.run()
      return tokenizer.builder
    }
    return HTMLTree(
      bytes: bytes, records: built.records, attributes: built.attributes,
      isCutInDepth: built.isCutInDepth, isCutInNodes: built.isFull)
  }
}

extension HTMLTree {
  /// Parses a page that is valid UTF-8.
  init(_ bytes: consuming [UInt8]) { self = HTMLTokenizer.tree(of: bytes) }
}

// MARK: - Text and tags

extension HTMLTokenizer {
  private mutating func run() {
    var textStart = 0
    while at < count, !builder.isFull {
      if bytes[at] != 0x3C {
        at += 1
        continue
      }
      guard at + 1 < count else { break }
      let next = bytes[at + 1]
      guard next.isLetter || next == 0x2F || next == 0x21 || next == 0x3F else {
        at += 1
        continue
      }
      emitText(textStart, at)
      if next.isLetter {
        at += 1
        startTag()
      } else if next == 0x2F {
        at += 2
        endTag()
      } else {
        skipDeclaration()
      }
      textStart = at
    }
    emitText(textStart, count)
    builder.finish()
  }

  private mutating func emitText(_ start: Int, _ end: Int) {
    guard start < end else { return }
    var isBlank = true
    var hasReference = false
    for index in start..<end {
      let byte = bytes[index]
      if byte == 0x26 { hasReference = true }
      if !byte.isSpace { isBlank = false }
      if !isBlank, hasReference { break }
    }
    let last = hasReference ? decodeReferences(start, end, inAttribute: false) : end
    builder.text(start, last, isBlank: isBlank)
  }

  private mutating func readName() -> (start: Int, tag: HTMLTag) {
    let start = at
    while at < count {
      let byte = bytes[at]
      if byte.isSpace || byte == 0x2F || byte == 0x3E { break }
      bytes[at] = byte.lowercased
      at += 1
    }
    let name = UnsafeBufferPointer(start: bytes + start, count: at - start)
    let tag = NameTable.tags.find(name).flatMap(HTMLTag.init(rawValue:)) ?? .other
    return (start, tag)
  }

  private mutating func startTag() {
    let (nameStart, tag) = readName()
    let firstAttribute = builder.attributes.count
    let isSelfClosing = readAttributes(since: firstAttribute)
    builder.begin(
      tag, nameStart: nameStart, firstAttribute: firstAttribute, isSelfClosing: isSelfClosing)
    if HTMLTag.rawTexts.contains(tag), !(isSelfClosing && tag == .iframe) {
      rawText(tag, length: tag.name.utf8.count)
    }
  }

  private mutating func endTag() {
    guard at < count, bytes[at].isLetter else {
      skip(past: 0x3E)
      return
    }
    let (start, tag) = readName()
    let length = at - start
    skip(past: 0x3E)
    if tag == .br || tag == .p {
      // </br> is a line break; a lonely </p> an empty paragraph, which says nothing.
      if tag == .br {
        builder.begin(
          .br, nameStart: start, firstAttribute: builder.attributes.count, isSelfClosing: true)
        return
      }
    }
    let bytes = bytes
    let count = count
    builder.end(tag) { other in
      guard other + length <= count else { return false }
      for index in 0..<length where bytes[other + index] != bytes[start + index] { return false }
      return other + length == count || !bytes[other + length].isNameByte
    }
  }

  private mutating func skip(past byte: UInt8) {
    while at < count, bytes[at] != byte { at += 1 }
    if at < count { at += 1 }
  }

  /// `<!-- … -->`, `<!doctype …>`, `<![CDATA[ … ]]>`, `<? … >`.
  private mutating func skipDeclaration() {
    guard at + 3 < count, bytes[at + 1] == 0x21, bytes[at + 2] == 0x2D, bytes[at + 3] == 0x2D else {
      return skip(past: 0x3E)
    }
    at += 4
    // `<!-->` and `<!--->` are whole comments.
    if at < count, bytes[at] == 0x3E { return at += 1 }
    if at + 1 < count, bytes[at] == 0x2D, bytes[at + 1] == 0x3E { return at += 2 }
    var dashes = 0
    while at < count {
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

  /// Text up to the end tag of the same kind; a script's references are not decoded.
  private mutating func rawText(_ tag: HTMLTag, length: Int) {
    let start = at
    while at < count {
      if bytes[at] == 0x3C, at + 1 + length < count, bytes[at + 1] == 0x2F,
        isName(of: tag, at: at + 2, length: length)
      {
        break
      }
      at += 1
    }
    let end = at
    if start < end {
      let isText = tag == .title || tag == .textarea
      let last = isText ? decodeReferences(start, end, inAttribute: false) : end
      builder.text(start, last, isBlank: true)
    }
    if at < count {
      at += 2 + length
      skip(past: 0x3E)
    }
    builder.end(tag) { _ in true }
  }

  private func isName(of tag: HTMLTag, at start: Int, length: Int) -> Bool {
    guard (bytes[start] | 0x20) == HTMLTokenizer.initials[Int(tag.rawValue)] else { return false }
    let name = tag.name.utf8
    for (index, byte) in name.enumerated() where bytes[start + index].lowercased != byte {
      return false
    }
    return start + length >= count || !bytes[start + length].isNameByte
  }

  private static let initials: [UInt8] = HTMLTag.allCases.map { $0.name.utf8.first ?? 0 }
}

// MARK: - Attributes

extension HTMLTokenizer {
  /// Reads up to the end of the tag; tells whether it ended in `/>`.
  private mutating func readAttributes(since first: Int) -> Bool {
    var isSelfClosing = false
    while at < count {
      let byte = bytes[at]
      if byte == 0x3E {
        at += 1
        return isSelfClosing
      }
      if byte.isSpace || byte == 0x2F {
        isSelfClosing = byte == 0x2F
        at += 1
        continue
      }
      isSelfClosing = false
      readAttribute(keep: builder.attributes.count - first < HTMLTree.attributeLimit)
    }
    return isSelfClosing
  }

  private mutating func readAttribute(keep: Bool) {
    let nameStart = at
    // A name may begin with "=", which is how the standard reads `<a =b>`.
    repeat {
      bytes[at] = bytes[at].lowercased
      at += 1
    } while at < count && !endsName(bytes[at])
    let nameLength = at - nameStart
    skipSpace()
    var (start, end) = (at, at)
    if at < count, bytes[at] == 0x3D {
      at += 1
      skipSpace()
      (start, end) = readValue()
    }
    guard keep else { return }
    let name = UnsafeBufferPointer(start: bytes + nameStart, count: nameLength)
    let known = NameTable.attributes.find(name).flatMap(HTMLAttribute.init(rawValue:)) ?? .other
    builder.attributes.append(
      HTMLTree.Attribute(
        name: known, nameStart: Int32(nameStart), nameLength: UInt8(clamping: nameLength),
        start: Int32(start), end: Int32(decodeReferences(start, end, inAttribute: true))))
  }

  @inline(__always) private func endsName(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == 0x3D || byte == 0x3E || byte == 0x2F
  }

  @inline(__always) private mutating func skipSpace() {
    while at < count, bytes[at].isSpace { at += 1 }
  }

  private mutating func readValue() -> (Int, Int) {
    guard at < count else { return (at, at) }
    let quote = bytes[at]
    if quote == 0x22 || quote == 0x27 {
      at += 1
      let start = at
      while at < count, bytes[at] != quote { at += 1 }
      let end = at
      if at < count { at += 1 }
      return (start, end)
    }
    let start = at
    while at < count, !bytes[at].isSpace, bytes[at] != 0x3E { at += 1 }
    return (start, at)
  }
}

// MARK: - Character references

extension HTMLTokenizer {
  /// Decodes in place and answers the new end.
  private func decodeReferences(_ start: Int, _ end: Int, inAttribute: Bool) -> Int {
    var read = start
    while read < end, bytes[read] != 0x26 { read += 1 }
    var write = read
    while read < end {
      let byte = bytes[read]
      if byte == 0x26, let (scalar, length) = reference(read + 1, end, inAttribute: inAttribute) {
        write = encode(scalar, at: write)
        read += 1 + length
      } else {
        bytes[write] = byte
        write += 1
        read += 1
      }
    }
    return write
  }

  private func reference(_ start: Int, _ end: Int, inAttribute: Bool) -> (UInt32, Int)? {
    guard start < end else { return nil }
    if bytes[start] == 0x23 { return number(start + 1, end) }
    var at = start
    while at < end, at - start < 9, bytes[at].isAlphanumeric { at += 1 }
    let hasSemicolon = at < end && bytes[at] == 0x3B
    // "&copy2" in an address is no copyright sign.
    if inAttribute, !hasSemicolon { return nil }
    let name = UnsafeBufferPointer(start: UnsafePointer(bytes + start), count: at - start)
    guard let scalar = CharacterReferences.scalar(named: name) else { return nil }
    if hasSemicolon { return (scalar, at - start + 1) }
    return CharacterReferences.mayLackSemicolon(scalar) ? (scalar, at - start) : nil
  }

  private func number(_ start: Int, _ end: Int) -> (UInt32, Int)? {
    var at = start
    let isHex = at < end && bytes[at] | 0x20 == 0x78
    if isHex { at += 1 }
    let digits = at
    var value: UInt32 = 0
    while at < end, let digit = bytes[at].hexDigit, isHex || digit < 10 {
      value = min(value &* (isHex ? 16 : 10) &+ digit, 0x110000)
      at += 1
    }
    guard at > digits else { return nil }
    if at < end, bytes[at] == 0x3B { at += 1 }
    // "&#" and at least one digit: three bytes at least, as U+FFFD.
    return (CharacterReferences.repaired(value), at - start + 1)
  }

  private func encode(_ scalar: UInt32, at place: Int) -> Int {
    switch scalar {
    case 0..<0x80:
      bytes[place] = UInt8(scalar)
      return place + 1
    case 0x80..<0x800:
      bytes[place] = UInt8(0xC0 | scalar >> 6)
      bytes[place + 1] = UInt8(0x80 | scalar & 0x3F)
      return place + 2
    case 0x800..<0x10000:
      bytes[place] = UInt8(0xE0 | scalar >> 12)
      bytes[place + 1] = UInt8(0x80 | scalar >> 6 & 0x3F)
      bytes[place + 2] = UInt8(0x80 | scalar & 0x3F)
      return place + 3
    default:
      bytes[place] = UInt8(0xF0 | scalar >> 18)
      bytes[place + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
      bytes[place + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
      bytes[place + 3] = UInt8(0x80 | scalar & 0x3F)
      return place + 4
    }
  }
}
