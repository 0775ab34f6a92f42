import Stories

/// Where a link of a story leads.
package enum LinkTarget: Sendable, Hashable {
  /// Out of the story: a web or mail address that may be handed to a program (`WebAddress.opened`).
  case address(String)
  /// To a block of the same story: a footnote, a figure or a section.
  case block(Int)
  /// To a place of the page that the story does not know, by its name without `#`.
  case anchor(String)
  /// To an address that is never opened: another scheme, or controls in it. As it may be shown.
  case refused(String)

  /// What the address of a page is as a link.
  ///
  /// One that had to be read with white space or controls taken out is refused as well: pages have
  /// no need of it.
  package init(address written: String) {
    if let address = WebAddress(written), address.text.utf8.count == written.utf8.count,
      let opened = address.opened
    {
      self = .address(opened)
    } else {
      self = .refused(written.isEmpty ? "" : shownAddress(written))
    }
  }

  /// The address of a link that leads out of the story.
  package var address: String? { if case .address(let address) = self { address } else { nil } }
}

/// An address as it may be shown in one line, its host in letters that cannot deceive.
package func shownAddress(_ address: String) -> String {
  safe(WebAddress.shown(address), oneLine: true)
}

/// A name that a page gives, as of its site, as it may be shown in one line; one that looks like a
/// host is shown as a host.
package func shownName(_ name: String) -> String {
  safe(HostName.shownName(name), oneLine: true)
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
    let styles = markup.styles
    var run = styles.firstIndex(after: first) { $0.end }
    while run < styles.count, styles[run].start < end {
      let stretch = styles[run]
      run += 1
      guard stretch.link >= 0, stretch.start >= first else { continue }
      let words = text(in: stretch.start..<stretch.end)
      // A link whose words change their style is one link.
      if let last = found.last, last.number == stretch.link {
        found[found.count - 1].text += words
      } else {
        found.append(
          StoryLink(
            number: stretch.link, target: markup.links[stretch.link], text: words,
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
