import Stories

/// Removes bylines before the text and the author's biography after it.
///
/// Only lines that contain a full name of the story's byline. Among the first three blocks, a short
/// line of little else ("Do 25.04.24 | 14:07 | Von NAME"); among the last three, a short paragraph
/// that introduces the name, which becomes the author card if there is none.
///
/// - Returns: The removed lines, for the report.
func removeSignatures(_ story: inout Story) -> [Dropped] {
  let names = story.byline.filter { $0.utf8.count > 5 && $0.utf8.contains(0x20) }
  guard !names.isEmpty, story.blocks.count > 4 else { return [] }
  var removed: [Dropped] = []
  for index in (0..<3).reversed() {
    guard case .paragraph(let phrases) = story.blocks[index],
      isBylineLine(phrases.text, names)
    else { continue }
    removed.append(Dropped(.byline, String(phrases.text.prefix(60))))
    story.blocks.remove(at: index)
  }
  // After the removals, short stories' last blocks can be their first ones.
  guard story.authorCard == nil, story.blocks.count > 4 else { return removed }
  for index in story.blocks.indices.suffix(3) {
    guard let (name, text) = biography(story.blocks[index], names) else { continue }
    story.authorCard = AuthorCard(name: name, text: text, isPlaceholder: false)
    removed.append(Dropped(.author, String(text.prefix(60))))
    story.blocks.removeSubrange(
      (story.blocks[index - 1].introducesBiography ? index - 1 : index)...index)
    break
  }
  return removed
}

/// Whether a line consists of names of the byline and at most 40 other bytes.
private func isBylineLine(_ text: String, _ names: [String]) -> Bool {
  guard text.utf8.count < Thresholds.maximumLabelLetters, !".!?".contains(text.last ?? ".") else {
    return false
  }
  var rest = text
  for name in names { if let place = rest.firstRange(of: name) { rest.removeSubrange(place) } }
  return rest.utf8.count < text.utf8.count && rest.utf8.count <= 40
}

/// The author and text of a paragraph that is the author's biography.
///
/// It has 40 to 499 bytes, and the name is within its first 40 bytes, after at most three capitalised
/// words or a label ("Our Correspondent NAME", "About the author: NAME"). Lower-case words before the
/// name make it a sentence about somebody.
private func biography(_ block: Block, _ names: [String]) -> (name: String, text: String)? {
  guard case .paragraph(let phrases) = block else { return nil }
  let length = phrases.reduce(0) { $0 + $1.text.utf8.count }
  guard (40..<500).contains(length) else { return nil }
  let text = phrases.text
  let bytes = Array(text.utf8)
  for name in names {
    guard let start = offset(of: Array(name.utf8), in: bytes),
      start + name.utf8.count < bytes.count,
      " ,(".utf8.contains(bytes[start + name.utf8.count])
    else { continue }
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let words = before.split(separator: " ")
    let introducesName =
      words.count <= 3 && words.allSatisfy { $0.first?.isLowercase == false }
      || before.hasSuffix(": ")
    if introducesName { return (name, text) }
  }
  return nil
}

/// The offset of a name within the first 40 bytes of a text.
private func offset(of name: [UInt8], in text: [UInt8]) -> Int? {
  guard name.count <= text.count else { return nil }
  return (0...min(40, text.count - name.count)).first { text[$0...].starts(with: name) }
}
