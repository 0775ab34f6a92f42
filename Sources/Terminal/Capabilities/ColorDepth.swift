package import Display

/// How many colours the terminal has, and the number that each colour of a theme gets there.
package enum ColorDepth: Equatable {
  case none
  case eight
  case sixteen
  case indexed256
  /// Numbers are RGB values, except the first `indexed`, which are the palette's.
  case direct(indexed: Int)

  package init(colors: Int, isDirect: Bool, indexed: Int) {
    self =
      switch colors {
      case ..<8: .none
      case 8..<16: .eight
      case 16..<256: .sixteen
      // An entry may say RGB and yet take only 256 numbers.
      case _ where isDirect && colors > 1 << 16: .direct(indexed: indexed)
      default: .indexed256
      }
  }

  /// The colour number for ncurses, -1 being the terminal's own colour.
  ///
  /// `isBright` says that a terminal with eight colours shows this one by bold.
  package func number(_ color: Look.Color) -> (number: Int, isBright: Bool) {
    switch (color, self) {
    case (.standard, _), (_, .none): (-1, false)
    case (.palette(let index), .eight): (Int(index & 7), index & 8 != 0)
    case (.palette(let index), .direct(let indexed)) where Int(index & 15) >= indexed:
      number(Self.rgb(Self.standardPalette[Int(index & 15)]))
    case (.palette(let index), _): (Int(index & 15), false)
    case (.rgb(let red, let green, let blue), .direct(let indexed)):
      (Self.packed(red, green, blue, from: indexed), false)
    case (.rgb(let red, let green, let blue), .indexed256):
      (Self.nearest256(red, green, blue), false)
    case (.rgb(let red, let green, let blue), .sixteen):
      (Self.nearest(red, green, blue, in: Self.standardPalette), false)
    case (.rgb(let red, let green, let blue), .eight):
      Self.nearestOfEight(red, green, blue)
    }
  }

  /// The numbers of a foreground on a background.
  ///
  /// Two colours of a theme may be the same where there are few; then text is black or white, so
  /// that it is never invisible.
  package func numbers(
    _ foreground: Look.Color, on background: Look.Color
  ) -> (foreground: Int, background: Int, isBright: Bool) {
    let front = number(foreground)
    let back = backgroundNumber(background)
    guard front.number == back.number, foreground != background,
      Self.standardPalette.indices.contains(back.number)
    else { return (front.number, back.number, front.isBright) }
    let isLight = Self.isLight(Self.standardPalette[back.number])
    let text = number(.palette(isLight ? 0 : 15))
    return (text.number, back.number, text.isBright)
  }

  /// A background's number: a terminal with eight colours has no bright backgrounds.
  private func backgroundNumber(_ color: Look.Color) -> (number: Int, isBright: Bool) {
    guard case (.rgb(let red, let green, let blue), .eight) = (color, self) else {
      return number(color)
    }
    return (Self.nearest(red, green, blue, in: Array(Self.standardPalette.prefix(8))), false)
  }

  private static func isLight(_ color: Int) -> Bool {
    299 * (color >> 16 & 255) + 587 * (color >> 8 & 255) + 114 * (color & 255) > 127_500
  }

  private static func rgb(_ value: Int) -> Look.Color {
    .rgb(UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
  }

  /// An RGB number that is no palette number: the darkest blues get a trace of green.
  private static func packed(_ red: UInt8, _ green: UInt8, _ blue: UInt8, from indexed: Int) -> Int
  {
    let value = Int(red) << 16 | Int(green) << 8 | Int(blue)
    return value >= indexed ? value : value | 0x100
  }

  /// xterm's sixteen colours, which most terminals resemble.
  static let standardPalette = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  private static func nearestOfEight(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> (Int, Bool) {
    let index = nearest(red, green, blue, in: standardPalette)
    return (index & 7, index & 8 != 0)
  }

  private static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8, in palette: [Int]) -> Int
  {
    var best = (index: 0, distance: Int.max)
    for (index, value) in palette.enumerated() {
      let distance = distance(red, green, blue, value)
      if distance < best.distance { best = (index, distance) }
    }
    return best.index
  }

  /// The nearest of the 6×6×6 cube and the grey ramp; the first sixteen are the user's to change
  /// and never taken.
  static func nearest256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    let levels = [0, 95, 135, 175, 215, 255]
    func step(_ value: UInt8) -> Int {
      value < 48 ? 0 : value < 115 ? 1 : min(5, (Int(value) - 35) / 40)
    }
    let (r, g, b) = (step(red), step(green), step(blue))
    let cube = levels[r] << 16 | levels[g] << 8 | levels[b]
    let average = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = min(23, max(0, (average - 3) / 10))
    let greyLevel = 8 + 10 * grey
    let ramp = greyLevel << 16 | greyLevel << 8 | greyLevel
    return distance(red, green, blue, ramp) < distance(red, green, blue, cube)
      ? 232 + grey : 16 + 36 * r + 6 * g + b
  }

  /// Squared distance, weighted by how well the eye distinguishes red, green and blue.
  private static func distance(_ red: UInt8, _ green: UInt8, _ blue: UInt8, _ value: Int) -> Int {
    let (r, g, b) = (
      Int(red) - (value >> 16 & 255), Int(green) - (value >> 8 & 255), Int(blue) - (value & 255)
    )
    return 3 * r * r + 4 * g * g + 2 * b * b
  }
}
