import Display

/// The colours of a base16 or base24 scheme: `base00`…`base0F`, and `base10`…`base17` where given.
struct Palette {
  static let names = (0..<24).map { number in
    "base" + (number < 16 ? "0" : "1") + String(number % 16, radix: 16, uppercase: true)
  }

  private var colors: [String: Look.Color] = [:]

  /// The scheme's own colour, or what base24 says stands in for it.
  subscript(_ name: String) -> Look.Color? {
    get {
      if let color = colors[name] { return color }
      let standIns = [
        "base10": "base00", "base11": "base00", "base12": "base08", "base13": "base0A",
        "base14": "base0B", "base15": "base0C", "base16": "base0D", "base17": "base0E",
      ]
      return standIns[name].flatMap { colors[$0] }
    }
    set { colors[name] = newValue }
  }

  var isEmpty: Bool { colors.isEmpty }

  /// The first of the sixteen that every scheme must have.
  var missing: String? { Self.names.prefix(16).first { colors[$0] == nil } }

  /// The key in its usual spelling: schemes write `base0A` and `base0a`.
  static func name(_ key: String) -> String? {
    guard key.utf8.count == 6, key.hasPrefix("base") else { return nil }
    let name = "base" + key.dropFirst(4).uppercased()
    return names.contains(name) ? name : nil
  }

  /// A colour as written: `"1a2b3c"`, `"#1a2b3c"`, `"#abc"`, `default`, or one of the terminal's
  /// sixteen by name.
  static func color(_ text: String) -> Look.Color? {
    if text == "default" { return .standard }
    if let index = terminalColors.firstIndex(of: text) { return .palette(UInt8(index)) }
    let digits = Array((text.hasPrefix("#") ? text.dropFirst() : Substring(text)).utf8)
    let values = digits.compactMap { byte in
      Unicode.Scalar(byte).properties.isASCIIHexDigit
        ? UInt8(String(Unicode.Scalar(byte)), radix: 16) : nil
    }
    guard values.count == digits.count else { return nil }
    switch values.count {
    case 6:
      return .rgb(
        values[0] << 4 | values[1], values[2] << 4 | values[3], values[4] << 4 | values[5])
    case 3 where text.hasPrefix("#"): return .rgb(values[0] * 17, values[1] * 17, values[2] * 17)
    default: return nil
    }
  }

  static let terminalColors = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]
}
