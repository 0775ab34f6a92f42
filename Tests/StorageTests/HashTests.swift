import Testing

@testable import Storage

/// The hash against the test vectors of RFC 7693 (BLAKE2b).
@Suite struct HashTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func hash(_ bytes: [UInt8], size: Int = 32, key: [UInt8] = []) -> [UInt8] {
    var hash = Hash(size: size, key: key)
    hash.add(bytes)
    return hash.finish()
  }

  @Test("“abc” has the hash that the standard computes step by step (appendix A)")
  func abc() {
    #expect(
      hex(hash(Array("abc".utf8), size: 64))
        == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")
  }

  /// The test sequence of appendix E: a Fibonacci generator.
  private func sequence(_ count: Int, seed: UInt32) -> [UInt8] {
    var (a, b): (UInt32, UInt32) = (0xDEAD_4BAD &* seed, 1)
    return (0..<count).map { _ in
      (a, b) = (b, a &+ b)
      return UInt8(b >> 24)
    }
  }

  @Test("The self-test of the standard holds: all sizes, with and without a key (appendix E)")
  func selfTest() {
    var all = Hash()
    for size in [20, 32, 48, 64] {
      for count in [0, 3, 128, 129, 255, 1024] {
        let input = sequence(count, seed: UInt32(count))
        all.add(hash(input, size: size))
        all.add(hash(input, size: size, key: sequence(size, seed: UInt32(size))))
      }
    }
    #expect(
      hex(all.finish()) == "c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475")
  }

  @Test("The size that the library uses, of short and long input")
  func own() {
    #expect(
      hex(Hash.of([])) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")
    #expect(
      hex(Hash.of(Array("abc".utf8)))
        == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
  }

  @Test("Bytes added in parts have the hash of the whole", arguments: [1, 7, 127, 128, 129])
  func pieces(size: Int) {
    let bytes = sequence(1000, seed: 5)
    var hash = Hash()
    for start in stride(from: 0, to: bytes.count, by: size) {
      hash.add(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    #expect(hash.finish() == Hash.of(bytes))
  }
}
