import Stories

/// Reads a figure: an element `figure`, a box around one picture and its words, or a lone picture.
///
/// Contract: the caption is what a `figcaption` or an element named a caption says, else all words of
/// the box; the credit is what an element named so says, else what the caption ends in. Decorative
/// pictures (spacers, icons, portraits, counters) are no figures.
enum PictureBox {
  /// Whether an element holds one picture, few words and nothing else.
  static func isBox(_ node: Int, _ tag: HTMLTag, _ study: PageStudy) -> Bool {
    guard study.pictures[node] == 1, (3...Thresholds.pictureWords).contains(study.letters[node]),
      !(tag == .p || tag == .li || tag == .a || tag == .blockquote || tag == .noscript)
    else { return false }
    let tree = study.tree
    let isNamed = study.evidence[node].contains(.caption)
    guard isNamed || study.linkDensity(node) < 0.5 else { return false }
    var words = 0
    for inner in tree.descendants(node) {
      switch tree.tag(inner) {
      case .h1, .h2, .h3, .h4, .h5, .h6, .ul, .ol, .blockquote, .pre, .form: return false
      case .img, .ampImg:
        if tree.depth(inner) - tree.depth(node) > 5 || isDecorative(inner, study) { return false }
      case .p: words += 1
      default: break
      }
    }
    return words <= 2
  }

  static func read(_ node: Int, _ study: PageStudy, _ addresses: Addresses) -> Figure? {
    let tree = study.tree
    let tag = tree.tag(node)
    let image = tag == .img || tag == .ampImg ? node : firstImage(in: node, study)
    if let image, isDecorative(image, study) { return nil }
    let credits = credits(in: node, study)
    var credit = joined(credits, tree)
    let captionNode = caption(in: node, study, credits: credits)
    var phrases = captionNode.map {
      BlockBuilder.phrases(in: $0, study, addresses, without: credits)
    }
    // A portrait with a name and a clock beside it is a byline.
    if captionNode == node, tag != .figure, isByline(phrases?.text ?? "") { return nil }
    let split = splitCredit(phrases ?? [])
    // Where the page marks the maker, brackets in the caption may say something else.
    if credit == nil || split.credit == credit || split.credit != nil && split.caption.isEmpty {
      if phrases != nil { phrases = split.caption }
      credit = credit ?? split.credit
    }
    let alt = image.flatMap { tree.value(.alt, of: $0) }
    let source = image.flatMap { address(of: $0, tree, addresses) }
    guard phrases?.isEmpty == false || source != nil || credit != nil else { return nil }
    var figure = Figure(
      kind: tree.first(.video, in: node) == nil ? .photo : .video, caption: phrases ?? [],
      credit: credit.flatMap { cleanCredit($0) ?? ($0.isEmpty ? nil : $0) }, alt: alt, image: source
    )
    if figure.credit == nil { (figure.caption, figure.credit) = splitCredit(figure.caption) }
    return figure
  }

  /// Whether the words beside a picture say who wrote the story, or when.
  private static func isByline(_ text: String) -> Bool {
    guard text.utf8.count < 200 else { return false }
    if let first = text.split(separator: "\n").first, case .byline = PlainLabel(String(first)) {
      return true
    }
    return plainDate(text).map { $0.precision != .day } ?? false
  }

  /// The elements that name the maker, without those inside another.
  private static func credits(in node: Int, _ study: PageStudy) -> [Int] {
    var found: [Int] = []
    var next = node + 1
    while next < study.tree.end(node), found.count < 4 {
      if isCredit(next, study) {
        found.append(next)
        next = study.tree.end(next)
      } else {
        next += 1
      }
    }
    return found
  }

  private static func joined(_ credits: [Int], _ tree: HTMLTree) -> String? {
    var names: [String] = []
    for credit in credits {
      guard let name = cleanCredit(tree.line(credit, limit: 400)) else { continue }
      if !names.contains(where: { $0.contains(name) }) { names.append(name) }
    }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private static func caption(in node: Int, _ study: PageStudy, credits: [Int]) -> Int? {
    let tree = study.tree
    guard tree.tag(node) != .img, tree.tag(node) != .ampImg else { return nil }
    let isCreditOnly: (Int) -> Bool = { candidate in
      credits.contains(candidate)
        || credits.contains {
          tree.contains(candidate, $0) && study.letters[$0] == study.letters[candidate]
        }
    }
    if let found = tree.descendants(node).first(where: {
      tree.tag($0) == .figcaption && study.letters[$0] > 0 && !isCreditOnly($0)
    }) {
      return found
    }
    if let found = tree.descendants(node).first(where: {
      study.evidence[$0].contains(.caption) && study.letters[$0] > 0 && tree.isElement($0)
        && !isCreditOnly($0)
    }) {
      return found
    }
    return study.letters[node] > 0 && study.letters[node] < Thresholds.pictureWords * 2 ? node : nil
  }

  private static func isCredit(_ node: Int, _ study: PageStudy) -> Bool {
    let tree = study.tree
    guard tree.isElement(node), study.letters[node] > 1, study.letters[node] < 120,
      study.pictures[node] == 0
    else { return false }
    if tree.hasToken("copyrightholder", in: .itemprop, node) { return true }
    return study.evidence[node].contains(.credit) && tree.tag(node) != .source
  }

  private static func firstImage(in node: Int, _ study: PageStudy) -> Int? {
    study.tree.descendants(node).first {
      (study.tree.tag($0) == .img || study.tree.tag($0) == .ampImg)
    }
  }

  /// The largest picture that the page names.
  private static func address(of image: Int, _ tree: HTMLTree, _ addresses: Addresses) -> String? {
    let written = [
      tree.value(.dataSrc, of: image), tree.value(.dataOriginal, of: image),
      tree.value(.dataLazySrc, of: image), tree.value(.src, of: image),
      largest(tree.value(.srcset, of: image) ?? tree.value(.dataSrcset, of: image)),
    ]
    for source in written {
      if let address = addresses.absolute(source), !address.hasPrefix("#") { return address }
    }
    return nil
  }

  /// The last and so usually largest of a list such as `a.jpg 320w, b.jpg 640w`.
  private static func largest(_ list: String?) -> String? {
    guard let last = list?.prefix(8000).split(separator: ", ").last else { return nil }
    return last.split(separator: " ").first.map(String.init)
  }

  private static let small = 90

  /// Spacers, icons, portraits, counters: by their size or by what they are called.
  static func isDecorative(_ image: Int, _ study: PageStudy) -> Bool {
    let tree = study.tree
    for side in [HTMLAttribute.width, .height] {
      if let size = tree.value(side, of: image).flatMap({ Int($0) }), size > 0, size < small {
        return true
      }
    }
    let words: [StaticString] = [
      "avatar", "icon", "logo", "spacer", "pixel", "emoji", "smiley", "gravatar", "badge", "sprite",
    ]
    return words.contains { word in
      tree.classOrIDContains(word, image) || tree.valueContains(word, .src, image)
    }
  }
}
