/// Whether a page is plain text: by its declared format, its name, or the lack of tags at its start.
func isPlainText(_ page: Page, _ text: [UInt8]) -> Bool {
  if let format = page.format { return format == .text }
  let head = text.prefix(65_536)
  let name = (page.name ?? "").utf8.suffix(9)
  let ending = String(decoding: name.drop { $0 != 0x2E }, as: UTF8.self).lowercased()
  if [".txt", ".md", ".markdown", ".text", ".eml"].contains(ending) {
    // A page saved under the wrong name begins with a tag.
    return head.first { !$0.isSpace } != 0x3C
  }
  return !zip(head, head.dropFirst()).contains { one, next in
    one == 0x3C && (next.isLetter || next == 0x21 || next == 0x2F || next == 0x3F)
  }
}
