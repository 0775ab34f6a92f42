/// The text, the scripts and the values of attributes of a page, with character references decoded.
///
/// Each has a number by which the page's tags, and so the events of the HTML parser library, name it.
/// Two texts that follow each other stand side by side unless a tag with values is between them.
struct PageStrings {
  var bytes: [UInt8] = []
  /// Where the string of each number stands in `bytes`.
  private(set) var ranges: [Range<Int32>] = []

  /// Takes what was appended to `bytes` since `start` as a string; returns its number.
  mutating func close(from start: Int) -> Int {
    ranges.append(Int32(start)..<Int32(bytes.count))
    return ranges.count - 1
  }

  /// Gives up the number of the last string, to which more is appended; returns where it begins.
  mutating func reopenLast() -> Int? { ranges.popLast().map { Int($0.lowerBound) } }

  /// A point to which `removeLast(to:)` goes back.
  struct Mark {
    fileprivate var bytes: Int
    fileprivate var ranges: Int
  }

  var mark: Mark { Mark(bytes: bytes.count, ranges: ranges.count) }

  mutating func removeLast(to mark: Mark) {
    bytes.removeLast(bytes.count - mark.bytes)
    ranges.removeLast(ranges.count - mark.ranges)
  }

  /// Takes the value of an attribute as it stands in the page; returns its number.
  mutating func append(value: ArraySlice<UInt8>) -> Int {
    let start = bytes.count
    var at = value.startIndex
    while at < value.endIndex {
      let run = value[at...].firstIndex { $0 == 0x26 || $0 == 0 } ?? value.endIndex
      bytes.append(contentsOf: value[at..<run])
      at = run
      guard at < value.endIndex else { break }
      if value[at] == 0x26,
        let found = CharacterReferences.reference(
          in: value.span, at: at + 1 - value.startIndex, end: value.count, true),
        let scalar = Unicode.Scalar(found.scalar)
      {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
        at += 1 + found.length
      } else {
        bytes.append(value[at] == 0 ? 0x20 : value[at])
        at += 1
      }
    }
    return close(from: start)
  }
}

// MARK: - Numbers in the markup

extension [UInt8] {
  /// Appends the number in digits.
  mutating func append(decimal number: Int) {
    var unit = 1
    while number / unit >= 10 { unit *= 10 }
    while unit > 0 {
      append(0x30 + UInt8(number / unit % 10))
      unit /= 10
    }
  }

  /// Appends the number in white space: its successor in binary, with tabs as ones.
  mutating func append(blank number: Int) {
    let bits = number + 1
    for bit in stride(from: Int.bitWidth - 1 - bits.leadingZeroBitCount, through: 0, by: -1) {
      append(bits >> bit & 1 == 1 ? 0x09 : 0x20)
    }
  }
}

extension Span<UInt8> {
  /// The number that `append(decimal:)` or `append(blank:)` wrote.
  var number: Int? {
    guard !isEmpty, count <= 32 else { return nil }
    if self[0].isSpace {
      var bits = 0
      for index in indices {
        guard self[index].isSpace else { return nil }
        bits = bits << 1 | (self[index] == 0x09 ? 1 : 0)
      }
      return bits - 1
    }
    guard count <= 9 else { return nil }
    var number = 0
    for index in indices {
      guard self[index].isDigit else { return nil }
      number = number * 10 + Int(self[index] - 0x30)
    }
    return number
  }
}
