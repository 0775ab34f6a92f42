internal import Display

extension Line {
  /// The columns of the line's text.
  var width: Int { spans.reduce(0) { $0 + displayWidth(of: $1.text) } }

  /// The line with nothing beyond a column.
  func clipped(to columns: Int, isASCII: Bool = false) -> Line {
    var left = max(0, columns)
    var line = Line([], fill: fill)
    for var span in spans {
      let width = displayWidth(of: span.text)
      guard width <= left else {
        if left > 0 {
          span.text = truncated(span.text, to: left, isASCII: isASCII)
          line.spans.append(span)
        }
        break
      }
      line.spans.append(span)
      left -= width
    }
    return line
  }

  /// The line up to a column, without a mark that more stood there: for what something covers.
  func cut(to columns: Int) -> Line {
    var left = max(0, columns)
    var line = Line([], fill: fill)
    for var span in spans where left > 0 {
      var text = ""
      for character in span.text {
        let width = displayWidth(of: String(character))
        guard width <= left else {
          left = 0
          break
        }
        text.append(character)
        left -= width
      }
      span.text = text
      line.spans.append(span)
    }
    return line
  }

  /// The line clipped and then filled with spaces to exactly some columns.
  func padded(to columns: Int, isASCII: Bool = false) -> Line {
    var line = clipped(to: columns, isASCII: isASCII)
    let missing = columns - line.width
    if missing > 0 { line.spans.append(Span(spaces(missing), line.fill ?? .text)) }
    return line
  }
}

extension Line {
  /// The line as the selected row of a list, so many columns wide; its first span, a bar, stays as
  /// it is.
  func selected(to columns: Int) -> Line {
    var line = self
    line.fill = .selection
    line = line.padded(to: columns)
    for index in line.spans.indices.dropFirst() { line.spans[index].overlay = .selection }
    return line
  }

  /// The line with other spans over it from a column on.
  func covered(from column: Int, by cover: [Span]) -> Line {
    var line = cut(to: column).padded(to: column)
    line.spans += cover
    let end = column + Line(cover).width
    var at = 0
    for var span in spans {
      let start = at
      at += displayWidth(of: span.text)
      guard at > end else { continue }
      if start < end {
        let kept = span.text.dropped(columns: end - start)
        // Half a wide character is a space.
        span.text = spaces(at - end - displayWidth(of: kept)) + kept
      }
      line.spans.append(span)
    }
    return line
  }
}

extension String {
  /// The text behind some columns; a character that begins before their end goes too.
  fileprivate func dropped(columns: Int) -> String {
    var left = columns
    var start = unicodeScalars.startIndex
    while start < unicodeScalars.endIndex {
      let width = displayWidth(of: String(unicodeScalars[start]))
      if left <= 0, width > 0 { break }
      left -= width
      start = unicodeScalars.index(after: start)
    }
    return String(unicodeScalars[start...])
  }
}

/// A left and a right part at the two ends of a line; the right part is kept whole first.
func justified(
  _ left: [Span], _ right: [Span], in columns: Int, fill: Role? = nil, isASCII: Bool = false
) -> Line {
  let rightWidth = Line(right).width
  guard rightWidth < columns else {
    return Line(left + right, fill: fill).clipped(to: columns, isASCII: isASCII)
  }
  var line = Line(left, fill: fill).padded(to: columns - rightWidth, isASCII: isASCII)
  line.spans += right
  return line
}

func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

/// "1 story", "240 stories".
func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(count) \(count == 1 ? one : many)"
}
