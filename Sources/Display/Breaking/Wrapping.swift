/// Wraps one line of text to a width in columns, for messages and labels outside a story.
///
/// The text is taken to be safe and in one line, as `safe` gives it; spaces at the ends of rows are
/// left out, and there is no row for no text.
package func wrapped(_ text: String, to columns: Int) -> [String] {
  let bytes = Array(text.utf8)
  guard bytes.contains(where: { $0 != 0x20 }) else { return [] }
  var breaker = LineBreaker(width: columns)
  let isASCII = bytes.allSatisfy { $0 &- 0x20 < 0x5F }
  breaker.breakText(bytes.span, 0..<bytes.count, isASCII: isASCII)
  let ends = breaker.rows.dropFirst().map(Int.init) + [bytes.count]
  return zip(breaker.rows, ends).map { start, end in
    var row = bytes[Int(start)..<end]
    while row.last == 0x20 || row.last == 0x0A { row.removeLast() }
    return String(decoding: row, as: UTF8.self)
  }
}
