/// Collects text as it is read: runs of white space become one space, block ends one line end.
struct FoldedText {
  var bytes: [UInt8] = []
  private var pending: UInt8 = 0

  mutating func breakLine() { if !bytes.isEmpty { pending = 0x0A } }

  mutating func append(_ slice: ArraySlice<UInt8>) {
    slice.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let byte = buffer[index]
        // A no-break space (C2 A0) is white space in running text.
        if byte == 0xC2, index + 1 < buffer.count, buffer[index + 1] == 0xA0 {
          if pending == 0, !bytes.isEmpty { pending = 0x20 }
          index += 2
        } else if byte.isSpace {
          if pending == 0, !bytes.isEmpty { pending = 0x20 }
          index += 1
        } else {
          if pending != 0 {
            bytes.append(pending)
            pending = 0
          }
          let start = index
          repeat {
            index += 1
          } while index < buffer.count && !buffer[index].isSpace
            && buffer[index] != 0xC2
          bytes.append(contentsOf: buffer[start..<index])
        }
      }
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
