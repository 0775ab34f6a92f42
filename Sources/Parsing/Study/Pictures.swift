/// The pictures of a page that can belong to a story, in document order, without duplicates.
///
/// Decorations (spacers, icons, portraits, tracking pixels; recognised by size or by a word of their
/// file name, class or ID) and `noscript` fallbacks are left out. A picture is an `img`, an `amp-img`,
/// or a custom element with an image file in `data-src`, which a script would load. One walk.
struct Pictures: Sendable {
  private(set) var nodes: [Int] = []
  /// The `noscript` fallback of a picture, which has the URL that a script would load.
  private(set) var fallbacks: [Int: Int] = [:]
  private var hidden: Set<Int> = []
  /// The node at which the search ended because of `maximumPictures`.
  private(set) var end = Int.max

  /// The number of pictures examined: more than any story has, so that a page of pictures alone is
  /// parsed as fast as one of text.
  private static let maximumPictures = 4_000

  init() {}

  init(_ tree: HTMLTree) {
    var noscriptEnd = 0
    for node in 1..<max(1, tree.count) {
      let tag = tree.tag(node)
      if tag == .noscript { noscriptEnd = tree.end(node) }
      guard Self.isPicture(node, tag, tree) else { continue }
      guard nodes.count + hidden.count < Self.maximumPictures else {
        end = node
        break
      }
      if Self.isDecorative(node, tree) {
        hidden.insert(node)
      } else if let last = nodes.last,
        Self.isDuplicate(node, of: last, tree, isFallback: node < noscriptEnd)
      {
        hidden.insert(node)
        if fallbacks[last] == nil { fallbacks[last] = node }
      } else {
        nodes.append(node)
      }
    }
  }

  /// The number of pictures in the subtree.
  func count(in node: Int, _ tree: HTMLTree) -> Int { index(tree.end(node)) - index(node) }

  /// The first picture in the subtree, which can be the node itself.
  func first(in node: Int, _ tree: HTMLTree) -> Int? {
    let index = index(node)
    return index < nodes.count && nodes[index] < tree.end(node) ? nodes[index] : nil
  }

  /// Whether the element is a decoration, a duplicate, or beyond the maximumPictures.
  func isHidden(_ node: Int) -> Bool { node >= end || hidden.contains(node) }

  /// The index in `nodes` of the first picture at or after the node (binary search).
  private func index(_ node: Int) -> Int {
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle] < node { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: - What is a picture

extension Pictures {
  static func isPicture(_ node: Int, _ tag: HTMLTag, _ tree: HTMLTree) -> Bool {
    switch tag {
    case .img, .ampImg: true
    case .other: tree.has(.dataSrc, node) && isImageName(tree.valueBytes(.dataSrc, of: node))
    default: false
    }
  }

  private static func isImageName(_ value: ArraySlice<UInt8>) -> Bool {
    let fileExtensions: [StaticString] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
    let value = value.prefix(2048)
    return fileExtensions.contains { value.containsFolded($0) }
  }

  /// Whether a picture duplicates the previous one: as its `noscript` fallback or by its URL.
  private static func isDuplicate(_ node: Int, of last: Int, _ tree: HTMLTree, isFallback: Bool)
    -> Bool
  {
    guard tree.ancestors(node).prefix(maximumLevels).contains(where: { tree.contains($0, last) })
    else {
      return false
    }
    if isFallback { return true }
    let address = tree.valueBytes(.src, of: node)
    return !address.isEmpty && !address.starts(with: "data:".utf8)
      && address == tree.valueBytes(.src, of: last) && tree.parent(node) == tree.parent(last)
  }

  /// How many levels up the common ancestor of a picture and its duplicate can be.
  private static let maximumLevels = 4
  /// The smallest width and height of a picture, in CSS pixels; a smaller one is an icon or portrait.
  private static let minimumSidePixels = 90

  static func isDecorative(_ node: Int, _ tree: HTMLTree) -> Bool {
    let figure = tree.ancestors(node).prefix(maximumLevels * 2).first { tree.tag($0) == .figure }
    // Bounded, because a figure of many pictures is examined once for each of them.
    let inner = figure.map { tree.descendants($0).prefix(FigureFinder.maximumNodes) } ?? 0..<0
    let isCaptioned = inner.contains { tree.tag($0) == .figcaption }
    if !isCaptioned {
      for side in [HTMLAttribute.width, .height] {
        if let size = tree.value(side, of: node).flatMap({ Int($0) }), size > 0,
          size < minimumSidePixels
        {
          return true
        }
      }
    }
    let name = fileName(tree.valueBytes(.src, of: node))
    if hasWord(of: decorations, in: name, isFile: true) { return true }
    for attribute in [HTMLAttribute.class, .id]
    where hasWord(of: decorations, in: tree.valueBytes(attribute, of: node), isFile: false) {
      return true
    }
    // An SVG in a captioned figure can be its chart; beside a photograph it is a button.
    guard name.suffix(4).elementsEqual(".svg".utf8) else { return false }
    guard isCaptioned else { return true }
    return inner.contains {
      $0 != node && tree.tag($0) == .img
        && !fileName(tree.valueBytes(.src, of: $0)).suffix(4).elementsEqual(".svg".utf8)
    }
  }

  private static let decorations: Set<String> = [
    "avatar", "icon", "icons", "logo", "logos", "spacer", "pixel", "emoji", "smiley", "gravatar",
    "badge", "sprite", "wp-smiley", "blank", "favicon",
  ]

  /// The last component of a URL's path.
  private static func fileName(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard !address.starts(with: "data:".utf8) else { return [] }
    let path = address.prefix(2048).prefix { $0 != 0x3F && $0 != 0x23 }
    return path.suffix(from: path.lastIndex(of: 0x2F).map { $0 + 1 } ?? path.startIndex)
  }

  /// Whether a name such as `user-avatar` or `siteLogo` has one of the words as a token.
  ///
  /// File names of more than five words describe the picture: "the-icon-of-the-harbour.jpg".
  private static func hasWord(
    of words: Set<String>, in name: ArraySlice<UInt8>, isFile: Bool
  ) -> Bool {
    var found = false
    var count = 0
    var word: [UInt8] = []
    func finish() {
      if word.count >= 3 {
        count += 1
        found = found || words.contains(String(decoding: word, as: UTF8.self))
      }
      word = []
    }
    var wasLower = false
    for byte in name.prefix(256) {
      if !byte.isLetter || byte.isUpper && wasLower { finish() }
      if byte.isLetter { word.append(byte.lowercased) }
      wasLower = byte.isLetter && !byte.isUpper
    }
    finish()
    return found && (!isFile || count <= 5)
  }
}
