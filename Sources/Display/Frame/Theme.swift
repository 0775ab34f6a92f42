/// How a role looks: colours and attributes, as the theme says and before the terminal's limits.
package struct Look: Sendable, Hashable {
  /// A colour as a theme means it; a terminal of fewer colours gets the nearest it has.
  package enum Color: Sendable, Hashable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the terminal's 16 palette colours.
    case palette(UInt8)
    case rgb(UInt8, UInt8, UInt8)
  }

  /// How letters are drawn, besides their colours.
  package struct Attributes: OptionSet, Sendable, Hashable {
    /// The flags as bits.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bold or bright letters.
    package static let bold = Attributes(rawValue: 1)
    /// Faint letters.
    package static let dim = Attributes(rawValue: 2)
    /// Italic letters.
    package static let italic = Attributes(rawValue: 4)
    /// Underlined letters.
    package static let underline = Attributes(rawValue: 8)
    /// Foreground and background exchanged.
    package static let reverse = Attributes(rawValue: 16)
  }

  /// `nil` keeps what lies below: the role under an overlay, the screen under a role.
  package var foreground: Color?
  /// `nil` keeps the background below.
  package var background: Color?
  /// Added to the attributes below.
  package var attributes: Attributes

  package init(
    foreground: Color? = nil, background: Color? = nil, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// This look laid over another.
  package func over(_ below: Look) -> Look {
    Look(
      foreground: foreground ?? below.foreground, background: background ?? below.background,
      attributes: attributes.union(below.attributes))
  }

  /// This look laid over a whole line of others.
  ///
  /// A reversed overlay uses the foreground as its background. Dim or coloured text below would leave
  /// patches in it, so all of it gets the base look's foreground.
  package func overlaying(_ below: Look, base: Look) -> Look {
    guard attributes.contains(.reverse) else { return over(below) }
    var below = below
    below.foreground = base.foreground
    below.attributes.remove(.dim)
    return over(below)
  }
}

/// A name and a look for every role.
package struct Theme: Sendable, Hashable {
  /// The background a theme is made for; `any` uses the terminal's own.
  package enum Variant: String, Sendable, Hashable { case light, dark, any }

  /// The name in the settings: `night-desk`.
  package var name: String
  /// The background that the theme is made for.
  package var variant: Variant
  /// The base look: default foreground and background of the whole screen.
  package var base: Look
  /// The look of each role; a role without one has the base look.
  package var looks: [Role: Look]

  package init(name: String, variant: Variant, base: Look = Look(), looks: [Role: Look]) {
    self.name = name
    self.variant = variant
    self.base = base
    self.looks = looks
  }

  /// The look of a span, layered: base, role, emphasis, overlay.
  package func look(of span: Span) -> Look {
    var look = (looks[span.role] ?? Look()).over(base)
    if span.emphasis.contains(.strong) { look.attributes.insert(.bold) }
    if span.emphasis.contains(.italic) { look.attributes.insert(.italic) }
    if span.emphasis.contains(.underline) { look.attributes.insert(.underline) }
    if span.emphasis.contains(.deleted) { look.attributes.insert(.dim) }
    guard let overlay = span.overlay.flatMap({ looks[$0] }) else { return look }
    return overlay.overlaying(look, base: base)
  }
}
