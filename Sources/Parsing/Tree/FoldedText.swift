/// Collects text as it is read: runs of white space become one space, block ends one line end.
struct FoldedText {
  var bytes: [UInt8] = []
  private var pending: UInt8 = 0

  mutating func breakLine() { if !bytes.isEmpty { pending = 0x0A } }

  mutating func append(_ slice: ArraySlice<UInt8>) {
    var at = slice.startIndex
    while at < slice.endIndex {
      let byte = slice[at]
      // A no-break space (C2 A0) is white space in running text.
      let isNoBreak = byte == 0xC2 && at + 1 < slice.endIndex && slice[at + 1] == 0xA0
      if isNoBreak || byte.isSpace {
        if pending == 0, !bytes.isEmpty { pending = 0x20 }
        at += isNoBreak ? 2 : 1
        continue
      }
      if pending != 0 {
        bytes.append(pending)
        pending = 0
      }
      let start = at
      repeat { at += 1 } while at < slice.endIndex && !slice[at].isSpace && slice[at] != 0xC2
      bytes.append(contentsOf: slice[start..<at])
    }
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension String {
  /// The bytes as one line: runs of white space become one space, none at either end.
  init(folding bytes: ArraySlice<UInt8>) {
    var out = FoldedText()
    out.append(bytes)
    self = out.string
  }

  /// The same for a text that is a string already.
  init(folding text: some StringProtocol) { self.init(folding: Array(text.utf8)[...]) }
}
