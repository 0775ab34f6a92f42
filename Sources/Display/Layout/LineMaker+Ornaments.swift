import Stories

/// Rows without text of the story: edges, folds, what stands behind a comment's author.
extension LineMaker {
  func calloutTop(_ item: Item, _ width: Int, into spans: inout [Span]) {
    let words = ornaments.label(text.labels[item.label])
    guard RowTable.hasBox(in: width, of: rows.column) else {
      spans.append(
        Span(truncated("[\(words)]", to: width, isASCII: ornaments.isASCII), .callout))
      return fit(&spans, from: spans.count - 1, width: width)
    }
    let label = fitting(words, in: width - 4)
    let rest = width - 4 - displayWidth(of: label)
    let edge = "\(ornaments.topLeft) \(label) \(ornaments.line(rest))\(ornaments.topRight)"
    spans.append(Span(edge, .callout))
  }

  /// A label that loses what stands behind its dot before it is cut.
  private func fitting(_ label: String, in width: Int) -> String {
    guard displayWidth(of: label) > width else { return label }
    let end = label.unicodeScalars.firstIndex { $0 == "·" || $0 == "-" } ?? label.endIndex
    var head = label[..<end]
    while head.last == " " { head.removeLast() }
    return truncated(String(head), to: width, isASCII: ornaments.isASCII)
  }

  func codeEdge(_ item: Item, _ width: Int, into spans: inout [Span]) {
    let words = item.label >= 0 ? text.labels[item.label] : ""
    guard !words.isEmpty, width > 8 else {
      return spans.append(Span(ornaments.line(width), .rule))
    }
    let label = truncated(words, to: width - 5, isASCII: ornaments.isASCII)
    let rest = width - 4 - displayWidth(of: label)
    spans.append(Span("\(ornaments.line(2)) \(label) \(ornaments.line(rest))", .rule))
  }

  func fold(_ item: Item, _ width: Int, into spans: inout [Span]) {
    let hidden = layout.hidden(below: item.label)
    let noun = hidden.comments == 1 ? "reply" : "replies"
    var words = "\(ornaments.fold) \(hidden.comments) \(noun) hidden"
    if hidden.new > 0 { words += " \(ornaments.dot) \(hidden.new) new" }
    spans.append(Span(truncated(words, to: width, isASCII: ornaments.isASCII), .fold))
  }

  /// Adds what is known of a comment behind its author as far as it has room; returns its columns.
  func commentMarks(_ index: Int, _ room: Int, into spans: inout [Span]) -> Int {
    let comment = text.story.thread.comments[index]
    var parts: [(String, Role)] = []
    if comment.marks.contains(.originalPoster) { parts.append((" OP", .op)) }
    if comment.marks.contains(.storyAuthor) { parts.append((" author", .op)) }
    if comment.marks.contains(.own) { parts.append((" you", .op)) }
    if layout.isNew(comment) { parts.append((" \(ornaments.fresh)", .fresh)) }
    if let time = comment.time {
      parts.append((" \(ornaments.dot) \(age(of: time, now: layout.options.now))", .age))
    }
    var used = 0
    for (words, role) in parts {
      let columns = displayWidth(of: words)
      guard used + columns <= room else { break }
      spans.append(Span(words, role))
      used += columns
    }
    return used
  }

  // MARK: - Tables

  func tableRow(_ item: Item, row: Int, _ width: Int, into spans: inout [Span]) {
    let table = text.tables[item.label]
    let tableRows = rows.tables[item.label]
    let from = spans.count
    if row >= tableRows.lines[item.row] {
      tableRule(item, table, tableRows, width, into: &spans)
    } else if tableRows.isGrid {
      gridRow(item, row: row, table, tableRows, into: &spans)
    } else if let (cell, line) = layout.recordLine(item, row: row) {
      if line < 0 {
        let label = tableRows.label(of: cell, in: table, text)
        cut(label[label.count + line], to: width, .tableHeader, into: &spans)
      } else {
        if width > 2 { spans.append(Span("  ")) }
        cellLine(cell, line: line, table, tableRows, into: &spans)
      }
    }
    fit(&spans, from: from, width: width)
    if tableRows.isWide {
      let shift = layout.shift(of: table.firstItem)
      cutSideways(&spans, from: from, shift: shift, window: layout.window(of: item.piece))
    }
    guard rows.rights[item.piece] > 0 else { return }
    pad(width - spans[from...].reduce(0) { $0 + displayWidth(of: $1.text) }, into: &spans)
  }

  private func gridRow(
    _ item: Item, row: Int, _ table: TableText, _ tableRows: TableRows, into spans: inout [Span]
  ) {
    var column = 0
    while column < table.columnCount {
      if column > 0 { spans.append(Span(" \(ornaments.vertical) ", .rule)) }
      let index = Int(table.cover[item.row * table.columnCount + column])
      guard index >= 0 else {
        pad(tableRows.columnWidths[column], into: &spans)
        column += 1
        continue
      }
      let cell = table.cells[index]
      let from = spans.count
      let line = row + tableRows.lines[cell.row..<item.row].reduce(0, +)
      if line < rows.rowCount(of: cell.passage) {
        cellLine(index, line: line, table, tableRows, into: &spans)
      }
      let used = spans[from...].reduce(0) { $0 + displayWidth(of: $1.text) }
      pad(tableRows.cellWidth(table, index) - used, into: &spans)
      column = max(column + 1, cell.column + cell.columns)
    }
  }

  private func cellLine(
    _ index: Int, line: Int, _ table: TableText, _ tableRows: TableRows, into spans: inout [Span]
  ) {
    let cell = table.cells[index]
    let from = spans.count
    let bytes = rows.bytes(ofRow: line, of: cell.passage, in: text)
    let end = trimmed(bytes)
    let width = tableRows.cellWidth(table, index)
    directed(
      bytes.lowerBound..<end, of: cell.passage, role: cell.isHeader ? .tableHeader : .text,
      kind: .cell, hasHyphen: hasHyphen(bytes, end, width), into: &spans)
    fit(&spans, from: from, width: width)
    guard text.passages[cell.passage].direction == .rightToLeft, layout.options.order != .asWritten
    else { return }
    let used = spans[from...].reduce(0) { $0 + displayWidth(of: $1.text) }
    if used < width { spans.insert(Span(String(repeating: " ", count: width - used)), at: from) }
  }

  private func tableRule(
    _ item: Item, _ table: TableText, _ tableRows: TableRows, _ width: Int,
    into spans: inout [Span]
  ) {
    guard tableRows.isGrid else { return spans.append(Span(ornaments.line(min(9, width)), .rule)) }
    var rule = ""
    var wasOpen = false
    for column in 0..<table.columnCount {
      let below = (item.row + 1) * table.columnCount + column
      let above = below - table.columnCount
      // Under a cell that goes on below there is no rule.
      let isOpen =
        below < table.cover.count && table.cover[below] == table.cover[above]
        && table.cover[below] >= 0
      if column > 0 {
        rule += wasOpen ? " " : ornaments.horizontal
        rule += ornaments.cross(openLeft: wasOpen, openRight: isOpen)
        rule += isOpen ? " " : ornaments.horizontal
      }
      rule +=
        isOpen
        ? String(repeating: " ", count: tableRows.columnWidths[column])
        : ornaments.line(tableRows.columnWidths[column])
      wasOpen = isOpen
    }
    spans.append(Span(rule, .rule))
  }
}
