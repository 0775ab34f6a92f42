import Stories

/// Takes labels, dates, bylines and the headline out of the blocks: those that no element holds alone.
///
/// Contract: `prune` judges elements; a line between two breaks is known only as a block. Looks at
/// short paragraphs at the top level once. What it takes is answered for the report.
func takeLooseLines(_ blocks: inout [Block], title: String) -> [Dropped] {
  let title = MetadataChoice.key(title)
  var taken: [Dropped] = []
  var isHead = true
  blocks.removeAll { block in
    guard case .paragraph(let phrases) = block else { return false }
    let length = phrases.reduce(0) { $0 + $1.text.unicodeScalars.count }
    guard length < Thresholds.looseLine else {
      isHead = false
      return false
    }
    guard let kind = kind(of: phrases, title, isHead: isHead) else { return false }
    taken.append(Dropped(kind, String(phrases.text.prefix(60))))
    return true
  }
  return taken
}

private func kind(of phrases: [Phrase], _ title: [UInt8], isHead: Bool) -> Dropped.Kind? {
  // A line that is one link to another place of this page leads past something.
  if phrases.allSatisfy({ $0.link?.hasPrefix("#") ?? false }) { return .menu }
  let text = phrases.text
  if let kind = Labels.kind(of: text, isHeading: false) { return kind }
  guard isHead else { return nil }
  if !title.isEmpty, isTitle(MetadataChoice.key(text), title) { return .title }
  guard !endsSentence(text) else { return nil }
  if plainDate(text) != nil { return .date }
  if case .byline = PlainLabel(text) { return .byline }
  return nil
}

/// The headline, alone or with the few words that stand above it.
private func isTitle(_ line: [UInt8], _ title: [UInt8]) -> Bool {
  line == title
    || title.count > 20 && line.count < title.count + 60 && line.suffix(title.count) == title[...]
}

private func endsSentence(_ text: String) -> Bool {
  text.unicodeScalars.last.map { ".!?。！？…:".unicodeScalars.contains($0) } ?? false
}
