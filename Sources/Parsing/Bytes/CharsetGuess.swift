import CPageLibraries

/// The encodings that a page without a declaration may be in, the likeliest first.
///
/// Contract: the detector's answer where it fits the page's language, then the usual ones of that
/// language (those of the WHATWG's table of locales), then the detector's answer anyway. The detector is given
/// the text between tags only, for markup says nothing. At most 64 kB of it.
enum CharsetGuess {
  private static let sampleSize = 65_536
  /// The fewest letters above ASCII that the detector is asked about.
  private static let least = 8

  static func names(_ bytes: [UInt8], language: String?) -> [String] {
    let sample = textBetweenTags(bytes)
    let detected = sample.count { $0 >= 0x80 } >= least ? detect(sample) : nil
    guard let language, let family = families[language] ?? latin(language) else {
      return [detected].compactMap { $0 }
    }
    guard let detected, !family.contains(detected) else {
      return [detected].compactMap { $0 } + family
    }
    // Signs of several bytes fit no text by chance; single bytes fit any.
    return multiByte.contains(detected) ? [detected] + family : family + [detected]
  }

  private static let multiByte: Set<String> = [
    "CP932", "EUC-JP-MS", "ISO-2022-JP", "GB18030", "BIG5-HKSCS", "CP949", "UTF-8",
  ]

  private static let families: [String: [String]] = [
    "ja": ["CP932", "EUC-JP-MS", "ISO-2022-JP"], "zh": ["GB18030", "BIG5-HKSCS"], "ko": ["CP949"],
    "ru": ["WINDOWS-1251", "KOI8-R", "ISO-8859-5", "CP866", "MAC-CYRILLIC"],
    "uk": ["WINDOWS-1251", "KOI8-U", "KOI8-R", "ISO-8859-5"],
    "bg": ["WINDOWS-1251", "ISO-8859-5"], "be": ["WINDOWS-1251", "ISO-8859-5"],
    "mk": ["WINDOWS-1251", "ISO-8859-5"], "sr": ["WINDOWS-1251", "WINDOWS-1250", "ISO-8859-2"],
    "pl": ["WINDOWS-1250", "ISO-8859-2"], "cs": ["WINDOWS-1250", "ISO-8859-2"],
    "sk": ["WINDOWS-1250", "ISO-8859-2"], "hu": ["WINDOWS-1250", "ISO-8859-2"],
    "sl": ["WINDOWS-1250", "ISO-8859-2"], "hr": ["WINDOWS-1250", "ISO-8859-2"],
    "ro": ["WINDOWS-1250", "ISO-8859-2", "ISO-8859-16"],
    "el": ["WINDOWS-1253", "ISO-8859-7"], "tr": ["WINDOWS-1254"],
    "he": ["WINDOWS-1255", "ISO-8859-8"],
    "ar": ["WINDOWS-1256", "ISO-8859-6"], "fa": ["WINDOWS-1256"], "th": ["CP874"],
    "vi": ["WINDOWS-1258"], "lt": ["WINDOWS-1257", "ISO-8859-13"],
    "lv": ["WINDOWS-1257", "ISO-8859-13"], "et": ["WINDOWS-1257", "WINDOWS-1252"],
  ]

  private static func latin(_ language: String) -> [String]? {
    let western = "en de fr es it pt nl da sv no nb nn fi is ca eu gl ga af"
    return western.split(separator: " ").contains { $0 == language }
      ? ["WINDOWS-1252", "ISO-8859-15"] : nil
  }

  private static func textBetweenTags(_ bytes: [UInt8]) -> [UInt8] {
    var sample: [UInt8] = []
    var isInTag = false
    for byte in bytes {
      if byte == 0x3C { isInTag = true }
      if !isInTag { sample.append(byte) }
      if byte == 0x3E { isInTag = false }
      if sample.count >= sampleSize { break }
    }
    // A page without tags, or one whose last tag never ends.
    return sample.count { $0 >= 0x80 } >= least ? sample : Array(bytes.prefix(sampleSize))
  }

  /// Why there is no detector, in the words of the dynamic linker.
  static var libraryProblem: String? {
    unsafe courant_charset_problem().map { unsafe String(cString: $0) }
  }

  private static func detect(_ sample: [UInt8]) -> String? {
    let name = unsafe [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      count = unsafe sample.withUnsafeBytes {
        unsafe courant_charset_detect($0.baseAddress, $0.count, buffer.baseAddress, buffer.count)
      }
    }
    return CharsetLabels.encoding(String(decoding: name, as: UTF8.self))
  }
}
