import Stories

/// Reads a figure: its kind, caption, credit and picture.
///
/// Contract: the caption is what an element named a caption says, else all words of the figure; of
/// two where one is the other cut short, the whole one. The credit is what an element named so
/// says, else what the caption ends in, else what the picture's title adds to the caption. Words on
/// buttons and words for screen readers are in neither.
struct PictureBox {
  let study: PageStudy
  let addresses: Addresses

  init(_ study: PageStudy, _ addresses: Addresses) {
    self.study = study
    self.addresses = addresses
  }

  private var tree: HTMLTree { study.tree }

  /// The figure of a slot; `nil` where it shows and says nothing.
  func read(_ slot: FigureMap.Slot) -> Figure? {
    let parts = [slot.root] + slot.after
    var credits = parts.flatMap { CaptionParts.credits(in: $0, study) }
    credits += slot.after.filter { study.evidence[$0].contains(.credit) }
    let credit = joined(credits)
    var phrases = caption(slot, credits: credits)
    let split = splitCredit(phrases)
    var figure = picture(slot.picture)
    figure.kind = kind(slot)
    // Where the page marks the maker, brackets in the caption may say something else.
    let isSame = credit == nil || split.credit.map { $0.hasPrefix(credit ?? "") } ?? false
    if isSame || split.credit != nil && split.caption.isEmpty { phrases = split.caption }
    figure.caption = phrases
    figure.credit = isSame ? split.credit ?? credit : credit
    if figure.credit == nil { takeLastLine(&figure) }
    if figure.credit == nil { figure.credit = lineBeside(slot) }
    if let picture = slot.picture { takeAttributes(of: picture, &figure) }
    if figure.credit == nil || figure.caption.isEmpty { takeData(of: slot, &figure) }
    figure.caption = CaptionLabels.trimmed(figure.caption, isCredited: figure.credit != nil)
    // One word beside a picture, which nothing names a caption, is a label: "Video", "Live".
    if !slot.isNamed, figure.credit == nil, WordScan(figure.caption.text).words.count < 2 {
      figure.caption = []
    }
    guard !figure.caption.isEmpty || figure.credit != nil || figure.image != nil else { return nil }
    return figure
  }

  /// A picture that stands alone.
  func read(lone picture: Int) -> Figure? {
    guard !study.figures.pictures.isHidden(picture) else { return nil }
    var figure = self.picture(picture)
    takeAttributes(of: picture, &figure)
    return figure.image == nil ? nil : figure
  }

  private func picture(_ node: Int?) -> Figure {
    guard let node else { return Figure() }
    return Figure(
      alt: tree.value(.alt, of: node),
      image: study.figures.pictures.address(of: node, tree, addresses))
  }

  private func kind(_ slot: FigureMap.Slot) -> Figure.Kind {
    let nodes = tree.subtree(slot.root).prefix(FigureFinder.size)
    let tags = nodes.map { tree.tag($0) }
    if tags.contains(.video) || tags.contains(.iframe) || tags.contains(.ampVideo) { return .video }
    if tags.contains(.audio) { return .audio }
    let said = nodes.reduce(into: Evidence()) { $0.formUnion(study.evidence[$1]) }
    if slot.picture == nil, said.contains(.embed) { return .video }
    let isChart = nodes.contains { node in
      ["chart", "infographic", "infografik", "graphic", "datawrapper"].contains {
        tree.hasToken($0, in: .class, node)
      }
    }
    return isChart ? .chart : .photo
  }
}

// MARK: - Caption and credit

extension PictureBox {
  private func caption(_ slot: FigureMap.Slot, credits: [Int]) -> [Phrase] {
    let isCaption: (Int) -> Bool = { !credits.contains($0) && study.letters[$0] > 0 }
    var nodes = CaptionParts.captions(in: slot.root, study)
    if nodes.isEmpty { nodes = slot.after.filter(isCaption) }
    if nodes.isEmpty { nodes = [slot.root] }
    let first = words(in: nodes[0], without: credits)
    // A caption cut short and the whole one stand beside each other, or both in one element.
    let rivals = nodes.count > 1 ? nodes : CaptionParts.captions(in: nodes[0], study)
    guard rivals.count > 1 else { return first }
    let said = rivals.prefix(2).map { words(in: $0, without: credits) }
    let plain = said.map { CaptionLabels.trimmed($0, isCredited: false).text }
    if CaptionLabels.isCut(plain[0], of: plain[1]) { return said[1] }
    return CaptionLabels.isCut(plain[1], of: plain[0]) ? said[0] : first
  }

