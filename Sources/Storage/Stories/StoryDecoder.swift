internal import Stories

/// Puts a story together again from what `StoryEncoder` made of it.
///
/// Total: the bytes may be anything. What cannot be is remembered in `isBroken`, numbers are
/// bounded by what is left to read, and the caller gets no story rather than a wrong one.
struct StoryDecoder {
  private let structure: [UInt8]
  private let text: [UInt8]
  private var position = 0
  private var textPosition = 0
  /// The figures not yet met.
  private(set) var figures: ArraySlice<Figure>
  private(set) var isBroken = false

  init(structure: [UInt8], text: [UInt8], figures: ArraySlice<Figure> = []) {
    self.structure = structure
    self.text = text
    self.figures = figures
    if byte() != StoryEncoder.formatVersion { fail() }
  }

  /// Whether all structure and text has been read, and nothing was wrong.
  var isWhole: Bool {
    !isBroken && position == structure.count && textPosition == text.count
  }

  private var structureLeft: Int { structure.count - position }
  private var textLeft: Int { text.count - textPosition }

  private mutating func fail() { isBroken = true }

  private mutating func byte() -> UInt8 {
    guard position < structure.count else {
      fail()
      return 0
    }
    defer { position += 1 }
    return structure[position]
  }

  mutating func number() -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return Int(truncatingIfNeeded: value) }
      shift += 7
    }
    fail()
    return 0
  }

  /// A number that is within bounds in every story of ours, brought within them.
  mutating func number(in bounds: ClosedRange<Int>) -> Int {
    min(max(number(), bounds.lowerBound), bounds.upperBound)
  }

  mutating func flag() -> Bool { byte() == 1 }

  /// A length, of which at most `room` says how much is left once the length itself is read.
  private mutating func count(_ room: (StoryDecoder) -> Int) -> Int {
    let count = number()
    guard !isBroken, count >= 0, count <= room(self) else {
      fail()
      return 0
    }
    return count
  }

  mutating func name() -> String {
    let count = count(\.structureLeft)
    defer { position += count }
    return String(decoding: structure[position..<(position + count)], as: UTF8.self)
  }

  mutating func data() -> [UInt8] {
    let count = count(\.structureLeft)
    defer { position += count }
    return Array(structure[position..<(position + count)])
  }

  mutating func words() -> String {
    let count = count(\.textLeft)
    defer { textPosition += count }
    return String(decoding: text[textPosition..<(textPosition + count)], as: UTF8.self)
  }

  mutating func endLine() {
    guard textPosition < text.count, text[textPosition] == 10 else { return fail() }
    textPosition += 1
  }

  mutating func optional<T>(_ read: (inout StoryDecoder) -> T) -> T? {
    flag() ? read(&self) : nil
  }

  mutating func list<T>(_ read: (inout StoryDecoder) -> T) -> [T] {
    // Each element takes a byte at least, so a count that lies cannot ask for memory.
    let count = count(\.structureLeft)
    var values: [T] = []
    values.reserveCapacity(min(count, 4096))
    for _ in 0..<count {
      guard !isBroken else { break }
      values.append(read(&self))
    }
    return values
  }

  mutating func time() -> Timestamp {
    let seconds = number()
    return Timestamp(seconds: Int64(seconds), form: Int64(number()))
  }

  mutating func phrases() -> [Phrase] {
    let phrases = list { decoder in
      let style = decoder.byte()
      let text = decoder.words()
      let link = style & 0x40 == 0 ? nil : decoder.name()
      return Phrase(text, style: Phrase.Style(rawValue: style & 0x3F), link: link)
    }
    endLine()
    return phrases
  }

  mutating func blocks(depth: Int = 0) -> [Block] {
    guard depth < StoryEncoder.depthLimit else {
      if number() != 0 { fail() }
      return []
    }
    return list { $0.block(depth: depth) }
  }

  private mutating func block(depth: Int) -> Block {
    switch BlockTag(rawValue: byte()) {
    case .paragraph: return .paragraph(phrases())
    case .pullQuote: return .pullQuote(phrases())
    case .heading:
      let level = number(in: 1...6)
      return .heading(level: level, phrases())
    case .list:
      let start = optional { $0.number() }
      return .list(Block.List(start: start, items: list { $0.blocks(depth: depth + 1) }))
    case .quote: return .quote(blocks(depth: depth + 1))
    case .code:
      let code = words()
      endLine()
      return .code(code, language: optional { $0.name() })
    case .table: return .table(table())
    case .figure:
      guard let figure = figures.popFirst() else { break }
      return .figure(figure)
    case .embed: return .embed(embed())
    case .footnote:
      let label = words()
      endLine()
      return .footnote(label: label, phrases())
    case .rule: return .rule
    case nil: break
    }
    fail()
    return .rule
  }

  private mutating func table() -> Table {
    let caption = phrases()
    let rows = list { decoder in
      decoder.list { decoder in
        let isHeader = decoder.flag()
        let columns = decoder.number(in: StoryEncoder.spans)
        let rows = decoder.number(in: StoryEncoder.spans)
        return Table.Cell(decoder.phrases(), isHeader: isHeader, columns: columns, rows: rows)
      }
    }
    return Table(caption: caption, rows: rows)
  }

  private mutating func embed() -> Embed {
    let kind = Embed.Kind(rawValue: name())
    if kind == nil { fail() }
    let provider = optional { $0.name() }
    let address = optional { $0.name() }
    return Embed(kind: kind ?? .other, provider: provider, address: address, text: phrases())
  }
}
