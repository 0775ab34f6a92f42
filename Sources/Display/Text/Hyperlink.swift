import Stories

/// Where a link of a story leads.
package enum LinkTarget: Sendable, Hashable {
  /// Out of the story: a web or mail address without a control in it.
  case address(String)
  /// To a block of the same story: a footnote, a figure or a section.
  case block(Int)
  /// To a place of the page that the story does not know, by its name without `#`.
  case anchor(String)
  /// To an address that is never opened: another scheme, or controls in it. As it may be shown.
  case refused(String)

  /// What the address of a page is as a link; whatever it holds, it may be shown.
  package init(address: String) {
    let shown = safe(address, oneLine: true)
    let bytes = Array(address.utf8)
    let isClean =
      shown == address && bytes.count <= Self.mostBytes
      && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }
    let scheme = bytes.prefix { $0 != 0x3A }.map { $0 | 0x20 }
    let rest = bytes.dropFirst(scheme.count + 1)
    let isKnown =
      switch String(decoding: scheme, as: UTF8.self) {
      case "http", "https": rest.starts(with: [0x2F, 0x2F]) && rest.count > 2
      case "mailto": !rest.isEmpty
      default: false
      }
    self = isClean && isKnown ? .address(address) : .refused(shown)
  }

  /// More than any program takes for an address.
  private static let mostBytes = 8192

  /// The address of a link that leads out of the story.
  package var address: String? { if case .address(let address) = self { address } else { nil } }
}

/// The text as a part of an address: each byte of its UTF-8 that is not kept as `%XX`.
package func percentEncoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    bytes += isKept(byte) ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// A link on a line: all spans of one link, over several rows too, have its number.
package struct Hyperlink: Sendable, Hashable {
  /// Its place among the story's links.
  package var number: Int
  /// Where it leads.
  package var target: LinkTarget

  package init(number: Int, target: LinkTarget) {
    self.number = number
    self.target = target
  }
}

/// A link of a story and where it stands, whatever hides it.
package struct StoryLink: Sendable, Hashable {
  /// Its place among the story's links, as its `Hyperlink` has it.
  package var number: Int
  /// Where it leads.
  package var target: LinkTarget
  /// The words that are the link, in one line.
  package var text: String
  /// The comment it stands in.
  package var comment: Int?
  /// The byte of the story's text where it begins.
  let start: Int
}

extension StoryText {
  /// All links of story and thread, in reading order.
  package var storyLinks: [StoryLink] { links(from: 0) }

  /// The links that begin at a byte or behind it, up to another.
  func links(from first: Int, to end: Int = .max) -> [StoryLink] {
    var found: [StoryLink] = []
    var run = runs.firstIndex(after: first) { $0.end }
    while run < runs.count, runs[run].start < end {
      let stretch = runs[run]
      run += 1
      guard stretch.link >= 0, stretch.start >= first else { continue }
      let words = text(in: stretch.start..<stretch.end)
      // A link whose words change their style is one link.
      if let last = found.last, last.number == stretch.link {
        found[found.count - 1].text += words
      } else {
        found.append(
          StoryLink(
            number: stretch.link, target: links[stretch.link], text: words,
            comment: comment(ofItem: passages[passage(ofByte: stretch.start)].item),
            start: stretch.start))
      }
    }
    return found
  }
}

extension StoryLayout {
  /// The row in which a link begins; `nil` where a fold hides it.
  package func row(of link: StoryLink) -> Int? { visibleRow(ofByte: link.start) }

  /// The row in which a block of the story begins, below the blank one above it.
  package func row(ofBlock block: Int) -> Int {
    guard let section = text.sections.first(where: { $0.part == .block(block) }),
      text.items.indices.contains(section.item)
    else { return 0 }
    return Int(firstRows[section.item]) + space(section.item)
  }
}
