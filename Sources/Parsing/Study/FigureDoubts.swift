import Stories

/// Pictures with words that are no figures: portraits at a byline, teasers of other pages.
extension FigureFinder {
  /// What a picture and its words are instead of a figure; `nil` where nothing speaks against one.
  func doubt(_ picture: Int, root: Int, isNamed: Bool) -> Dropped.Kind? {
    let tree = study.tree
    guard (1...Thresholds.card).contains(study.letters[root]) else { return nil }
    var path = [root] + tree.ancestors(picture).prefix { $0 > root }
    if let above = tree.parent(root), study.letters[above] < Thresholds.card { path.append(above) }
    let said = path.reduce(into: Evidence()) { $0.formUnion(study.evidence[$1]) }
    if isByline(root) { return .author }
    if !isNamed, !said.isDisjoint(with: [.author, .byline, .bio]) || isDated(root) {
      return .author
    }
    if leadsAway(picture, root: root, path: path, isNamed: isNamed) { return .related }
    return nil
  }

  /// Whether the words beside a picture say who wrote the story.
  func isByline(_ root: Int) -> Bool {
    let tree = study.tree
    if tree.descendants(root).contains(where: {
      tree.tag($0) == .address || tree.tag($0) == .a && tree.hasToken("author", in: .rel, $0)
    }) {
      return true
    }
    let text = tree.text(root, limit: 300)
    guard text.utf8.count < 200, let first = text.split(separator: "\n").first else { return false }
    let scan = WordScan(first)
    guard !scan.words.isEmpty, Self.byWords.contains(scan.bare(0)), !isCreditLine(text) else {
      return false
    }
    if case .byline = PlainLabel(String(first)) { return true }
    return (3...14).contains(scan.words.count) && scan.isCapitalised(scan.words[1])
      && scan.isCapitalised(scan.words[2])
      && !scan.endsSentence(before: scan.bytes.count)
  }

  /// Whether short words beside a picture tell the hour: the line below a headline.
  private func isDated(_ root: Int) -> Bool {
    let text = study.tree.text(root, limit: 300)
    return text.utf8.count < 200 && text.utf8.contains(0x3A) && !isCreditLine(text)
      && plainDate(text).map { $0.precision != .day } ?? false
  }

  private static let byWords: Set<String> = [
    "by", "von", "par", "por", "di", "da", "door", "av", "af", "od", "przez", "autor", "author",
    "posted", "written", "published", "reported",
  ]

  /// Whether words and picture are one link to another page, as in a list of stories.
  private func leadsAway(_ picture: Int, root: Int, path: [Int], isNamed: Bool) -> Bool {
    let tree = study.tree
    let said = path.reduce(into: Evidence()) { $0.formUnion(study.evidence[$1]) }
    if isNamed, hasStoryLink(root) { return true }
    let around = tree.ancestors(picture).prefix(FigureFinder.levels).first { tree.tag($0) == .a }
    guard let around, let address = page(around) else { return false }
    let holdsAll = tree.contains(around, root)
    if holdsAll || isNamed && study.letters[around] * 2 > study.letters[root] {
      return said.contains(.related) || !isNamed || hasHeading(holdsAll ? root : around)
    }
    if isNamed, !said.contains(.related) { return false }
    return tree.descendants(root).contains {
      tree.tag($0) == .a && $0 != around && study.letters[$0] > 0 && page($0) == address
    }
  }

  /// Whether a headline of another story stands beside the caption.
  private func hasStoryLink(_ root: Int) -> Bool {
    let tree = study.tree
    let captions = CaptionParts.captions(in: root, study) + CaptionParts.credits(in: root, study)
    return tree.descendants(root).contains { link in
      tree.tag(link) == .a && study.letters[link] > 15 && page(link) != nil
        && !captions.contains { tree.contains($0, link) || tree.contains(link, $0) }
    }
  }

  private func hasHeading(_ node: Int) -> Bool {
    study.tree.descendants(node).contains { HTMLTag.headings.contains(study.tree.tag($0)) }
  }

  /// Where a link goes, if that is a page and not a larger picture or a place on this page.
  private func page(_ link: Int) -> String? {
    guard let address = study.tree.value(.href, of: link), !address.hasPrefix("#"),
      !address.hasPrefix("javascript:")
    else { return nil }
    let path = address.prefix { $0 != "?" && $0 != "#" }.lowercased()
    let isPicture = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"].contains {
      path.hasSuffix($0)
    }
    return isPicture ? nil : address
  }
}
