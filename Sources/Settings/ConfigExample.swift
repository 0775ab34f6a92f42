/// A settings file in which everything is named and nothing is changed: sentences after `# `, and
/// each setting after `#` with its default.
///
/// `keys` are lines for the section of that name, as `"j": down`, by context.
package func exampleConfig(keys: [(context: String, lines: [String])]) -> String {
  let defaults = Preferences()
  var text = headOfExample
  for group in Setting.Group.allCases {
    text += "\n# --- \(group.rawValue) ---\n"
    if group == .programs { text += programsOfExample }
    for setting in Setting.all where setting.group == group {
      let value = setting.value(in: defaults)
      text += "\n# \(setting.words):\n# \(setting.range).\n"
      text += "#\(setting.name): \(value.isEmpty ? "\"\"" : value)\n"
    }
  }
  text += shareOfExample + keysOfExample
  for (context, lines) in keys {
    text += "#  \(context):\n"
    for line in lines { text += "#    \(line)\n" }
  }
  return text
}

private let headOfExample = """
  # The settings of Courant. Take the # from the front of a line to change what stands there;
  # `:reload` reads this file again while Courant runs, and `courant config` says what holds.
  # It belongs at $XDG_CONFIG_HOME/courant/config.yaml (~/.config/courant/config.yaml).

  """

private let programsOfExample = """

  # A program and its arguments are one line, parted at spaces that stand in no quotes, or a list
  # of words such as ["/opt/my browser/run", "%u"]; no shell is in between.

  """

private let shareOfExample = """

  # Programs that a story can be handed to, each by a name of your choice: `:share mail`. %u is
  # the address and %t the headline; no shell is in between, and a list such as [keep, "%u"] is
  # taken word by word. `clipboard` and `mail` are there without a line here.
  #share:
  #  mail: xdg-email --subject %t --body %u

  """

private let keysOfExample = """

  # --- Keys ---

  # Each key does one command, or several in a list; `none` takes a key away. A command is what
  # could be typed after `:`, so `theme dusk` and `set column 60` are commands as well. Keys are
  # written as in the help: j, ^D (Control), M-x (Alt), C-Left, Space, Enter, PgDn, F5; several
  # after each other are a sequence: gg, "g Enter". Signs that mean something to YAML stand in
  # quotes.
  # `all` is every place but the prompt; a place of its own goes before it. These are the keys
  # as they are (`list`, `story`, `thread` for the comments, `help`, `picker`, `prompt`):
  #keys:

  """

/// The table of settings in Markdown, for the README.
package func settingsInMarkdown() -> String {
  var text = "| setting | as it is | what it does |\n|---|---|---|\n"
  let defaults = Preferences()
  for setting in Setting.all {
    let value = setting.value(in: defaults)
    text += "| `\(setting.name)` | \(value.isEmpty ? "" : "`\(value)`") | \(setting.words); "
    text += "\(setting.range) |\n"
  }
  return text + "| `share` | | Programs that `:share NAME` hands a story to, by name |\n"
    + "| `keys` | | What keys do, by place; see below |\n"
}
