import Testing

@testable import Stories

@Suite struct PunycodeTests {
  /// The strings of RFC 3492, section 7.1, without letter case of its own.
  private static let standard: [([UInt32], String)] = [
    (
      [
        0x644, 0x64A, 0x647, 0x645, 0x627, 0x628, 0x62A, 0x643, 0x644, 0x645, 0x648, 0x634, 0x639,
        0x631, 0x628, 0x64A, 0x61F,
      ], "egbpdaj6bu4bxfgehfvwxn"
    ),
    (
      [0x4ED6, 0x4EEC, 0x4E3A, 0x4EC0, 0x4E48, 0x4E0D, 0x8BF4, 0x4E2D, 0x6587],
      "ihqwcrb4cv8a8dqg056pqjye"
    ),
    (
      [0x4ED6, 0x5011, 0x7232, 0x4EC0, 0x9EBD, 0x4E0D, 0x8AAA, 0x4E2D, 0x6587],
      "ihqwctvzc91f659drss3x8bo0yb"
    ),
    (
      [
        0x5DC, 0x5DE, 0x5D4, 0x5D4, 0x5DD, 0x5E4, 0x5E9, 0x5D5, 0x5D8, 0x5DC, 0x5D0, 0x5DE, 0x5D3,
        0x5D1, 0x5E8, 0x5D9, 0x5DD, 0x5E2, 0x5D1, 0x5E8, 0x5D9, 0x5EA,
      ], "4dbcagdahymbxekheh6e0a7fei0b"
    ),
    (
      [
        0x306A, 0x305C, 0x307F, 0x3093, 0x306A, 0x65E5, 0x672C, 0x8A9E, 0x3092, 0x8A71, 0x3057,
        0x3066, 0x304F, 0x308C, 0x306A, 0x3044, 0x306E, 0x304B,
      ], "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"
    ),
    (
      [
        0x43F, 0x43E, 0x447, 0x435, 0x43C, 0x443, 0x436, 0x435, 0x43E, 0x43D, 0x438, 0x43D, 0x435,
        0x433, 0x43E, 0x432, 0x43E, 0x440, 0x44F, 0x442, 0x43F, 0x43E, 0x440, 0x443, 0x441, 0x441,
        0x43A, 0x438,
      ], "b1abfaaepdrnnbgefbadotcwatmq2g4l"
    ), ([0x33, 0x5E74, 0x62, 0x7D44, 0x91D1, 0x516B, 0x5148, 0x751F], "3b-ww4c5e180e575a65lsy2b"),
    (
      [0x6D, 0x61, 0x6A, 0x69, 0x3067, 0x6B, 0x6F, 0x69, 0x3059, 0x308B, 0x35, 0x79D2, 0x524D],
      "majikoi5-783gue6qz075azm5e"
    ), ([0x305D, 0x306E, 0x30B9, 0x30D4, 0x30FC, 0x30C9, 0x3067], "d9juau41awczczp"),
    (Array("-> $1.00 <-".unicodeScalars.map(\.value)), "-> $1.00 <--"),
  ]

  @Test("The strings of the standard are written and read", arguments: standard)
  func published(values: [UInt32], encoded: String) {
    let scalars = values.compactMap { Unicode.Scalar($0) }
    #expect(scalars.count == values.count)
    #expect(Punycode.encode(scalars) == encoded)
    #expect(Punycode.decode(encoded) == scalars)
  }

  @Test("What was written is read back", arguments: 0..<20)
  func roundTrip(seed: UInt64) {
    var state = seed &+ 17
    func random(_ limit: UInt32) -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32(truncatingIfNeeded: state >> 33) % limit
    }
    for _ in 0..<200 {
      let limit: UInt32 = [0x80, 0x600, 0x1_0000, 0x11_0000][Int(random(4))]
      let scalars = (0..<random(30)).compactMap { _ in Unicode.Scalar(random(limit)) }
      #expect(Punycode.encode(scalars).flatMap { Punycode.decode($0) } == scalars)
    }
  }

  @Test(
    "What is no Punycode is refused",
    arguments: ["9", "a-9", "ü", "99999999999", "zzzzzzzzzzzz", "!", "a b", "a-!"])
  func broken(encoded: String) { #expect(Punycode.decode(encoded) == nil) }

  @Test("No label is too long to be refused")
  func long() {
    #expect(Punycode.encode(Array(repeating: "ü", count: 257)) == nil)
    #expect(Punycode.encode(Array(repeating: "ü", count: 256)) != nil)
    #expect(Punycode.decode(String(repeating: "a", count: 257)) == nil)
  }
}
