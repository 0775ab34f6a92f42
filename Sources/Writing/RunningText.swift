package import Stories

extension Story {
  /// The story's own text: the standfirst, then one line a block, without headline, callouts and
  /// comments.
  package var runningText: String {
    let lines = lines(of: blocks)
    guard let standfirst, !lines.contains(standfirst) else { return lines.joined(separator: "\n") }
    return ([standfirst] + lines).joined(separator: "\n")
  }

  /// The section headings in reading order, each in one line.
  package var headings: [String] {
    blocks.compactMap { if case .heading(_, let phrases) = $0 { phrases.oneLine } else { nil } }
  }
}

extension Comment {
  /// The comment's text: one line a block.
  package var text: String { lines(of: blocks).joined(separator: "\n") }
}

extension [Phrase] {
  /// The text in one line: line breaks become spaces.
  var oneLine: String {
    let text = self.text
    guard text.utf8.contains(0x0A) else { return text }
    return String(decoding: text.utf8.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
  }
}

/// The lines of blocks; the parser bounds how deep blocks nest.
private func lines(of blocks: [Block]) -> [String] {
  var result: [String] = []
  for block in blocks { append(block, to: &result) }
  return result
}

private func append(_ block: Block, to result: inout [String]) {
  let traits = block.traits
  guard traits.role.isRead else { return }
  switch traits.content {
  case .none: break
  case .phrases(let phrases):
    if case .note(let label, _) = traits.reference, !label.isEmpty {
      result.append("\(label) \(phrases.oneLine)")
    } else {
      result.append(phrases.oneLine)
    }
  case .code(let text): result.append(text)
  case .blocks(let groups): for block in groups.joined() { append(block, to: &result) }
  case .table(let table):
    for row in table.rows {
      result.append(row.map(\.phrases.oneLine).joined(separator: "\t"))
    }
  }
}
