internal import Display
internal import Storage

/// One story of the list as lines: two of them, or one where many are wanted.
struct ListRow {
  let headline: Headline
  let style: ListStyle
  var isSelected: Bool
  var isChosen: Bool

  private var quiet: Role { headline.isRead ? .read : .faint }

  /// Headline and marks, then the facts.
  var twoLines: [Line] {
    let first = titled(by: marks)
    let star = Span(headline.isStarred ? style.glyph("★", "+") : " ", .star)
    let facts = Line([bar, star, Span(" ")] + self.facts)
    return [first, facts.clipped(to: style.columns, isASCII: style.isASCII)]
  }

  /// Everything in one line, in columns as far as there is room.
  var oneLine: Line {
    var right: [Span] = []
    let columns = style.columns
    if columns >= 100 {
      let source = truncated(
        shownName(headline.source), to: 18, isASCII: style.isASCII)
      let gap = spaces(18 - displayWidth(of: source))
      right.append(Span("  \(source)\(gap)", headline.isRead ? .read : .source))
    }
    if columns >= 60 { right.append(Span(rightAligned(ageWords, 12), quiet)) }
    if columns >= 80 { right.append(Span(rightAligned(minutes ?? "", 8), quiet)) }
    if columns >= 40 {
      let mark = hasBegun ? progressMark : " "
      right.append(Span(" \(mark)", headline.isRead ? .read : .progress))
    }
    return titled(by: right + marks)
  }

  // MARK: - Parts

  private var bar: Span {
    if isSelected { return Span(style.glyph("▌", ">"), .key) }
    if isChosen { return Span(style.glyph("+", "+"), .key) }
    return Span(headline.id == style.open ? style.glyph("▏", "|") : " ", .faint)
  }

  private func titled(by right: [Span]) -> Line {
    let role: Role = headline.isRead ? .read : .unread
    let state = headline.isRead ? style.glyph("·", " ") : style.glyph("●", "*")
    let title = safe(headline.title, oneLine: true)
    // One-line rows have no second line for the star.
    let isMarked = style.isOneLine && headline.isStarred && !isChosen
    let mark = isChosen ? style.glyph("✓", "x") : isMarked ? style.glyph("★", "+") : " "
    let width = max(1, style.columns - 3 - Line(right).width)
    let left = [
      bar, Span(state, role), Span(mark, isMarked ? .star : .key),
      Span(truncated(title.isEmpty ? "Untitled" : title, to: width, isASCII: style.isASCII), role),
    ]
    let line = justified(left, right, in: style.columns, isASCII: style.isASCII)
    return isSelected && style.isFocused ? line.selected(to: style.columns) : line
  }

  /// "  14+3 ▣2 ": comments, the new ones counted, and figures, at the right end of the row.
  private var marks: [Span] {
    // In one line the marks are columns, with room for the new comments where there is some.
    let width = !style.isOneLine ? 0 : style.columns >= 60 ? 6 : 3
    guard style.columns >= 30, headline.comments > 0 || headline.figures > 0 else {
      return style.isOneLine && style.columns >= 30 ? [Span(spaces(width + 7))] : []
    }
    let comments = headline.comments > 0 ? short(headline.comments) : ""
    let new = headline.newComments > 0 ? "+" + short(headline.newComments) : ""
    let figures = headline.figures > 0 ? style.glyph("▣", "#") + short(headline.figures) : ""
    return [
      Span("  " + spaces(width - displayWidth(of: comments + new))),
      Span(comments, quiet), Span(new, .fresh), Span(" "),
      Span(figures, headline.isRead ? .read : .figureMark),
      Span(spaces(4 - displayWidth(of: figures))),
    ]
  }

  /// At most three digits or letters: "14", "2k", "99k".
  private func short(_ count: Int) -> String {
    count < 1000 ? String(max(0, count)) : "\(min(99, count / 1000))k"
  }

  private func rightAligned(_ text: String, _ width: Int) -> String {
    spaces(width - displayWidth(of: text)) + text
  }

  private var ageWords: String { age(of: headline.published ?? headline.added, now: style.now) }

  private var minutes: String? {
    headline.words > 0 ? "\(readingMinutes(headline.words)) min" : nil
  }

  private var hasBegun: Bool { headline.progress > 0 && headline.progress < 0.995 }

  private var facts: [Span] {
    let source = shownName(headline.source)
    let least = min(displayWidth(of: source), Self.minSourceColumns)
    // A fact is left out rather than cut: first the reading time, then the progress.
    let state = stateWords
    let forms = [
      [ageWords, minutes, state?.long], [ageWords, state?.long], [ageWords, state?.short],
    ].map { $0.compactMap(\.self).joined(separator: style.dot) }
    let room = style.columns - 3 - least - (least > 0 ? 3 : 0)
    let tail = forms.first { displayWidth(of: $0) <= room } ?? ageWords
    // A last column stays free, unless the source needs it.
    let roomBefore = style.columns - 3 - displayWidth(of: tail) - 3
    guard !source.isEmpty, roomBefore >= 2 else { return [Span(tail, quiet)] }
    return [
      Span(
        truncated(
          source, to: roomBefore > least ? roomBefore - 1 : roomBefore, isASCII: style.isASCII),
        headline.isRead ? .read : .source),
      Span(style.dot + tail, quiet),
    ]
  }

  /// "read", or how much of its text was read; `nil` of what was not begun.
  ///
  /// It is "40% read", since the number in the status line of a story counts its thread too, and is
  /// where one stands. Where there is little room the word is left out.
  private var stateWords: (long: String, short: String)? {
    if headline.isRead, !hasBegun { return ("read", "read") }
    guard headline.progress > 0 else { return nil }
    let percent = Int((min(1, headline.progress) * 100).rounded())
    let words = style.isASCII ? "\(percent)%" : "\(progressMark) \(percent)%"
    return ("\(words) read", words)
  }

  /// The columns of a source's name that tell it from others.
  private static let minSourceColumns = 6

  private var progressMark: String {
    let marks = style.isASCII ? ["1", "2", "3", "4"] : ["▁", "▃", "▅", "█"]
    return marks[max(0, min(3, Int(headline.progress * 4)))]
  }
}
