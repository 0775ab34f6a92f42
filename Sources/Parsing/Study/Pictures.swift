/// The pictures of a page that could belong to a story, in order, each once.
///
/// Contract: one walk. Left out are decorations (spacers, icons, portraits, counters: by their size or
/// by a whole word of their file name, class or id) and the twins that pages write for browsers
/// without scripts. A picture is an `img`, an `amp-img` or an element of a site's own that names a
/// source for a script to load.
struct Pictures: Sendable {
  private(set) var nodes: [Int] = []
  /// The `noscript` twin of a picture, which names the address that a script would load.
  private(set) var twins: [Int: Int] = [:]
  private var hidden: Set<Int> = []
  /// The first node behind the last picture that was looked at.
  private(set) var end = Int.max

  /// More pictures than any story shows; those behind are left out, so that a page of nothing
  /// else is read as fast as one of text.
  private static let limit = 4_000

  init() {}

  init(_ tree: HTMLTree) {
    var noscriptEnd = 0
    for node in 1..<max(1, tree.count) {
      let tag = tree.tag(node)
      if tag == .noscript { noscriptEnd = tree.end(node) }
      guard Self.isPicture(node, tag, tree) else { continue }
      guard nodes.count + hidden.count < Self.limit else {
        end = node
        break
      }
      if Self.isDecorative(node, tree) {
        hidden.insert(node)
      } else if let last = nodes.last,
        Self.isTwin(node, of: last, tree, isFallback: node < noscriptEnd)
      {
        hidden.insert(node)
        if twins[last] == nil { twins[last] = node }
      } else {
        nodes.append(node)
      }
    }
  }

  /// How many pictures stand in the node.
  func count(in node: Int, _ tree: HTMLTree) -> Int { index(tree.end(node)) - index(node) }

  /// The first picture in the node, or the node itself.
  func first(in node: Int, _ tree: HTMLTree) -> Int? {
    let index = index(node)
    return index < nodes.count && nodes[index] < tree.end(node) ? nodes[index] : nil
  }

  /// Whether the element is a decoration, a twin, or one too many.
  func isHidden(_ node: Int) -> Bool { node >= end || hidden.contains(node) }

  /// The place of the first picture at or after the node.
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
    let endings: [StaticString] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
    let value = value.prefix(2048)
    return endings.contains { ending in ending.withUTF8Buffer { value.containsFolded($0) } }
  }

  /// Whether a picture only repeats the one before it, in a `noscript` or by its address.
  private static func isTwin(_ node: Int, of last: Int, _ tree: HTMLTree, isFallback: Bool) -> Bool
  {
    guard tree.ancestors(node).prefix(nearby).contains(where: { tree.contains($0, last) }) else {
      return false
    }
    if isFallback { return true }
    let address = tree.valueBytes(.src, of: node)
    return !address.isEmpty && !address.starts(with: "data:".utf8)
      && address == tree.valueBytes(.src, of: last) && tree.parent(node) == tree.parent(last)
  }

  /// How many elements up a picture's twin may stand.
  private static let nearby = 4
  /// A picture narrower or lower than this is an icon or a portrait.
  private static let small = 90

  static func isDecorative(_ node: Int, _ tree: HTMLTree) -> Bool {
    let figure = tree.ancestors(node).prefix(nearby * 2).first { tree.tag($0) == .figure }
    // Looked for in the first elements only, so that a figure of many pictures costs no more.
    let inner = figure.map { tree.descendants($0).prefix(FigureFinder.size) } ?? 0..<0
    let isCaptioned = inner.contains { tree.tag($0) == .figcaption }
    if !isCaptioned {
      for side in [HTMLAttribute.width, .height] {
        if let size = tree.value(side, of: node).flatMap({ Int($0) }), size > 0, size < small {
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
    // A drawing in a captioned figure may be its chart; beside a photograph it is a button.
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

  /// The last part of an address's path.
  private static func fileName(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard !address.starts(with: "data:".utf8) else { return [] }
    let path = address.prefix(2048).prefix { $0 != 0x3F && $0 != 0x23 }
    return path.suffix(from: path.lastIndex(of: 0x2F).map { $0 + 1 } ?? path.startIndex)
  }

  /// Whether one of the words stands whole in a name such as `user-avatar` or `siteLogo`.
  ///
  /// A file that is named in many words is named for what it shows: "the-icon-of-the-harbour.jpg".
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
