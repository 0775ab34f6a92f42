/// One key press, paste or mouse act.
package enum Key: Sendable, Hashable {
  case character(Character)
  case control(Character)
  /// A key with Alt held down; most terminals send it as Esc and the key.
  indirect case alt(Key)
  /// A named key, such as an arrow, with Control held down; letters are `control`.
  indirect case controlled(Key)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
  /// Text pasted between the terminal's paste marks; never read as keys.
  case paste(String)
  case mouse(Mouse)

  /// What the mouse did, and over which cell.
  package struct Mouse: Sendable, Hashable {
    /// A button pressed, moved while it is held, or let go; a step of the wheel.
    package enum Act: Sendable, Hashable { case press, release, drag, wheelUp, wheelDown }
    /// What the mouse did.
    package var act: Act
    /// Zero-based, as is the row; may lie outside of the screen.
    package var column: Int
    /// Zero-based; may be outside of the screen.
    package var row: Int

    package init(_ act: Act, column: Int, row: Int) {
      self.act = act
      self.column = column
      self.row = row
    }
  }
}

extension Key: CustomStringConvertible {
  /// The written form used in help, README, config and tests: `j`, `Space`, `^D`, `M-x`, `PgDn`.
  package var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^\(character.uppercased())"
    case .alt(let key): "M-\(key)"
    case .controlled(let key): "C-\(key)"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .paste: "Paste"
    case .mouse: "Mouse"
    }
  }

  private static let named: [String: Key] = [
    "Space": .character(" "), "Enter": .enter, "Esc": .escape, "Tab": .tab, "S-Tab": .backTab,
    "Backspace": .backspace, "Del": .delete, "Ins": .insert, "Up": .up, "Down": .down,
    "Left": .left, "Right": .right, "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown,
  ]

  /// The names of keys that are no letters, sorted.
  package static var names: [String] {
    named.keys.sorted() + (1...12).map { "F\($0)" }
  }

  /// Reads the written form; `nil` if it names no key.
  package init?(_ written: String) {
    if let key = Self.named[written] {
      self = key
    } else if written.count == 1, let only = written.first {
      self = .character(only)
    } else if written.count == 2, written.hasPrefix("^"), let last = written.last {
      self = .control(Character(last.lowercased()))
    } else if let chord = Self.chord(written) {
      self = chord
    } else if written.hasPrefix("F"), let number = Int(written.dropFirst()),
      (1...24).contains(number)
    {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// A key with Alt, written `M-x` or `A-x`, or with Control, `C-x` or `C-Left`.
  private static func chord(_ written: String) -> Key? {
    guard written.dropFirst().first == "-", let key = Key(String(written.dropFirst(2))) else {
      return nil
    }
    switch (written.first, key) {
    case ("C", .character(let letter)): return .control(Character(letter.lowercased()))
    case ("C", .control), ("C", .alt), ("C", .controlled): return nil
    case ("C", _): return .controlled(key)
    case ("M", _), ("A", _):
      if case .alt = key { return nil }
      return .alt(key)
    default: return nil
    }
  }
}
