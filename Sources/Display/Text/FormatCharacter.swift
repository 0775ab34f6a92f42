/// A format character: never drawn, but it affects line breaking or direction.
///
/// It is removed from the text, so that search, places and the terminal never see it, and kept beside
/// it with its offset.
struct FormatCharacter: Sendable, Hashable {
  /// The byte of the text before which it stood.
  var offset: UInt32
  var scalar: UInt32

  /// Whether a character that is not drawn is kept.
  ///
  /// Soft hyphen, zero-width space, word joiner (also as U+FEFF), zero-width joiner and the marks of
  /// direction are, which have no power beyond their own place.
  /// Overrides, embeddings and isolates are not: they would turn what stands around them.
  static func isKept(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x200B, 0x200D...0x200F, 0x2060, 0x61C, 0xFEFF: true
    default: false
    }
  }

  /// The most that are kept at one offset, which bounds memory for text of nothing else.
  static let limitPerOffset = 4

  var isSoftHyphen: Bool { scalar == 0xAD }

  /// Whether it is a letter without a shape, of one direction: LRM, RLM or ALM.
  var isDirection: Bool { scalar == 0x200E || scalar == 0x200F || scalar == 0x61C }
}
