package import Stories

/// Places and rows: a place counts bytes of a part's text, so it holds at any width.
extension StoryLayout {
  /// How many bytes of the words at a place are kept with it.
  private static let wordLimit = 60

  /// The place that stands in a row.
  package func place(atRow row: Int) -> Place {
    guard rowCount > 0 else { return Place(.head) }
    let row = max(0, min(row, rowCount - 1))
    return text.place(ofByte: byte(atRow: row), wordLimit: Self.wordLimit)
  }

  /// The row in which a place stands; a place in a hidden comment is in its fold's row.
  ///
  /// Where the text at the offset differs from the remembered words, the nearest same words are used.
  package func row(of place: Place) -> Int {
    guard rowCount > 0 else { return 0 }
    if place.part == .head, place.offset <= 0 { return 0 }
    let byte = text.byte(of: place)
    return min(rowCount - 1, rowOrFold(ofByte: byte))
  }

  /// The row in which a match begins; `nil` where it is hidden by a fold.
  package func row(of match: Match) -> Int? { visibleRow(ofByte: match.range.lowerBound) }

  // MARK: - Bytes and rows

  /// The byte that stands for a row: the first of its text, or the end of what stands above.
  private func byte(atRow row: Int) -> Int {
    let index = item(atRow: row)
    let item = text.items[index]
    let local = row - Int(firstRows[index]) - space(index)
    if local < 0 {
      var above = index - 1
      while above > 0, !isVisible(above) { above -= 1 }
      return above < 0 ? 0 : endByte(ofItem: above)
    }
    guard case .tableRow = item.kind else {
      guard local < rows.rowCount(of: item.passage) else { return endByte(ofItem: index) }
      return Int(rows.starts[Int(rows.firstStarts[item.passage]) + local])
    }
    return byte(ofTableRow: local, of: index)
  }

  private func byte(ofTableRow local: Int, of index: Int) -> Int {
    let item = text.items[index]
    let table = text.tables[item.label]
    let tableRows = rows.tables[item.label]
    if local >= tableRows.lines[item.row] { return endByte(ofItem: index) }
    guard tableRows.isGrid else {
      guard let (cell, line) = recordLine(item, row: local) else { return endByte(ofItem: index) }
      let passage = table.cells[cell].passage
      if line < 0 { return max(0, text.passages[passage].range.lowerBound - 1) }
      return Int(rows.starts[Int(rows.firstStarts[passage]) + line])
    }
    for column in 0..<table.columnCount {
      let index = Int(table.cover[item.row * table.columnCount + column])
      guard index >= 0 else { continue }
      let cell = table.cells[index]
      let line = local + tableRows.lines[cell.row..<item.row].reduce(0, +)
      if line < rows.rowCount(of: cell.passage) {
        return Int(rows.starts[Int(rows.firstStarts[cell.passage]) + line])
      }
    }
    return text.passages[item.passage].range.lowerBound
  }

  /// The zero byte behind an item's last passage.
  private func endByte(ofItem index: Int) -> Int {
    let next = index + 1
    let last = next < text.items.count ? text.items[next].passage : text.passages.count
    let range = text.passages[last - 1].range
    return range.isEmpty ? range.lowerBound + 1 : range.upperBound
  }

  /// The row of a byte, or `nil` if a fold hides it.
  func visibleRow(ofByte byte: Int) -> Int? {
    let passage = text.passage(ofByte: byte)
    let index = text.passages[passage].item
    return isVisible(index) ? row(ofByte: byte, passage, index) : nil
  }

  private func rowOrFold(ofByte byte: Int) -> Int {
    let passage = text.passage(ofByte: byte)
    var index = text.passages[passage].item
    if isVisible(index) { return row(ofByte: byte, passage, index) }
    // In a folded branch: the row that says so stands at the end of the comment's own items.
    if let comment = text.comment(ofItem: index), hiders[comment] >= 0 {
      index = text.commentItems[Int(hiders[comment]) + 1] - 1
    }
    return Int(firstRows[index])
  }

  private func row(ofByte byte: Int, _ passage: Int, _ index: Int) -> Int {
    let first = Int(firstRows[index]) + space(index)
    if byte == endByte(ofItem: index), byte > text.passages[passage].range.lowerBound {
      // The end of an item is the blank row below it, if there is one, or a table's rule.
      if hasRuleBelow(index) { return Int(firstRows[index + 1]) - 1 }
      let next = Int(firstRows[index + 1])
      guard next < rowCount else { return max(first, next - 1) }
      return space(item(atRow: next)) > 0 ? next : max(first, next - 1)
    }
    let line = rows.row(ofByte: byte, of: passage)
    guard case .tableRow = text.items[index].kind else { return first + line }
    return tableRow(ofLine: line, passage, index) - labelHeight(byte, of: passage)
  }

