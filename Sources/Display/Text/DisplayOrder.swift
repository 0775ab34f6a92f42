import Bidi

/// Where bidirectional text is reordered for display.
package enum TextOrder: String, Sendable, Hashable {
  /// Nowhere: text in logical order, for other programs.
  case asWritten
  /// In the terminal: right-to-left paragraphs are right-aligned, in logical order.
  case byTerminal
  /// In Courant: rows are in visual order.
  case asSeen
}

/// Spans that are one line of words, as they are seen: for what stands outside a story, as a
/// headline in the list.
///
/// They are a paragraph of their own, so nothing in them reorders what is beside them. Its direction is
/// that of their first letter; a sentence of Courant's runs from left to right, and what it quotes
/// in an order of its own. Cut them to their width first, for the end of the words is not the end
/// of what is seen.
package func inDisplayOrder(_ spans: [Span], isSentence: Bool = false) -> [Span] {
  guard spans.contains(where: { $0.text.unicodeScalars.contains { mayRunLeft($0.value) } }) else {
    return spans
  }
  var scalars: [UInt32] = []
  var places: [Int] = []
  for scalar in spans.lazy.flatMap(\.text.unicodeScalars) {
    if isSentence, scalar == "”" { scalars.append(popIsolate) }
    places.append(scalars.count)
    scalars.append(scalar.value)
    if isSentence, scalar == "“" { scalars.append(firstStrongIsolate) }
  }
  let all = bidiLevels(of: scalars, direction: isSentence ? .leftToRight : nil).levels
  let levels = places.map { all[$0] }
  var pieces: [Span] = []
  var pieceLevels: [UInt8] = []
  var index = 0
  for span in spans {
    var level: UInt8?
    for scalar in span.text.unicodeScalars {
      defer { index += 1 }
      if levels[index] != level {
        level = levels[index]
        pieces.append(span)
        pieces[pieces.count - 1].text = ""
        pieceLevels.append(levels[index])
      }
      pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
    }
  }
  return ordered(pieces, pieceLevels)
}

// They stand around what is quoted while it is put in order, and are never drawn.
private let firstStrongIsolate: UInt32 = 0x2068
private let popIsolate: UInt32 = 0x2069

/// Pieces of one level each in the order in which they are seen, their text turned where it runs
/// from right to left.
func ordered(_ pieces: [Span], _ levels: [UInt8]) -> [Span] {
  visualOrder(of: levels).map { index in
    guard !levels[index].isMultiple(of: 2) else { return pieces[index] }
    var piece = pieces[index]
    piece.text = mirrored(piece.text)
    return piece
  }
}

/// Whether a scalar may be of a script that runs from right to left, or one of its digits: the
/// blocks that Unicode sets apart for them.
@inline(__always)
func mayRunLeft(_ scalar: UInt32) -> Bool {
  guard scalar >= 0x590 else { return false }
  switch scalar {
  case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
    return true
  default: return false
  }
}

/// The order in which runs of some levels are seen from left to right (L2).
func visualOrder(of levels: [UInt8]) -> [Int] {
  var order = Array(levels.indices)
  guard let most = levels.max(), let least = levels.filter({ $0 % 2 == 1 }).min() else {
    return order
  }
  for level in stride(from: most, through: least, by: -1) {
    var start = 0
    while start < order.count {
      guard levels[order[start]] >= level else {
        start += 1
        continue
      }
      let end = order[start...].firstIndex { levels[$0] < level } ?? order.count
      order[start..<end].reverse()
      start = end
    }
  }
  return order
}

/// Text from its end to its beginning, marks behind their base as terminals want them, brackets
/// turned round (L3, L4).
func mirrored(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var marks: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars.reversed() {
    if scalar.value >= 0x300, columns(of: scalar.value) == 0 {
      marks.append(scalar)
      continue
    }
    result.append(mirrored(scalar))
    result.append(contentsOf: marks.reversed())
    marks = []
  }
  result.append(contentsOf: marks.reversed())
  return String(result)
}
