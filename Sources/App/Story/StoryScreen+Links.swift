internal import Display
internal import Settings
internal import Storage
internal import Stories

/// The links of the story: where they lead, and the letters over them.
extension StoryScreen {
  /// Opens or copies the chosen link or, with a count, the link of that number; else the story.
  mutating func useLink(_ command: Command, count: Int?, _ environment: Environment) -> Reply {
    if let count {
      let links = view.text.storyLinks
      guard links.indices.contains(count - 1) else {
        return .say(
          links.isEmpty
            ? "There is no link in this story"
            : "There is no link \(count); the story has \(counted(links.count, "link", "links"))")
      }
      view.choose(links[count - 1])
    }
    guard let link = view.link else { return environment.use(view.story.address, command) }
    return command == .copyLink ? .copy(link.target) : .follow(link.target)
  }

  /// What the status line says of a link before it is opened.
  func words(for target: LinkTarget) -> String {
    switch target {
    case .address(let address): return shownAddress(address)
    case .anchor(let name): return "#\(name), a place that the story does not have"
    case .refused(let shown): return "\(shown), which is not opened"
    case .block(let block):
      let blocks = view.story.blocks
      guard blocks.indices.contains(block) else { return "" }
      switch blocks[block].traits.reference {
      case .figure(let figure):
        let caption = safe(figure.saidCaption, oneLine: true)
        guard !caption.isEmpty else { return "Figure \(figure.number)" }
        return caption.hasPrefix("Fig") ? caption : "Figure \(figure.number): \(caption)"
      case .note(let label, let phrases):
        return "\(safe(label, oneLine: true)): \(safe(phrases.text, oneLine: true))"
      case .section(let phrases): return safe(phrases.text, oneLine: true)
      case nil: return "A place in this story"
      }
    }
  }

  // MARK: - Letters over links

  /// A place on the screen where a link or a figure begins.
  private struct HintPosition {
    var anchor: LinkHints.Anchor
    var row: Int
    var column: Int
  }

  func startHints(copies: Bool, _ environment: Environment) -> Reply {
    let hintPositions = hintPositions(in: view.lines())
    guard !hintPositions.isEmpty else {
      return .say(
        view.text.storyLinks.isEmpty
          ? "There is no link in this story" : "There is no link on this screen")
    }
    let hints = LinkHints(
      hintPositions.map(\.anchor), letters: environment.preferences.hintLetters, copies: copies)
    return .push(.hints(hints), instead: "")
  }

  /// Letters over what is on the screen now, where another size has brought other links into sight:
  /// a letter that is not seen must open nothing.
  ///
  /// `nil` where there is no link any more.
  func fitted(_ hints: LinkHints, _ environment: Environment) -> LinkHints? {
    let anchors = hintPositions(in: view.lines()).map(\.anchor)
    if Set(anchors) == Set(hints.labels.keys) { return hints }
    guard !anchors.isEmpty else { return nil }
    return LinkHints(
      anchors, letters: environment.preferences.hintLetters, copies: hints.copies)
  }

  /// Where links begin in the visible lines, and figures that have an address.
  private func hintPositions(in lines: [Line]) -> [HintPosition] {
    var hintPositions: [HintPosition] = []
    var seen: Set<Int> = []
    for row in lines.indices {
      var column = 0
      for span in lines[row].spans {
        if let number = span.link?.number, seen.insert(number).inserted,
          let link = view.link(numbered: number)
        {
          hintPositions.append(HintPosition(anchor: .link(link), row: row, column: column))
        }
        column += displayWidth(of: span.text)
      }
    }
    for (block, target) in view.pictures {
      let row = view.layout.row(ofBlock: block) - view.top
      guard lines.indices.contains(row) else { continue }
      hintPositions.append(
        HintPosition(anchor: .figure(block, target), row: row, column: view.layout.options.margin))
    }
    return hintPositions.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }

  /// Draws the labels over the beginnings of the links, none over another.
  func lay(_ hints: LinkHints, over lines: inout [Line]) {
    var free = (row: -1, column: 0)
    for position in hintPositions(in: lines) {
      guard let rest = hints.rest(of: position.anchor) else { continue }
      if free.row != position.row { free = (position.row, 0) }
      let column = max(position.column, free.column)
      let label = [
        Span(hints.typed, .key, overlay: .match), Span(String(rest), .key, overlay: .currentMatch),
      ].filter { !$0.text.isEmpty }
      lines[position.row] = lines[position.row].covered(from: column, by: label)
      free.column = column + Line(label).width
    }
  }
}

extension StoryView {
  /// The figures whose picture has an address, by block.
  fileprivate var pictures: [(block: Int, target: LinkTarget)] {
    story.blocks.indices.compactMap { index in
      guard case .figure(let figure) = story.blocks[index], let image = figure.image else {
        return nil
      }
      return (index, LinkTarget(address: image))
    }
  }
}

// MARK: - Addresses

extension LinkTarget {
  /// Where it leads outside of the story: an anchor leads to a place on the story's page.
  func address(onPage page: String?) -> String? {
    switch self {
    case .address(let address), .refused(let address): return address
    case .anchor(let name):
      guard let page, !page.isEmpty else { return nil }
      return WebAddress("#" + name, relativeTo: WebAddress(page))?.opened
    case .block: return nil
    }
  }
}

extension Environment {
  /// Copies where a link leads to; `page` is the address of the story that it stands in.
  func copy(_ target: LinkTarget, onPage page: String?) -> Reply {
    guard let address = target.address(onPage: page) else {
      return .say("This link stays in the story: it has no address to copy")
    }
    return .several([
      .effect(.copy(address)), .say("Copied \(shortened(shownAddress(address), to: 60))"),
    ])
  }
}
