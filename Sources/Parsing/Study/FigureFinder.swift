import Stories

/// Finds the figures of a page by walking up from each picture to the text beside it.
///
/// A figure is a `figure` element; otherwise the nearest ancestor, past wrappers without text, in
/// which a single picture has a marked caption or at most sixty words of plain text; otherwise the
/// picture together with a marked caption that follows it. Portraits in bylines and pictures that only
/// link to other pages are rejected. Subtrees with one picture do not overlap, and at most
/// `maximumLevels` ancestors are examined for each, so the whole search is linear.
struct FigureFinder {
  private(set) var study: PageStudy
  private var map: FigureMap

  /// How many ancestors of a picture can hold its caption: a cell, its row, its table.
  static let maximumLevels = 8
  /// The most nodes in a figure's subtree; a larger subtree is a section of the page.
  static let maximumNodes = 300
  /// How many ancestors that add text are examined.
  static let maximumTextLevels = 3

  private init(_ study: PageStudy) {
    self.study = study
    map = FigureMap(pictures: Pictures(study.tree))
  }

  /// A copy of the study with its figures.
  static func run(_ study: PageStudy) -> PageStudy {
    var finder = FigureFinder(study)
    for picture in finder.map.pictures.nodes { finder.addFigure(of: picture) }
    for node in 1..<max(1, min(study.tree.count, finder.map.pictures.end)) {
      if study.tree.tag(node) == .figure {
        finder.addPlayer(node)
      } else if study.evidence[node].contains(.caption), study.letters[node] > 0 {
        finder.addCaptionedPlayer(caption: node)
      }
    }
    finder.map.finish()
    finder.study.figures = finder.map
    return finder.study
  }

  private var tree: HTMLTree { study.tree }
}

// MARK: - Climbing

extension FigureFinder {
  private mutating func addFigure(of picture: Int) {
    let figure = figureElement(of: picture)
    if let figure, map[figure] != nil { return }
    let start = figure ?? picture
    let (root, isNamed) = findRoot(from: start, isInFigure: figure != nil)
    if let kind = rejection(picture, root: root ?? start, isNamed: isNamed) {
      map.reject(root ?? start, kind)
      return
    }
    var slot = FigureMap.Slot(root: root ?? start, picture: picture)
    slot.following = captionsAfter(slot.root, needsCaption: !isNamed && root == nil)
    slot.isNamed = isNamed || !slot.following.isEmpty
    if root != nil || figure != nil || !slot.following.isEmpty { map.add(slot) }
  }

  /// The outermost `figure` element with only this picture, or with at most four and one caption.
  private func figureElement(of picture: Int) -> Int? {
    var found: Int?
    for node in tree.ancestors(picture).prefix(Self.maximumLevels) {
      guard tree.end(node) - node <= Self.maximumNodes * 2 else { break }
      let count = map.pictures.count(in: node, tree)
      guard tree.tag(node) == .figure else {
        if count > 4 { break }
        continue
      }
      if count == 1 {
        found = node
      } else if found == nil, count <= 4, captions(in: node).count == 1 {
        // Several pictures side by side share one caption.
        return node
      }
    }
    return found
  }

  /// The element that holds picture and text, and whether the text is marked as a caption.
  private func findRoot(from start: Int, isInFigure: Bool) -> (root: Int?, isNamed: Bool) {
    if hasNamedCaption(start) { return (start, true) }
    var root: Int?
    if isInFigure, study.letters[start] > 0, isPlainCaption(start) { root = start }
    var last = start
    var steps = 0
    for node in tree.ancestors(start).prefix(Self.maximumLevels) {
      guard isWrapper(node), map.pictures.count(in: node, tree) == 1 else { break }
      if study.letters[node] == study.letters[last] {
        last = node
        continue
      }
      steps += 1
      guard steps <= Self.maximumTextLevels else { break }
      if hasNamedCaption(node) { return (withTable(node), true) }
      if isCreditOnly(node) {
        root = node
      } else if root == nil, !tree.tag(node).isInline, captions(in: node).isEmpty,
        !isInFigure || isCreditedLine(node), isPlainCaption(node)
      {
        return (withTable(node), false)
      } else {
        break
      }
      last = node
    }
    return (root, false)
  }

  /// The table around a cell or row that holds all of its text; `nil` in a larger table, where the
  /// picture belongs to its cell.
  private func withTable(_ part: Int) -> Int? {
    let parts: [HTMLTag] = [.td, .th, .tr, .tbody]
    guard parts.contains(tree.tag(part)) else { return part }
    let table = tree.ancestors(part).first { !parts.contains(tree.tag($0)) }
    return table.flatMap { study.letters[$0] == study.letters[part] ? $0 : nil }
  }

  private func isWrapper(_ node: Int) -> Bool {
    switch tree.tag(node) {
    case .body, .html, .main, .nav, .form, .blockquote, .h1, .h2, .h3, .h4, .h5, .h6: return false
    case .p, .li:
      guard study.evidence[node].contains(.caption) || hasNamedCaption(node) else {
        return false
      }
    default: break
    }
    return tree.end(node) - node <= Self.maximumNodes
      && study.letters[node] <= Thresholds.maximumCaptionLetters
  }

