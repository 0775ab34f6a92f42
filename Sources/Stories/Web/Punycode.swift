/// Punycode, which writes one label of an international host name in ASCII (RFC 3492).
///
/// Both ways are without the prefix `xn--`; `nil` is what the algorithm cannot express, and what is
/// longer than ``limit``.
enum Punycode {
  private static let base = 36
  private static let tMin = 1
  private static let tMax = 26
  private static let skew = 38
  private static let damp = 700
  private static let initialBias = 72
  private static let initialN = 128

  /// Scalars or letters of one label; a host name allows 63 (RFC 1035), and time grows by the square.
  static let limit = 256

  static func encode(_ label: some Collection<Unicode.Scalar>) -> String? {
    let input = label.map { Int($0.value) }
    guard input.count <= limit else { return nil }
    var output = input.filter { $0 < initialN }.map { UInt8(truncatingIfNeeded: $0) }
    let basicCount = output.count
    var handled = basicCount
    if basicCount > 0 { output.append(0x2D) }
    var (n, delta, bias) = (initialN, 0, initialBias)
    while handled < input.count {
      guard let next = input.lazy.filter({ $0 >= n }).min() else { return nil }
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in input {
        if scalar < n { delta += 1 }
        guard scalar == n else { continue }
        appendNumber(delta, bias, to: &output)
        bias = adapted(delta, handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  static func decode(_ encoded: some StringProtocol) -> [Unicode.Scalar]? {
    let input = Array(encoded.utf8)
    guard input.count <= limit, input.allSatisfy({ $0 < 0x80 }) else { return nil }
    let hyphen = input.lastIndex(of: 0x2D)
    var output = (hyphen.map { Array(input[..<$0]) } ?? []).map { Int($0) }
    var at = hyphen.map { $0 + 1 } ?? 0
    var (n, i, bias) = (initialN, 0, initialBias)
    while at < input.count {
      let before = i
      var weight = 1
      var k = base
      while true {
        guard at < input.count, let digit = digit(input[at]) else { return nil }
        at += 1
        let (product, isLarge) = digit.multipliedReportingOverflow(by: weight)
        guard !isLarge, i <= Int(Int32.max) - product else { return nil }
        i += product
        let threshold = threshold(k, bias)
        if digit < threshold { break }
        weight *= base - threshold
        guard weight <= Int(Int32.max) else { return nil }
        k += base
      }
      bias = adapted(i - before, output.count + 1, isFirst: before == 0)
      n += i / (output.count + 1)
      i %= output.count + 1
      guard n <= 0x10FFFF else { return nil }
      output.insert(n, at: i)
      i += 1
    }
    let scalars = output.compactMap { Unicode.Scalar(UInt32($0)) }
    return scalars.count == output.count ? scalars : nil
  }

  /// Writes a number of variable length.
  private static func appendNumber(_ number: Int, _ bias: Int, to output: inout [UInt8]) {
    var rest = number
    var k = base
    while true {
      let threshold = threshold(k, bias)
      if rest < threshold { break }
      output.append(letter(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      k += base
    }
    output.append(letter(rest))
  }

  private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, tMin), tMax) }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var k = 0
    while delta > ((base - tMin) * tMax) / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  /// `a`…`z` for 0…25, `0`…`9` for 26…35.
  private static func letter(_ digit: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: digit < 26 ? 0x61 + digit : 0x30 + digit - 26)
  }

  private static func digit(_ letter: UInt8) -> Int? {
    if letter.isASCIILetter { return Int(letter | 0x20) - 0x61 }
    return letter.isASCIIDigit ? Int(letter) - 0x30 + 26 : nil
  }
}
