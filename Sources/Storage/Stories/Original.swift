internal import CZstd

/// The page as it came, kept so that a better parser can read it again.
package struct Original: Sendable, Hashable {
  package var bytes: [UInt8]
  /// Where it was fetched from.
  package var address: String?
  /// The name of the file it was in.
  package var name: String?
  /// The encoding its server or the reader named.
  package var charset: String?
  /// What kind of page it was read as: "html" or "text".
  package var format: String?

  package init(
    bytes: [UInt8], address: String? = nil, name: String? = nil, charset: String? = nil,
    format: String? = nil
  ) {
    self.bytes = bytes
    self.address = address
    self.name = name
    self.charset = charset
    self.format = format
  }
}

/// Bytes in the form of the Zstandard library.
enum Packed {
  /// No original is larger when unpacked; what says so in the file is damaged or meant to hurt.
  static let limit = 256 << 20

  /// The bytes packed; `nil` only where there is no memory.
  static func pack(_ bytes: [UInt8]) -> [UInt8]? {
    let room = ZSTD_compressBound(bytes.count)
    var failed = false
    let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      let result = bytes.withUnsafeBytes {
        ZSTD_compress(buffer.baseAddress, room, $0.baseAddress, $0.count, 3)
      }
      failed = ZSTD_isError(result) != 0
      count = failed ? 0 : result
    }
    return failed ? nil : packed
  }

  /// The bytes again; `nil` if these are not packed bytes of that size.
  static func unpack(_ packed: [UInt8], size: Int) -> [UInt8]? {
    guard (0...limit).contains(size) else { return nil }
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      let result = packed.withUnsafeBytes {
        ZSTD_decompress(buffer.baseAddress, size, $0.baseAddress, $0.count)
      }
      isWhole = ZSTD_isError(result) == 0 && result == size
      count = isWhole ? size : 0
    }
    return isWhole ? bytes : nil
  }
}
