import Stories

/// Makes the passages of a story, block by block.
struct TextBuilder {
  /// Deeper nesting of blocks is shown without further indent.
  static let depthLimit = 40

  var text: StoryText
  var sanitizer = Sanitizer()
  var piece = 0
  var previousPiece = 0
  var comment: Int?
  let references: References
  /// Whether the next item begins without a blank row.
  var isTight = true
  /// How many lists are open.
  var listDepth = 0
  var pendingMarker: Item.Marker = .none
  /// Whether the story is in a language that runs from right to left.
  let runsLeft: Bool
  private var start = 0
  private var isASCII = true

  static func text(of story: Story) -> StoryText {
    var builder = TextBuilder(text: StoryText(empty: story))
    builder.add(story)
    return builder.text
  }

  private init(text: StoryText) {
    self.text = text
    references = References(text.story)
    runsLeft = Self.runsLeft(text.story.language)
  }

  private mutating func add(_ story: Story) {
    text.counts.figures = story.figures.count
    // The dateline names the reading time, which is known once the blocks are counted.
    text.counts.words = TextBuilder.words(of: story)
    begin(.head)
    addHead(story)
    for (index, block) in story.blocks.enumerated() {
      begin(.block(index))
      add([block], depth: 0)
    }
    if story.isCut { passage(.note, "The page showed only the beginning of this story.") }
    if let card = story.authorCard {
      begin(.authorCard)
      add(card)
    }
    begin(.threadHead)
    addThread(story.thread)
    text.commentItems.append(text.items.count)
  }

  mutating func begin(_ part: Section.Part) {
    text.sections.append(
      Section(part: part, start: text.bytes.count, item: text.items.count))
  }

  // MARK: - Items and passages

  /// Opens an item with one passage; text may be added until `close`.
  mutating func open(_ kind: Passage.Kind, label: Int = -1) {
    let item = Item(
      kind: kind, passage: text.passages.count, piece: piece,
      blankPiece: commonPiece(piece, previousPiece), hasSpace: !isTight, marker: pendingMarker,
      label: label)
    text.items.append(item)
    pendingMarker = .none
    previousPiece = piece
    isTight = false
    openPassage()
  }

  mutating func openPassage() {
    sanitizer = Sanitizer()
    start = text.bytes.count
    isASCII = true
  }

  mutating func close(_ kind: Passage.Kind) {
    var end = text.bytes.count
    while end > start, kind != .code, text.bytes[end - 1] == 0x20 || text.bytes[end - 1] == 0x0A {
      end -= 1
    }
    text.bytes.removeLast(text.bytes.count - end)
    while let last = text.markup.styles.last, last.end > end {
      text.markup.styles.removeLast()
      guard last.start < end else { continue }
      text.markup.styles.append(
        StyleRun(start: last.start, end: end, style: last.style, link: last.link))
    }
    for character in sanitizer.formatCharacters
    where Int(character.offset) > start && Int(character.offset) < end {
      text.markup.formatCharacters.append(character)
    }
    let direction = sanitizer.mayRunLeft ? direct(kind, start..<end) : .leftToRight
    text.passages.append(
      Passage(
        kind: kind, range: start..<end, item: text.items.count - 1, isASCII: isASCII,
        direction: direction))
    // The zero behind a passage stands for the blank row below it; an empty one has another that
    // stands for itself, so that each row of a layout has a place of its own.
    text.bytes.append(0)
    if end == start { text.bytes.append(0) }
  }

  mutating func write(_ words: String) {
    if !sanitizer.append(words, to: &text.bytes) { isASCII = false }
  }

  mutating func write(_ phrases: [Phrase]) {
    for phrase in phrases {
      let from = text.bytes.count
      write(phrase.text)
      guard text.bytes.count > from else { continue }
      if let link = phrase.link {
        addRun(from, phrase.style, references.target(of: phrase, link))
      } else if let note = raisedNote(phrase) {
        addRun(from, phrase.style, .block(note))
      } else {
        addMentions(from, phrase.style)
      }
    }
  }

  mutating func passage(_ kind: Passage.Kind, _ words: String, label: Int = -1) {
    open(kind, label: label)
    write(words)
    close(kind)
  }

  mutating func passage(_ kind: Passage.Kind, _ phrases: [Phrase]) {
    open(kind)
    write(phrases)
    close(kind)
  }

  /// An item without text.
  mutating func ornament(_ kind: Passage.Kind, label: Int = -1) {
    open(kind, label: label)
    close(kind)
  }

  mutating func label(_ words: String) -> Int {
    text.labels.append(words)
    return text.labels.count - 1
  }

  /// Runs `body` with a further piece left of the text.
  mutating func within(_ kind: Piece.Kind, _ body: (inout Self) -> Void) {
    let outer = piece
    text.pieces.append(Piece(kind, parent: outer))
    piece = text.pieces.count - 1
    body(&self)
    piece = outer
  }

  private func commonPiece(_ one: Int, _ other: Int) -> Int {
    var one = one
    var other = other
    while one != other {
      if one > other { one = text.pieces[one].parent } else { other = text.pieces[other].parent }
    }
    return one
  }

  // MARK: - Words

  private static func words(of story: Story) -> Int {
    var count = 0
    var waiting: [ArraySlice<Block>] = [story.blocks[...]]
    while var blocks = waiting.popLast() {
      guard let block = blocks.popFirst() else { continue }
      waiting.append(blocks)
      let traits = block.traits
      guard traits.role.isRead else { continue }
      switch traits.content {
      case .phrases(let phrases):
        for phrase in phrases { count += words(in: phrase.text.utf8.span) }
        count += 1
      case .blocks(let groups): for blocks in groups { waiting.append(blocks[...]) }
      case .table(let table):
        for cell in table.rows.joined() {
          for phrase in cell.phrases { count += words(in: phrase.text.utf8.span) }
          count += 1
        }
      case .code, .none: break
      }
    }
    return count
  }

  /// Words by the spaces between them; two ideographs count as one word.
  private static func words(in bytes: Bytes) -> Int {
    var spaces = 0
    var ideographs = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0x20 || byte == 0x0A { spaces &+= 1 }
      if byte >= 0xE3, byte <= 0xE9 { ideographs &+= 1 }
    }
    return spaces + ideographs / 2
  }
}
