internal import CZstd

/// Bytes in the form of the Zstandard library.
enum Packed {
  /// No original is larger when unpacked; what says so in the file is damaged or meant to hurt.
  static let limit = 256 << 20

  /// The bytes packed; `nil` only where there is no memory.
  static func pack(_ bytes: [UInt8]) -> [UInt8]? {
    let room = ZSTD_compressBound(bytes.count)
    var failed = false
    let packed = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      let result = unsafe bytes.withUnsafeBytes {
        unsafe ZSTD_compress(buffer.baseAddress, room, $0.baseAddress, $0.count, 3)
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
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      let result = unsafe packed.withUnsafeBytes {
        unsafe ZSTD_decompress(buffer.baseAddress, size, $0.baseAddress, $0.count)
      }
      isWhole = ZSTD_isError(result) == 0 && result == size
      count = isWhole ? size : 0
    }
    return isWhole ? bytes : nil
  }
}
