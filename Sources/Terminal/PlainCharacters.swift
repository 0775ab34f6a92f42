import CNcurses

/// What stands for a character where only ASCII can be shown, exactly `width` cells of it.
///
/// Letters lose their marks, ornaments become the nearest sign; what has no likeness is `?`.
func plainCells(for scalar: Unicode.Scalar, width: Int) -> [UInt8] {
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

/// The ASCII letter that a marked letter is made from: é from e and an accent.
private func unmarked(_ scalar: Unicode.Scalar) -> String? {
  guard
    (0xC0...0x17F).contains(scalar.value) || (0x1CD...0x233).contains(scalar.value)
      || (0x1E00...0x1EFF).contains(scalar.value)
  else { return nil }
  // Normalizing is left to comparison: a letter equals its base plus one of the common marks.
  let marks: [Unicode.Scalar] = [
    "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}",
    "\u{30A}", "\u{30B}", "\u{30C}", "\u{327}", "\u{328}", "\u{323}", "\u{309}", "\u{31B}",
    "\u{326}", "\u{331}", "\u{30F}", "\u{311}",
  ]
  let whole = String(Character(scalar))
  for letter in "AEIOUYCNSZaeiouycnszRTLDGHJKWrtldghjkwBFMPQVXbfmpqvx".unicodeScalars {
    for mark in marks {
      var made = String.UnicodeScalarView()
      made.append(letter)
      made.append(mark)
      if String(made) == whole { return String(Character(letter)) }
    }
  }
  return nil
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
