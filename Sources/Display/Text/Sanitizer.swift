/// Turns text from outside into text that may go to a terminal, run after run.
///
/// State is kept between runs, so that markup cannot get around the limits: a mark at the start of a
/// run belongs to the base before it, and a fifth mark is dropped wherever it is.
struct Sanitizer {
  /// Controls taken out and white space folded, for fields of one line.
  var oneLine = false
  private var marks = 0
  private var hasBase = false
  private var endsInSpace = true
  /// The format characters that were taken out, by where they stood in what was written.
  private(set) var formatCharacters: [FormatCharacter] = []
  /// Whether there was anything that may run from right to left.
  private(set) var mayRunLeft = false

  init(oneLine: Bool = false) { self.oneLine = oneLine }

  /// Appends the safe form of `text`; returns whether all of it was plain ASCII in one line, with
  /// no format character between.
  mutating func append(_ text: String, to out: inout [UInt8]) -> Bool {
    let plain = plainPrefix(text.utf8.span)
    if plain == text.utf8.count, !oneLine {
      guard plain > 0 else { return true }
      out.append(contentsOf: text.utf8)
      marks = 0
      hasBase = out.last != 0x20
      return true
    }
    let first = out.count
    let known = formatCharacters.count
    appendScalars(text.utf8.span, to: &out)
    for index in first..<out.count where out[index] >= 0x7F || out[index] < 0x20 { return false }
    return formatCharacters.count == known
  }

  private func plainPrefix(_ bytes: Bytes) -> Int {
    for index in bytes.indices where bytes[index] &- 0x20 >= 0x5F { return index }
    return bytes.count
  }

  private mutating func appendScalars(_ bytes: Bytes, to out: inout [UInt8]) {
    var index = 0
    let count = bytes.count
    while index < count {
      let byte = bytes[index]
      if byte &- 0x21 < 0x5E {
        out.append(byte)
        marks = 0
        hasBase = true
        endsInSpace = false
        index &+= 1
      } else if byte < 0x80 {
        index = appendControl(byte, at: index, of: bytes, to: &out)
      } else {
        let (scalar, length) = decode(bytes, at: index, end: count)
        appendScalar(scalar, from: index, length: length, of: bytes, to: &out)
        index &+= length
      }
    }
  }

  /// A space, a control or DEL; returns where to go on.
  private mutating func appendControl(
    _ byte: UInt8, at index: Int, of bytes: Bytes, to out: inout [UInt8]
  ) -> Int {
    switch byte {
    case 0x20: space(to: &out)
    case 0x09:
      space(to: &out)
      if !oneLine { out.append(contentsOf: [0x20, 0x20, 0x20]) }
    case 0x0A: newline(to: &out)
    case 0x0D where index + 1 < bytes.count && bytes[index + 1] == 0x0A:
      newline(to: &out)
      return index + 2
    case 0x0B...0x0D where oneLine: space(to: &out)
    default:
      // The pictures of the controls stand in Unicode in their own order, and DEL's after them.
      let picture: UInt8 = byte == 0x7F ? 0xA1 : 0x80 + byte
      if !oneLine { base([0xE2, 0x90, picture], to: &out) }
    }
    return index + 1
  }

  private mutating func appendScalar(
    _ scalar: UInt32, from index: Int, length: Int, of bytes: Bytes, to out: inout [UInt8]
  ) {
    switch WidthTable.shared.shape(scalar) {
    case .dropped:
      if !oneLine, FormatCharacter.isKept(scalar) { keep(scalar, at: out.count) }
    case .lineBreak: newline(to: &out)
    case .blank: space(to: &out)
    case .unassigned: base([0xEF, 0xBF, 0xBD], to: &out)
    case .c1:
      // A C1 control is ESC and a letter in one: shown as those two.
      if !oneLine { base([0xE2, 0x90, 0x9B, UInt8(truncatingIfNeeded: scalar &- 0x40)], to: &out) }
    case .mark:
      guard hasBase, marks < 4 else { return }
      marks += 1
      for offset in 0..<length { out.append(bytes[index + offset]) }
    case .skinTone where hasBase: return
    case .narrow, .wide, .skinTone:
      // U+00A0 and its kin are white space where only one line is wanted.
      if oneLine, scalar == 0xA0 || scalar == 0x3000 || scalar &- 0x2000 <= 0x0A {
        return space(to: &out)
      }
      marks = 0
      hasBase = true
      endsInSpace = false
      if Display.mayRunLeft(scalar) { mayRunLeft = true }
      for offset in 0..<length { out.append(bytes[index + offset]) }
    }
  }

  private mutating func keep(_ scalar: UInt32, at offset: Int) {
    let place = UInt32(truncatingIfNeeded: offset)
    let limit = FormatCharacter.limitPerOffset
    if formatCharacters.count >= limit,
      formatCharacters[formatCharacters.count - limit].offset == place
    {
      return
    }
    formatCharacters.append(FormatCharacter(offset: place, scalar: scalar))
  }

  private mutating func base(_ bytes: [UInt8], to out: inout [UInt8]) {
    out.append(contentsOf: bytes)
    marks = 0
    hasBase = true
    endsInSpace = false
  }

  private mutating func space(to out: inout [UInt8]) {
    marks = 0
    hasBase = false
    if oneLine && endsInSpace { return }
    endsInSpace = true
    out.append(0x20)
  }

  private mutating func newline(to out: inout [UInt8]) {
    if oneLine { return space(to: &out) }
    marks = 0
    hasBase = false
    out.append(0x0A)
  }
}

/// The scalar that begins at `index` in valid UTF-8, and how many bytes it takes.
@inline(__always)
func decode(_ bytes: Bytes, at index: Int, end: Int) -> (UInt32, Int) {
  let first = UInt32(bytes[index])
  if first < 0x80 { return (first, 1) }
  if first < 0xE0, index + 1 < end {
    return ((first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
  }
  if first < 0xF0, index + 2 < end {
    let middle = UInt32(bytes[index + 1] & 0x3F) << 6
    return ((first & 0x0F) << 12 | middle | UInt32(bytes[index + 2] & 0x3F), 3)
  }
  if index + 3 < end {
    let high = (first & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12
    return (
      high | UInt32(bytes[index + 2] & 0x3F) << 6 | UInt32(bytes[index + 3] & 0x3F), 4
    )
  }
  return (0xFFFD, 1)
}

/// UTF-8 seen in place; the long name, since a `Span` here is a run of a line.
typealias Bytes = Swift.Span<UInt8>
