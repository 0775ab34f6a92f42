/// The text as it may go to a terminal.
///
/// With `oneLine` controls are taken out and white space becomes single spaces, none at the ends;
/// otherwise controls are made visible (`␛[31m`) and line breaks are kept. Either way bidi
/// overrides, zero-width and joining characters are dropped, as is a mark without a base and
/// every mark after a base's fourth; what Unicode 15 does not know becomes U+FFFD.
package func safe(_ text: String, oneLine: Bool) -> String {
  var out: [UInt8] = []
  out.reserveCapacity(text.utf8.count)
  var sanitizer = Sanitizer(oneLine: oneLine)
  _ = sanitizer.append(text, to: &out)
  if oneLine, out.last == 0x20 { out.removeLast() }
  return String(decoding: out, as: UTF8.self)
}

/// The text cut to a width, with an ellipsis where something was cut off.
///
/// Marks stay with their base, and the result is never wider than `width`.
package func truncated(_ text: String, to width: Int, isASCII: Bool = false) -> String {
  guard width > 0 else { return "" }
  let room = isASCII ? max(0, width - 3) : width - 1
  var used = 0
  var cut = text.unicodeScalars.startIndex
  for index in text.unicodeScalars.indices {
    used += columns(of: text.unicodeScalars[index].value)
    if used <= room { cut = text.unicodeScalars.index(after: index) }
    guard used <= width else {
      let dots = isASCII ? String(repeating: ".", count: min(3, width)) : "…"
      return text[..<cut] + dots
    }
  }
  return text
}
