import Stories

/// What the words of a story lead to inside of it: "Figure 3" to the figure, `[2]` to the footnote,
/// a link within the page to its section.
///
/// A figure is found by the number that its caption says; only where no caption says one do they
/// count as the page has them.
struct References {
  /// Blocks by the label of a footnote, the number of a figure, and the name of a section.
  private var notes: [String: Int] = [:]
  private var figures: [String: Int] = [:]
  private var sections: [String: Int] = [:]
  private let page: WebAddress?

  init(_ story: Story) {
    page = story.address.flatMap { WebAddress($0) }
    var counted: [String: Int] = [:]
    for (index, block) in story.blocks.enumerated() {
      switch block.traits.reference {
      case .note(let label, _): Self.keep(index, as: label, in: &notes)
      case .section(let phrases): Self.keep(index, as: Self.name(phrases.text), in: &sections)
      case .figure(let figure):
        counted[String(figure.number)] = index
        let caption = Array(figure.caption.text.utf8.prefix(Self.captionStart).drop { $0 == 0x20 })
        if let own = FigureMention(in: caption, at: 0) {
          Self.keep(index, as: own.label, in: &figures)
        }
      case nil: break
      }
    }
    if figures.isEmpty { figures = counted }
  }

  /// Where in a caption its own number stands.
  private static let captionStart = 40

  private static func keep(_ block: Int, as name: String, in names: inout [String: Int]) {
    if !name.isEmpty, names[name] == nil { names[name] = block }
  }

  /// Letters and digits with hyphens between them, as pages make anchors of headings.
  private static func name(_ text: String) -> String {
    var name = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        name.unicodeScalars.append(scalar)
      } else if !name.isEmpty, name.utf8.last != 0x2D {
        name += "-"
      }
    }
    if name.utf8.last == 0x2D { name.removeLast() }
    return name
  }

  // MARK: - Links of the page

  /// What a phrase's link leads to.
  func target(of phrase: Phrase, _ link: String) -> LinkTarget {
    guard let anchor = anchor(link) else { return LinkTarget(address: link) }
    let label = Self.label(phrase.text)
    if label.utf8.count <= Self.labelLimit, let note = notes[label] { return .block(note) }
    if let section = sections[Self.name(anchor)] ?? sections[Self.name(phrase.text)] {
      return .block(section)
    }
    return .anchor(safe(anchor, oneLine: true))
  }

  /// The place on the same page that an address leads to.
  private func anchor(_ link: String) -> String? {
    if link.utf8.first == 0x23 { return String(link.dropFirst()) }
    guard let page, link.utf8.contains(0x23), let address = WebAddress(link),
      let fragment = address.fragment, address.isSamePage(as: page)
    else { return nil }
    return String(fragment)
  }

  /// The label in a footnote's mark: `[3]`, `(3)`, `^3`.
  private static func label(_ text: String) -> String {
    String(text.filter { !"[](){}^ \u{A0}".contains($0) })
  }

  /// The longest footnote label in bytes; a longer link text is no footnote mark.
  private static let labelLimit = 8

  // MARK: - Words of the text

  /// Whether no words lead anywhere, so that none need to be looked at.
  var isEmpty: Bool { figures.isEmpty && notes.isEmpty }

  /// The footnote that a raised mark without a link names.
  func note(raised text: String) -> Int? {
    notes.isEmpty || text.utf8.count > Self.labelLimit ? nil : notes[Self.label(text)]
  }

  /// Where words name a figure or, unless a comment has notes of its own, a footnote; in order.
  func mentions(
    in bytes: some RandomAccessCollection<UInt8>, withNotes: Bool
  ) -> [(Range<Int>, block: Int)] {
    let bytes = Array(bytes)
    var found: [(Range<Int>, block: Int)] = []
    var at = 0
    while at < bytes.count {
      if !figures.isEmpty, let mention = FigureMention(in: bytes, at: at) {
        // "Figure 3b" is part of Figure 3.
        let block = figures[mention.label] ?? figures[mention.number]
        if let block { found.append((at..<mention.end, block)) }
        at = mention.end
      } else if withNotes, bytes[at] == 0x5B, let (end, note) = bracketed(bytes, at) {
        found.append((at..<end, note))
        at = end
      } else {
        at += 1
      }
    }
    return found
  }

  /// A footnote's label in brackets.
  private func bracketed(_ bytes: [UInt8], _ start: Int) -> (end: Int, note: Int)? {
    guard !notes.isEmpty,
      let close = bytes[start...].prefix(Self.labelLimit + 2).firstIndex(of: 0x5D)
    else { return nil }
    let label = String(decoding: bytes[(start + 1)..<close], as: UTF8.self)
    return notes[label].map { (close + 1, $0) }
  }
}

