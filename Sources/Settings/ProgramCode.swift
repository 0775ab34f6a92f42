/// Finds placeholders inside of code: what a headline says must never be run.
///
/// In `sh -c 'notify %t'` the headline becomes part of a script, and a page could run any program by it.
/// `sh -c 'notify "$1"' sh %t` hands it over as data. What is found is code that a shell or another
/// interpreter gets as an argument, wherever in the line (`env`, `nohup`, `"$@"`). It is
/// recognized by the interpreter's name, so a script of the user's own is not looked into.
package struct ProgramCode {
  /// How a program takes code.
  private enum Form {
    /// Behind an option: one of these letters, alone, among others (`-lc`) or with the code (`-e1`).
    case option(letters: String)
    /// As the first argument that is no option.
    case argument
    /// As all arguments, which it joins and gives to a shell, on this machine or another one.
    case joined
  }

  private static let forms: [String: Form] = {
    var forms: [String: Form] = [:]
    for (names, form) in [
      ("sh ash bash csh dash elvish fish ksh mksh nu oksh pwsh tcsh xonsh yash zsh", "cC"),
      ("su runuser script flock sg python pypy ipython", "c"), ("php", "rBRE"),
      ("perl ruby lua luajit julia Rscript osascript guile racket elixir", "eE"),
      ("node nodejs bun deno", "ep"), ("env", "S"), ("vi vim nvim gvim", "c"),
      (
        "xterm uxterm rxvt urxvt st kitty konsole gnome-terminal xfce4-terminal x-terminal-emulator",
        "e"
      ),
    ] {
      for name in names.split(separator: " ") { forms[String(name)] = .option(letters: form) }
    }
    for name in ["awk", "gawk", "mawk", "nawk", "sed", "gsed"] { forms[name] = .argument }
    for name in ["ssh", "mosh", "watch", "eval", "tmux", "parallel"] { forms[name] = .joined }
    return forms
  }()

  private static let longOptions = [
    "command", "eval", "execute", "print", "init-command", "split-string",
  ]

  private var form: Form?
  /// Whether the next argument that is no option is code.
  private var isDue = false

  /// Whether a placeholder stands in code; `appendsAddress` where an address becomes the last argument
  /// of a line without placeholders.
  package static func isFilled(_ words: [String], appendsAddress: Bool = false) -> Bool {
    var code = ProgramCode()
    for word in words where code.isCode(word) && !placeholders(in: word).isEmpty { return true }
    guard appendsAddress, words.allSatisfy({ placeholders(in: $0).isEmpty }) else { return false }
    return code.isCode("%u")
  }

  /// Whether a word, the next one of the line, is code or holds some.
  private mutating func isCode(_ word: String) -> Bool {
    let isOption = word.hasPrefix("-") || word.hasPrefix("+")
    defer { if let next = Self.form(ofProgram: word) { begin(next) } }
    switch form {
    case nil: return false
    case .joined: return true
    case .argument, .option:
      if isOption { return isCodeOption(word) }
      defer { isDue = false }
      return isDue
    }
  }

  private mutating func begin(_ next: Form) {
    // A program that joins its arguments gets the rest of the line, whatever that names.
    if case .joined = form { return }
    form = next
    isDue = if case .argument = next { true } else { false }
  }

  /// Whether an option names code that follows, or brings it along.
  private mutating func isCodeOption(_ word: String) -> Bool {
    guard case .option(let letters) = form else { return isDue }
    let isNamed =
      if word.hasPrefix("--") {
        Self.longOptions.contains(String(word.dropFirst(2).prefix { $0 != "=" }))
      } else {
        word.dropFirst().contains { letters.contains($0) }
      }
    if isNamed { isDue = true }
    return isDue
  }

  /// How the program of a name takes code; `python3.12` is `python`.
  private static func form(ofProgram word: String) -> Form? {
    let name = word.split(separator: "/").last ?? ""
    return forms[String(name)]
      ?? forms[String(name.prefix { !($0.isNumber || $0 == ".") })]
  }
}

/// What a word of a program line is filled with: `u` or `s` for the address, `t` for the headline.
///
/// `%%` stands for a percent sign and is none of them.
package func placeholders(in word: String) -> Set<Character> {
  var found: Set<Character> = []
  var isMark = false
  for character in word {
    if isMark, "ust".contains(character) { found.insert(character) }
    isMark = !isMark && character == "%"
  }
  return found
}
