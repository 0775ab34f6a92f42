/// The scripts whose letters a host name may be shown in, and those of them that deceive.
///
/// The recommended scripts of UAX #31, table 5; names in any other are shown as `xn--…`. Of Latin,
/// letters are left out that differ from ASCII by a dot below, which the line under a link hides, or
/// by less.
enum HostScript: Sendable, Hashable {
  case latin, greek, cyrillic, armenian, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati
  case oriya, tamil, telugu, kannada, malayalam, sinhala, thai, lao, tibetan, myanmar, georgian
  case ethiopic, khmer, hiragana, katakana, bopomofo, han, hangul

  /// Scripts that are written together (UTS #39, section 5.2, "Highly Restrictive").
  static let mixtures: [Set<HostScript>] = [
    [.latin, .han, .hiragana, .katakana], [.latin, .han, .bopomofo], [.latin, .han, .hangul],
  ]

  /// The scripts of a label's letters, without ASCII digits and hyphens; `nil` if it holds anything
  /// that no name is shown with.
  static func scripts(of label: [Unicode.Scalar]) -> Set<HostScript>? {
    var scripts: Set<HostScript> = []
    for scalar in label {
      if scalar == "-" || ("0"..."9").contains(scalar) { continue }
      guard let script = script(of: scalar), isLetter(scalar) else { return nil }
      scripts.insert(script)
    }
    return scripts
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    guard properties.lowercaseMapping == String(scalar) else { return false }
    return properties.isAlphabetic || isMark(scalar)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: false
    }
  }

  private static func script(of scalar: Unicode.Scalar) -> HostScript? {
    guard scalar.value > 0x7F else { return scalar.properties.isAlphabetic ? .latin : nil }
    return ranges.first { $0.0.contains(scalar.value) }?.1
  }

  private static let ranges: [(ClosedRange<UInt32>, HostScript)] = [
    (0xDF...0xF6, .latin), (0xF8...0xFF, .latin), (0x100...0x130, .latin), (0x133...0x137, .latin),
    (0x139...0x13E, .latin), (0x141...0x148, .latin), (0x14B...0x17E, .latin),
    (0x1A1...0x1A1, .latin), (0x1B0...0x1B0, .latin), (0x1CE...0x1DC, .latin),
    (0x1E7...0x1E7, .latin), (0x219...0x21B, .latin), (0x259...0x259, .latin),
    (0x1E81...0x1E85, .latin), (0x1EA3...0x1EB7, .latin), (0x1EBB...0x1EC9, .latin),
    (0x1ECF...0x1EE3, .latin), (0x1EE7...0x1EF3, .latin), (0x1EF7...0x1EF9, .latin),
    (0x3AC...0x3CE, .greek), (0x430...0x45F, .cyrillic), (0x491...0x4FF, .cyrillic),
    (0x561...0x586, .armenian), (0x5D0...0x5EA, .hebrew), (0x620...0x64A, .arabic),
    (0x671...0x6D3, .arabic), (0x900...0x97F, .devanagari), (0x980...0x9FF, .bengali),
    (0xA00...0xA7F, .gurmukhi), (0xA80...0xAFF, .gujarati), (0xB00...0xB7F, .oriya),
    (0xB80...0xBFF, .tamil), (0xC00...0xC7F, .telugu), (0xC80...0xCFF, .kannada),
    (0xD00...0xD7F, .malayalam), (0xD80...0xDFF, .sinhala), (0xE00...0xE7F, .thai),
    (0xE80...0xEFF, .lao), (0xF00...0xFFF, .tibetan), (0x1000...0x109F, .myanmar),
    (0x10D0...0x10FA, .georgian), (0x1200...0x137F, .ethiopic), (0x1780...0x17FF, .khmer),
    (0x3005...0x3007, .han), (0x3041...0x309E, .hiragana), (0x30A1...0x30FA, .katakana),
    (0x30FC...0x30FE, .katakana), (0x3105...0x312F, .bopomofo), (0x3400...0x4DBF, .han),
    (0x4E00...0x9FFF, .han), (0xAC00...0xD7A3, .hangul), (0x2_0000...0x3_23AF, .han),
  ]

  // MARK: - What deceives

  /// Letters that look like ASCII letters, digits, hyphens or slashes.
  ///
  /// A name of nothing else is taken for one in ASCII. After Chrome's list of whole-script
  /// confusables.
  private static let lookalikes = Set(
    ("аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡкзбвмнтқҝүұҳһӊѐёѓїќўґ" + "αβγεηικνοπρςστυχωάέήίόύώϊϋΐΰ"
      + "ագզէլհյոսւօքցպնոռմդ" + "დიოყძხჽჿ" + "דוחיןסװ" + "ሀሠሰስበነክዐዕዘጠፐ" + "ทนบพรหเแดลปฟม"
      + "ဝငပခဂဒဠရ" + "ノソゾンー一丶丿ニニエトロカ工口二〇").unicodeScalars)

  /// Whether all letters of a label look like ASCII.
  static func isLookalike(_ label: [Unicode.Scalar]) -> Bool {
    label.allSatisfy { $0.isASCII || lookalikes.contains($0) }
  }

  /// Kana and ideographs that look like a slash, a hyphen or a letter.
  private static let lonely = Set("ノソゾンー一丶丿〇".unicodeScalars)

  /// Whether a kana or an ideograph that looks like a slash or a hyphen stands beside ASCII.
  static func hasLonelyLookalike(_ label: [Unicode.Scalar]) -> Bool {
    label.indices.contains { index in
      guard lonely.contains(label[index]) else { return false }
      let isBefore = index == 0 || label[index - 1].isASCII
      return isBefore || index + 1 == label.count || label[index + 1].isASCII
    }
  }

  /// Whether a mark stands twice, or more than two stand on one letter: the second is not seen.
  static func hasStrayMark(_ label: [Unicode.Scalar]) -> Bool {
    var run: [Unicode.Scalar] = []
    for scalar in label {
      guard isMark(scalar) else {
        run = []
        continue
      }
      if run.contains(scalar) || run.count == 2 { return true }
      run.append(scalar)
    }
    return false
  }
}
