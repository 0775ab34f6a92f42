import Stories

/// Removes labels, dates, bylines and the headline that are paragraphs without an element of their own.
///
/// `PageStudy.prune` examines elements; a line between two line breaks exists only as a block. Top-level
/// paragraphs shorter than `Thresholds.maximumLooseLineScalars` are examined once.
///
/// - Returns: The removed lines, for the report.
func removeLooseLines(_ blocks: inout [Block], title: String) -> [Dropped] {
  let title = MetadataChoice.key(title)
  var removed: [Dropped] = []
  var isHead = true
  blocks.removeAll { block in
    guard case .paragraph(let phrases) = block else { return false }
    let length = phrases.reduce(0) { $0 + $1.text.unicodeScalars.count }
    guard length < Thresholds.maximumLooseLineScalars else {
      isHead = false
      return false
    }
    guard let kind = kind(of: phrases, title, isHead: isHead) else { return false }
    removed.append(Dropped(kind, String(phrases.text.prefix(60))))
    return true
  }
  return removed
}

private func kind(of phrases: [Phrase], _ title: [UInt8], isHead: Bool) -> Dropped.Kind? {
  // A line of links to fragments of this page is a skip link or table of contents.
  if phrases.allSatisfy({ $0.link?.hasPrefix("#") ?? false }) { return .menu }
  let text = phrases.text
  if let kind = BoilerplateLabels.kind(of: text, isHeading: false) { return kind }
  guard isHead else { return nil }
  if !title.isEmpty, isTitle(MetadataChoice.key(text), title) { return .title }
  guard !endsSentence(text) else { return nil }
  if parseVisibleDate(text) != nil { return .date }
  if case .byline = PlainLabel(text) { return .byline }
  return nil
}

/// Whether a line is the headline, alone or after a kicker.
private func isTitle(_ line: [UInt8], _ title: [UInt8]) -> Bool {
  line == title
    || title.count > 20 && line.count < title.count + 60 && line.suffix(title.count) == title[...]
}

private func endsSentence(_ text: String) -> Bool {
  text.unicodeScalars.last.map { ".!?。！？…:".unicodeScalars.contains($0) } ?? false
}
