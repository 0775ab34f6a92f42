import CFriBidi

// The Unicode Bidirectional Algorithm (UAX #9), implemented by FriBidi. Only the embedding levels are
// computed here: reordering (L2) needs the line breaks, which Display knows.

/// The base direction of a paragraph.
package enum Direction: Sendable, Hashable {
  case leftToRight, rightToLeft
}

/// A paragraph's base direction and the embedding level of each scalar; odd levels are right-to-left.
package struct BidiLevels: Sendable, Hashable {
  /// The base direction.
  package var direction: Direction
  /// One level per scalar, in logical order.
  package var levels: [UInt8]
}

/// The embedding levels of one paragraph, in linear time.
///
/// Without a direction, that of the first strong character is used (rules P2 and P3), or left-to-right
/// if there is none. If FriBidi runs out of memory, every scalar has the paragraph's level.
package func bidiLevels(of scalars: [UInt32], direction: Direction? = nil) -> BidiLevels {
  let count = FriBidiStrIndex(truncatingIfNeeded: scalars.count)
  guard count > 0 else { return BidiLevels(direction: direction ?? .leftToRight, levels: []) }
  var types = [FriBidiCharType](repeating: FRIBIDI_TYPE_LTR, count: scalars.count)
  var brackets = [FriBidiBracketType](repeating: 0, count: scalars.count)
  var levels = [FriBidiLevel](repeating: 0, count: scalars.count)
  fribidi_get_bidi_types(scalars, count, &types)
  fribidi_get_bracket_types(scalars, count, types, &brackets)
  let isRightToLeft =
    direction.map { $0 == .rightToLeft }
    ?? (fribidi_get_par_direction(types, count) == FRIBIDI_PAR_RTL)
  var base = isRightToLeft ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR
  let found = fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, &levels)
  let own: UInt8 = isRightToLeft ? 1 : 0
  return BidiLevels(
    direction: isRightToLeft ? .rightToLeft : .leftToRight,
    levels: found == 0
      ? [UInt8](repeating: own, count: scalars.count)
      : levels.map { UInt8(truncatingIfNeeded: max(0, $0)) })
}

/// The mirrored form of a scalar in right-to-left text (rule L4), such as ")" for "(".
package func mirrored(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  var twin: FriBidiChar = 0
  guard fribidi_get_mirror_char(scalar.value, &twin) != 0 else { return scalar }
  return Unicode.Scalar(twin) ?? scalar
}
