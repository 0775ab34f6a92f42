import CNcurses
import Display

/// A cache of the ncurses attributes and colour pair of every look on the screen.
struct LookTable {
  private struct Kind: Hashable {
    var role: Role
    var emphasis: UInt8
    var overlay: Role?
  }

  let theme: Theme
  private let depth: ColorDepth
  private let mostPairs: Int
  private var blanks: [Kind: cchar_t] = [:]
  private var pairs: Set<CInt> = []
  private(set) var background = cchar_t()

  init(theme: Theme, depth: ColorDepth, mostPairs: Int) {
    self.theme = theme
    self.depth = depth
    self.mostPairs = mostPairs
    background = cell(theme.base)
  }

  /// A space with the look of the span.
  mutating func blank(for span: Span) -> cchar_t {
    let kind = Kind(role: span.role, emphasis: span.emphasis.rawValue, overlay: span.overlay)
    if let known = blanks[kind] { return known }
    let made = cell(look(of: span))
    blanks[kind] = made
    return made
  }

  /// The theme's look; without colours a background of its own becomes reverse, or a selected row
  /// would look like any other.
  private func look(of span: Span) -> Look {
    var look = plainLook(of: span)
    // With few colours the current match may have the background of all matches, or none.
    if span.overlay == .currentMatch, [.none, .eight].contains(depth) {
      look.attributes.insert(.reverse)
    }
    return look
  }

  private func plainLook(of span: Span) -> Look {
    guard depth == .none else { return theme.look(of: span) }
    var plain = span
    plain.overlay = nil
    var look = theme.look(of: plain)
    reverse(&look, ifBackgroundOf: theme.looks[span.role])
    if let overlay = span.overlay.flatMap({ theme.looks[$0] }) {
      var above = overlay
      reverse(&above, ifBackgroundOf: overlay)
      look = above.overlaying(look, base: theme.base)
    }
    return look
  }

  /// Reverses a look where the layer has a background that is not the theme's own.
  private func reverse(_ look: inout Look, ifBackgroundOf layer: Look?) {
    guard let layer, let background = layer.background, background != theme.base.background,
      layer.attributes.isDisjoint(with: [.reverse, .underline])
    else { return }
    look.attributes.insert(.reverse)
  }

  private mutating func cell(_ look: Look) -> cchar_t {
    var attributes: attr_t = 0
    if look.attributes.contains(.bold) { attributes |= attributeBold }
    if look.attributes.contains(.dim) { attributes |= attributeDim }
    if look.attributes.contains(.italic) { attributes |= attributeItalic }
    if look.attributes.contains(.underline) { attributes |= attributeUnderline }
    if look.attributes.contains(.reverse) { attributes |= attributeReverse }
    var pair: CInt = 0
    if depth != .none {
      let numbers = depth.numbers(look.foreground ?? .standard, on: look.background ?? .standard)
      if numbers.isBright { attributes |= attributeBold }
      pair = self.pair(CInt(numbers.foreground), CInt(numbers.background))
    }
    var cell = cchar_t()
    let space: [wchar_t] = [0x20, 0]
    makeCell(&cell, space, attributes, pair)
    return cell
  }

  /// The number of a colour pair; 0, the terminal's own colours, once all are taken: ncurses would
  /// reuse the oldest pair and so recolour cells that are on the screen.
  private mutating func pair(_ foreground: CInt, _ background: CInt) -> CInt {
    guard foreground != -1 || background != -1, pairs.count < mostPairs - 1 else { return 0 }
    let pair = alloc_pair(foreground, background)
    guard pair > 0 else { return 0 }
    pairs.insert(pair)
    return pair
  }
}
