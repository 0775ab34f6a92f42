import App
import Display
import Testing

@Suite struct CommandTests {
  @Test("Every command stands in the table once")
  func complete() {
    let named = CommandTable.entries.map(\.command)
    #expect(named.count == Set(named).count)
    #expect(Set(named) == Set(Command.allCases))
  }

  @Test("No key is bound twice in a context or hidden by a shorter one")
  func keysDoNotCollide() {
    #expect(CommandTable.problems == [])
  }

  @Test("Every command has a key, a label and words")
  func described() {
    for entry in CommandTable.entries {
      #expect(!entry.allKeys.isEmpty, "\(entry.command.rawValue)")
      #expect(!entry.label.isEmpty && entry.words.count > 3, "\(entry.command.rawValue)")
      #expect(!entry.words.hasSuffix("."), "\(entry.command.rawValue)")
    }
  }

  @Test("Command names are lower-case words joined by hyphens")
  func names() {
    for command in Command.allCases {
      let isName = command.rawValue.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45
      }
      #expect(isName, "\(command.rawValue)")
    }
  }

  @Test("The README's tables hold every command and no bare bar in a cell")
  func markdown() {
    let text = keysInMarkdown()
    for command in Command.allCases { #expect(text.contains("| `\(command.rawValue)` |")) }
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      var bars = 0
      var before: Character = " "
      for character in line {
        if character == "|", before != "\\" { bars += 1 }
        before = character
      }
      #expect(bars == 4, "\(line)")
    }
  }
}
