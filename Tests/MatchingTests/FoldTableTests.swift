import Testing

@testable import Matching

/// Folding against the properties that Swift knows of every scalar.
@Suite struct FoldTableTests {
  private func folded(_ scalars: some StringProtocol, isLower: Bool = true) -> [UInt8] {
    FoldedSearchText(Array(scalars.utf8), isLower: isLower).bytes
  }

  private let scalars = (UInt32(1)...0x10FFFF).lazy.compactMap { Unicode.Scalar($0) }

  /// Whether a scalar is of Unicode 15.0 or older, as our tables are; Swift's may be newer.
  private func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.age.map { $0.major < 15 || $0.major == 15 && $0.minor == 0 } ?? false
  }

  private func name(_ scalar: Unicode.Scalar) -> String {
    "U+\(String(scalar.value, radix: 16)) \(scalar.properties.name ?? "")"
  }

  @Test("A scalar folds as its lower case does, and as its upper and title case")
  func letterCase() {
    var wrong: [String] = []
    for scalar in scalars {
      let properties = scalar.properties
      for other in [
        properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping,
      ] {
        // A mapping of several letters and one to another letter's case are no case folding.
        guard let one = other.unicodeScalars.first, other.unicodeScalars.count == 1,
          one != scalar, one.properties.lowercaseMapping == properties.lowercaseMapping,
          isKnown(scalar), isKnown(one)
        else { continue }
        if folded(String(scalar)) != folded(other) { wrong.append(name(scalar)) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }

  @Test("Without letter case, only what has an accent or is punctuation becomes another")
  func kept() {
    var wrong: [String] = []
    var changed = 0
    for scalar in scalars where folded(String(scalar), isLower: false) != Array(String(scalar).utf8)
    {
      changed += 1
      let properties = scalar.properties
      switch properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .control, .format, .spaceSeparator, .lineSeparator,
        .paragraphSeparator, .dashPunctuation, .initialPunctuation, .finalPunctuation,
        .openPunctuation, .otherPunctuation, .modifierSymbol, .modifierLetter, .mathSymbol:
        continue
      default:
        // A letter that has an accent is more than one scalar to Unicode, or has it in its name.
        let isLetter = properties.isAlphabetic
        if !isLetter { wrong.append(name(scalar)) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
    #expect(changed > 1000)
  }

  @Test("Folding what is folded changes nothing")
  func again() {
    var wrong: [String] = []
    for scalar in scalars {
      for isLower in [true, false] {
        let once = folded(String(scalar), isLower: isLower)
        if folded(String(decoding: once, as: UTF8.self), isLower: isLower) != once {
          wrong.append(name(scalar))
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }

  @Test(
    "Text that Unicode takes for the same folds to the same",
    arguments: [
      "é", "Å", "ñ", "ü", "ǖ", "ệ", "й", "ё", "ΐ", "ἂ", "Ї", "ấ",
    ])
  func composed(letter: String) {
    // Equal strings of Swift are canonically equivalent, whatever their scalars.
    let parts = [
      "e\u{301}", "A\u{30A}", "n\u{303}", "u\u{308}", "u\u{308}\u{304}", "e\u{323}\u{302}",
      "и\u{306}", "е\u{308}", "ι\u{308}\u{301}", "α\u{313}\u{300}", "І\u{308}", "a\u{302}\u{301}",
    ]
    let other = parts.first { $0 == letter }
    #expect(other.map { folded($0) } == folded(letter))
  }
}
