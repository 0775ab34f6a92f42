import Display
import Files
import Settings
import TestSupport
import Testing

/// Where no reader keeps themes, so that only ours are found.
private let nowhere: Path = "/nonexistent"

@Suite struct OwnThemeTests {
  private static let names = themeNames(folder: nowhere)

  @Test("Every file in Themes is compiled in, and there are at least ten")
  func complete() {
    #expect(Self.names.count >= 10)
    for name in Self.names {
      #expect(readFile(packageFolder() + "/Themes/\(name).yaml") != nil, "\(name)")
    }
    for name in ["terminal", "morning", "night-desk", "contrast", "sepia", "monochrome"] {
      #expect(Self.names.contains(name))
    }
  }

  /// WCAG 2.1: relative luminance and contrast.
  private func luminance(_ color: Look.Color?) -> Double? {
    guard case .rgb(let red, let green, let blue) = color else { return nil }
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      guard share > 0.03928 else { return share / 12.92 }
      return power((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// `base` in 0…1 to a power, by Newton's series of the logarithm: no C library in this test.
  private func power(_ base: Double, _ exponent: Double) -> Double {
    let ratio = (base - 1) / (base + 1)
    var logarithm = 0.0
    var term = ratio
    for odd in stride(from: 1.0, to: 400.0, by: 2.0) {
      logarithm += 2 * term / odd
      term *= ratio * ratio
    }
    var result = 1.0
    var factor = 1.0
    for step in 1..<60 {
      factor *= logarithm * exponent / Double(step)
      result += factor
    }
    return result
  }

  private func contrast(_ look: Look) -> Double? {
    guard let front = luminance(look.foreground), let back = luminance(look.background) else {
      return nil
    }
    return (max(front, back) + 0.05) / (min(front, back) + 0.05)
  }

  @Test("The contrast formula knows black on white")
  func formula() throws {
    let look = Look(foreground: .rgb(0, 0, 0), background: .rgb(255, 255, 255))
    #expect(abs(try #require(contrast(look)) - 21) < 0.01)
    let grey = Look(foreground: .rgb(0x77, 0x77, 0x77), background: .rgb(255, 255, 255))
    #expect(abs(try #require(contrast(grey)) - 4.48) < 0.01)
  }

  @Test("Every role is readable on its ground, alone, selected and matched", arguments: names)
  func contrasts(_ name: String) throws {
    let theme = try loadTheme(name, folder: nowhere)
    let overlays: [Role] = [.match, .currentMatch, .selection]
    for role in Role.allCases where !overlays.contains(role) {
      for overlay in [nil] + overlays {
        let look = theme.look(of: Span("x", role, overlay: overlay))
        guard let contrast = contrast(look) else {
          // The terminal's own colours cannot be measured; pairs of them are kept to one.
          #expect(["terminal", "monochrome"].contains(name))
          continue
        }
        #expect(contrast >= 4.5, "\(name): \(role) with \(overlay?.rawValue ?? "nothing")")
      }
    }
  }

  @Test("Match, current match and selection differ by more than colour", arguments: names)
  func overlays(_ name: String) throws {
    let theme = try loadTheme(name, folder: nowhere)
    let looks = try [Role.match, .currentMatch, .selection].map {
      try #require(theme.looks[$0]).attributes
    }
    #expect(Set(looks.map(\.rawValue)).count == 3)
    #expect(looks.allSatisfy { !$0.isEmpty })
    let variants: [Theme.Variant] = [.light, .dark, .any]
    #expect(variants.contains(theme.variant))
    #expect(!theme.name.isEmpty)
  }

  @Test("A theme says whether it is light as its ground is", arguments: names)
  func variants(_ name: String) throws {
    let theme = try loadTheme(name, folder: nowhere)
    guard let ground = luminance(theme.base.background) else {
      #expect(theme.variant == .any)
      return
    }
    #expect(theme.variant == (ground > 0.4 ? .light : .dark))
  }

  @Test("a selected row is of one ground from end to end", arguments: names)
  func selected(_ name: String) throws {
    let theme = try loadTheme(name, folder: nowhere)
    let grounds = Role.allCases.map { role in
      let look = theme.look(of: Span("x", role, overlay: .selection))
      let isReversed = look.attributes.contains(.reverse)
      // What is dim is so in its ground too, once the two are changed about.
      return isReversed
        ? "\(String(describing: look.foreground)) \(look.attributes.contains(.dim))"
        : String(describing: look.background)
    }
    #expect(Set(grounds).count == 1)
  }
}
