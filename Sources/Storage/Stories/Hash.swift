/// BLAKE2b (RFC 7693), with 256 bits by default; identifies equal content.
///
/// The hash is collision-resistant: two different pages are never taken for the same story, by chance
/// or by design. Of such hashes it is the fastest in portable code on 64-bit words.
struct Hash {
  private var state = initial
  private var block = [UInt8](repeating: 0, count: 128)
  private var filled = 0
  private var total: UInt64 = 0

  private let size: Int

  /// Begins a hash of `size` bytes (1…64), with a key of up to 64 bytes.
  ///
  /// The library uses 32 bytes and no key; other values are for the RFC's test vectors.
  init(size: Int = 32, key: [UInt8] = []) {
    self.size = size
    // The parameter block: length of digest and key, fanout 1, depth 1.
    state[0] ^= 0x0101_0000 | UInt64(key.count) << 8 | UInt64(size)
    if !key.isEmpty { add(key + [UInt8](repeating: 0, count: 128 - key.count)) }
  }

  /// The hash of some bytes.
  static func of(_ bytes: [UInt8]) -> [UInt8] {
    var hash = Hash()
    hash.add(bytes)
    return hash.finish()
  }

  /// Adds bytes; those of several calls are hashed as one sequence.
  mutating func add(_ bytes: [UInt8]) {
    add(bytes.span)
  }

  /// Adds a string with its length, so that the boundary between two strings counts; `nil` differs from
  /// an empty string.
  mutating func add(field text: String?) {
    let bytes = Array((text ?? "").utf8)
    add(field: bytes)
    add([text == nil ? 0 : 1])
  }

  /// Adds bytes with their length.
  mutating func add(field bytes: [UInt8]) {
    add((0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) })
    add(bytes)
  }

  private mutating func add(_ bytes: Span<UInt8>) {
    var done = 0
    while done < bytes.count {
      // A full block is held back until more follows, because the last one is compressed differently.
      if filled == 128 {
        total &+= 128
        compress(isLast: false)
        filled = 0
      }
      let count = min(128 - filled, bytes.count - done)
      for index in 0..<count { block[filled + index] = bytes[done + index] }
      filled += count
      done += count
    }
  }

  /// The digest; nothing can be added after that.
  mutating func finish() -> [UInt8] {
    total &+= UInt64(filled)
    for index in filled..<128 { block[index] = 0 }
    compress(isLast: true)
    return (0..<size).map { UInt8(truncatingIfNeeded: state[$0 / 8] >> (8 * UInt64($0 % 8))) }
  }

  /// The initialization vector (RFC 7693, 2.6).
  private static let initial: [UInt64] = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
  ]

  /// The message schedule SIGMA (RFC 7693, 2.7).
  private static let sigma: [[UInt8]] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  ]

  /// The words of the work vector that each of the eight mixing steps of a round takes.
  private static let lanes: [(Int, Int, Int, Int)] = [
    (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
  ]

  /// The compression function F (RFC 7693, 3.2).
  private mutating func compress(isLast: Bool) {
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 32) { scratch in
      unsafe scratch.initialize(repeating: 0)
      // On the heap or in an `InlineArray` this would take 1.5 times as long.
      var work = unsafe scratch.mutableSpan
      for index in 0..<8 {
        work[index] = state[index]
        work[index + 8] = Self.initial[index]
      }
      work[12] ^= total
      if isLast { work[14] = ~work[14] }
      for index in 0..<16 {
        var word: UInt64 = 0
        for byte in 0..<8 { word |= UInt64(block[index * 8 + byte]) << UInt64(8 * byte) }
        work[16 + index] = word
      }
      for round in Self.sigma {
        for lane in 0..<8 {
          let (a, b, c, d) = Self.lanes[lane]
          let one = work[16 + Int(round[2 * lane])]
          let two = work[16 + Int(round[2 * lane + 1])]
          work[a] = work[a] &+ work[b] &+ one
          work[d] = Self.rotatedRight(work[d] ^ work[a], 32)
          work[c] = work[c] &+ work[d]
          work[b] = Self.rotatedRight(work[b] ^ work[c], 24)
          work[a] = work[a] &+ work[b] &+ two
          work[d] = Self.rotatedRight(work[d] ^ work[a], 16)
          work[c] = work[c] &+ work[d]
          work[b] = Self.rotatedRight(work[b] ^ work[c], 63)
        }
      }
      for index in 0..<8 { state[index] ^= work[index] ^ work[index + 8] }
    }
  }

  private static func rotatedRight(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    (word &>> bits) | (word &<< (64 - bits))
  }
}
