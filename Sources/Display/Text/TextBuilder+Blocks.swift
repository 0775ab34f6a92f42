import Stories

/// The blocks of a story or a comment.
extension TextBuilder {
  /// Adds blocks; `depth` is how many blocks they stand in.
  mutating func add(_ blocks: [Block], depth: Int) {
    for block in blocks { add(block, depth: depth) }
  }

  private mutating func add(_ block: Block, depth: Int) {
    switch block {
    case .paragraph(let phrases): paragraph(.paragraph, phrases)
    case .heading(let level, let phrases):
      pendingMarker = .heading(level)
      within(.indent(2)) { $0.passage(.heading(level), phrases) }
    case .pullQuote(let phrases): within(.pullQuote) { $0.passage(.pullQuote, phrases) }
    case .footnote(let label, let phrases): footnote(label, phrases)
    case .quote(let inner): nested(.quote, depth) { $0.add(inner, depth: depth + 1) }
    case .list(let list): add(list, depth: depth)
    case .code(let code, let language): add(code: code, language: language)
    case .table(let table): add(table)
    case .figure(let figure): add(figure)
    case .embed(let embed): add(embed)
    case .rule: ornament(.rule)
    }
  }

  private mutating func paragraph(_ kind: Passage.Kind, _ phrases: [Phrase]) {
    guard phrases.contains(where: { !$0.text.isEmpty }) else { return }
    passage(kind, phrases)
  }

  /// Blocks below the depth limit stand where their parents stand, so that no page digs a stack.
  private mutating func nested(_ kind: Piece.Kind, _ depth: Int, _ body: (inout Self) -> Void) {
    if depth < Self.depthLimit { within(kind, body) } else { body(&self) }
  }

  private mutating func footnote(_ label: String, _ phrases: [Phrase]) {
    let mark = truncated(safe(label, oneLine: true), to: 8)
    pendingMarker = .label(self.label(mark))
    within(.indent(max(2, displayWidth(of: mark) + 1))) { $0.passage(.footnote, phrases) }
  }

  private mutating func add(_ list: Block.List, depth: Int) {
    let last = (list.start ?? 0).addingReportingOverflow(list.items.count).partialValue
    let width = list.start == nil ? 2 : min(12, String(last).utf8.count + 2)
    let isLoose = list.items.contains { $0.count { !$0.isList } > 1 }
    listDepth += 1
    nested(.indent(width), depth) { builder in
      for (index, item) in list.items.enumerated() {
        builder.isTight = builder.isTight || (index > 0 ? !isLoose : builder.listDepth > 1)
        let number = list.start.map { $0.addingReportingOverflow(index).partialValue }
        builder.pendingMarker = number.map { .number($0) } ?? .bullet(builder.listDepth)
        builder.add(item: item, depth: depth + 1)
      }
    }
    listDepth -= 1
  }

  /// A marker stands before text; where an item begins with something else it has a row of its own.
  private mutating func add(item: [Block], depth: Int) {
    switch item.first {
    case .paragraph(let phrases) where phrases.contains { !$0.text.isEmpty }: break
    case .paragraph, .heading, .list, .quote, .pullQuote, .code, .table, .figure, .embed, .footnote,
      .rule, nil:
      ornament(.marker)
      isTight = true
    }
    add(item, depth: depth)
  }

  private mutating func add(code: String, language: String?) {
    let words = language.map { truncated(safe($0, oneLine: true), to: 30) } ?? ""
    ornament(.codeTop, label: label(words))
    isTight = true
    open(.code)
    var code = code
    if code.utf8.last == 0x0A { code.unicodeScalars.removeLast() }
    write(code)
    close(.code)
    isTight = true
    ornament(.codeBottom)
  }

  private mutating func add(_ figure: Figure) {
    var words = figure.number > 0 ? "Figure \(figure.number)" : "Figure"
    if figure.number > 0, text.figureCount >= figure.number { words += " of \(text.figureCount)" }
    callout("\(words) · \(figure.kind.rawValue)") { builder in
      if !figure.caption.text.utf8.allSatisfy({ $0 == 0x20 }) {
        builder.passage(.caption, figure.caption)
      } else if let alt = figure.alt, !alt.isEmpty {
        builder.passage(.caption, alt)
      } else if figure.credit == nil {
        builder.passage(.note, "No caption.")
      }
      builder.isTight = true
      if let credit = figure.credit, !credit.isEmpty { builder.passage(.credit, "— " + credit) }
    }
  }

  private mutating func add(_ embed: Embed) {
    var words = embed.kind == .other ? "Embed" : embed.kind.rawValue.capitalizedASCII
    let provider = truncated(safe(embed.provider ?? "", oneLine: true), to: 40)
    if !provider.isEmpty { words += " · \(provider)" }
    callout(words) { builder in
      if embed.text.contains(where: { !$0.text.isEmpty }) { builder.passage(.embed, embed.text) }
      builder.isTight = true
      if let address = embed.address, !address.isEmpty {
        builder.passage(.embed, [Phrase(shownAddress(address), link: address)])
      } else if embed.text.isEmpty {
        builder.passage(.note, "Nothing to read here.")
      }
    }
  }

