/// Raw text: the content of elements in which "<" begins no tag, such as scripts and titles.
///
/// It ends at the end tag of the same name and nowhere else, as the HTML standard says.
extension PageScan {
  /// Copies what stands up to the end tag of the same name.
  ///
  /// Scripts are copied as they are, and text with its "<" kept. Styles, and what a frame holds for
  /// browsers without frames, are left out.
  mutating func copyRawText(_ tag: HTMLTag, isFlattened: Bool) {
    let end = endOfRawText(Array(tag.name.utf8))
    switch tag {
    case .script:
      // Without its tag, a script would be text.
      if at < end, !isFlattened {
        strings.bytes.append(contentsOf: page[at..<end])
        markup.append(decimal: strings.close(from: strings.bytes.count - (end - at)))
      }
    case .title, .textarea, .xmp, .plaintext:
      while at < end {
        copyText(until: 0x3C, end: end)
        if at < end { copyBracket() }
      }
      endText()
    default: break
    }
    at = end
    // Unclosed, the library would read the rest of its buffer as script.
    if at >= page.count { markup.append(contentsOf: Array("</\(tag.name)>".utf8)) }
  }

  /// Where the next end tag of the name begins, or the end of the page.
  private func endOfRawText(_ name: [UInt8]) -> Int {
    let page = page.span
    var place = at
    while place < page.count {
      if page[place] == 0x3C, place + 2 + name.count <= page.count, page[place + 1] == 0x2F,
        name.indices.allSatisfy({ page[place + 2 + $0].lowercased == name[$0] }),
        place + 2 + name.count == page.count || !page[place + 2 + name.count].isNameByte
      {
        break
      }
      place += 1
    }
    return place
  }
}
