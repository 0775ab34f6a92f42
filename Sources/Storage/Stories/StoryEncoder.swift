internal import Stories

/// Encodes a story as text and structure.
///
/// The text of all blocks is one buffer with a line for each block, which the full-text index reads
/// too, so it is stored once. The structure describes the parts of that text in variable-length
/// numbers (LEB128) and holds what is not running text (addresses, styles). Figures have rows of
/// their own; the structure only has their positions. `StoryDecoder` is the inverse; both change
/// together with `formatVersion`. `BlockCodec.swift` has the encoding of each kind of block.
struct StoryEncoder {
  /// The first byte of each structure.
  static let formatVersion: UInt8 = 1
  /// The deepest nesting of blocks; deeper ones are dropped, but the parser never comes near it.
  static let depthLimit = 400
  /// The range of columns or rows that a table cell spans; the parser allows 100.
  static let spans = 1...1000

  private(set) var structure: [UInt8] = [formatVersion]
  private(set) var text: [UInt8] = []
  var figures: [Figure] = []

  mutating func number(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 0x80 {
      structure.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    structure.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func byte(_ value: UInt8) { structure.append(value) }

  mutating func flag(_ value: Bool) { structure.append(value ? 1 : 0) }

  /// A string of the structure, such as an address.
  mutating func name(_ string: String) {
    number(string.utf8.count)
    structure.append(contentsOf: string.utf8)
  }

  /// Bytes with an encoding of their own.
  mutating func data(_ bytes: [UInt8]) {
    number(bytes.count)
    structure.append(contentsOf: bytes)
  }

  /// A part of the running text; its length goes to the structure.
  mutating func words(_ string: String) {
    number(string.utf8.count)
    text.append(contentsOf: string.utf8)
  }

  /// Ends a line of the running text.
  mutating func endLine() { text.append(10) }

  mutating func optional<T>(_ value: T?, _ write: (inout StoryEncoder, T) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }

  mutating func list<T>(_ values: [T], _ write: (inout StoryEncoder, T) -> Void) {
    number(values.count)
    for value in values { write(&self, value) }
  }

  mutating func time(_ time: Timestamp) {
    number(Int(time.seconds))
    number(Int(time.form))
  }

  mutating func phrases(_ phrases: [Phrase]) {
    list(phrases) { out, phrase in
      // The style's six bits and the link's one share a byte.
      out.structure.append(phrase.style.rawValue & 0x3F | (phrase.link == nil ? 0 : 0x40))
      out.words(phrase.text)
      if let link = phrase.link { out.name(link) }
    }
    endLine()
  }

  mutating func blocks(_ blocks: [Block], depth: Int = 0) {
    let fits = depth < Self.depthLimit
    number(fits ? blocks.count : 0)
    guard fits else { return }
    for block in blocks { self.block(block, depth: depth) }
  }
}

extension Timestamp {
  /// The form of a time to the second in UTC, as the clock gives it.
  static let exactForm = Timestamp(seconds: 0).form

  /// Precision and time zone as one number: precision + 4 × zone, where the zone is 0 for none, else its
  /// offset in minutes + 1441.
  var form: Int64 {
    let zone = offset.map { Int64(min(max($0, -1440), 1440)) + 1441 } ?? 0
    return Int64(precision.rawValue) + zone * 4
  }

  /// The years 1 to 9999 in seconds since 1970: the range of the calendar.
  static let storableSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// A time from two stored numbers, clamped to `storableSeconds`; an invalid form is read as an exact
  /// time without zone.
  init(seconds: Int64, form: Int64) {
    let precision = Precision(rawValue: UInt8(form & 3)) ?? .second
    let zone = form >> 2
    self.init(
      seconds: min(max(seconds, Self.storableSeconds.lowerBound), Self.storableSeconds.upperBound),
      precision: precision,
      offset: (1...2881).contains(zone) ? Int(zone) - 1441 : nil)
  }
}
