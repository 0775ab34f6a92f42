/// Streams of gzip (RFC 1952), made without a library.
package enum Gzip {
  private static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

  /// A whole stream that holds the bytes as they are, in stored blocks of deflate.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] { head + deflate(bytes) + tail(bytes) }

  /// The bytes in stored blocks of deflate, without a head (RFC 1951, section 3.2.4).
  package static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var start = 0
    repeat {
      let block = bytes[start..<min(start + 65_535, bytes.count)]
      start = block.endIndex
      let size = UInt16(block.count)
      out += [start == bytes.count ? 1 : 0, UInt8(size & 255), UInt8(size >> 8)]
      out += [UInt8(~size & 255), UInt8(~size >> 8)]
      out += block
    } while start < bytes.count
    return out
  }

  /// A stream of zlib (RFC 1950).
  package static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let sum = high << 16 | low
    return [0x78, 0x01] + deflate(bytes) + [24, 16, 8, 0].map { UInt8(sum >> $0 & 255) }
  }

  /// The beginning of a stream of at least so many zeros, 258 of them in 13 bits.
  ///
  /// One block with the fixed code: a zero, then copies of length 258 (code 285, 11000101) at distance 1
  /// (00000). Eight copies take 13 bytes, so that the same 13 bytes come again and again.
  package static func zeros(_ count: Int) -> [UInt8] {
    var bits: [Bool] = []
    // The last block, with the fixed code: a number, and so the low bit first.
    bits += [true, true, false]
    // The literal 0 is 00110000; codes go with their high bit first.
    bits += [false, false, true, true, false, false, false, false]
    let copy =
      [true, true, false, false, false, true, false, true] + [Bool](repeating: false, count: 5)
    let copies = (count + 257) / 258
    // Until the bits fill whole bytes the units cannot repeat: 11 bits stand before the first copy.
    while bits.count % 8 != 0 { bits += copy }
    let unit = packed(Array([[Bool]](repeating: copy, count: 8).joined()))
    return head + packed(bits)
      + Array([[UInt8]](repeating: unit, count: copies / 8 + 1).joined())
  }

  private static func packed(_ bits: [Bool]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(0) { byte, bit in bits[start + bit] ? byte | 1 << UInt8(bit) : byte }
    }
  }

  /// Checksum and length.
  private static func tail(_ bytes: [UInt8]) -> [UInt8] {
    let sum = crc32(bytes)
    let length = UInt32(truncatingIfNeeded: bytes.count)
    return [sum, length].flatMap { number in [0, 8, 16, 24].map { UInt8(number >> $0 & 255) } }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
