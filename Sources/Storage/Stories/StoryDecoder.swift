internal import Stories

/// Decodes a story from the bytes that `StoryEncoder` made.
///
/// Any bytes are accepted without trapping: invalid ones set `isBroken`, counts are limited by the
/// bytes that are left, and the caller then discards the result.
struct StoryDecoder {
  private let structure: [UInt8]
  private let text: [UInt8]
  private var position = 0
  private var textPosition = 0
  /// The figures that no block has taken yet.
  var figures: ArraySlice<Figure>
  private(set) var isBroken = false

  init(structure: [UInt8], text: [UInt8], figures: ArraySlice<Figure> = []) {
    self.structure = structure
    self.text = text
    self.figures = figures
    if byte() != StoryEncoder.formatVersion { fail() }
  }

  /// Whether all structure and text has been read without an error.
  var isWhole: Bool {
    !isBroken && position == structure.count && textPosition == text.count
  }

  private var structureLeft: Int { structure.count - position }
  private var textLeft: Int { text.count - textPosition }

  /// Marks the bytes as invalid.
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

  /// A number, clamped to bounds that hold in every story that was encoded here.
  mutating func number(in bounds: ClosedRange<Int>) -> Int {
    min(max(number(), bounds.lowerBound), bounds.upperBound)
  }

  mutating func flag() -> Bool { byte() == 1 }

  /// A length of at most what `limit` gives after the length itself was read; 0 on failure.
  private mutating func count(_ limit: (StoryDecoder) -> Int) -> Int {
    let count = number()
    guard !isBroken, count >= 0, count <= limit(self) else {
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
    // Each element takes at least one byte, so a false count cannot allocate much memory.
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
