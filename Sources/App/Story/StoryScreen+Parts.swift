internal import Display
internal import Stories

// The outline, the links and the figures of the story, as lists to choose from. `Enter` on a link
// opens it and on a figure goes there; what has an address can be copied, or opened without leaving
// the list.
extension StoryScreen {
  func openOutline(_ environment: Environment) -> Reply {
    let outline = Outline(view)
    let picker = Picker(
      .outline, outline.entries, of: id, at: outline.current, folds: outline.folds)
    return .push(
      .picker(picker),
      instead: "\(environment.key(for: .nextSection)) goes from section to section")
  }

  func openLinkList(_ environment: Environment) -> Reply {
    let links = view.text.storyLinks
    guard !links.isEmpty else { return .say("There is no link in this story") }
    let entries = links.enumerated().map { index, link in
      let address = words(for: link.target)
      let words = safe(link.text, oneLine: true)
      return Picker.Entry(
        depth: 0, words: words.isEmpty ? address : words,
        facts: truncated(
          host(of: address), to: Self.maxHostColumns, isASCII: environment.isASCII),
        marker: numbered(index + 1, of: links.count), target: .link(link),
        keywords: "\(index + 1) \(address)", address: .link(link.target, words: address))
    }
    // The chosen link, or the first one from here on.
    let here = links.firstIndex { link in
      view.link.map { $0.number == link.number }
        ?? view.layout.row(of: link).map { $0 >= view.top } ?? false
    }
    return .push(
      .picker(Picker(.links, entries, of: id, at: here ?? 0)),
      instead: "\(environment.lastKey(for: .nextLink)) goes from link to link")
  }

  func openFigureList(_ environment: Environment) -> Reply {
    let blocks = view.story.blocks.indices.filter { figure(ofBlock: $0) != nil }
    guard !blocks.isEmpty else { return .say("There is no figure in this story") }
    let rows = view.layout.rowCount
    let entries = blocks.compactMap { block -> Picker.Entry? in
      guard let figure = figure(ofBlock: block) else { return nil }
      let caption = figure.saidCaption
      let credit = figure.credit.map { " — \($0)" } ?? ""
      let colon = caption.isEmpty ? "" : ": "
      return Picker.Entry(
        depth: 0, words: "\(figure.kind.rawValue)\(colon)\(caption)\(credit)",
        facts: percentWords(view.layout.row(ofBlock: block), of: rows),
        marker: numbered(figure.number, of: blocks.count), target: .part(.block(block)),
        keywords: String(figure.number), address: figure.address)
    }
    let here = blocks.lastIndex { view.layout.row(ofBlock: $0) <= view.currentRow }
    return .push(
      .picker(Picker(.figures, entries, of: id, at: here ?? 0)),
      instead: "\(environment.key(for: .nextFigure)) goes from figure to figure")
  }

  private func figure(ofBlock block: Int) -> Figure? {
    if case .figure(let figure) = view.story.blocks[block] { figure } else { nil }
  }

  /// A number as wide as the largest, so that words stand below words.
  private func numbered(_ number: Int, of most: Int) -> String {
    spaces(String(most).utf8.count - String(number).utf8.count) + String(number)
  }

  /// As many columns of a host as tell one site from another.
  private static let maxHostColumns = 24

  /// The part of an address that names the site, or all of what is no address.
  private func host(of address: String) -> String {
    guard let host = WebAddress(address)?.writtenHost, !host.isEmpty else { return address }
    return HostName.shown(host)
  }

  /// Goes to a part of the story.
  mutating func go(to target: Picker.Target) {
    switch target {
    case .part(.head): view.scroll(to: 0)
    case .part(let part): view.jump(to: view.layout.row(of: Place(part)))
    case .comment(let index):
      // A filter of comments may hide the target.
      if view.layout.folding(view.layout.folds(showing: index)).row(ofComment: index) == nil {
        view.showAll()
      }
      view.jump(toComment: index)
    case .mark, .link, .job: break
    }
  }
}
