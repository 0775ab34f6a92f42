import Stories

/// Last repairs on the blocks.
///
/// Contract: a heading has text below it, and so has a line at the end that announces some, for what
/// they led to was left out; a line of asterisks or dashes is a rule; a rule stands between blocks;
/// marks of templates are nothing.
func tidy(_ blocks: [Block]) -> [Block] {
  var kept: [Block] = []
  for block in blocks.reversed() {
    switch block {
    case .heading(let level, _):
      if leadsNowhere(level, before: kept.last) { continue }
    case .paragraph(let phrases):
      if isOrnament(phrases) {
        if !kept.isEmpty { kept.append(.rule) }
        continue
      }
      if isTemplateMark(phrases) || kept.isEmpty && announces(phrases) { continue }
    case .rule: if kept.isEmpty { continue }
    default: break
    }
    kept.append(block)
  }
  kept.reverse()
  joinCaptions(&kept)
  while case .some(.rule) = kept.first { kept.removeFirst() }
  return kept
}

private func leadsNowhere(_ level: Int, before next: Block?) -> Bool {
  switch next {
  case .none, .some(.rule): true
  case .some(.heading(let nextLevel, _)): nextLevel <= level
  default: false
  }
}

/// A short line that ends in a colon: "More on this story:".
private func announces(_ phrases: [Phrase]) -> Bool {
  guard let last = phrases.last?.text.unicodeScalars.last, last == ":" || last == "：" else {
    return false
  }
  return phrases.reduce(0) { $0 + $1.text.utf8.count } < Thresholds.announcement
}

/// "$$ARTICLEAD$$", "{{ad}}": where the site's program would have put something.
private func isTemplateMark(_ phrases: [Phrase]) -> Bool {
  guard phrases.count == 1, let text = phrases.first?.text.utf8, text.count < 40 else {
    return false
  }
  if text.starts(with: "$$".utf8), text.suffix(2).elementsEqual("$$".utf8), text.count > 4 {
    return text.dropFirst(2).dropLast(2).allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F }
  }
  return text.starts(with: "{{".utf8) && text.suffix(2).elementsEqual("}}".utf8)
}

/// "* * *", "---", "•": marks that part a text and say nothing.
private func isOrnament(_ phrases: [Phrase]) -> Bool {
  guard phrases.count < 4 else { return false }
  let text = phrases.text
  return text.utf8.count < 200 && text.unicodeScalars.allSatisfy(isOrnament)
}

/// Box drawing, blocks and geometric shapes stand where a typewriter has asterisks.
private func isOrnament(_ scalar: Unicode.Scalar) -> Bool {
  (0x2500...0x25FF).contains(scalar.value)
    || " \u{3000}\n*-_=~#•·–—―∗⁂.".unicodeScalars.contains(scalar)
}
