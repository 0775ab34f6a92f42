import CFriBidi

// The Unicode bidirectional algorithm (UAX #9), as FriBidi does it. It gives levels, and leaves the
// order of what is drawn to those who know where rows end.

/// In which direction a paragraph runs.
package enum Direction: Sendable, Hashable {
  case leftToRight, rightToLeft
}

/// A paragraph's direction and the level of each of its scalars: odd ones run from right to left.
package struct BidiLevels: Sendable, Hashable {
  /// That of the paragraph.
  package var direction: Direction
  /// One a scalar, in the order in which they were given.
  package var levels: [UInt8]
}

/// Finds the levels of one paragraph.
///
/// Without a direction it is that of the first letter (P2, P3), or left to right without one. The
/// work grows with the length; where memory is short, all of it has the paragraph's level.
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

/// What is drawn for a scalar in text that runs from right to left: a bracket is turned round.
package func mirrored(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  var twin: FriBidiChar = 0
  guard fribidi_get_mirror_char(scalar.value, &twin) != 0 else { return scalar }
  return Unicode.Scalar(twin) ?? scalar
}
