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
  var figures: ArraySlice<Figure>
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

  mutating func fail() { isBroken = true }

  mutating func byte() -> UInt8 {
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
}
