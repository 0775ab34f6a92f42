// Reads the people that feeds name.
extension FeedPerson {
  /// A person in a single text, as in RSS: `mail@site (Name)`, `Name <mail@site>`, `Name (mail@site)`,
  /// `mail@site Name`, or a name alone; `nil` for an empty one.
  init?(text: String) {
    let words = String(folding: text)
    guard !words.isEmpty else { return nil }
    self.init()
    guard let found = Self.mail(in: words) else {
      name = Self.name(words)
      if name == nil { return nil }
      return
    }
    mail = String(words[found])
    let before = String(words[..<found.lowerBound]).trimmedOfSpace ?? ""
    let after = String(words[found.upperBound...]).trimmedOfSpace ?? ""
    name = Self.name(Self.joined(before, after))
  }

  /// A person construct of Atom (RFC 4287, 3.2) or of a vocabulary that copies it.
  init?(_ element: XMLElement) {
    func text(_ name: String) -> String? {
      let found = element.children.first { $0.name == name && $0.trimmedText != nil }
      return found?.trimmedText.map { String(folding: $0) }
    }
    self.init(
      name: text("name"), mail: text("email"),
      address: FeedAddress.resolved(
        text("uri") ?? text("url") ?? text("homepage"), element.base))
    guard !isEmpty else {
      // Some feeds have the name as the element's text.
      self.init(text: element.text)
      return
    }
  }

  var isEmpty: Bool { name == nil && mail == nil && address == nil && picture == nil }

  /// The name for display, else the mail address, else the page.
  package var words: String? { name ?? mail ?? address }

  /// The text around a mail address, without the brackets around that.
  private static func joined(_ before: String, _ after: String) -> String {
    let brackets: [Character: Character] = ["(": ")", "<": ">", "[": "]"]
    guard let open = before.last, let close = brackets[open], after.first == close else {
      return before + " " + after
    }
    return before.dropLast() + " " + after.dropFirst()
  }

  private static func name(_ text: some StringProtocol) -> String? {
    var text = String(folding: text)[...]
    for empty in ["mailto:", "()", "<>"] {
      if let found = Self.range(of: empty, in: text) { text.removeSubrange(found) }
    }
    let marks: Set<Character> = ["(", ")", "<", ">", "[", "]", "\"", ",", ";", ":", " ", "-"]
    // Brackets around the whole, and those left of the mail address.
    while let first = text.first, marks.contains(first) { text = text.dropFirst() }
    while let last = text.last, marks.contains(last) {
      if last == ")", text.contains("(") { break }
      text = text.dropLast()
    }
    return String(text).trimmedOfSpace
  }

  private static func range(of word: String, in text: Substring) -> Range<Substring.Index>? {
    var at = text.startIndex
    while at < text.endIndex {
      if text[at...].hasPrefix(word) { return at..<text.index(at, offsetBy: word.count) }
      at = text.index(after: at)
    }
    return nil
  }

  /// The range of a mail address: letters around one `@`, and a dot after it.
  private static func mail(in text: String) -> Range<String.Index>? {
    let bytes = text.utf8
    guard let at = bytes.firstIndex(of: 0x40) else { return nil }
    func isPart(_ byte: UInt8) -> Bool {
      byte.isAlphanumeric || byte >= 0x80 || [0x2E, 0x2D, 0x5F, 0x2B, 0x25].contains(byte)
    }
    var start = at
    while start > bytes.startIndex, isPart(bytes[bytes.index(before: start)]) {
      start = bytes.index(before: start)
    }
    var end = bytes.index(after: at)
    while end < bytes.endIndex, isPart(bytes[end]) { end = bytes.index(after: end) }
    while end > at, [0x2E, 0x2D].contains(bytes[bytes.index(before: end)]) {
      end = bytes.index(before: end)
    }
    guard start < at, bytes.index(after: at) < end else { return nil }
    return start..<end
  }
}
