import Stories

/// Takes out of the text what says again who wrote it: a byline above it, the author's life below it.
///
/// Contract: only lines that hold a whole name of the byline. Above, a short line of little else ("Do
/// 25.04.24 | 14:07 | Von NAME"); below, a short paragraph among the last that has the name among its
/// first words, which becomes the author's card where there is none.
func takeSignatures(_ story: inout Story) -> [Dropped] {
  let names = story.byline.filter { $0.utf8.count > 5 && $0.utf8.contains(0x20) }
  guard !names.isEmpty, story.blocks.count > 4 else { return [] }
  var taken: [Dropped] = []
  for index in (0..<3).reversed() {
    guard case .paragraph(let phrases) = story.blocks[index],
      signs(phrases.text, names)
    else { continue }
    taken.append(Dropped(.byline, String(phrases.text.prefix(60))))
    story.blocks.remove(at: index)
  }
  // Of what is left the last blocks may be the first.
  guard story.authorCard == nil, story.blocks.count > 4 else { return taken }
  for index in story.blocks.indices.suffix(3) {
    guard let (name, text) = life(story.blocks[index], names) else { continue }
    story.authorCard = AuthorCard(name: name, text: text, isPlaceholder: false)
    taken.append(Dropped(.author, String(text.prefix(60))))
    story.blocks.removeSubrange((headsLife(story.blocks[index - 1]) ? index - 1 : index)...index)
    break
  }
  return taken
}

/// Whether a line is names of the byline and little else.
private func signs(_ text: String, _ names: [String]) -> Bool {
  guard text.utf8.count < Thresholds.label, !".!?".contains(text.last ?? ".") else { return false }
  var rest = text
  for name in names { if let place = rest.firstRange(of: name) { rest.removeSubrange(place) } }
  return rest.utf8.count < text.utf8.count && rest.utf8.count <= 40
}

/// The author and the text of a paragraph that tells who that is.
///
/// It is short, and the name stands among its first words, with what names a person before it ("Our
/// correspondent NAME", "About the author: NAME"). Words in lower case are a sentence about somebody.
private func life(_ block: Block, _ names: [String]) -> (name: String, text: String)? {
  guard case .paragraph(let phrases) = block else { return nil }
  let length = phrases.reduce(0) { $0 + $1.text.utf8.count }
  guard (40..<500).contains(length) else { return nil }
  let text = phrases.text
  let bytes = Array(text.utf8)
  for name in names {
    guard let start = place(of: Array(name.utf8), in: bytes), start + name.utf8.count < bytes.count,
      " ,(".utf8.contains(bytes[start + name.utf8.count])
    else { continue }
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let words = before.split(separator: " ")
    let isNaming =
      words.count <= 3 && words.allSatisfy { $0.first?.isLowercase == false }
      || before.hasSuffix(": ")
    if isNaming { return (name, text) }
  }
  return nil
}

/// Where a name begins among the first forty bytes of a text.
private func place(of name: [UInt8], in text: [UInt8]) -> Int? {
  guard name.count <= text.count else { return nil }
  return (0...min(40, text.count - name.count)).first { text[$0...].starts(with: name) }
}

/// A line such as "The author" above it.
private func headsLife(_ block: Block) -> Bool {
  switch block {
  case .heading: true
  case .paragraph(let phrases):
    phrases.text.utf8.count < 30 && !".!?".contains(phrases.text.last ?? ".")
  default: false
  }
}
