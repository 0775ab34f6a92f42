/// Text as a reader types it into a comment, made into blocks.
package enum TypedText {
  /// Paragraphs are parted by empty lines and their lines joined; lines that begin with `>` are
  /// quotes, and web addresses become links.
  package static func blocks(_ text: String) -> [Block] {
    var blocks: [Block] = []
    for part in paragraphs(text) {
      let isQuote = part.allSatisfy { $0.hasPrefix(">") }
      let lines = isQuote ? part.map { $0.drop { $0 == ">" || $0 == " " } } : part
      let paragraph = Block.paragraph(
        phrases(lines.filter { !$0.isEmpty }.joined(separator: " ")))
      if isQuote { blocks.append(.quote([paragraph])) } else { blocks.append(paragraph) }
    }
    return blocks
  }

  /// Lines that stand together: an empty line ends them, and so does a quote that begins or ends.
  private static func paragraphs(_ text: String) -> [[Substring]] {
    var all: [[Substring]] = []
    var lines: [Substring] = []
    func end() {
      if !lines.isEmpty { all.append(lines) }
      lines = []
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let line = trimmed(line)
      if line.isEmpty || lines.last.map({ $0.hasPrefix(">") != line.hasPrefix(">") }) == true {
        end()
      }
      if !line.isEmpty { lines.append(line) }
    }
    end()
    return all
  }

  private static func trimmed(_ line: Substring) -> Substring {
    var line = line.drop { $0.isWhitespace }
    while line.last?.isWhitespace == true { line.removeLast() }
    return line
  }

  /// Text with its web addresses as links; a mark that ends the sentence is not the address's.
  private static func phrases(_ text: String) -> [Phrase] {
    var phrases: [Phrase] = []
    var plain = ""
    for (index, word) in text.split(separator: " ").enumerated() {
      if index > 0 { plain += " " }
      var address = word
      while let last = address.last, ".,;:!?)\"'”’".contains(last) { address.removeLast() }
      guard WebAddress.beginsAsWeb(word),
        WebAddress(String(address)) != nil
      else {
        plain += word
        continue
      }
      if !plain.isEmpty { phrases.append(Phrase(plain)) }
      phrases.append(Phrase(String(address), link: String(address)))
      plain = String(word[address.endIndex...])
    }
    if !plain.isEmpty || phrases.isEmpty { phrases.append(Phrase(plain)) }
    return phrases
  }
}
