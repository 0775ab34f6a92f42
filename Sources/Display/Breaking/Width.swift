import Stories

/// How many columns a text takes on the screen: the sum of its scalars' widths.
///
/// The text is taken to be safe, as `safe` and `StoryText` give it.
package func displayWidth(of text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars { width &+= columns(of: scalar.value) }
  return width
}

/// The columns of one scalar, 0…2; what has no width of its own counts as none.
@inline(__always)
func columns(of scalar: UInt32) -> Int {
  scalar < 0x80 ? (scalar >= 0x20 && scalar != 0x7F ? 1 : 0) : WidthTable.shared.columns(scalar)
}

/// How a scalar from U+0080 on is shown.
enum Shape: UInt8 {
  case mark = 0
  case narrow = 1
  case wide = 2
  /// Not assigned in Unicode 15.0, so terminals disagree about its width: shown as U+FFFD.
  case unassigned = 3
  /// Left out: unsafe by `SafeScalars`.
  case dropped = 4
  case lineBreak = 5
  case c1 = 6
  case blank = 7
  case skinTone = 8
}

/// The shapes of all scalars.
struct WidthTable: Sendable {
  static let shared = WidthTable()

  private var shapes = ScalarTable(runs: WidthRuns.text, letters: WidthRuns.letters)

  private init() { mark() }

  /// Marks the scalars that are not shown, whatever their width.
  private mutating func mark() {
    for scalar in 0xA0..<0x1_0000 {
      switch SafeScalars.kind(of: UInt32(scalar)) {
      case .bidiControl, .invisible: shapes.set(scalar, to: Shape.dropped.rawValue)
      case .safe, .control, .lineSeparator, .noncharacter: break
      }
    }
    for scalar in 0x80...0x9F { shapes.set(scalar, to: Shape.c1.rawValue) }
    for scalar in [0x85, 0x2028, 0x2029] { shapes.set(scalar, to: Shape.lineBreak.rawValue) }
    for scalar in [0x3164, 0xFFA0] { shapes.set(scalar, to: Shape.blank.rawValue) }
  }

  @inline(__always)
  func shape(_ scalar: UInt32) -> Shape { Shape(rawValue: raw(scalar)) ?? .narrow }

  @inline(__always)
  func columns(_ scalar: UInt32) -> Int {
    let shape = raw(scalar)
    if shape < 3 { return Int(shape) }
    return shape == Shape.skinTone.rawValue ? 2 : shape == Shape.unassigned.rawValue ? 1 : 0
  }

  @inline(__always)
  private func raw(_ scalar: UInt32) -> UInt8 {
    scalar < 0x1_0000 ? shapes[scalar] : high(scalar)
  }

  private func high(_ scalar: UInt32) -> UInt8 {
    if SafeScalars.kind(of: scalar) == .invisible { return Shape.dropped.rawValue }
    if scalar >= 0x1F3FB, scalar <= 0x1F3FF { return Shape.skinTone.rawValue }
    return shapes[scalar]
  }
}
