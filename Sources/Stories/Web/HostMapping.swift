/// What IDNA makes of the characters of a host before it is looked up (UTS #46, not transitional).
///
/// Letter case, widths and styles of letters make no difference to a browser: `ＡＰＰＬＥ`, `ⓐⓟⓟⓛⓔ` and
/// `𝐚𝐩𝐩𝐥𝐞` all lead to `apple`. Of the compatibility forms only those of ASCII letters and digits and of
/// katakana are mapped; others keep their form and are shown as `xn--…`.
enum HostMapping {
  /// The characters of a name, mapped and then composed (NFC).
  static func mapped(_ text: String) -> String {
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isIgnored(scalar) {
      if let plain = plain(scalar) {
        name.append(contentsOf: plain.properties.lowercaseMapping.unicodeScalars)
      } else {
        name.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return composed(String(name))
  }

  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x34F, 0x180B...0x180D, 0x180F, 0x200B, 0x2060, 0x2064, 0xFE00...0xFE0F, 0xFEFF,
      0x1BCA0...0x1BCA3, 0xE0100...0xE01EF:
      true
    default: false
    }
  }

  /// The plain form of a dot, letter or digit in another width or style.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case ..<0xAA: nil
    case 0x3002, 0xFF61: "."
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    // Circled, squared and mathematical letters; digits of each style in turn.
    case 0x24B6...0x24CF: letter(scalar.value - 0x24B6)
    case 0x24D0...0x24E9: letter(scalar.value - 0x24D0)
    case 0x1F130...0x1F149: letter(scalar.value - 0x1F130)
    case 0x1D400...0x1D6A3: letter((scalar.value - 0x1D400) % 26)
    case 0x1D7CE...0x1D7FF: Unicode.Scalar(0x30 + (scalar.value - 0x1D7CE) % 10)
    case 0x1FBF0...0x1FBF9: Unicode.Scalar(0x30 + scalar.value - 0x1FBF0)
    case 0x2460...0x2468: Unicode.Scalar(0x31 + scalar.value - 0x2460)
    default: others[scalar]
    }
  }

  private static func letter(_ index: UInt32) -> Unicode.Scalar? { Unicode.Scalar(0x61 + index) }

  /// Raised and lowered ones, and letters that stand outside of the ranges of their style.
  private static let others: [Unicode.Scalar: Unicode.Scalar] = {
    let forms: KeyValuePairs<String, String> = [
      "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⓪": "012345678901234567890", "ªºſⁱⁿ": "aosin",
      "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ": "abcdefghijklmnoprstuvwxyz",
      "ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ": "aeoxhklmnpstiruvj",
      "ℂℊℋℌℍℎℐℑℒℓℕℙℚℛℜℝℤℨℬℭℯℰℱℳℴℹⅅⅆⅇⅈⅉⅠⅤⅩⅬⅭⅮⅯⅰⅴⅹⅼⅽⅾⅿ":
        "cghhhhiillnpqrrrzzbceefmoiddeijivxlcdmivxlcdm",
      // Katakana of half width; the voiced marks then join their letters.
      "ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ":
        "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
      "\u{FF9E}\u{FF9F}": "\u{3099}\u{309A}",
    ]
    var others: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (written, plain) in forms {
      for (one, other) in zip(written.unicodeScalars, plain.unicodeScalars) { others[one] = other }
    }
    return others
  }()

  // MARK: - Composition

  /// Letters with their marks in one character where there is one: `u` and U+0308 are `ü`.
  private static func composed(_ text: String) -> String {
    let isPlain = { (scalar: Unicode.Scalar) in
      scalar.value < 0x300 || scalar.properties.canonicalCombiningClass == .notReordered
    }
    if text.unicodeScalars.allSatisfy(isPlain) { return text }
    var result = String.UnicodeScalarView()
    for character in text {
      var rest = Array(character.unicodeScalars)[...]
      for length in stride(from: rest.count, to: 1, by: -1) {
        let start = Character(String(String.UnicodeScalarView(rest.prefix(length))))
        guard let one = precomposed[start] else { continue }
        result.append(one)
        rest = rest.dropFirst(length)
        break
      }
      result.append(contentsOf: rest)
    }
    return String(result)
  }

  /// Letters with marks (Latin, Greek, Cyrillic, Arabic, kana) by what they are canonically equal to;
  /// none that NFC takes apart.
  private static let precomposed: [Character: Unicode.Scalar] = {
    var letters: [Character: Unicode.Scalar] = [:]
    for value in Array(0xC0...0x6FF) + Array(0x1E00...0x1FFF) + Array(0x3041...0x30FF) {
      guard let scalar = Unicode.Scalar(UInt32(value)), scalar.properties.isAlphabetic else {
        continue
      }
      letters[Character(scalar)] = letters[Character(scalar)] ?? scalar
    }
    return letters
  }()
}
