/// The text as a part of an address: each byte of its UTF-8 that is not kept as `%XX`.
package func percentEncoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for byte in text.utf8 {
    if isKept(byte) {
      bytes.append(byte)
    } else {
      bytes.append(contentsOf: [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The bytes of a part of an address with every `%XX` decoded; a `%` without two digits stays.
package func percentDecoded(_ text: some StringProtocol) -> [UInt8] {
  let source = Array(text.utf8)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(source.count)
  var at = 0
  while at < source.count {
    if source[at] == 0x25, at + 2 < source.count, let high = source[at + 1].hexDigit,
      let low = source[at + 2].hexDigit
    {
      bytes.append(high << 4 | low)
      at += 3
    } else {
      bytes.append(source[at])
      at += 1
    }
  }
  return bytes
}

extension UInt8 {
  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

  /// The value of a hexadecimal digit, 0…15.
  var hexDigit: UInt8? {
    if isASCIIDigit { return self - 0x30 }
    return (0x61...0x66).contains(self | 0x20) ? (self | 0x20) - 0x61 + 10 : nil
  }
}
