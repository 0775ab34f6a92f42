import Bidi
import Stories

/// The directions of passages, found once for all widths.
extension TextBuilder {
  /// Languages whose pages run from right to left, so that a paragraph does too even if it begins
  /// with a name in other letters.
  private static let rightToLeft: Set<String> = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "syr", "ug", "ur", "yi",
  ]

  static func runsLeft(_ language: String?) -> Bool {
    let words = (language ?? "").lowercased().split { $0 == "-" || $0 == "_" }
    return words.first.map { rightToLeft.contains(String($0)) } ?? false
  }

  /// The direction of a passage that has letters of such a script; notes its levels.
  mutating func direct(_ kind: Passage.Kind, _ range: Range<Int>) -> Passage.Direction {
    let (scalars, offsets) = scalars(in: range)
    let found = bidiLevels(of: scalars, direction: base(of: kind))
    var last: UInt8?
    for index in scalars.indices where found.levels[index] != last {
      // The level of the character counts, not that of a mark before it.
      if index + 1 < offsets.count, offsets[index + 1] == offsets[index] { continue }
      last = found.levels[index]
      text.markup.levels.append(
        LevelRun(start: UInt32(truncatingIfNeeded: offsets[index]), level: found.levels[index]))
    }
    return found.direction == .rightToLeft ? .rightToLeft : .mixed
  }

  /// The scalars of a passage with the marks of direction, and the byte where each stands; a mark
  /// stands with what comes after it.
  private func scalars(in range: Range<Int>) -> (scalars: [UInt32], offsets: [Int]) {
    let bytes = text.bytes.span
    var scalars: [UInt32] = []
    var offsets: [Int] = []
    var formatCharacters = sanitizer.formatCharacters[...]
    var index = range.lowerBound
    while index < range.upperBound {
      while let mark = formatCharacters.first, Int(mark.offset) <= index {
        formatCharacters.removeFirst()
        guard mark.isDirection else { continue }
        scalars.append(mark.scalar)
        offsets.append(index)
      }
      let (scalar, length) = decode(bytes, at: index, end: range.upperBound)
      scalars.append(scalar)
      offsets.append(index)
      index += length
    }
    return (scalars, offsets)
  }

  /// The direction of words that are Courant's own, or of the page's language; `nil` where the
  /// first letter says it.
  private func base(of kind: Passage.Kind) -> Direction? {
    switch kind {
    case .dateline, .byline, .code, .threadHead, .threadState, .commentHead: .leftToRight
    default: runsLeft ? .rightToLeft : nil
    }
  }
}

/// Where the level of a text that runs in both directions changes.
struct LevelRun: Sendable, Hashable {
  /// The first byte; it goes on to the next run, or to the end of its passage.
  var start: UInt32
  var level: UInt8
}
