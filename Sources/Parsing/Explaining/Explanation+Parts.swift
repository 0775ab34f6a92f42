import Stories

/// How the figures were found and their words parted, and where the thread came from.
extension Explanation {
  func figures(_ text: inout ExplanationText) {
    text.part("Figures")
    if story.figures.isEmpty, study.figures.rejected.isEmpty { text.row("", "none") }
    for figure in story.figures.prefix(Self.mostFigures) {
      text.row(
        String(figure.number), "\(figure.kind.rawValue) \(figure.image ?? "without address")")
      let node = figure.image.flatMap(picture)
      if let node { text.row("", way(node)) }
      if !figure.caption.isEmpty {
        let holder = node.flatMap { element(with: figure.caption.text, near: $0) }
        text.row("", "caption \(figure.caption.text.quoted()) \(place(of: holder))")
      }
      if let credit = figure.credit {
        let holder = node.flatMap { element(with: credit, near: $0) }
        let isOwn = holder.map { study.evidence[$0].contains(.credit) } ?? false
        let way = isOwn ? place(of: holder) : "by its words, as credits are written"
        text.row("", "credit \(credit.quoted()) \(way)")
      }
      if figure.caption.isEmpty, let alt = figure.alt { text.row("", "alt \(alt.quoted())") }
    }
    doubts(&text)
  }

  /// Pictures with words that are no figures.
  private func doubts(_ text: inout ExplanationText) {
    for doubt in study.figures.rejected.prefix(Self.mostFigures) {
      let words = tree.line(doubt.root, limit: 200).quoted(40)
      text.row("none", "\(doubt.kind.rawValue), not a figure: \(tree.path(doubt.root)) \(words)")
    }
  }

  /// Which way the finder came to a figure.
  private func way(_ picture: Int) -> String {
    let around = [picture] + tree.ancestors(picture).prefix(FigureFinder.maximumLevels)
    guard let slot = around.lazy.compactMap({ study.figures[$0] }).first else {
      return "a picture without words of its own, in \(tree.path(tree.parent(picture) ?? picture))"
    }
    let way =
      if !slot.following.isEmpty {
        "a picture with the caption that follows it"
      } else if tree.tag(slot.root) == .figure {
        "a figure element"
      } else if slot.isNamed {
        "a picture with a caption that is named so"
      } else {
        "a picture with plain words beside it"
      }
    return "\(way): \(tree.path(slot.root))"
  }

  /// Each is looked for in the whole page.
  private static let mostFigures = 40

  private func place(of node: Int?) -> String { node.map { "in \(tree.path($0))" } ?? "" }

  /// The element that shows the picture of an address.
  private func picture(_ address: String) -> Int? {
    let tags: [HTMLTag] = [.img, .ampImg, .source, .video, .audio, .iframe, .object, .a]
    let name = address.split(separator: "/").last.map(String.init) ?? address
    return (1..<tree.count).first { node in
      guard tags.contains(tree.tag(node)) else { return false }
      let record = tree.records[node]
      let first = Int(record.first)
      return tree.attributes[first..<first + Int(record.attributeCount)].contains { attribute in
        let value = tree.bytes[Int(attribute.start)..<Int(attribute.end)].prefix(4096)
        return Array(value).firstOffset(of: name) != nil
      }
    }
  }

  /// The tightest element around a picture that holds the words.
  private func element(with words: String, near node: Int) -> Int? {
    let start = String(words.prefix(40))
    for above in tree.ancestors(node).prefix(5) where tree.line(above, limit: 4000).contains(start)
    {
      return tree.subtree(above).prefix(400).last { inner in
        tree.isElement(inner) && tree.line(inner, limit: 1000).contains(start)
      }
    }
    return nil
  }

  func thread(_ text: inout ExplanationText) {
    text.part("Thread")
    let thread = story.thread
    text.row(
      "comments", "\(thread.comments.count) read, \(thread.count.map(String.init) ?? "no") stated")
    let state =
      switch thread.state {
      case .unknown: "the page does not say"
      case .open: "open"
      case .closed: "closed"
      case .elsewhere(let service): "elsewhere, at \(service)"
      }
    text.row("state", state)
    let first = (1..<tree.count).first { stages.untouched.dropped[$0] == .comments }
    if !thread.comments.isEmpty {
      text.row("found in", first.map { tree.path($0) } ?? "the page's data")
    }
    if let card = story.authorCard {
      text.row("author card", card.isPlaceholder ? "\(card.name), with filler text" : card.name)
    }
  }
}
