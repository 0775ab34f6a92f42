/// Splits a command line into a program and its arguments: at spaces, with single and double quotes.
///
/// No other shell syntax has a meaning; `nil` for an empty line or an unclosed quote.
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
