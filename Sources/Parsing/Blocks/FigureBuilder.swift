import Stories

/// Builds a figure from its slot: kind, caption, credit and picture.
///
/// The caption is the text of an element marked as one, else all text of the figure; of two captions
/// of which one is truncated, the complete one. The credit is the text of an element marked as one,
/// else the end of the caption, a line beside it, or what the picture's attributes and JSON-LD add.
/// Button labels and screen-reader-only text are left out.
struct FigureBuilder {
  let study: PageStudy
  let addresses: Addresses

  init(_ study: PageStudy, _ addresses: Addresses) {
    self.study = study
    self.addresses = addresses
  }

  private var tree: HTMLTree { study.tree }

  /// The figure of a slot; `nil` if it has neither picture, caption nor credit.
  func figure(for slot: FigureMap.Slot) -> Figure? {
    let parts = [slot.root] + slot.following
    var credits = parts.flatMap { CaptionParts.credits(in: $0, study) }
    credits += slot.following.filter { study.evidence[$0].contains(.credit) }
    let credit = joinedCredits(credits)
    var phrases = caption(slot, credits: credits)
    let split = splitCredit(phrases)
    var figure = picture(slot.picture)
    figure.kind = kind(slot)
    // If the page marks the credit, brackets in the caption can be something else.
    let isSame = credit == nil || split.credit.map { $0.hasPrefix(credit ?? "") } ?? false
    if isSame || split.credit != nil && split.caption.isEmpty { phrases = split.caption }
    figure.caption = phrases
    figure.credit = isSame ? split.credit ?? credit : credit
    if figure.credit == nil { extractCreditLine(&figure) }
    if figure.credit == nil { figure.credit = creditLine(beside: slot) }
    if let picture = slot.picture { fillFromAttributes(of: picture, &figure) }
    if figure.credit == nil || figure.caption.isEmpty { fillFromJSONLD(of: slot, &figure) }
    figure.caption = CaptionLabels.trimmed(figure.caption, isCredited: figure.credit != nil)
    // A single word that is not marked as a caption is a label: "Video", "Live".
    if !slot.isNamed, figure.credit == nil, WordScan(figure.caption.text).words.count < 2 {
      figure.caption = []
    }
    guard !figure.caption.isEmpty || figure.credit != nil || figure.image != nil else { return nil }
    return figure
  }

  /// A picture without text beside it; `nil` for decorations and pictures without a URL.
  func figure(standalone picture: Int) -> Figure? {
    guard !study.figures.pictures.isHidden(picture) else { return nil }
    var figure = self.picture(picture)
    fillFromAttributes(of: picture, &figure)
    return figure.image == nil ? nil : figure
  }

  private func picture(_ node: Int?) -> Figure {
    guard let node else { return Figure() }
    return Figure(
      alt: tree.value(.alt, of: node),
      image: study.figures.pictures.address(of: node, tree, addresses))
  }

  private func kind(_ slot: FigureMap.Slot) -> Figure.Kind {
    let nodes = tree.subtree(slot.root).prefix(FigureFinder.maximumNodes)
    let tags = nodes.map { tree.tag($0) }
    if tags.contains(.video) || tags.contains(.iframe) || tags.contains(.ampVideo) { return .video }
    if tags.contains(.audio) { return .audio }
    let hints = nodes.reduce(into: Evidence()) { $0.formUnion(study.evidence[$1]) }
    if slot.picture == nil, hints.contains(.embed) { return .video }
    let isChart = nodes.contains { node in
      ["chart", "infographic", "infografik", "graphic", "datawrapper"].contains {
        tree.hasToken($0, in: .class, node)
      }
    }
    return isChart ? .chart : .photo
  }
}

// MARK: - Caption and credit

extension FigureBuilder {
  private func caption(_ slot: FigureMap.Slot, credits: [Int]) -> [Phrase] {
    let isCaption: (Int) -> Bool = { !credits.contains($0) && study.letters[$0] > 0 }
    var nodes = CaptionParts.captions(in: slot.root, study)
    if nodes.isEmpty { nodes = slot.following.filter(isCaption) }
    if nodes.isEmpty { nodes = [slot.root] }
    let first = captionText(in: nodes[0], without: credits)
    // A truncated caption and the complete one are siblings, or both in one element.
    let alternatives = nodes.count > 1 ? nodes : CaptionParts.captions(in: nodes[0], study)
    guard alternatives.count > 1 else { return first }
    let texts = alternatives.prefix(2).map { captionText(in: $0, without: credits) }
    let plain = texts.map { CaptionLabels.trimmed($0, isCredited: false).text }
    if CaptionLabels.isTruncated(plain[0], of: plain[1]) { return texts[1] }
    return CaptionLabels.isTruncated(plain[1], of: plain[0]) ? texts[0] : first
  }

