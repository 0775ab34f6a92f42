import Stories

/// Reads a figure element or a lone image.
enum SimpleFigure {
  static func read(_ node: Int, _ study: PageStudy, _ addresses: Addresses) -> Figure? {
    let tree = study.tree
    let image = [.img, .ampImg].contains(tree.tag(node)) ? node : self.image(in: node, tree)
    let caption = tree.first(.figcaption, in: node).map {
      BlockBuilder.phrases(in: $0, study, addresses)
    }
    let source = image.flatMap {
      addresses.absolute(tree.value(.dataSrc, of: $0) ?? tree.value(.src, of: $0))
    }
    let alt = image.flatMap { tree.value(.alt, of: $0) }
    guard caption?.isEmpty == false || source != nil else { return nil }
    return Figure(caption: caption ?? [], alt: alt, image: source)
  }

  private static func image(in node: Int, _ tree: HTMLTree) -> Int? {
    tree.descendants(node).first { [.img, .ampImg].contains(tree.tag($0)) }
  }
}
