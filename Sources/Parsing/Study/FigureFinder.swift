import Stories

/// Finds the figures of a page by going up from each picture to the words beside it.
///
/// Contract: a `figure` element; else the nearest element, past wrappers without words, in which one
/// picture has a caption that is named so, or at most sixty words of plain text; else the picture
/// with the named caption that follows it. Pictures of people that head a byline and pictures that
/// only lead to other pages are told apart as doubts. Subtrees with one picture do not
/// overlap and at most `levels` of them are read for each, so all of it is linear.
struct FigureFinder {
  private(set) var study: PageStudy
  private var map: FigureMap

  /// How far up from a picture its caption may stand: a cell, its row, its table.
  static let levels = 8
  /// A figure has no more elements than this; what has more is a part of the page.
  static let size = 300
  /// How many elements with words of their own are climbed through.
  static let steps = 3

  private init(_ study: PageStudy) {
    self.study = study
    map = FigureMap(pictures: Pictures(study.tree))
  }

  /// The study with its figures found.
  static func run(_ study: PageStudy) -> PageStudy {
    var finder = FigureFinder(study)
    for picture in finder.map.pictures.nodes { finder.place(picture) }
    for node in 1..<max(1, min(study.tree.count, finder.map.pictures.end)) {
      if study.tree.tag(node) == .figure {
        finder.placePlayer(node)
      } else if study.evidence[node].contains(.caption), study.letters[node] > 0 {
        finder.placeNamedPlayer(caption: node)
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
  private mutating func place(_ picture: Int) {
    let figure = figureElement(of: picture)
    if let figure, map[figure] != nil { return }
    let start = figure ?? picture
    let (root, isNamed) = climb(from: start, isInFigure: figure != nil)
    if let kind = doubt(picture, root: root ?? start, isNamed: isNamed) {
      map.doubt(root ?? start, kind)
      return
    }
    var slot = FigureMap.Slot(root: root ?? start, picture: picture)
    slot.after = following(slot.root, needsCaption: !isNamed && root == nil)
    slot.isNamed = isNamed || !slot.after.isEmpty
    if root != nil || figure != nil || !slot.after.isEmpty { map.add(slot) }
  }

  /// The outermost `figure` that holds this picture and no other, or few others and one caption.
  private func figureElement(of picture: Int) -> Int? {
    var found: Int?
    for node in tree.ancestors(picture).prefix(Self.levels) {
      guard tree.end(node) - node <= Self.size * 2 else { break }
      let count = map.pictures.count(in: node, tree)
      guard tree.tag(node) == .figure else {
        if count > 4 { break }
        continue
      }
      if count == 1 {
        found = node
      } else if found == nil, count <= 4, captions(in: node).count == 1 {
        // Two pictures side by side over one caption.
        return node
      }
    }
    return found
  }

  /// The element that holds the picture and its words, and whether the words are named a caption.
  private func climb(from start: Int, isInFigure: Bool) -> (root: Int?, isNamed: Bool) {
    if hasNamedCaption(start) { return (start, true) }
    var root: Int?
    if isInFigure, study.letters[start] > 0, isPlainCaption(start) { root = start }
    var last = start
    var steps = 0
    for node in tree.ancestors(start).prefix(Self.levels) {
      guard isWrapper(node), map.pictures.count(in: node, tree) == 1 else { break }
      if study.letters[node] == study.letters[last] {
        last = node
        continue
      }
      steps += 1
      guard steps <= Self.steps else { break }
      if hasNamedCaption(node) { return (whole(node), true) }
      if isCreditOnly(node) {
        root = node
      } else if root == nil, !tree.tag(node).isInline, captions(in: node).isEmpty,
        !isInFigure || isCreditedLine(node), isPlainCaption(node)
      {
        return (whole(node), false)
      } else {
        break
      }
      last = node
    }
    return (root, false)
  }

  /// The table that a part of one fills alone; a picture in a larger table stays in its cell.
  private func whole(_ part: Int) -> Int? {
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
    return tree.end(node) - node <= Self.size && study.letters[node] <= Thresholds.captionLetters
  }

  /// The caption, and the credit, that follow a picture as elements of their own.
  private func following(_ root: Int, needsCaption: Bool) -> [Int] {
    var last = root
    while let parent = tree.parent(last), study.letters[parent] == study.letters[last],
      tree.tag(parent) != .body, tree.depth(root) - tree.depth(parent) < Self.levels
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
        study.letters[node] <= Thresholds.pictureWords * 2, tree.end(node) - node <= Self.size
      else { break }
      let said = study.evidence[node]
      let isCaption = said.contains(.caption) || tree.tag(node) == .figcaption
      let isCredit = said.contains(.credit) && study.letters[node] < Thresholds.label
      guard isCaption && needsCaption && found.isEmpty || isCredit else { break }
      found.append(node)
    }
    return found
  }

  /// A named caption beside a player: an old plug-in, a frame, an element that scripts fill in.
  private mutating func placeNamedPlayer(caption: Int) {
    for node in tree.ancestors(caption).prefix(Self.steps) {
      guard isWrapper(node), map[node] == nil, map.pictures.count(in: node, tree) == 0,
        study.letters[node] - study.letters[caption] < Thresholds.sentence
      else { return }
      let isPlayer = tree.descendants(node).contains {
        [.object, .iframe, .video, .audio, .embed, .ampVideo, .ampIframe].contains(tree.tag($0))
      }
      if isPlayer, !isByline(node) {
        return map.add(FigureMap.Slot(root: node, picture: nil))
      }
    }
  }

  /// A `figure` with a caption and without a picture: a player that scripts fill in.
  private mutating func placePlayer(_ node: Int) {
    guard map[node] == nil, study.dropped[node] == nil, tree.end(node) - node <= Self.size,
      map.pictures.count(in: node, tree) == 0, let caption = captions(in: node).first,
      study.letters[caption] > 0,
      !tree.descendants(node).contains(where: {
        [.blockquote, .table, .pre, .q].contains(tree.tag($0))
      }),
      study.letters[node] - study.letters[caption] < Thresholds.sentence
    else { return }
    if isByline(node) {
      map.doubt(node, .byline)
      return
    }
    map.add(FigureMap.Slot(root: node, picture: nil))
  }
}

// MARK: - Words beside a picture

extension FigureFinder {
  /// The outermost elements that are named a caption and say more than a credit.
  private func captions(in node: Int) -> [Int] {
    CaptionParts.captions(in: node, study)
  }

  /// Whether an element holds a caption that is named so, and hardly anything else.
  private func hasNamedCaption(_ node: Int) -> Bool {
    guard tree.isElement(node), tree.end(node) - node <= Self.size else { return false }
    let captions = captions(in: node)
    guard !captions.isEmpty else {
      // A paragraph or a box that is itself named a caption and holds the picture.
      return study.evidence[node].contains(.caption) && isPlainCaption(node)
    }
    let parts = captions + CaptionParts.credits(in: node, study)
    let said = parts.reduce(0) { $0 + study.letters[$1] }
    return study.letters[node] - said <= Thresholds.label
  }

  private func isCreditOnly(_ node: Int) -> Bool {
    let credits = CaptionParts.credits(in: node, study)
    return !credits.isEmpty
      && credits.reduce(0) { $0 + study.letters[$1] } >= study.letters[node]
  }

  private func endsInCredit(_ node: Int) -> Bool {
    splitCredit([Phrase(tree.line(node, limit: 1000))]).credit != nil
  }

  /// Whether the words outside a figure element are one line with a credit at its end.
  private func isCreditedLine(_ node: Int) -> Bool {
    let lines = tree.text(node, limit: 3_000).split(separator: "\n")
    return lines.count == 1 && endsInCredit(node)
  }

  /// Whether an element holds a long caption and below it a line that is a credit.
  private func endsInCreditLine(_ node: Int) -> Bool {
    let lines = tree.text(node, limit: 3_000).split(separator: "\n")
    return lines.count == 2 && isCreditLine(String(lines[1]))
  }

  /// Whether all words of an element can be a caption that has no name.
  private func isPlainCaption(_ node: Int) -> Bool {
    let letters = study.letters[node]
    guard letters >= 3, letters <= Thresholds.pictureWords * 2, study.linkDensity(node) < 0.5,
      letters <= Thresholds.pictureWords || endsInCreditLine(node)
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
