extension PageScan {
  /// Copies up to the end of the tag; tells whether it ended in `/>`.
  mutating func copyAttributes(of tag: HTMLTag) -> Bool {
    var isSelfClosing = false
    var kept = 0
    while at < page.count, page[at] != 0x3E {
      let byte = page[at]
      if byte.isSpace || byte == 0x2F {
        isSelfClosing = byte == 0x2F
        at += 1
        continue
      }
      isSelfClosing = false
      let mark = markup.count
      let length = copyAttributeName()
      // The path of a drawing is long and says nothing.
      let isPath = tag == .other && length == 1 && markup[mark + 1] == 0x64
      kept += 1
      let isLeftOut = isPath || kept > HTMLTree.attributeLimit
      if let value = skipValue(), !isLeftOut {
        markup.append(0x3D)
        markup.append(decimal: strings.append(value: page[value]))
      }
      if isLeftOut { markup.removeLast(markup.count - mark) }
    }
    if at < page.count { at += 1 }
    // Outside drawings, a script that looks whole is open, as browsers read it.
    if isSelfClosing, foreign > 0 || !HTMLTag.rawTexts.contains(tag) {
      markup.append(contentsOf: " /".utf8)
    }
    markup.append(0x3E)
    return isSelfClosing
  }

  /// Copies a space and a name; answers the name's length.
  private mutating func copyAttributeName() -> Int {
    markup.append(0x20)
    var length = 0
    // A name may begin with "=", which is how the standard reads `<a =b>`.
    repeat {
      let byte = page[at]
      if length < 64 { markup.append(byte.isNameByte ? byte.lowercased : 0x5F) }
      length += 1
      at += 1
    } while at < page.count && !endsName(page[at])
    return length
  }

  /// Passes "=" and a value, in quotes or bare; answers where it stands, `nil` where there is none.
  private mutating func skipValue() -> Range<Int>? {
    skipSpace()
    guard at < page.count, page[at] == 0x3D else { return nil }
    at += 1
    skipSpace()
    guard at < page.count else { return nil }
    let quote = page[at]
    if quote == 0x22 || quote == 0x27 {
      let start = at + 1
      at = end(from: start) { $0 == quote }
      defer { if at < page.count { at += 1 } }
      return start..<at
    }
    let start = at
    at = end(from: start) { $0.isSpace || $0 == 0x3E }
    return start..<at
  }

  /// The first place from `start` on of a byte that ends a value, or the end of the page.
  @inline(__always) private func end(from start: Int, _ isEnd: (UInt8) -> Bool) -> Int {
    let page = page.span
    var place = start
    while place < page.count, !isEnd(page[place]) { place += 1 }
    return place
  }

  @inline(__always) private func endsName(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == 0x3D || byte == 0x3E || byte == 0x2F
  }

  @inline(__always) private mutating func skipSpace() {
    while at < page.count, page[at].isSpace { at += 1 }
  }
}
