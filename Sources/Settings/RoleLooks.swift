import Display

/// The default look of each role in a base16 or base24 scheme.
///
/// Adjacent roles differ by attributes too, so that they can be distinguished without colour; match,
/// current match and selection always do.
struct RoleLook {
  var foreground: String?
  var background: String?
  var attributes: Look.Attributes = []

  private init(
    _ foreground: String? = nil, on background: String? = nil, _ attributes: Look.Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  static func standard(_ role: Role) -> RoleLook {
    switch role {
    case .text, .read, .fold: RoleLook(role == .text ? nil : "base04")
    case .headline: RoleLook("base0D", .bold)
    case .standfirst: RoleLook("base06", .italic)
    case .byline, .source, .age, .credit, .faint, .footnote: RoleLook("base04")
    case .heading: RoleLook("base0E", .bold)
    case .quote: RoleLook("base0B", .italic)
    case .pullQuote: RoleLook("base0B", [.bold, .italic])
    case .code: RoleLook("base0C", on: "base01")
    case .link: RoleLook("base0D", .underline)
    case .caption: RoleLook("base0C", .italic)
    case .callout, .rule, .divider: RoleLook("base03")
    case .marker, .figureMark: RoleLook("base09")
    case .tableHeader: RoleLook("base0A", .bold)
    case .authorCard: RoleLook("base06")
    case .threadHead: RoleLook("base0E", .bold)
    case .author: RoleLook("base0C", .bold)
    case .op: RoleLook("base09", .bold)
    case .fresh: RoleLook("base0B", .bold)
    case .gutter0: RoleLook("base0D")
    case .gutter1: RoleLook("base0B")
    case .gutter2: RoleLook("base0A")
    case .gutter3: RoleLook("base09")
    case .gutter4: RoleLook("base0E")
    case .gutter5: RoleLook("base0C")
    case .unread: RoleLook(nil, .bold)
    case .star: RoleLook("base0A")
    case .progress: RoleLook("base0B")
    case .status: RoleLook("base05", on: "base01")
    case .message: RoleLook("base0B", on: "base01")
    case .error: RoleLook("base08", on: "base01", .bold)
    case .prompt: RoleLook("base05", on: "base01", .bold)
    case .key: RoleLook("base0A", .bold)
    case .title: RoleLook("base0D", on: "base01", .bold)
    case .match: RoleLook("base00", on: "base0A", .underline)
    case .currentMatch: RoleLook("base00", on: "base09", [.bold, .underline])
    case .selection: RoleLook(nil, on: "base02", .bold)
    }
  }

  func look(_ palette: Palette) -> Look {
    Look(
      foreground: foreground.flatMap { palette[$0] },
      background: background.flatMap { palette[$0] },
      attributes: attributes)
  }
}
