/// Folding of single scalars for comparison.
///
/// Diacritics are removed; typographic quotation marks and dashes become ASCII; all white space becomes
/// U+0020. The tables cover the Basic Multilingual Plane.
struct FoldTable: Sendable {
  static let shared = FoldTable()

  /// Table value for a scalar that is removed: a combining mark.
  static let removed: UInt16 = 0
  /// Table value for a scalar that becomes several: see `expansion`.
  static let expanded: UInt16 = 1

  /// The folded scalar for each scalar of the Basic Multilingual Plane, with case preserved and lower case.
  private(set) var casePreserved: [UInt16]
  private(set) var lower: [UInt16]

  private init() {
    casePreserved = (0...UInt16.max).map { $0 }
    Self.fill(&casePreserved, FoldData.latin, from: 0xC0)
    Self.fill(&casePreserved, FoldData.greekCyrillic, from: 0x370)
    Self.fill(&casePreserved, FoldData.latinAdditional, from: 0x1E00)
    Self.fill(&casePreserved, FoldData.greekExtended, from: 0x1F00)
    let marks: [ClosedRange<Int>] = [
      0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x6D6...0x6DC,
      0x6DF...0x6E4, 0x1AB0...0x1ACE, 0x1DC0...0x1DFF, 0x20D0...0x20F0, 0xFE20...0xFE2F,
    ]
    for range in marks { for scalar in range { casePreserved[scalar] = Self.removed } }
    for scalar in [0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, 0x670, 0xAD] {
      casePreserved[scalar] = Self.removed
    }
    for scalar in [0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2BC, 0xB4] {
      casePreserved[scalar] = 0x27
    }
    for scalar in [0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0xAB, 0xBB] {
      casePreserved[scalar] = 0x22
    }
    for scalar in Array(0x2010...0x2015) + [0x2212, 0xFE58, 0xFE63] { casePreserved[scalar] = 0x2D }
    for scalar in Array(0x2000...0x200A) + [0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0x85] {
      casePreserved[scalar] = 0x20
    }
    for scalar in [0x2028, 0x2029, 0x09, 0x0A, 0x0B, 0x0C, 0x0D] { casePreserved[scalar] = 0x20 }
    // A letter without its accent may be one that folds further: ǿ, ø, o.
    for scalar in casePreserved.indices where casePreserved[scalar] > 1 {
      let next = casePreserved[Int(casePreserved[scalar])]
      if next > 1 { casePreserved[scalar] = next }
    }
    let ligatures = [
      0xC6, 0xE6, 0xDF, 0x152, 0x153, 0x1E2, 0x1E3, 0x1FC, 0x1FD, 0x1E9E, 0x2026, 0xFB01, 0xFB02,
    ]
    for scalar in ligatures { casePreserved[scalar] = Self.expanded }
    lower = casePreserved
    for scalar in 0x41...0x5A { lower[scalar] = UInt16(scalar + 32) }
    for run in FoldData.lower where run.last < 0x1_0000 {
      for scalar in stride(from: run.first, through: run.last, by: Int(run.step)) {
        lower[Int(scalar)] = UInt16(truncatingIfNeeded: Int32(scalar) + run.distance)
      }
    }
    // Diacritics are removed before the case is folded.
    let lowered = lower
    for scalar in casePreserved.indices {
      lower[scalar] =
        casePreserved[scalar] > 1 ? lowered[Int(casePreserved[scalar])] : casePreserved[scalar]
      if lower[scalar] > 1 { lower[scalar] = casePreserved[Int(lower[scalar])] }
    }
  }

  private static func fill(_ table: inout [UInt16], _ letters: String, from first: Int) {
    for (offset, letter) in letters.unicodeScalars.enumerated() where letter != "?" {
      table[first + offset] = UInt16(truncatingIfNeeded: letter.value)
    }
  }

  /// The folded form of scalars that become several letters: ligatures, ß, the ellipsis.
  static func expansion(_ scalar: UInt32, isLower: Bool) -> StaticString {
    switch scalar {
    case 0xC6, 0x1E2, 0x1FC: isLower ? "ae" : "AE"
    case 0xE6, 0x1E3, 0x1FD: "ae"
    case 0x152: isLower ? "oe" : "OE"
    case 0x153: "oe"
    case 0xDF: "ss"
    case 0x1E9E: isLower ? "ss" : "SS"
    case 0xFB01: "fi"
    case 0xFB02: "fl"
    default: "..."
    }
  }

  /// The lower case of a scalar outside the Basic Multilingual Plane.
  static func highLower(_ scalar: UInt32) -> UInt32 {
    for run in FoldData.lower where run.first <= scalar && scalar <= run.last {
      guard (scalar - run.first).isMultiple(of: run.step) else { continue }
      return UInt32(truncatingIfNeeded: Int32(scalar) + run.distance)
    }
    return scalar
  }
}

