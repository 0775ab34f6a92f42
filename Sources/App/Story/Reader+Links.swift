internal import Display
internal import Storage
internal import Stories

/// Where links lead, in words and in deeds.
extension Reader {
  /// Opens or copies the chosen link or, with a count, the link of that number; else the story.
  func useLink(_ command: Command, count: Int?) {
    guard let story else { return }
    if let count {
      let links = story.text.storyLinks
      guard links.indices.contains(count - 1) else {
        return say(
          links.isEmpty
            ? "There is no link in this story"
            : "There is no link \(count); the story has \(counted(links.count, "link", "links"))")
      }
      self.story?.choose(links[count - 1])
    }
    guard let link = self.story?.link else { return use(story.story.address, command) }
    if command == .copyLink { copy(link.target) } else { follow(link.target) }
  }

  /// Opens or copies the address of a story.
  func use(_ address: String?, _ command: Command) {
    guard let address, !address.isEmpty else { return say("This story has no address") }
    let target = LinkTarget(address: address)
    if command == .copyLink { copy(target) } else { follow(target) }
  }

  /// Goes where a link leads: in the story by a jump, out of it by the opener.
  func follow(_ target: LinkTarget) {
    switch target {
    case .address(let address):
      effects.append(.openLink(address))
      say("Opening \(shortened(address))")
    case .block(let block): jump(toBlock: block)
    case .anchor(let name):
      guard let address = pageAddress(name) else {
        return say("This link leads to “\(shortened(name))”, which the story does not have")
      }
      effects.append(.openLink(address))
      say("“\(shortened(name))” is not in the story: opening the page there")
    case .refused(let shown):
      fail("Not opened: \(shortened(shown)) · only web and mail addresses without controls are")
    }
  }

  /// Copies where a link leads to.
  func copy(_ target: LinkTarget) {
    switch target {
    case .address(let address), .refused(let address): copy(address, shownAs: address)
    case .anchor(let name):
      guard let address = pageAddress(name) else { fallthrough }
      copy(address, shownAs: address)
    case .block: say("This link stays in the story: it has no address to copy")
    }
  }

  func copy(_ text: String, shownAs shown: String) {
    effects.append(.copy(text))
    say("Copied \(shortened(shown))")
  }

  /// Jumps to a footnote, figure or section of the open story.
  func jump(toBlock block: Int) {
    guard let row = story?.layout.row(ofBlock: block) else { return }
    rememberPlace()
    story?.jump(to: row)
    say("\(key(for: .jumpBack)) goes back")
  }

  /// What the status line says of a link before it is opened.
  func words(for target: LinkTarget) -> String {
    switch target {
    case .address(let address): return address
    case .anchor(let name): return "#\(name), a place that the story does not have"
    case .refused(let shown): return "\(shown), which is not opened"
    case .block(let block):
      guard let blocks = story?.story.blocks, blocks.indices.contains(block) else { return "" }
      switch blocks[block] {
      case .figure(let figure):
        let caption = safe(figure.caption.text, oneLine: true)
        return caption.hasPrefix("Fig") ? caption : "Figure \(figure.number): \(caption)"
      case .footnote(let label, let phrases):
        return "\(safe(label, oneLine: true)): \(safe(phrases.text, oneLine: true))"
      case .heading(_, let phrases): return safe(phrases.text, oneLine: true)
      case .paragraph, .list, .quote, .pullQuote, .code, .table, .embed, .rule:
        return "A place in this story"
      }
    }
  }

  /// The address of a place on the story's page.
  private func pageAddress(_ name: String) -> String? {
    guard let page = story?.story.address, !page.isEmpty else { return nil }
    return LinkTarget(address: "\(page.prefix { $0 != "#" })#\(name)").address
  }

  private func shortened(_ address: String) -> String {
    truncated(safe(address, oneLine: true), to: 60, isASCII: options.isASCII)
  }
}
