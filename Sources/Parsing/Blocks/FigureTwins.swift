import Stories

/// Leaves of every figure that the page shows twice the first, with what the second adds to it.
///
/// Contract: two figures are one if they show the same picture and neither says what the other does
/// not, or if they say the same and one is among the first `lead` blocks, which show another cut of
/// it, or has no picture. One walk over finished blocks.
func mergeFigures(_ blocks: inout [Block], lead: Int) {
  var kept: [Block] = []
  var places: [String: Int] = [:]
  for block in blocks {
    guard case .figure(let figure) = block else {
      kept.append(block)
      continue
    }
    let keys = FigureTwin.keys(figure)
    if let at = keys.lazy.compactMap({ places[$0] }).first, case .figure(let first) = kept[at],
      let joined = FigureTwin.join(first, figure, isLead: at < lead)
    {
      kept[at] = .figure(joined)
    } else {
      for key in keys { places[key] = kept.count }
      kept.append(block)
    }
  }
  blocks = kept
}

private enum FigureTwin {
  /// What two showings of one figure share: the file of the picture, the words of the caption.
  static func keys(_ figure: Figure) -> [String] {
    var keys: [String] = []
    if let image = figure.image { keys.append("image " + file(image)) }
    let words = MetadataChoice.key(figure.caption.text)
    if words.count >= 20 { keys.append("words " + String(decoding: words, as: UTF8.self)) }
    return keys
  }

  /// One figure of two, or `nil` where they say different things.
  static func join(_ first: Figure, _ second: Figure, isLead: Bool) -> Figure? {
    let (one, other) = (first.caption.text, second.caption.text)
    if !isLead, let image = first.image, let twin = second.image, file(image) != file(twin) {
      return nil
    }
    let isSame = MetadataChoice.key(one) == MetadataChoice.key(other)
    guard
      one.isEmpty || other.isEmpty || isSame || CaptionLabels.isCut(one, of: other)
        || CaptionLabels.isCut(other, of: one)
    else { return nil }
    var joined = first
    if one.utf8.count < other.utf8.count, !isSame || one.isEmpty { joined.caption = second.caption }
    joined.credit = first.credit ?? second.credit
    joined.alt = first.alt ?? second.alt
    joined.image = first.image ?? second.image
    return joined
  }

  /// The last part of the path, without what sizes it: "harbour.jpg" of "…/w640/harbour.jpg?w=2".
  private static func file(_ address: String) -> String {
    let path = address.prefix { $0 != "?" && $0 != "#" }
    let name = path.utf8.lastIndex(of: 0x2F).map { path[$0...].dropFirst() } ?? path
    // A short name such as "1.jpg" or "image" says nothing without its folder.
    return name.utf8.count < 12 ? address : String(name)
  }
}
