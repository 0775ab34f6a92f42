extension Key {
  /// The keys of a written sequence: `gg` is two, `PgDn` one, `g Enter` and `^W^W` two.
  ///
  /// `nil` if it is empty or looks like a misspelt key name, such as `PgDown`, which is unlikely to
  /// mean a sequence of single letters.
  package static func sequence(_ written: String) -> [Key]? {
    // Most are one ASCII character, and a start parses hundreds.
    if let byte = written.utf8.first, written.utf8.count == 1, (0x21...0x7E).contains(byte) {
      return [.character(Character(Unicode.Scalar(byte)))]
    }
    var keys: [Key] = []
    for piece in written.split(separator: " ") {
      if let one = Key(String(bare(piece))) {
        keys.append(one)
      } else if looksLikeName(piece) || bare(piece) != piece
        || piece.count > 3 && meant(by: String(piece)) != nil
      {
        return nil
      } else {
        keys += letters(piece)
      }
    }
    return keys.isEmpty ? nil : keys
  }

  /// A key's name without the angle brackets that vim puts around it.
  private static func bare(_ piece: Substring) -> Substring {
    guard piece.count > 3, piece.first == "<", piece.last == ">" else { return piece }
    return piece.dropFirst().dropLast()
  }

  private static func looksLikeName(_ piece: Substring) -> Bool {
    guard piece.count > 2 else { return false }
    if piece.dropFirst().first == "-" { return looksLikeName(piece.dropFirst(2)) }
    let lower = piece.lowercased()
    if names.contains(where: { $0.count > 2 && $0.lowercased() == lower }) { return true }
    let second = piece.dropFirst().first
    return piece.first?.isUppercase == true && second?.isLowercase == true
  }

  /// A key's written form where it is written as in other programs: `Ctrl-x`, `Alt+Left`, `Return`.
  package static func meant(by written: String) -> String? {
    var rest = bare(Substring(written))
    var held: Set<String> = []
    while let end = rest.firstIndex(where: { "-+".contains($0) }),
      rest.index(after: end) < rest.endIndex,
      let name = modifiers[rest[..<end].lowercased()]
    {
      held.insert(name)
      rest = rest[rest.index(after: end)...]
    }
    var name = String(rest)
    if rest.count > 1 {
      let lower = rest.lowercased().filter { $0 != "_" }
      guard let known = otherNames[lower] ?? names.first(where: { $0.lowercased() == lower }) else {
        return nil
      }
      name = known
    } else if held.contains("S-") {
      (name, held) = (name.uppercased(), held.subtracting(["S-"]))
    }
    let chord = ["M-", "C-", "S-"].filter(held.contains).joined() + name
    return chord == written ? nil : Key(chord)?.description
  }

  private static let modifiers = [
    "ctrl": "C-", "control": "C-", "c": "C-", "alt": "M-", "meta": "M-", "m": "M-", "a": "M-",
    "shift": "S-", "s": "S-",
  ]

  private static let otherNames = [
    "return": "Enter", "cr": "Enter", "escape": "Esc", "bs": "Backspace", "delete": "Del",
    "insert": "Ins", "pageup": "PgUp", "pagedown": "PgDn", "pgdown": "PgDn",
  ]

  /// Keys written without a space between them; `C-x` is another way to write `^X`, and `A-x` to
  /// write `M-x`.
  private static func letters(_ piece: Substring) -> [Key] {
    var keys: [Key] = []
    var rest = piece
    while let first = rest.first {
      let second = rest.dropFirst().first
      if first == "^", let second {
        keys.append(.control(Character(second.lowercased())))
        rest = rest.dropFirst(2)
      } else if second == "-", let chord = Key(String(rest.prefix(3))) {
        keys.append(chord)
        rest = rest.dropFirst(3)
      } else {
        keys.append(.character(first))
        rest = rest.dropFirst()
      }
    }
    return keys
  }
}

extension [Key] {
  /// The written form that `Key.sequence` reads: `gg`, `^W^W`, `g Enter`.
  package var written: String {
    let pieces = map(\.description)
    let isPlain = allSatisfy { key in
      switch key {
      case .character(let character): character != " "
      case .control: true
      default: false
      }
    }
    return pieces.joined(separator: isPlain ? "" : " ")
  }
}
