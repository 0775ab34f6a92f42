/// The values of a page's attributes, one after another, with character references decoded.
struct AttributeValues {
  var bytes: [UInt8] = []
  /// Where the value of each number stands in `bytes`.
  private(set) var ranges: [Range<Int32>] = []

  /// Takes what stands in the range of the page; answers its number.
  mutating func append(_ range: Range<Int>, of page: UnsafeBufferPointer<UInt8>) -> Int {
    let start = bytes.count
    var at = range.lowerBound
    while at < range.upperBound {
      var run = at
      while run < range.upperBound, page[run] != 0x26, page[run] != 0 { run += 1 }
      bytes.append(contentsOf: page[at..<run])
      at = run
      guard at < range.upperBound else { break }
      if page[at] == 0x26,
        let found = CharacterReferences.reference(
          in: page, at: at + 1, end: range.upperBound, true),
        let scalar = Unicode.Scalar(found.scalar)
      {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
        at += 1 + found.length
      } else {
        bytes.append(page[at] == 0 ? 0x20 : page[at])
        at += 1
      }
    }
    ranges.append(Int32(start)..<Int32(bytes.count))
    return ranges.count - 1
  }

  /// Forgets the value taken last.
  mutating func removeLast() {
    guard let last = ranges.popLast() else { return }
    bytes.removeLast(last.count)
  }
}

// MARK: - Attributes

extension PageScan {
  /// Copies up to the end of the tag; tells whether it ended in `/>`.
  mutating func copyAttributes(of tag: HTMLTag) -> Bool {
    var isSelfClosing = false
    var kept = 0
    while at < bytes.count, bytes[at] != 0x3E {
      let byte = bytes[at]
      if byte.isSpace || byte == 0x2F {
        isSelfClosing = byte == 0x2F
        at += 1
        continue
      }
      isSelfClosing = false
      let mark = out.count
      let length = copyAttributeName()
      // The path of a drawing is long and says nothing.
      let isPath = tag == .other && length == 1 && out[mark + 1] == 0x64
      kept += 1
      let isLeftOut = isPath || kept > HTMLTree.attributeLimit
      if let value = skipValue(), !isLeftOut {
        out.append(0x3D)
        out.append(decimal: values.append(value, of: bytes))
      }
      if isLeftOut { out.removeLast(out.count - mark) }
    }
    if at < bytes.count { at += 1 }
    if isSelfClosing { out.append(contentsOf: " /".utf8) }
    out.append(0x3E)
    return isSelfClosing
  }

  /// Copies a space and a name; answers the name's length.
  private mutating func copyAttributeName() -> Int {
    out.append(0x20)
    var length = 0
    // A name may begin with "=", which is how the standard reads `<a =b>`.
    repeat {
      let byte = bytes[at]
      if length < 64 { out.append(byte.isNameByte ? byte.lowercased : 0x5F) }
      length += 1
      at += 1
    } while at < bytes.count && !endsName(bytes[at])
    return length
  }

  /// Passes "=" and a value, in quotes or bare; answers where it stands, `nil` where there is none.
  private mutating func skipValue() -> Range<Int>? {
    skipSpace()
    guard at < bytes.count, bytes[at] == 0x3D else { return nil }
    at += 1
    skipSpace()
    guard at < bytes.count else { return nil }
    let quote = bytes[at]
    if quote == 0x22 || quote == 0x27 {
      at += 1
      let start = at
      while at < bytes.count, bytes[at] != quote { at += 1 }
      defer { if at < bytes.count { at += 1 } }
      return start..<at
    }
    let start = at
    while at < bytes.count, !bytes[at].isSpace, bytes[at] != 0x3E { at += 1 }
    return start..<at
  }

  @inline(__always) private func endsName(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == 0x3D || byte == 0x3E || byte == 0x2F
  }

  @inline(__always) private mutating func skipSpace() {
    while at < bytes.count, bytes[at].isSpace { at += 1 }
  }
}

extension [UInt8] {
  /// Appends the number in digits.
  mutating func append(decimal number: Int) {
    var unit = 1
    while number / unit >= 10 { unit *= 10 }
    while unit > 0 {
      append(0x30 + UInt8(number / unit % 10))
      unit /= 10
    }
  }
}
