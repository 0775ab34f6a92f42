/// The ASCII that replaces a character where only ASCII can be shown, exactly `width` bytes.
///
/// Letters lose their marks, ornaments become the nearest sign; what resembles nothing is `?`.
package func plainCells(for scalar: Unicode.Scalar, width: Int) -> [UInt8] {
  var cells = Array(plainText(for: scalar).utf8.prefix(max(0, width)))
  while cells.count < width { cells.append(cells == [0x3F] ? 0x3F : 0x20) }
  return cells
}

private func plainText(for scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0x20..<0x7F: String(Character(scalar))
  case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
  case 0xFF01...0xFF5E:
    Unicode.Scalar(scalar.value - 0xFEE0).map { String(Character($0)) } ?? "?"
  default: signs[scalar] ?? unmarked(scalar) ?? "?"
  }
}

/// The base letter of a Latin letter with marks, by its Unicode name: é is "LATIN SMALL LETTER E WITH
/// ACUTE".
private func unmarked(_ scalar: Unicode.Scalar) -> String? {
  guard scalar.value < 0x2000, let name = scalar.properties.name, name.hasPrefix("LATIN ") else {
    return nil
  }
  let words = name.split(separator: " ")
  guard words.count > 4, words[2] == "LETTER", words[4] == "WITH", words[3].utf8.count == 1 else {
    return nil
  }
  return words[1] == "SMALL" ? words[3].lowercased() : String(words[3])
}

private let signs: [Unicode.Scalar: String] = [
  "‘": "'", "’": "'", "‚": ",", "‛": "'", "“": "\"", "”": "\"", "„": "\"", "‹": "<", "›": ">",
  "«": "\"", "»": "\"", "′": "'", "″": "\"", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-",
  "‒": "-", "−": "-", "…": ".", "·": ".", "•": "*", "‣": ">", "◦": "o", "●": "*", "○": "o",
  "◆": "*", "■": "#", "□": "#", "▣": "#", "▪": "*", "★": "*", "☆": "*", "✓": "v", "✗": "x",
  "←": "<", "→": ">", "↑": "^", "↓": "v", "↩": "<", "↪": ">", "⇄": "=", "▸": ">", "▾": "v",
  "▶": ">", "◀": "<", "▲": "^", "▼": "v", "─": "-", "━": "-", "═": "=", "│": "|", "┃": "|",
  "║": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+",
  "┼": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "╌": "-", "┄": "-", "┆": "|", "▎": "|",
  "▏": "|", "▍": "|", "▌": "|", "▐": "|", "█": "#", "▁": "_", "▂": "_", "▃": "_", "▄": "=",
  "▅": "=", "▆": "=", "▇": "#", "░": ".", "▒": ":", "▓": "#", "×": "x", "÷": "/", "±": "+",
  "°": "o", "©": "c", "®": "r", "™": "t", "§": "S", "¶": "P", "†": "+", "‡": "+", "¡": "!",
  "¿": "?", "¢": "c", "£": "L", "¥": "Y", "€": "E", "¦": "|", "¨": "\"", "´": "'", "¸": ",",
  "¹": "1", "²": "2", "³": "3", "ª": "a", "º": "o", "µ": "u", "ß": "s", "æ": "a", "Æ": "A",
  "ø": "o", "Ø": "O", "œ": "o", "Œ": "O", "ð": "d", "Ð": "D", "þ": "t", "Þ": "T", "ł": "l",
  "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "ŋ": "n", "⁃": "-", "∙": ".", "≤": "<",
  "≥": ">", "≠": "#", "≈": "~", "∞": "8", "√": "V", "⌄": "v", "⌃": "^", "⏎": "<", "␣": "_",
  "¬": "-", "※": "*", "①": "1", "②": "2", "③": "3",
]