/// A word for a figure with its number: "Figure 3", or an abbreviation with a part, "Abb 3b".
struct FigureMention {
  /// The number as it is written, with letter and parts: "3b", "2.1".
  private(set) var label: String
  /// Its first digits.
  private(set) var number: String
  private(set) var end: Int

  /// In small letters, the longer before those that begin like them.
  private static let words: [[UInt8]] = [
    "figures", "figure", "figura", "figuur", "figur", "figs", "fig",
    "abbildungen", "abbildung", "abb", "afbeelding", "рисунок", "Рисунок", "рис", "Рис", "图", "圖",
    "図",
  ].map { Array($0.utf8) }

  /// By byte, whether a word begins with it: every byte of a text is asked for.
  private static let isFirst: [Bool] = {
    var isFirst = [Bool](repeating: false, count: 256)
    for byte in words.map({ $0[0] }) + [0x46, 0x41] { isFirst[Int(byte)] = true }
    return isFirst
  }()

  /// The mention that begins at a byte; `nil` where none does.
  init?(in bytes: [UInt8], at start: Int) {
    guard start < bytes.count, Self.isFirst[Int(bytes[start])],
      start == 0 || !Self.isLetter(bytes[start - 1]),
      let word = Self.words.first(where: { Self.holds(bytes, start, $0) })
    else { return nil }
    // "a figure 3 times as high" is no picture.
    let isPlain = word.starts(with: [0x66, 0x69, 0x67, 0x75, 0x72, 0x65])
    let before = start > 0 ? bytes[start - 1] : 0x28
    guard !isPlain || bytes[start] == 0x46 || before == 0x28 else { return nil }
    var at = start + word.count
    let afterWord = at
    if at < bytes.count, bytes[at] == 0x2E { at += 1 }
    while at < bytes.count, at - afterWord < 5, let space = Self.space(bytes, at) { at += space }
    let isGlyph = word[0] >= 0xE5
    guard at > afterWord || isGlyph else { return nil }
    let digits = bytes[at...].prefix { (0x30...0x39).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    number = String(decoding: digits, as: UTF8.self)
    at += digits.count
    while at + 1 < bytes.count, bytes[at] == 0x2E, (0x30...0x39).contains(bytes[at + 1]) {
      at += 1
      while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
    }
    if at < bytes.count, (0x61...0x7A).contains(bytes[at]),
      at + 1 == bytes.count || !Self.isLetter(bytes[at + 1])
    {
      at += 1
    }
    guard at == bytes.count || !Self.isLetter(bytes[at]) || isGlyph else { return nil }
    label = String(decoding: bytes[digits.startIndex..<at], as: UTF8.self)
    end = at
  }

  private static func holds(_ bytes: [UInt8], _ start: Int, _ word: [UInt8]) -> Bool {
    guard start + word.count <= bytes.count else { return false }
    for (offset, wanted) in word.enumerated() {
      let byte = bytes[start + offset]
      guard byte == wanted || (byte < 0x80 && byte | 0x20 == wanted) else { return false }
    }
    return true
  }

  /// The bytes of a space: plain, no-break, or narrow no-break.
  private static func space(_ bytes: [UInt8], _ at: Int) -> Int? {
    if bytes[at] == 0x20 { return 1 }
    if bytes[at...].starts(with: [0xC2, 0xA0]) { return 2 }
    return bytes[at...].starts(with: [0xE2, 0x80, 0xAF]) ? 3 : nil
  }

  /// ASCII letters, digits, and whatever is not ASCII.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0xC3 || (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte)
  }
}
