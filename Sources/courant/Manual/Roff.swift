/// Lines of the man macros, with all text made plain and ASCII.
struct Roff {
  private(set) var text = ""
  private var isAfterHeading = false

  enum Font: String {
    case plain = "\\fR"
    case bold = "\\fB"
    case italic = "\\fI"
  }

  /// A line of macros, as it is.
  mutating func line(_ line: String) {
    text += line + "\n"
    isAfterHeading = line.hasPrefix(".S")
  }

  mutating func section(_ name: String) { line(".SH \"\(Self.escaped(name))\"") }

  mutating func paragraph(_ words: String) {
    if !isAfterHeading { line(".PP") }
    line(Self.escaped(words))
  }

  /// A term with its description.
  mutating func entry(_ term: [(String, Font)], _ words: String) {
    line(".TP")
    line(Self.guarded(term.map { $1.rawValue + Self.escaped($0) }.joined() + Font.plain.rawValue))
    line(Self.escaped(words))
  }

  /// A further paragraph of an entry.
  mutating func more(_ words: String) {
    line(".IP")
    line(Self.escaped(words))
  }

  mutating func command(_ name: String, rest: String) {
    line(Font.bold.rawValue + Self.escaped(name) + Font.plain.rawValue + Self.escaped(rest))
  }

  /// Text in which nothing is an escape, a macro or a dash that might become a hyphen.
  static func escaped(_ words: String) -> String {
    var out = ""
    for character in words {
      switch character {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case "\"": out += "\\(dq"
      case "'": out += "\\(aq"
      case "`": out += "\\(ga"
      case "^": out += "\\(ha"
      case "~": out += "\\(ti"
      case "\n": out += " "
      default:
        for scalar in character.unicodeScalars {
          out += scalar.isASCII ? String(scalar) : named(scalar)
        }
      }
    }
    return guarded(out)
  }

  /// A character that not every locale has: `\[u2026]`.
  private static func named(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
  }

  /// A dot at the head of a line would begin a macro.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }
}
