/// IP addresses as hosts, read and written as the URL Standard of the WHATWG says ("host parsing").
///
/// Browsers read many spellings of one IPv4 address: `http://2130706433/`, `http://0x7f.1/` and
/// `http://017700000001/` all lead to 127.0.0.1. Shown as they are written, they hide where they lead.
enum IPAddress {
  /// Whether the last label is a number, so that the host is an IPv4 address or broken.
  ///
  /// `name` is percent-decoded and in lower case; one dot at its end does not count.
  static func endsInNumber(_ name: some StringProtocol) -> Bool {
    guard let last = labels(of: name).last, !last.isEmpty else { return false }
    return last.utf8.allSatisfy(\.isASCIIDigit) || number(last) != nil
  }

  /// An IPv4 address in its four decimal numbers; `nil` where the name is none.
  ///
  /// Up to four numbers, each decimal, octal behind `0` or hexadecimal behind `0x`; the last one fills
  /// all bytes that are left.
  static func ipv4(_ name: some StringProtocol) -> String? {
    let numbers = labels(of: name).map(number)
    guard (1...4).contains(numbers.count), let last = numbers.last ?? nil else { return nil }
    guard last < 1 << (8 * UInt64(5 - numbers.count)) else { return nil }
    var address = last
    for (index, number) in numbers.dropLast().enumerated() {
      guard let number, number <= 255 else { return nil }
      address += number << (8 * UInt64(3 - index))
    }
    return [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
  }

  private static func labels(of name: some StringProtocol) -> [Substring] {
    let labels = Substring(name).split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1 && labels.last == "" ? labels.dropLast() : labels
  }

  /// One number of an IPv4 address; one that is larger than any address is `UInt64.max`.
  private static func number(_ label: Substring) -> UInt64? {
    guard !label.isEmpty else { return nil }
    var digits = label
    var radix = 10
    if label.hasPrefix("0x") || label.hasPrefix("0X") {
      (digits, radix) = (label.dropFirst(2), 16)
    } else if label.count > 1, label.hasPrefix("0") {
      (digits, radix) = (label.dropFirst(), 8)
    }
    let isNumber = digits.utf8.allSatisfy { byte in
      radix == 16 ? byte.hexDigit != nil : byte.isASCIIDigit && byte < 0x30 + UInt8(radix)
    }
    guard isNumber else { return nil }
    return digits.isEmpty ? 0 : UInt64(digits, radix: radix) ?? .max
  }

  // MARK: - IPv6

  /// An IPv6 address in the form of RFC 5952, without its brackets; `nil` where the bytes are none.
  static func ipv6(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count <= 45, let pieces = pieces(String(decoding: bytes, as: UTF8.self)) else {
      return nil
    }
    let zeros = longestZeros(pieces)
    guard zeros.count > 1 else { return hexadecimal(pieces[...]) }
    return hexadecimal(pieces[..<zeros.lowerBound]) + "::"
      + hexadecimal(pieces[zeros.upperBound...])
  }

  /// The eight pieces of an address.
  private static func pieces(_ text: String) -> [UInt64]? {
    let isASCII = text.utf8.allSatisfy { $0.hexDigit != nil || $0 == 0x3A || $0 == 0x2E }
    guard isASCII else { return nil }
    guard let gap = text.firstRange(of: "::") else {
      return group(text[...], isLast: true).flatMap { $0.count == 8 ? $0 : nil }
    }
    guard let head = group(text[..<gap.lowerBound], isLast: false),
      let tail = group(text[gap.upperBound...], isLast: true), head.count + tail.count < 8
    else { return nil }
    return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  /// The pieces on one side of `::`; the last two of an address may be written as an IPv4 address.
  private static func group(_ text: Substring, isLast: Bool) -> [UInt64]? {
    guard !text.isEmpty else { return [] }
    var pieces: [UInt64] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if isLast, index == parts.count - 1, part.contains(".") {
        let bytes = part.split(separator: ".", omittingEmptySubsequences: false).map { decimal($0) }
        guard bytes.count == 4, !bytes.contains(nil) else { return nil }
        let four = bytes.compactMap { $0 }
        pieces += [four[0] << 8 | four[1], four[2] << 8 | four[3]]
      } else {
        guard (1...4).contains(part.count), let piece = UInt64(part, radix: 16) else { return nil }
        pieces.append(piece)
      }
    }
    return pieces
  }

  /// A byte in decimal without leading zeros.
  private static func decimal(_ text: Substring) -> UInt64? {
    guard text.utf8.allSatisfy(\.isASCIIDigit), text.count <= 3, text == "0" || text.first != "0",
      let number = UInt64(text), number <= 255
    else { return nil }
    return number
  }

  private static func longestZeros(_ pieces: [UInt64]) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for (index, piece) in pieces.enumerated() {
      if piece != 0 {
        start = index + 1
      } else if index + 1 - start > longest.count {
        longest = start..<index + 1
      }
    }
    return longest
  }

  private static func hexadecimal(_ pieces: ArraySlice<UInt64>) -> String {
    pieces.map { String($0, radix: 16) }.joined(separator: ":")
  }
}