  // MARK: - Tables

  /// A table with more columns, or more places, is shown as records.
  private static let columnLimit = 40
  private static let placeLimit = 200_000

  private mutating func add(_ table: Table) {
    paragraph(.tableCaption, table.caption)
    guard !table.rows.isEmpty else { return }
    var grid = TableText()
    grid.firstItem = text.items.count
    // For each column, in how many of the coming rows a cell from above still stands.
    var covered: [Int] = []
    for (row, cells) in table.rows.enumerated() {
      isTight = row > 0 || !table.caption.isEmpty
      open(.tableRow, label: text.tables.count)
      text.items[text.items.count - 1].row = row
      grid.rowCells.append(grid.cells.count)
      var column = 0
      for index in covered.indices { covered[index] = max(0, covered[index] - 1) }
      for cell in cells {
        while column < covered.count, covered[column] > 0 { column += 1 }
        add(cell, row: row, column: column, of: table.rows.count, to: &grid)
        let end = column + max(1, min(cell.columns, Self.columnLimit))
        grid.columnCount = max(grid.columnCount, end)
        // Beyond the limit the table is no grid, and nothing needs to be kept for it.
        if end <= Self.columnLimit {
          while covered.count < end { covered.append(0) }
          for index in column..<end { covered[index] = min(cell.rows, table.rows.count - row) }
        }
        column = end
      }
      if cells.isEmpty {
        text.bytes.append(0)
        openPassage()
        close(.cell)
      }
    }
    grid.rowCells.append(grid.cells.count)
    cover(&grid)
    findHeads(&grid)
    text.tables.append(grid)
  }

  private mutating func add(
    _ cell: Table.Cell, row: Int, column: Int, of rows: Int, to grid: inout TableText
  ) {
    var place = TableText.Cell(
      passage: text.passages.count, row: row, column: column,
      columns: max(1, min(cell.columns, Self.columnLimit)),
      rows: max(1, min(cell.rows, rows - row)),
      isHeader: cell.isHeader)
    // A record's label stands for the zero before its cell, so that its row has a place too.
    text.bytes.append(0)
    openPassage()
    write(cell.phrases)
    close(.cell)
    let range = text.passages[text.passages.count - 1].range
    (place.natural, place.word) = measure(text.bytes.span.extracting(range))
    grid.cells.append(place)
  }

  /// The columns of the longest line and of the longest word.
  private func measure(_ bytes: Bytes) -> (natural: Int, word: Int) {
    var line = 0
    var word = 0
    var most = (natural: 0, word: 0)
    var index = 0
    while index < bytes.count {
      let (scalar, length) = decode(bytes, at: index, end: bytes.count)
      index += length
      line = scalar == 0x0A ? 0 : line + columns(of: scalar)
      word = scalar == 0x0A || scalar == 0x20 ? 0 : word + columns(of: scalar)
      most = (max(most.natural, line), max(most.word, word))
    }
    return most
  }

  private func findHeads(_ grid: inout TableText) {
    let first = grid.rowCells[0]..<grid.rowCells[1]
    guard !first.isEmpty, grid.cells[first].allSatisfy(\.isHeader) else { return }
    grid.heads = [Int32](repeating: -1, count: grid.columnCount)
    var unused = Set<Int32>()
    for index in first where hasText(grid.cells[index]) {
      let cell = grid.cells[index]
      unused.insert(Int32(index))
      for column in cell.column..<(cell.column + cell.columns) { grid.heads[column] = Int32(index) }
    }
    for cell in grid.cells[first.upperBound...] where hasText(cell) {
      unused.remove(grid.heads[cell.column])
    }
    grid.usesAllHeads = unused.isEmpty
  }

  private func hasText(_ cell: TableText.Cell) -> Bool {
    !text.passages[cell.passage].range.isEmpty
  }

  private func cover(_ grid: inout TableText) {
    let places = grid.rowCount.multipliedReportingOverflow(by: grid.columnCount)
    guard grid.columnCount <= Self.columnLimit, !places.overflow,
      places.partialValue <= Self.placeLimit
    else { return }
    grid.cover = [Int32](repeating: -1, count: places.partialValue)
    for (index, cell) in grid.cells.enumerated() {
      for row in cell.row..<(cell.row + cell.rows) {
        for column in cell.column..<min(grid.columnCount, cell.column + cell.columns) {
          grid.cover[row * grid.columnCount + column] = Int32(index)
        }
      }
    }
  }
}

extension Block {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}

extension String {
  /// The word with a capital first letter.
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
