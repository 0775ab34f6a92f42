internal import Display
internal import Stories

extension StoryView {
  /// The visible lines, with the matches and the chosen link marked.
  func lines() -> [Line] {
    let rows = top..<max(top, min(layout.rowCount, top + height))
    var lines = layout.lines(rows, marks: hits.marks)
    markLink(in: &lines)
    markFocus(in: &lines)
    if let stickyComment { lines[0] = layout.headLine(ofComment: stickyComment) }
    return lines + Array(repeating: Line(), count: max(0, height - lines.count))
  }

  /// A mark beside the row that a jump led to, where the margin has room for it.
  private func markFocus(in lines: inout [Line]) {
    guard viewport.isFocusMarked, let focus, lines.indices.contains(focus - top), link == nil
    else { return }
    let options = layout.options
    let margin = options.margin
    guard margin >= 2, let first = lines[focus - top].spans.first,
      first.text.utf8.prefix(margin).allSatisfy({ $0 == 32 }), first.text.utf8.count >= margin
    else { return }
    let mark = Span(options.isASCII ? ">" : "▸", .key)
    let rest = Span(spaces(first.text.utf8.count - margin + 1), first.role)
    let isBlank = first.text.utf8.allSatisfy { $0 == 32 }
    guard isBlank else { return }
    lines[focus - top].spans.replaceSubrange(0...0, with: [Span(spaces(margin - 2)), mark, rest])
  }

  /// How far the bottom of the screen is, in per cent of everything.
  var percent: Int {
    guard layout.rowCount > height else { return 100 }
    if top == 0 { return 0 }
    return min(100, (top + height) * 100 / layout.rowCount)
  }

  /// How many minutes the rest of the story takes from the first line on the screen, its thread
  /// apart; `nil` where its end has been reached.
  var minutesLeft: Int? {
    let end = threadRow > 0 ? threadRow : layout.rowCount
    guard top + height < end else { return nil }
    return text.minutes(ofShare: 1 - Double(top) / Double(end))
  }

  /// How much of the story itself, without its thread, has been on the screen: 0…1.
  var progress: Double {
    let end = threadRow > 0 ? threadRow : layout.rowCount
    guard end > 0 else { return 1 }
    return min(1, Double(top + height) / Double(end))
  }
}
