/// A program and its arguments, from one line: parted at spaces as a shell would, with quotes around
/// what holds together.
///
/// Nothing else has a meaning; `nil` of an empty line or an open quote.
package func programWords(_ line: String) -> [String]? {
  var words: [String] = []
  var word: String?
  var quote: Character?
  for character in line {
    if let open = quote {
      if character == open { quote = nil } else { word?.append(character) }
    } else if character == "\"" || character == "'" {
      quote = character
      word = word ?? ""
    } else if character == " " {
      if let word { words.append(word) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  if let word { words.append(word) }
  return quote == nil && !words.isEmpty ? words : nil
}
