/// Repairs text that was UTF-8, was read as Windows-1252 or Latin-1, and was saved as UTF-8 again:
/// "cafÃ©", "itâ€™s".
///
/// Contract: valid UTF-8 in and out, linear, at most three rounds (for what was spoilt twice). Only what
/// is certain is changed: all of a text whose accents nearly all are such pairs, or a run between
/// tags that holds a pair no language writes and no accent that is right. Real text with "Ã" in it
/// ("MAÇÃ", "SÃO", «BONTÉ») stays as it is. The idea and the tables of what goes wrong are those
/// of ftfy; the test of certainty is our own.
enum Mojibake {
  static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<3 {
      guard mayBeSpoilt(bytes), let better = pass(bytes) else { break }
      bytes = better
    }
    return bytes
  }

  /// So many pairs, and nearly no accent outside them, spoil a whole text.
  private static let sure = 3
  /// The share of other accents that a wholly spoilt text may hold: those of character references.
  private static let others = 0.1

  /// Whether anything in the text could be a spoilt character: a lead ("Â" … "ô") before a sign of the
  /// upper half of Windows-1252.
  private static func mayBeSpoilt(_ bytes: [UInt8]) -> Bool {
    var at = bytes.endOfASCII(from: 0)
    while at + 2 < bytes.count {
      if bytes[at] == 0xC3, (0x82...0xB4).contains(bytes[at + 1]), isTail(bytes[at + 2]) {
        return true
      }
      at = bytes.endOfASCII(from: at + 1)
    }
    return false
  }

  private static func isTail(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC2, 0xC5, 0xC6, 0xCB, 0xE2: true
    default: false
    }
  }

  /// One round over the text; `nil` where nothing is certain.
  private static func pass(_ bytes: [UInt8]) -> [UInt8]? {
    var survey = MojibakeSurvey()
    MojibakeRun.each(in: bytes) { run in survey.add(run) }
    let isSpoilt =
      survey.pairs >= sure && survey.kinds >= 2 && survey.certain > 0
      && Double(survey.accents) <= others * Double(survey.pairs)
    guard isSpoilt || survey.certain > 0 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var hasChanged = false
    MojibakeRun.each(in: bytes) { run in
      if run.pairs.isEmpty || !(isSpoilt || (run.certain > 0 && run.accents == 0)) {
        out.append(contentsOf: bytes[run.range])
        return
      }
      hasChanged = true
      var at = run.range.lowerBound
      for pair in run.pairs {
        out.append(contentsOf: bytes[at..<pair.range.lowerBound])
        out += pair.decoded
        at = pair.range.upperBound
      }
      out.append(contentsOf: bytes[at..<run.range.upperBound])
    }
    return hasChanged ? out : nil
  }
}

/// What a whole text holds of spoilt and of right characters.
private struct MojibakeSurvey {
  var pairs = 0
  var certain = 0
  var accents = 0
  private var first: [UInt8] = []
  /// How many different characters were spoilt; more than two do not matter.
  private(set) var kinds = 0

  mutating func add(_ run: MojibakeRun) {
    pairs += run.pairs.count
    certain += run.certain
    accents += run.accents
    for pair in run.pairs where kinds < 2 && pair.decoded != first {
      if kinds == 0 { first = pair.decoded }
      kinds += 1
    }
  }
}

/// A run of text between tags or line ends, with the spoilt characters in it.
private struct MojibakeRun {
  struct Pair {
    let range: Range<Int>
    let decoded: [UInt8]
  }

  private(set) var range: Range<Int>
  private(set) var pairs: [Pair] = []
  /// Pairs that no language writes.
  private(set) var certain = 0
  /// Letters with accents, or of other scripts, that are in no pair.
  private(set) var accents = 0

  /// Calls back with each run, in order; together they are the whole text.
  static func each(in bytes: [UInt8], _ body: (MojibakeRun) -> Void) {
    var at = 0
    while at < bytes.count {
      let start = at
      while at < bytes.count, !isEdge(bytes[at]) { at += 1 }
      while at < bytes.count, isEdge(bytes[at]) { at += 1 }
      body(MojibakeRun(bytes, start..<at))
    }
  }

