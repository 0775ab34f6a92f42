internal import Display
internal import Stories

// The links and the figures of the open story as lists to choose from. `Enter` on a link opens it
// and on a figure goes there; what has an address can be copied, or opened without leaving the
// list.
extension Reader {
  func openLinkList() {
    guard let story else { return }
    let links = story.text.storyLinks
    guard !links.isEmpty else { return say("There is no link in this story") }
    let entries = links.enumerated().map { index, link in
      let address = words(for: link.target)
      let words = safe(link.text, oneLine: true)
      return Picker.Entry(
        depth: 0,
        words: words.isEmpty ? address : words,
        facts: truncated(host(of: address), to: Self.mostHost, isASCII: options.isASCII),
        sign: numbered(index + 1, of: links.count), target: .link(link),
        found: "\(index + 1) \(address)")
    }
    // The chosen link, or the first one from here on.
    let here = links.firstIndex { link in
      story.link.map { $0.number == link.number }
        ?? story.layout.row(of: link).map { $0 >= story.top } ?? false
    }
    open(
      Picker("Links", entries, of: story.id, at: here ?? 0),
      instead: "\(tabbed(.nextLink)) goes from link to link")
  }

  func openFigureList() {
    guard let story else { return }
    let blocks = story.story.blocks.indices.filter { figure(ofBlock: $0) != nil }
    guard !blocks.isEmpty else { return say("There is no figure in this story") }
    let rows = story.layout.rowCount
    let entries = blocks.compactMap { block -> Picker.Entry? in
      guard let figure = figure(ofBlock: block) else { return nil }
      let caption = figure.caption.text.isEmpty ? figure.alt ?? "" : figure.caption.text
      let credit = figure.credit.map { " — \($0)" } ?? ""
      return Picker.Entry(
        depth: 0,
        words: "\(figure.kind.rawValue): \(caption)\(credit)",
        facts: percentWords(story.layout.row(ofBlock: block), of: rows),
        sign: numbered(figure.number, of: blocks.count), target: .part(.block(block)),
        found: String(figure.number))
    }
    let here = blocks.lastIndex { story.layout.row(ofBlock: $0) <= story.looked }
    open(
      Picker("Figures", entries, of: story.id, at: here ?? 0),
      instead: "\(key(for: .nextFigure)) goes from figure to figure")
  }

  /// A number as wide as the largest, so that words stand below words.
  private func numbered(_ number: Int, of most: Int) -> String {
    spaces(String(most).utf8.count - String(number).utf8.count) + String(number)
  }

  /// As much of a host as tells one site from another.
  private static let mostHost = 24

  /// The part of an address that names the site, or all of what is no address.
  private func host(of address: String) -> String {
    guard let range = address.utf8.firstIndex(of: 0x2F).map({ address[$0...] }),
      range.hasPrefix("//")
    else { return address }
    return String(range.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" })
  }

  private func figure(ofBlock block: Int) -> Figure? {
    guard let blocks = story?.story.blocks, blocks.indices.contains(block),
      case .figure(let figure) = blocks[block]
    else { return nil }
    return figure
  }

  // MARK: - What is done with the selected one

  /// Where the selected entry leads out of the story, if anywhere.
  private var choiceTarget: LinkTarget? {
    guard let picker, story?.id == picker.story else { return nil }
    switch picker.selection?.target {
    case .link(let link): return link.target
    case .part(.block(let block)):
      return figure(ofBlock: block)?.image.map { LinkTarget(address: $0) }
    default: return nil
    }
  }

  /// Whether a figure is selected whose picture has an address.
  var hasPicture: Bool {
    if case .part = picker?.selection?.target { choiceTarget != nil } else { false }
  }

  /// Opens or copies the selected link or picture, or shows where a link stands.
  func useChoice(_ command: Command) {
    if command == .showPlace { return showChoice() }
    guard let target = choiceTarget else {
      if case .part(.block(let block)) = picker?.selection?.target, figure(ofBlock: block) != nil {
        return say("The page names no address of this figure")
      }
      return refuseInPicker(command)
    }
    if command == .copyLink { return copy(target) }
    // What leads elsewhere in the story is to be seen.
    if case .block = target { picker = nil }
    follow(target)
  }

  private func showChoice() {
    guard case .link(let link) = picker?.selection?.target, story?.id == picker?.story else {
      return performInPicker(.open, count: nil)
    }
    picker = nil
    rememberPlace()
    story?.choose(link)
  }

  /// What the status line says of the selected link before it is opened.
  var choiceWords: String? {
    guard help == nil, case .link(let link) = picker?.selection?.target else { return nil }
    return words(for: link.target)
  }
}
