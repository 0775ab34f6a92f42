import Display
import Files
import Settings
import Terminal
import Testing

/// Every theme of ours on terminals with few colours: text is never lost in its ground.
@Suite struct ThemeDepthTests {
  private static let names = themeNames(folder: "/nonexistent")
  private static let overlays: [Role?] = [nil, .match, .currentMatch, .selection]

  @Test(
    "Text is told from its ground with 8, 16 and 256 colours",
    arguments: names, [ColorDepth.eight, .sixteen, .indexed256])
  func depths(name: String, depth: ColorDepth) throws {
    let theme = try loadTheme(name, folder: "/nonexistent")
    for role in Role.allCases {
      for overlay in Self.overlays {
        let look = theme.look(of: Span("x", role, overlay: overlay))
        let (front, back) = (look.foreground ?? .standard, look.background ?? .standard)
        let numbers = depth.numbers(front, on: back)
        let isSame = numbers.foreground == numbers.background && front != back
        #expect(!isSame, "\(name) \(role) \(String(describing: overlay)) at \(depth)")
      }
    }
  }

  @Test("Matches have a ground of their own with 8 colours too", arguments: names)
  func matches(name: String) throws {
    let theme = try loadTheme(name, folder: "/nonexistent")
    let ground = ColorDepth.eight.numbers(.standard, on: theme.base.background ?? .standard)
    for overlay in [Role.match, .currentMatch] {
      let look = theme.look(of: Span("x", .text, overlay: overlay))
      guard let own = look.background, own != theme.base.background, own != .standard else {
        continue
      }
      let numbers = ColorDepth.eight.numbers(look.foreground ?? .standard, on: own)
      #expect(numbers.background != ground.background, "\(overlay)")
    }
  }

  @Test("Colours that fall together become black or white, as their ground asks for")
  func together() {
    let dark = ColorDepth.eight.numbers(.rgb(0x50, 0x50, 0x58), on: .rgb(0x11, 0x15, 0x1A))
    #expect(dark == (7, 0, true))
    let light = ColorDepth.sixteen.numbers(.rgb(0xFD, 0xFD, 0xFD), on: .rgb(0xFF, 0xFF, 0xFF))
    #expect(light == (0, 15, false))
    let own = ColorDepth.sixteen.numbers(.standard, on: .standard)
    #expect(own == (-1, -1, false))
  }

  @Test("An entry that says RGB and takes 256 numbers gets 256")
  func falseDirect() {
    #expect(ColorDepth(colors: 256, isDirect: true, indexed: 8) == .indexed256)
    #expect(ColorDepth(colors: 1 << 24, isDirect: true, indexed: 8) == .direct(indexed: 8))
    #expect(ColorDepth(colors: 8, isDirect: false, indexed: 8) == .eight)
    #expect(ColorDepth(colors: 0, isDirect: false, indexed: 8) == .none)
  }
}