/// Text folded for comparison, with a mapping of its offsets to the original.
///
/// Runs of white space are collapsed. NUL is casePreserved, since it separates passages.
struct FoldedSearchText: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Checkpoints: pairs of folded and original offsets from which both advance by the same bytes.
  private var folded: [UInt32] = []
  private var original: [UInt32] = []

  /// Folds valid UTF-8.
  init(_ text: [UInt8], isLower: Bool) {
    let table = isLower ? FoldTable.shared.lower : FoldTable.shared.casePreserved
    var folded: [UInt32] = []
    var original: [UInt32] = []
    // Worst case: two-byte letters whose lower case has three bytes.
    let capacity = text.count + text.count / 2 + 4
    bytes = [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
      text.withUnsafeBufferPointer { text in
        table.withUnsafeBufferPointer { table in
          var writer = FoldWriter(text: text, table: table, out: out, isLower: isLower)
          writer.run()
          count = writer.count
          folded = writer.folded
          original = writer.original
        }
      }
    }
    self.folded = folded
    self.original = original
  }

  /// The original offset of a folded one.
  ///
  /// `cursor` is an index into the checkpoints; start it at 0 and ask for ascending offsets.
  func originalOffset(_ offset: Int, _ cursor: inout Int) -> Int {
    while cursor < folded.count, Int(folded[cursor]) <= offset { cursor += 1 }
    guard cursor > 0 else { return offset }
    return Int(original[cursor - 1]) + offset - Int(folded[cursor - 1])
  }
}

/// Writes folded text; its pointers are valid during `FoldedSearchText.init` only.
private struct FoldWriter {
  let text: UnsafeBufferPointer<UInt8>
  let table: UnsafeBufferPointer<UInt16>
  let out: UnsafeMutableBufferPointer<UInt8>
  let isLower: Bool
  var count = 0
  var folded: [UInt32] = []
  var original: [UInt32] = []

  init(
    text: UnsafeBufferPointer<UInt8>, table: UnsafeBufferPointer<UInt16>,
    out: UnsafeMutableBufferPointer<UInt8>, isLower: Bool
  ) {
    self.text = text
    self.table = table
    self.out = out
    self.isLower = isLower
  }

  mutating func run() {
    var index = 0
    var wasSpace = false
    let end = text.count
    while index < end {
      let byte = text[index]
      if byte < 0x80 {
        let plain = byte == 0 ? 0 : UInt8(truncatingIfNeeded: table[Int(byte)])
        index &+= 1
        if plain == 0x20 {
          if wasSpace {
            checkpoint(index)
            continue
          }
          wasSpace = true
        } else {
          wasSpace = false
        }
        out[count] = plain
        count &+= 1
      } else {
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        guard index + length <= end else { return }
        wasSpace = scalar(at: index, length: length, after: wasSpace)
        index &+= length
      }
    }
  }

  /// Folds a scalar outside ASCII; returns whether the output ends in white space.
  private mutating func scalar(at index: Int, length: Int, after wasSpace: Bool) -> Bool {
    var value = UInt32(text[index]) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
    var to = value
    if value >= 0x1_0000 {
      if isLower, value < 0x1_F000 { to = FoldTable.highLower(value) }
    } else {
      to = UInt32(table[Int(value)])
      if to == UInt32(FoldTable.removed) || to == 0x20 && wasSpace {
        checkpoint(index + length)
        return wasSpace
      }
      if to == UInt32(FoldTable.expanded) {
        let letters = FoldTable.expansion(value, isLower: isLower)
        for offset in 0..<letters.utf8CodeUnitCount { write(letters.utf8Start[offset]) }
        checkpoint(index + length)
        return false
      }
    }
    let before = count
    encode(to)
    if count - before != length { checkpoint(index + length) }
    return to == 0x20
  }

  private mutating func checkpoint(_ index: Int) {
    folded.append(UInt32(truncatingIfNeeded: count))
    original.append(UInt32(truncatingIfNeeded: index))
  }

  private mutating func write(_ byte: UInt8) {
    out[count] = byte
    count &+= 1
  }

  private mutating func encode(_ value: UInt32) {
    func continuation(_ shift: UInt32) -> UInt8 {
      0x80 | UInt8(truncatingIfNeeded: value >> shift) & 0x3F
    }
    if value < 0x80 {
      write(UInt8(truncatingIfNeeded: value))
    } else if value < 0x800 {
      write(0xC0 | UInt8(truncatingIfNeeded: value >> 6))
      write(continuation(0))
    } else if value < 0x1_0000 {
      write(0xE0 | UInt8(truncatingIfNeeded: value >> 12))
      write(continuation(6))
      write(continuation(0))
    } else {
      write(0xF0 | UInt8(truncatingIfNeeded: value >> 18))
      write(continuation(12))
      write(continuation(6))
      write(continuation(0))
    }
  }
}