  private func captionText(in node: Int, without credits: [Int]) -> [Phrase] {
    let skipped = credits + CaptionParts.noise(in: node, study)
    return CaptionLabels.withoutRepeatedLines(
      BlockBuilder.phrases(in: node, study, addresses, without: skipped))
  }

  private func joinedCredits(_ credits: [Int]) -> String? {
    var names: [String] = []
    for credit in credits {
      guard let name = cleanCredit(tree.line(credit, limit: 400)), !CreditWords.isLabel(name) else {
        continue
      }
      if !names.contains(where: { $0.contains(name) }) { names.append(name) }
    }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  /// Moves a last line of names below a longer caption to the credit.
  private func extractCreditLine(_ figure: inout Figure) {
    let text = figure.caption.text
    guard let end = text.utf8.lastIndex(of: 0x0A) else { return }
    let line = String(text[end...].dropFirst())
    let before = text[..<end]
    guard line.utf8.count * 3 < before.utf8.count * 2, isNameLine(line),
      let name = cleanCredit(line)
    else { return }
    figure.credit = name
    figure.caption = figure.caption.sliced(0..<before.utf8.count)
  }

  /// The first line of the figure outside its caption that is a credit.
  private func creditLine(beside slot: FigureMap.Slot) -> String? {
    let captions = CaptionParts.captions(in: slot.root, study)
    guard !captions.isEmpty else { return nil }
    let text = tree.text(slot.root, limit: 2_000) { captions.contains($0) }
    return text.split(separator: "\n").prefix(8).lazy.map(String.init).first(where: isCreditLine)
      .flatMap(cleanCredit)
  }

  /// Fills in credit and caption from the picture's attributes where no element gives them.
  private func fillFromAttributes(of picture: Int, _ figure: inout Figure) {
    if figure.credit == nil, let name = tree.value(.dataCredit, of: picture) {
      figure.credit = cleanCredit(name)
    }
    if figure.caption.isEmpty, let words = tree.value(.dataCaption, of: picture) {
      let split = splitCredit([Phrase(Self.plainText(words))])
      figure.caption = split.caption
      figure.credit = figure.credit ?? split.credit
    }
    if figure.credit == nil, let title = tree.value(.title, of: picture) {
      figure.credit = titleCredit(title, figure)
    }
    // In slide shows of agencies the `alt` text holds caption and credit.
    if figure.caption.isEmpty, let alt = figure.alt, alt.utf8.count > 40 {
      let split = splitCredit([Phrase(alt)])
      if let credit = split.credit, !split.caption.isEmpty {
        figure.caption = split.caption
        figure.credit = figure.credit ?? credit
      }
    }
  }

  /// Fills in credit and caption from a JSON-LD `ImageObject` inside the figure.
  private func fillFromJSONLD(of slot: FigureMap.Slot, _ figure: inout Figure) {
    let nodes = tree.descendants(slot.root).prefix(FigureFinder.maximumNodes)
    guard
      let script = nodes.first(where: {
        tree.tag($0) == .script && tree.valueContains("ld+json", .type, $0)
      })
    else { return }
    for object in JSONValue(lenient: tree.rawText(script).prefix(20_000)).items
    where object["@type"].text == "ImageObject" {
      let creator = ["creditText", "creator", "author", "copyrightHolder", "copyrightNotice"].lazy
        .compactMap { object[$0].text ?? object[$0]["name"].text }.first
      figure.credit = figure.credit ?? creator.flatMap(cleanCredit)
      if figure.caption.isEmpty, let words = object["caption"].text ?? object["description"].text {
        figure.caption = [Phrase(Self.plainText(words))]
      }
    }
  }

  /// The plain text of an attribute value, which can hold markup.
  private static func plainText(_ value: String) -> String {
    guard value.utf8.contains(0x3C) else { return value }
    return HTMLTree(Array(value.utf8.prefix(4_000))).line(HTMLTree.root)
  }

  /// The credit in a `title` of the form "Caption | Name", where the caption or `alt` text is repeated.
  private func titleCredit(_ title: String, _ figure: Figure) -> String? {
    guard let bar = title.utf8.lastIndex(of: 0x7C) else { return nil }
    let beforeBar = MetadataChoice.key(String(title[..<bar]))
    let repeatsCaption = [figure.caption.text, figure.alt ?? ""].contains {
      !$0.isEmpty && MetadataChoice.key($0) == beforeBar
    }
    return repeatsCaption ? cleanCredit(String(title[bar...].dropFirst())) : nil
  }
}
