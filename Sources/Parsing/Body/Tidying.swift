import Stories

/// Removes what dropping furniture left behind in the blocks.
///
/// Headings without text below them and a last line that announces something lost their content;
/// lines of asterisks or dashes become rules; rules at the start and end and unexpanded template
/// placeholders are removed.
func tidy(_ blocks: [Block]) -> [Block] {
  var kept: [Block] = []
  for block in blocks.reversed() {
    if block.isRemnant(before: kept.last) { continue }
    if case .paragraph(let phrases) = block {
      if isOrnament(phrases) {
        if !kept.isEmpty { kept.append(.rule) }
        continue
      }
      if isTemplatePlaceholder(phrases) || kept.isEmpty && isAnnouncement(phrases) { continue }
    }
    kept.append(block)
  }
  kept.reverse()
  attachCaptionLines(&kept)
  while case .some(.rule) = kept.first { kept.removeFirst() }
  return kept
}

/// Whether a paragraph is a short line that ends in a colon: "More on this story:".
private func isAnnouncement(_ phrases: [Phrase]) -> Bool {
  guard let last = phrases.last?.text.unicodeScalars.last, last == ":" || last == "：" else {
    return false
  }
  return phrases.reduce(0) { $0 + $1.text.utf8.count } < Thresholds.maximumAnnouncementBytes
}

/// Whether a paragraph is an unexpanded template placeholder: "$$ARTICLEAD$$", "{{ad}}".
private func isTemplatePlaceholder(_ phrases: [Phrase]) -> Bool {
  guard phrases.count == 1, let text = phrases.first?.text.utf8, text.count < 40 else {
    return false
  }
  if text.starts(with: "$$".utf8), text.suffix(2).elementsEqual("$$".utf8), text.count > 4 {
    return text.dropFirst(2).dropLast(2).allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F }
  }
  return text.starts(with: "{{".utf8) && text.suffix(2).elementsEqual("}}".utf8)
}

/// Whether a paragraph is a typographic separator: "* * *", "---", "•".
private func isOrnament(_ phrases: [Phrase]) -> Bool {
  guard phrases.count < 4 else { return false }
  let text = phrases.text
  return text.utf8.count < 200 && text.unicodeScalars.allSatisfy(isOrnament)
}

/// Whether a scalar is used in separators: box drawing, block elements, geometric shapes,
/// punctuation.
private func isOrnament(_ scalar: Unicode.Scalar) -> Bool {
  (0x2500...0x25FF).contains(scalar.value)
    || " \u{3000}\n*-_=~#•·–—―∗⁂.".unicodeScalars.contains(scalar)
}