  private static func isEdge(_ byte: UInt8) -> Bool {
    byte == 0x3C || byte == 0x3E || byte == 0x0A || byte == 0x0D || byte == 0x22
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.range = range
    var at = range.lowerBound
    var before: UInt32 = 0
    var row = 0
    while at < range.upperBound {
      if bytes[at] < 0x80 {
        before = UInt32(bytes[at])
        row = 0
        at += 1
        continue
      }
      if let pair = Self.pair(bytes, at, range.upperBound) {
        row += 1
        pairs.append(pair)
        let after = pair.range.upperBound < range.upperBound ? bytes[pair.range.upperBound] : 0
        if Self.isCertain(pair, before: before, after: after, row: row) { certain += 1 }
        before = 0x61
        at = pair.range.upperBound
        continue
      }
      row = 0
      let (scalar, length) = Self.scalar(bytes, at)
      if scalar >= 0xC0, !(0x2000...0x2BFF).contains(scalar), scalar != 0xD7, scalar != 0xF7 {
        accents += 1
      }
      before = scalar
      at += length
    }
  }

  /// Whether no text means the pair's characters themselves.
  private static func isCertain(_ pair: Pair, before: UInt32, after: UInt8, row: Int) -> Bool {
    let decoded = pair.decoded
    switch decoded.count {
    case 3 where decoded[0] == 0xE2 && [0x80, 0x82, 0x84].contains(decoded[1]):
      // "â€" and what follows: quotes, dashes, the euro.
      return true
    case 4: return decoded[0] == 0xF0 && decoded[1] == 0x9F
    case 2 where decoded[0] == 0xC2 || decoded[0] == 0xC3:
      // Behind a capital "Ã" may end a word in capitals, before a quotation mark or dots.
      if isCapital(before) { return false }
      let isLetter = after.isLetter && !after.isUpper
      let isMark = [0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xAB, 0xBB].contains(decoded[1])
      // C2 80 … C2 9F are controls, which nobody wrote either.
      if decoded[0] == 0xC2 { return decoded[1] >= 0xA0 }
      return isLetter || !isMark || before == 0x61
    default:
      // Other scripts come in rows: "ÐŸÑ€Ð¸", "æ—¥æœ¬".
      return row >= 3
    }
  }

  private static func isCapital(_ scalar: UInt32) -> Bool {
    (0x41...0x5A).contains(scalar) || (0xC0...0xDE).contains(scalar)
  }

  /// The character whose bytes the signs from `at` on spell, if they spell one.
  private static func pair(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Pair? {
    guard bytes[at] == 0xC3, let (lead, length) = byte(bytes, at, end) else { return nil }
    let tails: Int
    switch lead {
    case 0xC2...0xDF: tails = 1
    case 0xE0...0xEF: tails = 2
    case 0xF0...0xF4: tails = 3
    default: return nil
    }
    var decoded = [lead]
    var next = at + length
    for _ in 0..<tails {
      guard next < end, let (tail, length) = byte(bytes, next, end), tail & 0xC0 == 0x80 else {
        return nil
      }
      decoded.append(tail)
      next += length
    }
    guard Encoding.isValidUTF8(decoded) else { return nil }
    return Pair(range: at..<next, decoded: decoded)
  }

  private static func scalar(
    _ bytes: [UInt8], _ at: Int
  ) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[at])
    func tail(_ offset: Int) -> UInt32 {
      at + offset < bytes.count ? UInt32(bytes[at + offset] & 0x3F) : 0
    }
    switch first {
    case 0xC2...0xDF: return ((first & 0x1F) << 6 | tail(1), 2)
    case 0xE0...0xEF: return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    case 0xF0...0xF4:
      return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    default: return (first, 1)
    }
  }

  /// The byte that the sign stands for in Windows-1252, where the codes it leaves open are controls.
  private static func byte(
    _ bytes: [UInt8], _ at: Int, _ end: Int
  ) -> (UInt8, length: Int)? {
    let (scalar, length) = scalar(bytes, at)
    guard at + length <= end else { return nil }
    if (0x80...0xFF).contains(scalar) { return (UInt8(scalar), length) }
    guard scalar > 0xFF, let index = CharacterReferences.windows1252.firstIndex(of: scalar),
      scalar != 0xFFFD
    else { return nil }
    return (UInt8(0x80 + index), length)
  }
}