  /// The lines of the label that a byte stands for, which is drawn above its record's cell.
  private func labelHeight(_ byte: Int, of passage: Int) -> Int {
    let range = text.passages[passage].range
    guard byte < range.lowerBound, !range.isEmpty else { return 0 }
    let item = text.items[text.passages[passage].item]
    let cell = text.tables[item.label].rowCells[item.row] + passage - item.passage
    return rows.tables[item.label].labelHeight(of: cell)
  }

  private func hasRuleBelow(_ index: Int) -> Bool {
    let item = text.items[index]
    guard case .tableRow = item.kind else { return false }
    return rows.tables[item.label].hasRule[item.row]
  }

  private func tableRow(ofLine line: Int, _ passage: Int, _ index: Int) -> Int {
    let item = text.items[index]
    let table = text.tables[item.label]
    let tableRows = rows.tables[item.label]
    let cell = table.rowCells[item.row] + passage - item.passage
    let first = Int(firstRows[index]) + space(index)
    guard table.cells.indices.contains(cell) else { return first }
    var line = line
    var row = item.row
    if tableRows.isGrid {
      let last = row + table.cells[cell].rows - 1
      while row < last, line >= tableRows.lines[row] {
        line -= tableRows.lines[row]
        row += 1
      }
      let item = table.firstItem + row
      return Int(firstRows[item]) + space(item) + line
    }
    for before in table.rowCells[row]...cell
    where !text.passages[table.cells[before].passage].range.isEmpty {
      line += tableRows.labelHeight(of: before)
      if before < cell { line += rows.rowCount(of: table.cells[before].passage) }
    }
    return first + line
  }
}

// MARK: - Bytes and places

extension StoryText {
  /// The passage that a byte belongs to; a zero behind a passage is its own.
  func passage(ofByte byte: Int) -> Int {
    let next = passages.partitioningIndex { $0.range.lowerBound > byte }
    // The zero right before a cell is the cell's.
    guard next < passages.count, passages[next].kind == .cell,
      byte == passages[next].range.lowerBound - 1
    else { return max(0, next - 1) }
    return next
  }

  func place(ofByte byte: Int, wordLimit: Int) -> Place {
    let index = max(0, sections.firstIndex(after: byte) { $0.start } - 1)
    let section = sections[index]
    return Place(part(of: section), offset: byte - section.start, words: words(at: byte, wordLimit))
  }

  private func part(of section: Section) -> Place.Part {
    switch section.part {
    case .head: .head
    case .authorCard: .authorCard
    case .threadHead: .threadHead
    case .block(let index): .block(index)
    case .comment(let index): .comment(story.thread.comments[index].id)
    }
  }

  /// The words at a byte, whole ones where they fit; those of the next passage at an end.
  private func words(at byte: Int, _ limit: Int) -> String {
    var start = byte
    while start < bytes.count, bytes[start] == 0 { start += 1 }
    var end = min(start + limit, bytes.count)
    if let stop = bytes[start..<end].firstIndex(where: { $0 == 0 || $0 == 0x0A }) { end = stop }
    if end < bytes.count, bytes[end] != 0, let space = bytes[start..<end].lastIndex(of: 0x20) {
      end = space
    }
    while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return text(in: start..<end)
  }

  /// The byte of a place, by its remembered words where the text has moved.
  func byte(of place: Place) -> Int {
    let index = section(of: place.part)
    let start = index.map { sections[$0].start } ?? 0
    let end = index.map { self.end(ofSection: $0) } ?? bytes.count
    let byte = max(start, min(start &+ max(0, min(place.offset, bytes.count)), end - 1))
    let words = Array(place.words.utf8)
    guard !words.isEmpty else { return byte }
    var at = byte
    while at < bytes.count, bytes[at] == 0 { at += 1 }
    if bytes[min(at, bytes.count)...].starts(with: words) { return byte }
    return nearest(words, to: byte, in: start..<end)
      ?? nearest(words, to: byte, in: 0..<bytes.count) ?? byte
  }

  private func section(of part: Place.Part) -> Int? {
    sections.firstIndex { section in
      switch (section.part, part) {
      case (.head, .head), (.authorCard, .authorCard), (.threadHead, .threadHead): true
      case (.block(let one), .block(let other)): one == other
      case (.comment(let index), .comment(let id)): story.thread.comments[index].id == id
      default: false
      }
    }
  }

  private func end(ofSection index: Int) -> Int {
    index + 1 < sections.count ? sections[index + 1].start : bytes.count
  }

  /// Where the words stand, nearest to a byte.
  private func nearest(_ words: [UInt8], to byte: Int, in range: Range<Int>) -> Int? {
    guard let first = words.first, range.count >= words.count else { return nil }
    var best: Int?
    for at in range.lowerBound...(range.upperBound - words.count)
    where bytes[at] == first && bytes[at..<(at + words.count)].elementsEqual(words) {
      if let found = best, abs(found - byte) <= abs(at - byte) { break }
      best = at
    }
    return best
  }
}
