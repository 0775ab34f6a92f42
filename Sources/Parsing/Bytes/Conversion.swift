import Glibc

/// A text converted to UTF-8 by glibc, and how well its bytes fitted.
///
/// Contract: linear; bytes that mean nothing in the encoding become U+FFFD and are counted. `nil` where
/// glibc does not know the encoding.
struct Conversion {
  private(set) var bytes: [UInt8] = []
  /// Bytes that meant nothing.
  private(set) var broken = 0
  /// Bytes above ASCII.
  private let high: Int

  init?(_ text: [UInt8], from name: String) {
    let handle = iconv_open("UTF-8", name)
    guard Int(bitPattern: handle) != -1 else { return nil }
    defer { iconv_close(handle) }
    high = text.count { $0 >= 0x80 }
    bytes.reserveCapacity(text.count + text.count / 2)
    var input = text
    var chunk = [CChar](repeating: 0, count: 65_536)
    input.withUnsafeMutableBytes { buffer in
      var from = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = buffer.count
      while left > 0 {
        var failure: Int32 = 0
        chunk.withUnsafeMutableBufferPointer { chunk in
          var to = chunk.baseAddress
          var room = chunk.count
          let result = iconv(handle, &from, &left, &to, &room)
          failure = result == -1 ? errno : 0
          bytes += UnsafeRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: chunk[..<(chunk.count - room)]))
        }
        if failure == EILSEQ || failure == EINVAL {
          bytes += [0xEF, 0xBF, 0xBD]
          broken += 1
          from = from.map { $0 + 1 }
          left -= 1
        }
      }
    }
    // UTF-16 may hold half a pair, which glibc lets pass.
    bytes =
      UTF8Survey(bytes).broken == 0 ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  /// Whether at most this share of the bytes above ASCII meant nothing; one stray byte is let pass.
  func isGood(_ share: Double) -> Bool { broken <= max(1, Int(Double(high) * share)) }
}
