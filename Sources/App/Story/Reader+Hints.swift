internal import Display
internal import Settings
internal import Storage
internal import Stories

// Letters over the links on the screen.

extension StoryScreen {
  /// A place on the screen where a link or a figure begins.
  struct Spot {
    var thing: LinkHints.Thing
    var row: Int
    var column: Int
  }

  /// Where links begin in the visible lines, and figures that have an address.
  func spots(in lines: [Line]) -> [Spot] {
    var spots: [Spot] = []
    var seen: Set<Int> = []
    for row in lines.indices {
      var column = 0
      for span in lines[row].spans {
        if let link = span.link, seen.insert(link.number).inserted {
          spots.append(Spot(thing: .link(link.number), row: row, column: column))
        }
        column += displayWidth(of: span.text)
      }
    }
    for (block, row) in figureRows where lines.indices.contains(row - top) {
      spots.append(Spot(thing: .figure(block), row: row - top, column: layout.options.margin))
    }
    return spots.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }

  /// The rows of the figures whose address is known, by block.
  private var figureRows: [(block: Int, row: Int)] {
    let blocks = story.blocks.indices.filter { index in
      if case .figure(let figure) = story.blocks[index] { figure.image != nil } else { false }
    }
    return blocks.map { ($0, layout.row(ofBlock: $0)) }
  }
}

extension Reader {
  func startHints(copies: Bool) {
    guard let story else { return }
    let spots = story.spots(in: story.lines())
    guard !spots.isEmpty else {
      return say(
        story.text.storyLinks.isEmpty
          ? "There is no link in this story" : "There is no link on this screen")
    }
    hints = letters(over: spots, of: story, copies: copies)
  }

  private func letters(
    over spots: [StoryScreen.Spot], of story: StoryScreen, copies: Bool
  ) -> LinkHints {
    LinkHints(spots.map(\.thing), of: story.id, letters: preferences.hintLetters, copies: copies)
  }

  /// Puts letters over what is seen now, where another size has brought other links into sight: a
  /// letter that is not seen must open nothing.
  func keepHints() {
    guard let hints, let story, isReading else { return }
    let spots = story.spots(in: story.lines())
    guard Set(spots.map(\.thing)) != Set(hints.labels.keys) else { return }
    self.hints = spots.isEmpty ? nil : letters(over: spots, of: story, copies: hints.copies)
  }

  /// A key while letters stand over the links; one that is no letter leaves them.
  func typeHint(_ key: Key) {
    guard var hints, let story, isReading, story.id == hints.story else {
      self.hints = nil
      return command(key)
    }
    switch key {
    case .escape, .control("c"): self.hints = nil
    case .backspace: self.hints = hints.deleteLast() ? hints : nil
    case .character(let letter):
      switch hints.type(letter) {
      case .taken(let thing): take(thing, copies: hints.copies)
      case .waiting: self.hints = hints
      case .unknown: say("No letters here go on with \(letter) · Esc leaves them")
      }
    default:
      self.hints = nil
      command(key)
    }
  }

  private func take(_ thing: LinkHints.Thing, copies: Bool) {
    hints = nil
    switch thing {
    case .link(let number):
      guard let link = story?.link(numbered: number) else { return }
      story?.choose(link)
      if copies { copy(link.target) } else { follow(link.target) }
    case .figure(let block):
      guard case .figure(let figure)? = story?.story.blocks[block], let image = figure.image
      else { return }
      let target = LinkTarget(address: image)
      if copies { copy(target) } else { follow(target) }
    }
  }

  func hintWords(_ hints: LinkHints) -> String {
    let verb = hints.copies ? "Letters copy a link" : "Letters open a link"
    return [verb, hints.copies ? "" : "capitals copy it", "Esc leaves"].filter { !$0.isEmpty }
      .joined(separator: options.dot)
  }

  /// Draws the labels over the beginnings of the links, none over another.
  func lay(_ hints: LinkHints, over lines: inout [Line], of story: StoryScreen) {
    var free = (row: -1, column: 0)
    for spot in story.spots(in: lines) {
      guard let rest = hints.rest(of: spot.thing) else { continue }
      if free.row != spot.row { free = (spot.row, 0) }
      let column = max(spot.column, free.column)
      let label = [
        Span(hints.typed, .key, overlay: .match), Span(String(rest), .key, overlay: .currentMatch),
      ].filter { !$0.text.isEmpty }
      lines[spot.row] = lines[spot.row].covered(from: column, by: label)
      free.column = column + Line(label).width
    }
  }
}
