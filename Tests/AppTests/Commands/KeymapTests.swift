import Display
import Settings
import Storage
import Testing

@testable import App

@Suite struct KeymapTests {
  private func own(_ context: String, _ keys: String, _ orders: String..., line: Int = 1)
    -> Config.KeyBinding
  {
    Config.KeyBinding(context: context, keys: keys, orders: orders, file: "c.yaml", line: line)
  }

  private func find(
    _ keymap: Keymap, _ written: String, _ context: Command.Context = .list
  ) -> Keymap.Finding {
    keymap.find(Key.sequence(written) ?? [], in: context)
  }

  @Test(
    "No preset binds a key twice, hides one, or leaves no way out",
    arguments: Preferences.Preset.allCases)
  func presets(preset: Preferences.Preset) {
    let keymap = Keymap(preset: preset)
    #expect(keymap.flaws == [])
    #expect(keymap.problems == [])
    for context in Command.Context.allCases {
      #expect(keymap.bindings[context]?.isEmpty == false, "\(context.rawValue)")
    }
  }

  @Test(
    "A preset leaves every command a key wherever the table gives it one",
    arguments: Preferences.Preset.allCases)
  func reach(preset: Preferences.Preset) {
    let keymap = Keymap(preset: preset)
    for context in Command.Context.allCases {
      for entry in CommandTable.entries where !entry.keys(in: context).isEmpty {
        #expect(
          !keymap.keys(for: entry.command, in: context).isEmpty,
          "\(entry.command.rawValue) in \(context.rawValue)")
      }
    }
  }

  @Test("Each preset does what its namesake's fingers expect")
  func namesakes() {
    let newsboat = Keymap(preset: .newsboat)
    #expect(newsboat.command([.character("n")], in: .story) == .nextUnread)
    #expect(newsboat.command([.character("N")], in: .list) == .toggleRead)
    let less = Keymap(preset: .less)
    #expect(less.command([.character("g")], in: .story) == .top)
    #expect(less.command([.character("f")], in: .list) == .pageDown)
    #expect(less.command([.character("b")], in: .list) == .pageUp)
    #expect(find(less, "ZZ", .help) == .orders([.command(.quit)], mayGoOn: false))
    let vim = Keymap(preset: .vim)
    #expect(find(vim, "gg", .story) == .orders([.command(.top)], mayGoOn: false))
    #expect(find(vim, "u", .story) == .unknown)
    #expect(find(vim, "^W^W") == .orders([.command(.toggleSplit)], mayGoOn: false))
  }

  @Test("A key of one's own goes over the table's, in its own place")
  func places() {
    let keymap = Keymap(own: [
      own("all", "x", "toggle-read"), own("story", "x", "toggle-star"),
      own("thread", "x", "fold"), own("list", "j", "none"), own("list", "F5", "down", "down"),
      own("list", "g n", "theme night"),
    ])
    #expect(keymap.problems == [])
    #expect(keymap.command([.character("x")], in: .list) == .toggleRead)
    #expect(keymap.command([.character("x")], in: .story) == .toggleStar)
    #expect(keymap.command([.character("x")], in: .thread) == .fold)
    #expect(find(keymap, "x", .help) == .unknown, "help knows no marks")
    #expect(find(keymap, "j") == .unknown)
    #expect(find(keymap, "j", .story) != .unknown)
    #expect(find(keymap, "F5") == .orders([.command(.down), .command(.down)], mayGoOn: false))
    #expect(find(keymap, "gn") == .orders([.line("theme night")], mayGoOn: false))
  }

  @Test("What cannot be is named with line, key and the nearest name, and the rest counts")
  func refusals() {
    let keymap = Keymap(own: [
      own("lists", "x", "down", line: 1), own("list", "x", "dwon", line: 2),
      own("list", "PgDwn", "down", line: 3), own("list", "5", "down", line: 4),
      own("list", "g g", "bottom", line: 5), own("list", "gg", "top", line: 6),
      own("prompt", "x", "prompt-accept", line: 7), own("help", "x", "toggle-read", line: 8),
      own("list", "g Esc", "down", line: 9), own("list", "X", "down", line: 10),
      own("prompt", "^X^X", "prompt-accept", line: 11),
    ])
    #expect(
      keymap.problems.map(\.message) == [
        "c.yaml:1: keys.lists.x: there is no place “lists” for keys; there are list, story, thread, help, picker, prompt, all; did you mean “list”?",
        "c.yaml:2: keys.list.x: there is no command “dwon”; did you mean “down”?",
        "c.yaml:3: keys.list.PgDwn: no key is written so; did you mean “PgDn”?",
        "c.yaml:4: keys.list.5: digits are counts, as in 5j",
        "c.yaml:6: keys.list.gg: this key is bound in line 5 already",
        "c.yaml:7: keys.prompt.x: letters are typed there; take a key such as ^X or F5",
        "c.yaml:8: keys.help.x: “read or unread” is not for this place",
        "c.yaml:9: keys.list.g Esc: Esc ends a sequence that was begun",
        "c.yaml:11: keys.prompt.^X^X: one key at a time is read there",
      ])
    #expect(keymap.command([.character("X")], in: .list) == .down)
    #expect(find(keymap, "gg") == .orders([.command(.bottom)], mayGoOn: false))
  }

  @Test("A key written as other programs write it is named as it is written here")
  func otherSpellings() {
    let meant = [
      "Ctrl-x": "^X", "ctrl+X": "^X", "<Ctrl-x>": "^X", "Control-Left": "C-Left", "Alt-j": "M-j",
      "Meta+Enter": "M-Enter", "Shift-Tab": "S-Tab", "Shift-j": "J", "Ctrl+Alt+Up": "M-C-Up",
      "Return": "Enter", "<CR>": "Enter", "Escape": "Esc", "escape": "Esc", "PageDown": "PgDn",
      "page_up": "PgUp", "ENTER": "Enter", "Delete": "Del", "<BS>": "Backspace",
    ]
    for (written, right) in meant {
      let problems = Keymap(own: [own("list", written, "down", line: 1)]).problems.map(\.message)
      #expect(
        problems == [
          "c.yaml:1: keys.list.\(written): no key is written so; did you mean “\(right)”?"
        ])
    }
    #expect(Key.sequence("cr")?.count == 2 && Key.sequence("up")?.count == 2)
  }

  @Test("Whatever is taken away, a way out is left")
  func waysOut() {
    var bindings: [Config.KeyBinding] = []
    for key in ["q", "Q", "Esc", "^C", ":", "h", "Left", "Backspace", "F1"] {
      bindings.append(own("all", key, "none"))
    }
    for key in ["Enter", "Esc", "^C", "^G"] { bindings.append(own("prompt", key, "none")) }
    let keymap = Keymap(own: bindings)
    #expect(keymap.command([.character("Q")], in: .list) == .quit)
    #expect(keymap.command([.character("q")], in: .story) == .back)
    #expect(keymap.command([.character("q")], in: .help) == .back)
    #expect(keymap.command([.enter], in: .prompt) == .accept)
    #expect(keymap.command([.escape], in: .prompt) == .cancel)
    #expect(keymap.problems.count == 7)
  }

  @Test("Written keys are read as they are shown")
  func written() {
    for written in [
      "gg", "^W^W", "g Enter", "PgDn", "M-x", "z1", "]]", "F12", "Space", "S-Tab", "M-Space",
      "M-^A", "M-Left", "C-Right", "M-C-Up", "M-Backspace",
    ] {
      #expect(Key.sequence(written)?.written == written)
    }
    #expect(Key.sequence("C-x") == [.control("x")])
    #expect(Key.sequence("A-x") == [.alt(.character("x"))])
    // As vim writes them.
    #expect(Key.sequence("<A-x>") == [.alt(.character("x"))])
    #expect(Key.sequence("g <Esc>") == [.character("g"), .escape])
    #expect(Key.sequence("<x>") == "<x>".map { .character($0) })
    #expect(Key.sequence("C-xM-x") == [.control("x"), .alt(.character("x"))])
    #expect(Key.sequence("g n") == Key.sequence("gn"))
    for written in ["", " ", "Escape", "Entr", "enter", "M-Lef", "C-Escape", "<CR>"] {
      #expect(Key.sequence(written) == nil, "\(written)")
    }
  }

  // MARK: - Typing

  @Test("A key that also begins a longer one is meant when nothing follows, or something else")
  func ambiguous() throws {
    let notes = "# One\n\nText.\n\n# Two\n\nText.\n\n# Three\n\nText.\n"
    let desk = try Desk(
      notes, keys: [own("list", "j j", "toggle-star"), own("list", "x", "toggle-star", "down")])
    desk.press("j")
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("One") == true)
    desk.press("@pause")
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("Two") == true)
    desk.press("j j")
    #expect(desk.headlines[1].isStarred)
    desk.press("j x")
    #expect(desk.headlines[2].isStarred, "j moved first, then x did its two things")
  }

  @Test("A chord with Alt does what it is bound to, and else is Esc and then its key")
  func alt() throws {
    let notes = "# One\n\nText of one.\n\n# Two\n\nText.\n\n# Three\n\nText.\n"
    let desk = try Desk(
      notes, keys: [own("list", "M-x", "toggle-star"), own("story", "A-y", "zen")])
    desk.press("M-x")
    #expect(desk.headlines[0].isStarred)
    desk.press("M-j")
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("Two") == true)
    desk.press("g M-j")
    #expect(desk.lines.first { $0.hasPrefix("▌") }?.contains("Three") == true, "\(desk.screen)")
    desk.press("gg Enter M-y")
    #expect(!desk.status.contains("%"), "zen has no status line")
    desk.press("M-y / \"text\" M-J")
    #expect(desk.screen.contains("Two"), "the search is left, then the next story opened")
    desk.press("M M-q")
    #expect(desk.status.contains("Enter opens"), "no mark is called so: Esc, then q to the list")
    #expect(!desk.reader.isFinished)
    desk.press("@100x24 M-Up")
    #expect(desk.status.contains("M-Up is no key here"), "\(desk.status)")
    desk.press("C-Left")
    #expect(desk.status.contains("C-Left is no key here"), "\(desk.status)")
  }

  @Test("Keys that mean nothing here name the place where they do")
  func elsewhere() throws {
    let desk = try Desk("# One\n\nText.\n")
    desk.press("za")
    #expect(
      desk.status.contains("za works in a story: fold this · Enter opens one"), "\(desk.status)")
    desk.press("Enter zd")
    #expect(desk.status.contains("zd works in the list: by date · q goes there"), "\(desk.status)")
    desk.press("zx")
    #expect(desk.status.contains("zx is no key here; there are za"), "\(desk.status)")
  }

  @Test("A prefix shows what may follow only after a pause, and Esc takes it back")
  func pause() throws {
    let desk = try Desk("# One\n\nText.\n")
    desk.press("g")
    #expect(!desk.screen.contains("gu unread"))
    #expect(desk.reader.idleTimeout == 400)
    desk.press("@pause")
    #expect(desk.screen.contains("gu unread"), "\(desk.screen)")
    #expect(desk.reader.idleTimeout == nil)
    desk.press("Esc")
    #expect(!desk.screen.contains("gu unread"))
  }

  @Test(
    "What may follow never covers the chosen line, and takes a third of the screen at most",
    arguments: ["20x5", "30x8", "80x24", "200x50"])
  func popupPlace(size: String) throws {
    var notes = ""
    for number in 1...60 { notes += "# Story \(number)\n\nText.\n\n" }
    let desk = try Desk(notes)
    desk.press("@\(size)")
    for keys in ["gg", "G", "20G"] {
      desk.press(keys)
      let before = desk.lines
      let row = desk.frame.cursor.row
      desk.press("g @pause")
      let changed = zip(before, desk.lines).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
      #expect(!changed.contains(row), "\(keys) at \(size)")
      #expect(changed.count - 1 <= max(1, desk.size.rows / 3), "\(keys) at \(size)")
      desk.press("Esc")
    }
  }

  @Test("A sentence that names a key names the one that is bound now")
  func namedKeys() throws {
    var keys = [
      own("list", "x", "open"), own("list", "X", "back"), own("list", "F2", "clear"),
      own("list", "F3", "filter"), own("story", "F3", "search"), own("all", "F4", "go-to-percent"),
      own("prompt", "F2", "prompt-cancel"), own("picker", "F2", "clear"),
    ]
    for key in ["Enter", "l", "Right", "q", "Esc", "^C", "/", "%"] {
      keys.append(own("list", key, "none"))
    }
    keys += ["/", "%"].map { own("story", $0, "none") }
    keys += ["Esc", "^C"].map { own("picker", $0, "none") }
    keys += ["Esc", "^C", "^G"].map { own("prompt", $0, "none") }
    let desk = try Desk("# One\n\nText.\n\n# Two\n\nText.\n", keys: keys)
    for (pressed, words) in [
      ("F2", "X leaves Courant"), ("F4", "40F4 goes to 40 per cent"),
      ("gw", "Filter first: F3 and words"), ("v", "1 story chosen · F2 lets go of them"),
      ("F2 : \"choose text\" Enter", "2 stories chosen · F2 lets go of them"),
      ("b v", "“choose” works in the list · x goes there"), ("X F3 F9", "F2 leaves the line"),
      ("F2 x F3 Enter", "No search yet · type words after F3"),
      ("F4", "40F4 goes to 40 per cent"), ("O / \"zzz\" Enter", "these words; F2 shows all"),
    ] {
      desk.press(pressed)
      #expect(desk.screen.contains(words), "\(pressed): \(desk.screen)")
    }
    desk.press("F2 q")
    desk.press(.paste("some words"))
    #expect(desk.status.contains("goes into a line: F3 opens one"), "\(desk.status)")
  }

  @Test("Help shows the keys as they are bound now, with one's own")
  func help() throws {
    let desk = try Desk(
      "# One\n\nText.\n",
      keys: [own("list", "X", "toggle-star"), own("list", "F5", "theme night", "down")])
    desk.press("@80x60 ?")
    #expect(desk.screen.contains("Your own keys"))
    #expect(desk.screen.contains(":theme night, then down"))
    #expect(desk.lines.contains { $0.contains("s X") && $0.contains("Star") }, "\(desk.screen)")
    desk.press("/ \"star\"")
    #expect(!desk.screen.contains("One page down"))
  }
}
