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
    let handle = unsafe iconv_open("UTF-8", name)
    guard Int(bitPattern: handle) != -1 else { return nil }
    defer { unsafe iconv_close(handle) }
    high = text.count { $0 >= 0x80 }
    // What grows is copied, and a large page would stand in memory three times; what is not used of the
    // room costs nothing.
    bytes.reserveCapacity(text.count + 3 * high + 16)
    var chunk = [CChar](repeating: 0, count: 65_536)
    unsafe text.withUnsafeBytes { buffer in
      // iconv only reads what it is given, though its type does not say so.
      var from = unsafe UnsafeMutableRawPointer(mutating: buffer.baseAddress)?
        .assumingMemoryBound(to: CChar.self)
      var left = buffer.count
      while left > 0 {
        var failure: Int32 = 0
        unsafe chunk.withUnsafeMutableBufferPointer { chunk in
          var to = chunk.baseAddress
          var room = chunk.count
          let result = unsafe iconv(handle, &from, &left, &to, &room)
          failure = result == -1 ? errno : 0
          unsafe bytes += UnsafeRawBufferPointer(
            rebasing: UnsafeRawBufferPointer(chunk)[..<(chunk.count - room)])
        }
        if failure == EILSEQ || failure == EINVAL {
          bytes += [0xEF, 0xBF, 0xBD]
          broken += 1
          unsafe from = from.map { unsafe $0 + 1 }
          left -= 1
        }
      }
    }
    // UTF-16 may hold half a pair, which glibc lets pass.
    if UTF8Survey(bytes).broken > 0 { bytes = Array(String(decoding: bytes, as: UTF8.self).utf8) }
  }

  /// Whether at most this share of the bytes above ASCII meant nothing; one stray byte is let pass.
  func isGood(_ share: Double) -> Bool { broken <= max(1, Int(Double(high) * share)) }
}
