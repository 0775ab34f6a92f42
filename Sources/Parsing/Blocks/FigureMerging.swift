import Stories

/// Merges figures that the page shows twice into the first of each.
///
/// Two figures are duplicates if they have the same picture and their captions do not contradict
/// each other, or if they have the same caption and one has no picture or is among the first `lead`
/// blocks, where a page shows another crop of it. One walk over the blocks.
func mergeFigures(_ blocks: inout [Block], lead: Int) {
  var kept: [Block] = []
  var indices: [String: Int] = [:]
  for block in blocks {
    guard case .figure(let figure) = block else {
      kept.append(block)
      continue
    }
    let keys = FigureMerger.keys(of: figure)
    if let at = keys.lazy.compactMap({ indices[$0] }).first, case .figure(let first) = kept[at],
      let merged = FigureMerger.merge(first, figure, isLead: at < lead)
    {
      kept[at] = .figure(merged)
    } else {
      for key in keys { indices[key] = kept.count }
      kept.append(block)
    }
  }
  blocks = kept
}

private enum FigureMerger {
  /// The keys under which duplicates are found: the picture's file, the caption's text.
  static func keys(of figure: Figure) -> [String] {
    var keys: [String] = []
    if let image = figure.image { keys.append("image " + fileKey(image)) }
    let words = MetadataChoice.key(figure.caption.text)
    if words.count >= 20 { keys.append("words " + String(decoding: words, as: UTF8.self)) }
    return keys
  }

  /// The merged figure, or `nil` if the two differ.
  static func merge(_ first: Figure, _ second: Figure, isLead: Bool) -> Figure? {
    let (one, other) = (first.caption.text, second.caption.text)
    if !isLead, let image = first.image, let secondImage = second.image,
      fileKey(image) != fileKey(secondImage)
    {
      return nil
    }
    let isSame = MetadataChoice.key(one) == MetadataChoice.key(other)
    guard
      one.isEmpty || other.isEmpty || isSame || CaptionLabels.isTruncated(one, of: other)
        || CaptionLabels.isTruncated(other, of: one)
    else { return nil }
    var merged = first
    if one.utf8.count < other.utf8.count, !isSame || one.isEmpty { merged.caption = second.caption }
    merged.credit = first.credit ?? second.credit
    merged.alt = first.alt ?? second.alt
    merged.image = first.image ?? second.image
    return merged
  }

  /// The file name without the parts of the URL that select a size: "harbour.jpg" of "…/w640/harbour.jpg?w=2".
  private static func fileKey(_ address: String) -> String {
    let path = address.prefix { $0 != "?" && $0 != "#" }
    let name = path.utf8.lastIndex(of: 0x2F).map { path[$0...].dropFirst() } ?? path
    // Short names such as "1.jpg" or "image" identify a picture only together with its folder.
    return name.utf8.count < 12 ? address : String(name)
  }
}
