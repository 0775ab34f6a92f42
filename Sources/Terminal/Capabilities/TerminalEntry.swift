import CNcurses
import Glibc

/// The terminfo entry of the terminal in use.
struct TerminalEntry {
  /// The entry's name; a sibling of `TERM` where that one has more colours.
  let name: String
  let isDirect: Bool
  /// How many of a direct-colour terminal's lowest colour numbers are palette colours.
  let indexed: Int
  /// Whether it understands xterm's private modes and titles.
  ///
  /// Older terminals might print them.
  let isModern: Bool
  /// Whether taking and leaving the screen saves and restores the title by itself.
  let keepsTitle: Bool
  let columns: Int
  let rows: Int
  /// The bytes that reset the attributes, show the cursor and leave the alternate screen.
  let restore: [UInt8]

  /// Finds the entry for `TERM`; `newterm` alone would end the program on an unknown one.
  static func find() throws(TerminalError) -> TerminalEntry {
    guard let named = getenv("TERM").map({ String(cString: $0) }), !named.isEmpty else {
      throw .termNotSet
    }
    // The size comes from the terminal alone: LINES and COLUMNS may be wrong, and the cells of a huge
    // screen would be allocated before it can be limited.
    use_env(false)
    var term = named
    if !load(named) {
      term = standIn(for: named)
      guard term != named, load(term) else { throw .termUnknown(term) }
    }
    // The Linux console's entry has no size, and without one nothing starts.
    if tigetnum("cols") <= 0 || tigetnum("lines") <= 0 { use_env(true) }
    guard terminfoString("cup") != nil else { throw .cannotPlaceCursor(term) }
    let siblings = directSiblings(of: term)
    for sibling in siblings where load(sibling) && terminfoString("cup") != nil {
      return TerminalEntry(name: sibling)
    }
    // Each attempt replaces the loaded entry. Loading reads a file, so it is done no more than needed.
    guard siblings.isEmpty || load(term) else { throw .termUnknown(term) }
    return TerminalEntry(name: term)
  }

  /// The entry to use where the terminal's own is not installed, as often over ssh: a name such as
  /// `xterm-kitty` declares compatibility with xterm.
  private static func standIn(for term: String) -> String {
    term.hasPrefix("xterm-") ? "xterm-256color" : term
  }

  private static func load(_ name: String) -> Bool {
    var problem: CInt = 0
    return setupterm(name, STDOUT_FILENO, &problem) == OK
  }

  /// The names of entries for the same terminal with RGB colours, best first, when the terminal
  /// announces these: by `COLORTERM`, or by `Tc` in its entry, as tmux does.
  private static func directSiblings(of term: String) -> [String] {
    let announced = getenv("COLORTERM").map { String(cString: $0) }
    // screen passes COLORTERM on without having the colours.
    let isAnnounced = announced == "truecolor" || announced == "24bit"
    guard tigetflag("Tc") > 0 || (isAnnounced && !term.hasPrefix("screen")), !isColorUnwanted,
      !hasManyColors
    else { return [] }
    var family = term.hasSuffix("-256color") ? String(term.dropLast(9)) : term
    // Inside tmux TERM may say screen; its own entry has the colours.
    if family == "screen" { family = "tmux" }
    return [family + "-direct256", family + "-direct"]
  }

  /// Whether the loaded entry has direct colours already.
  private static var hasManyColors: Bool {
    (tigetflag("RGB") > 0 || tigetnum("RGB") > 0) && tigetnum("colors") > 1 << 16
  }

  private init(name: String) {
    func text(_ capability: String) -> [UInt8] {
      terminfoString(capability).map { withoutPadding(String(cString: $0).utf8) } ?? []
    }
    self.name = name
    isDirect = tigetflag("RGB") > 0 || tigetnum("RGB") > 0
    indexed = name.hasSuffix("-direct256") ? 256 : name.hasSuffix("-direct16") ? 16 : 8
    let enter = String(decoding: text("smcup"), as: UTF8.self)
    isModern = enter.utf8.count > 0 && enter.hasPrefix("\u{1B}[?1049h")
    keepsTitle = enter.hasSuffix("\u{1B}[22;0;0t")
    columns = Int(tigetnum("cols"))
    rows = Int(tigetnum("lines"))
    restore = text("sgr0") + text("cnorm") + text("rmcup") + text("rmkx")
  }
}

/// Whether the reader asked for no colours, as https://no-color.org says.
var isColorUnwanted: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }

/// A capability without its delays, `$<…>`.
private func withoutPadding(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  var kept: [UInt8] = []
  var isPadding = false
  for byte in bytes {
    if byte == 0x3C, kept.last == 0x24 {
      kept.removeLast()
      isPadding = true
    } else if isPadding {
      isPadding = byte != 0x3E
    } else {
      kept.append(byte)
    }
  }
  return kept
}
