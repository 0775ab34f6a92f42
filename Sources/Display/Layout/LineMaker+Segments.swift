import Stories

/// Text cut where its style or a match begins or ends.
extension LineMaker {
  func segments(
    _ bytes: Range<Int>, role: Role, kind: Passage.Kind, into spans: inout [Span]
  ) {
    guard !bytes.isEmpty else { return }
    var run = text.markup.styles.firstIndex(after: bytes.lowerBound) { $0.end }
    let matches = marks?.matches ?? []
    var match = matches.firstIndex(after: bytes.lowerBound) { $0.range.upperBound }
    var at = bytes.lowerBound
    while at < bytes.upperBound {
      while run < text.markup.styles.count, text.markup.styles[run].end <= at { run += 1 }
      while match < matches.count, matches[match].range.upperBound <= at { match += 1 }
      var end = bytes.upperBound
      var style: StyleRun?
      var overlay: Role?
      if run < text.markup.styles.count, text.markup.styles[run].start < end {
        if text.markup.styles[run].start <= at {
          style = text.markup.styles[run]
          end = min(end, text.markup.styles[run].end)
        } else {
          end = text.markup.styles[run].start
        }
      }
      if match < matches.count, matches[match].range.lowerBound < end {
        if matches[match].range.lowerBound <= at {
          overlay = marks?.current == match ? .currentMatch : .match
          end = min(end, matches[match].range.upperBound)
        } else {
          end = matches[match].range.lowerBound
        }
      }
      spans.append(span(at..<end, role, kind, style, overlay))
      at = end
    }
  }

  private func span(
    _ bytes: Range<Int>, _ role: Role, _ kind: Passage.Kind, _ run: StyleRun?, _ overlay: Role?
  ) -> Span {
    var words = text.text(in: bytes)
    switch kind {
    case .dateline, .byline, .threadHead, .credit: words = ornaments.label(words)
    default: break
    }
    var span = Span(words, role, overlay: overlay)
    guard let run else { return span }
    if run.style.contains(.emphasis) { span.emphasis.insert(.italic) }
    if run.style.contains(.strong) { span.emphasis.insert(.strong) }
    if run.style.contains(.deleted) { span.emphasis.insert(.deleted) }
    if run.style.contains(.code), role == .text { span.role = .code }
    if run.link >= 0 {
      span.link = Hyperlink(number: run.link, target: text.markup.links[run.link])
      span.emphasis.insert(.underline)
      if role == .text { span.role = .link }
    }
    return span
  }
}

extension Array {
  /// The first element whose end lies behind `offset`, in an array in the order of its ends.
  func firstIndex(after offset: Int, _ end: (Element) -> Int) -> Int {
    partitioningIndex { end($0) > offset }
  }
}