  /// The elements after a picture that hold its caption and credit.
  private func captionsAfter(_ root: Int, needsCaption: Bool) -> [Int] {
    var last = root
    while let parent = tree.parent(last), study.letters[parent] == study.letters[last],
      tree.tag(parent) != .body, tree.depth(root) - tree.depth(parent) < Self.maximumLevels
    {
      last = parent
    }
    var found: [Int] = []
    var next = tree.nextSibling(last)
    for _ in 0..<6 {
      guard let node = next else { break }
      next = tree.nextSibling(node)
      if study.letters[node] == 0, map.pictures.count(in: node, tree) == 0 { continue }
      guard tree.isElement(node), map.pictures.count(in: node, tree) == 0,
        study.letters[node] <= Thresholds.maximumPlainCaptionLetters * 2,
        tree.end(node) - node <= Self.maximumNodes
      else { break }
      let hints = study.evidence[node]
      let isCaption = hints.contains(.caption) || tree.tag(node) == .figcaption
      let isCredit = hints.contains(.credit) && study.letters[node] < Thresholds.maximumLabelLetters
      guard isCaption && needsCaption && found.isEmpty || isCredit else { break }
      found.append(node)
    }
    return found
  }

  /// Adds a figure for a media player with a marked caption: a plug-in, a frame, a media element.
  private mutating func addCaptionedPlayer(caption: Int) {
    for node in tree.ancestors(caption).prefix(Self.maximumTextLevels) {
      guard isWrapper(node), map[node] == nil, map.pictures.count(in: node, tree) == 0,
        study.letters[node] - study.letters[caption] < Thresholds.minimumSentenceLetters
      else { return }
      let isPlayer = tree.descendants(node).contains {
        [.object, .iframe, .video, .audio, .embed, .ampVideo, .ampIframe].contains(tree.tag($0))
      }
      if isPlayer, !isByline(node) {
        return map.add(FigureMap.Slot(root: node, picture: nil))
      }
    }
  }

  /// Adds a `figure` with a caption but no picture: a player that a script would fill in.
  private mutating func addPlayer(_ node: Int) {
    guard map[node] == nil, study.dropped[node] == nil, tree.end(node) - node <= Self.maximumNodes,
      map.pictures.count(in: node, tree) == 0, let caption = captions(in: node).first,
      study.letters[caption] > 0,
      !tree.descendants(node).contains(where: {
        [.blockquote, .table, .pre, .q].contains(tree.tag($0))
      }),
      study.letters[node] - study.letters[caption] < Thresholds.minimumSentenceLetters
    else { return }
    if isByline(node) {
      map.reject(node, .byline)
      return
    }
    map.add(FigureMap.Slot(root: node, picture: nil))
  }
}

// MARK: - Words beside a picture

extension FigureFinder {
  /// The outermost elements that are marked as a caption and hold more than a credit.
  private func captions(in node: Int) -> [Int] {
    CaptionParts.captions(in: node, study)
  }

  /// Whether an element holds a marked caption and hardly any other text.
  private func hasNamedCaption(_ node: Int) -> Bool {
    guard tree.isElement(node), tree.end(node) - node <= Self.maximumNodes else { return false }
    let captions = captions(in: node)
    guard !captions.isEmpty else {
      // The element that holds the picture can itself have a caption class.
      return study.evidence[node].contains(.caption) && isPlainCaption(node)
    }
    let parts = captions + CaptionParts.credits(in: node, study)
    let covered = parts.reduce(0) { $0 + study.letters[$1] }
    return study.letters[node] - covered <= Thresholds.maximumLabelLetters
  }

  private func isCreditOnly(_ node: Int) -> Bool {
    let credits = CaptionParts.credits(in: node, study)
    return !credits.isEmpty
      && credits.reduce(0) { $0 + study.letters[$1] } >= study.letters[node]
  }

  private func endsInCredit(_ node: Int) -> Bool {
    splitCredit([Phrase(tree.line(node, limit: 1000))]).credit != nil
  }

  /// Whether the text around a figure element is one line that ends in a credit.
  private func isCreditedLine(_ node: Int) -> Bool {
    let lines = tree.text(node, limit: 3_000).split(separator: "\n")
    return lines.count == 1 && endsInCredit(node)
  }

  /// Whether an element's text is a long caption followed by one line with the credit.
  private func endsInCreditLine(_ node: Int) -> Bool {
    let lines = tree.text(node, limit: 3_000).split(separator: "\n")
    return lines.count == 2 && isCreditLine(String(lines[1]))
  }

  /// Whether the whole text of an element can be an unmarked caption.
  private func isPlainCaption(_ node: Int) -> Bool {
    let letters = study.letters[node]
    guard letters >= 3, letters <= Thresholds.maximumPlainCaptionLetters * 2,
      study.linkDensity(node) < 0.5,
      letters <= Thresholds.maximumPlainCaptionLetters || endsInCreditLine(node)
    else { return false }
    var paragraphs = 0
    var hasHeading = false
    for inner in tree.descendants(node) {
      switch tree.tag(inner) {
      case .h1, .h2, .h3, .h4, .h5, .h6: hasHeading = true
      case .ul, .ol, .blockquote, .pre, .form, .time, .input: return false
      case .p: paragraphs += 1
      default: break
      }
    }
    return paragraphs <= 2 && (!hasHeading || endsInCredit(node))
  }
}
