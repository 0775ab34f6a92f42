import Stories

/// Rows in visual order, and what is drawn beside text that runs from right to
/// left.
extension LineMaker {
  /// Whether an item stands at the right, its marker right of it.
  func runsLeft(_ item: Item) -> Bool {
    layout.options.order != .asWritten && item.passage < text.passages.count
      && text.passages[item.passage].direction == .rightToLeft
  }

  /// Adds the text of a row, in the order that is asked for.
  func directed(
    _ bytes: Range<Int>, of passage: Int, role: Role, kind: Passage.Kind, hasHyphen: Bool,
    into spans: inout [Span]
  ) {
    let from = spans.count
    guard layout.options.order == .asSeen, text.passages[passage].direction != .leftToRight else {
      segments(bytes, role: role, kind: kind, into: &spans)
      if hasHyphen, spans.count > from { spans[spans.count - 1].text += "-" }
      return
    }
    var pieces: [(span: Span, level: UInt8)] = []
    for run in text.markup.levels(in: bytes) {
      var part: [Span] = []
      segments(run.bytes, role: role, kind: kind, into: &part)
      pieces += part.map { ($0, run.level) }
    }
    giveMarksBack(&pieces)
    if hasHyphen, !pieces.isEmpty { pieces[pieces.count - 1].span.text += "-" }
    spans += ordered(pieces.map(\.span), pieces.map(\.level))
  }

  /// Adds words cut to a width, in the order that is asked for.
  ///
  /// They are a paragraph of their own, so nothing in them reorders what is beside them.
  func cut(_ words: String, to width: Int, _ role: Role, into spans: inout [Span]) {
    let span = Span(truncated(words, to: width, isASCII: ornaments.isASCII), role)
    spans += layout.options.order == .asSeen ? inDisplayOrder([span]) : [span]
  }

  /// A mark that has a style of its own goes to the letter it stands on, wherever that goes.
  private func giveMarksBack(_ pieces: inout [(span: Span, level: UInt8)]) {
    for index in pieces.indices.dropFirst() {
      let scalars = pieces[index].span.text.unicodeScalars
      let marks = scalars.prefix { $0.value >= 0x300 && columns(of: $0.value) == 0 }
      guard !marks.isEmpty else { continue }
      pieces[index - 1].span.text.unicodeScalars.append(contentsOf: marks)
      pieces[index].span.text = String(scalars.dropFirst(marks.count))
    }
    pieces.removeAll { $0.span.text.isEmpty }
  }

  /// Draws right of the text what stands left of one that runs from left to right.
  func mirroredPieces(_ piece: Int, marker: Item.Marker?, into spans: inout [Span]) {
    var index = piece
    while index > 0 {
      defer { index = text.pieces[index].parent }
      guard rows.isShown[index] else { continue }
      switch text.pieces[index].kind {
      case .none, .gutter: break
      case .indent(let columns):
        let mark = self.mark(index == piece ? marker : nil, isMirrored: true)
        let rest = columns - displayWidth(of: mark) - 1
        spans.append(
          Span(rest < 0 || mark.isEmpty ? blank(columns) : " " + mark + blank(rest), .marker))
      case .quote: spans.append(Span(" " + ornaments.quote, .marker))
      case .pullQuote: spans.append(Span(" \(ornaments.pullQuote)  ", .marker))
      case .box: spans.append(Span(" " + ornaments.vertical, .callout))
      }
    }
  }

  private func blank(_ columns: Int) -> String { String(repeating: " ", count: max(0, columns)) }
}
