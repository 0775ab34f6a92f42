import Stories

/// Rejecting pictures with text that are not figures: portraits in a byline, teasers of other pages.
extension FigureFinder {
  /// The kind of furniture that a picture and its text are; `nil` if they are a figure.
  ///
  /// `isNamed` is whether the page marks the text as a caption, which outweighs author classes.
  func rejection(_ picture: Int, root: Int, isNamed: Bool) -> Dropped.Kind? {
    let tree = study.tree
    guard (1...Thresholds.maximumCardLetters).contains(study.letters[root]) else { return nil }
    var path = [root] + tree.ancestors(picture).prefix { $0 > root }
    if let above = tree.parent(root), study.letters[above] < Thresholds.maximumCardLetters {
      path.append(above)
    }
    let hints = path.reduce(into: Evidence()) { $0.formUnion(study.evidence[$1]) }
    if isByline(root) { return .author }
    if !isNamed, !hints.isDisjoint(with: [.author, .byline, .bio]) || hasTimeOfDay(root) {
      return .author
    }
    if linksElsewhere(picture, root: root, path: path, isNamed: isNamed) { return .related }
    return nil
  }

  /// Whether the text beside a picture is a byline.
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
    guard !scan.words.isEmpty, Self.bylineWords.contains(scan.strippedWord(0)), !isCreditLine(text)
    else {
      return false
    }
    if case .byline = PlainLabel(String(first)) { return true }
    return (3...14).contains(scan.words.count) && scan.isCapitalised(scan.words[1])
      && scan.isCapitalised(scan.words[2])
      && !scan.endsSentence(before: scan.bytes.count)
  }

  /// Whether a short text beside a picture has a time of day, as the date line below a headline has.
  private func hasTimeOfDay(_ root: Int) -> Bool {
    let text = study.tree.text(root, limit: 300)
    return text.utf8.count < 200 && text.utf8.contains(0x3A) && !isCreditLine(text)
      && parseVisibleDate(text).map { $0.precision != .day } ?? false
  }

  private static let bylineWords: Set<String> = [
    "by", "von", "par", "por", "di", "da", "door", "av", "af", "od", "przez", "autor", "author",
    "posted", "written", "published", "reported",
  ]

  /// Whether text and picture link to the same other page, as in a list of stories.
  private func linksElsewhere(_ picture: Int, root: Int, path: [Int], isNamed: Bool) -> Bool {
    let tree = study.tree
    let hints = path.reduce(into: Evidence()) { $0.formUnion(study.evidence[$1]) }
    if isNamed, hasStoryLink(root) { return true }
    let around = tree.ancestors(picture).prefix(FigureFinder.maximumLevels).first {
      tree.tag($0) == .a
    }
    guard let around, let address = linkedPage(around) else { return false }
    let holdsAll = tree.contains(around, root)
    if holdsAll || isNamed && study.letters[around] * 2 > study.letters[root] {
      return hints.contains(.related) || !isNamed || hasHeading(holdsAll ? root : around)
    }
    if isNamed, !hints.contains(.related) { return false }
    return tree.descendants(root).contains {
      tree.tag($0) == .a && $0 != around && study.letters[$0] > 0 && linkedPage($0) == address
    }
  }

  /// Whether a linked headline of another story is beside the caption.
  private func hasStoryLink(_ root: Int) -> Bool {
    let tree = study.tree
    let captions = CaptionParts.captions(in: root, study) + CaptionParts.credits(in: root, study)
    return tree.descendants(root).contains { link in
      tree.tag(link) == .a && study.letters[link] > 15 && linkedPage(link) != nil
        && !captions.contains { tree.contains($0, link) || tree.contains(link, $0) }
    }
  }

  private func hasHeading(_ node: Int) -> Bool {
    study.tree.descendants(node).contains { HTMLTag.headings.contains(study.tree.tag($0)) }
  }

  /// The URL of a link to a page; `nil` for a picture file, a fragment or a script.
  private func linkedPage(_ link: Int) -> String? {
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