  private func words(in node: Int, without credits: [Int]) -> [Phrase] {
    let skipped = credits + CaptionParts.noise(in: node, study)
    return CaptionLabels.withoutRepeats(
      BlockBuilder.phrases(in: node, study, addresses, without: skipped))
  }

  private func joined(_ credits: [Int]) -> String? {
    var names: [String] = []
    for credit in credits {
      guard let name = cleanCredit(tree.line(credit, limit: 400)), !CreditWords.isLabel(name) else {
        continue
      }
      if !names.contains(where: { $0.contains(name) }) { names.append(name) }
    }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  /// A last line of a few names below a longer caption is its credit.
  private func takeLastLine(_ figure: inout Figure) {
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

  /// A line of the figure outside its caption that is nothing but a credit.
  private func lineBeside(_ slot: FigureMap.Slot) -> String? {
    let captions = CaptionParts.captions(in: slot.root, study)
    guard !captions.isEmpty else { return nil }
    let text = tree.text(slot.root, limit: 2_000) { captions.contains($0) }
    return text.split(separator: "\n").prefix(8).lazy.map(String.init).first(where: isCreditLine)
      .flatMap(cleanCredit)
  }

  /// What the picture's own attributes say, where no element says it.
  private func takeAttributes(of picture: Int, _ figure: inout Figure) {
    if figure.credit == nil, let name = tree.value(.dataCredit, of: picture) {
      figure.credit = cleanCredit(name)
    }
    if figure.caption.isEmpty, let words = tree.value(.dataCaption, of: picture) {
      let split = splitCredit([Phrase(Self.plain(words))])
      figure.caption = split.caption
      figure.credit = figure.credit ?? split.credit
    }
    if figure.credit == nil, let title = tree.value(.title, of: picture) {
      figure.credit = titleCredit(title, figure)
    }
    // In slide shows of agencies the text for screen readers is caption and credit in one.
    if figure.caption.isEmpty, let alt = figure.alt, alt.utf8.count > 40 {
      let split = splitCredit([Phrase(alt)])
      if let credit = split.credit, !split.caption.isEmpty {
        figure.caption = split.caption
        figure.credit = figure.credit ?? credit
      }
    }
  }

  /// What the page's data say of the picture, where they stand in the figure itself.
  private func takeData(of slot: FigureMap.Slot, _ figure: inout Figure) {
    let nodes = tree.descendants(slot.root).prefix(FigureFinder.size)
    guard
      let script = nodes.first(where: {
        tree.tag($0) == .script && tree.valueContains("ld+json", .type, $0)
      })
    else { return }
    for object in JSONValue(lenient: tree.rawText(script).prefix(20_000)).items
    where object["@type"].text == "ImageObject" {
      let maker = ["creditText", "creator", "author", "copyrightHolder", "copyrightNotice"].lazy
        .compactMap { object[$0].text ?? object[$0]["name"].text }.first
      figure.credit = figure.credit ?? maker.flatMap(cleanCredit)
      if figure.caption.isEmpty, let words = object["caption"].text ?? object["description"].text {
        figure.caption = [Phrase(Self.plain(words))]
      }
    }
  }

  /// The text of an attribute that may hold markup.
  private static func plain(_ value: String) -> String {
    guard value.utf8.contains(0x3C) else { return value }
    return HTMLTree(Array(value.utf8.prefix(4_000))).line(HTMLTree.root)
  }

  /// "Caption | Name": what a title adds to the caption or to the text for screen readers.
  private func titleCredit(_ title: String, _ figure: Figure) -> String? {
    guard let bar = title.utf8.lastIndex(of: 0x7C) else { return nil }
    let known = MetadataChoice.key(String(title[..<bar]))
    let isKnown = [figure.caption.text, figure.alt ?? ""].contains {
      !$0.isEmpty && MetadataChoice.key($0) == known
    }
    return isKnown ? cleanCredit(String(title[bar...].dropFirst())) : nil
  }
}
