internal import Display
internal import Stories

/// What a story is made of, as a tree to jump by: headings, figures and its thread.
struct Outline {
  private(set) var entries: [Picker.Entry] = []
  /// The comments with replies, by entry: a thread is opened at its top level.
  private(set) var folds: Set<Int> = []
  private let view: StoryView

  init(_ view: StoryView) {
    self.view = view
    let title = view.story.title
    add(0, title.isEmpty ? "Untitled" : title, .part(.head))
    addText()
    addThread()
  }

  /// The entry of the current row: the last one above it.
  var current: Int {
    let here = order(view.layout.place(atRow: view.currentRow).part)
    return entries.lastIndex { order($0.target) <= here } ?? 0
  }

  // MARK: - Parts

  private mutating func addText() {
    let headings = view.story.blocks.compactMap { block in
      if case .heading(let level, _) = block { level } else { nil }
    }
    let top = headings.min() ?? 1
    var depth = 0
    for (index, block) in view.story.blocks.enumerated() {
      let traits = block.traits
      if case .heading(let level) = traits.role { depth = min(8, level - top) }
      switch traits.reference {
      case .section(let phrases): add(depth, phrases.text, .part(.block(index)))
      case .figure(let figure):
        let below = headings.isEmpty ? 0 : depth + 1
        add(below, words(figure), .part(.block(index)), address: figure.address)
      case .note, nil: break
      }
    }
  }

  private mutating func addThread() {
    let comments = view.thread.comments
    guard !comments.isEmpty else { return }
    add(0, counted(view.thread.total, "comment", "comments"), .part(.threadHead))
    for (index, comment) in comments.enumerated() {
      if comment.descendants > 0 { folds.insert(entries.count) }
      let author = comment.author.isEmpty ? "someone" : comment.author
      let replies = comment.descendants
      entries.append(
        Picker.Entry(
          depth: comment.depth + 1, words: "\(author): \(firstWords(comment.blocks))",
          facts: replies == 0 ? "" : counted(replies, "reply", "replies"), target: .comment(index)))
    }
  }

  private mutating func add(
    _ depth: Int, _ words: String, _ target: Picker.Target, address: Picker.Address = .none
  ) {
    let rows = view.layout.rowCount
    var facts = ""
    if case .part(let part) = target {
      facts = percentWords(view.layout.row(of: Place(part)), of: rows)
    }
    entries.append(
      Picker.Entry(depth: depth, words: words, facts: facts, target: target, address: address))
  }

  /// Where a part stands among the others.
  private func order(_ part: Place.Part) -> Int {
    switch part {
    case .head: -1
    case .block(let index): index
    case .authorCard: view.story.blocks.count
    case .threadHead: view.story.blocks.count + 1
    case .comment(let id):
      view.story.blocks.count + 2
        + (view.thread.comments.firstIndex { $0.id == id } ?? view.thread.comments.count)
    }
  }

  private func order(_ target: Picker.Target) -> Int {
    switch target {
    case .part(let part): order(part)
    case .comment(let index): view.story.blocks.count + 2 + index
    case .mark, .link, .job: .max
    }
  }

  // MARK: - Words

  private func words(_ figure: Figure) -> String {
    let words = figure.saidCaption
    let name = "Figure \(figure.number)"
    // The page numbers its figures itself, perhaps otherwise.
    if words.hasPrefix("Fig") { return words }
    return words.isEmpty ? "\(name), \(figure.kind.rawValue)" : "\(name): \(words)"
  }

  /// The first text of some blocks, as far as a line shows it.
  private func firstWords(_ blocks: [Block]) -> String {
    String(String.UnicodeScalarView(blocks.firstText.unicodeScalars.prefix(200)))
  }
}

/// How far down a row is, as wide as "100%".
func percentWords(_ row: Int, of rows: Int) -> String {
  let words = "\(row * 100 / max(1, rows))%"
  return spaces(4 - words.utf8.count) + words
}

extension Figure {
  /// Its caption, or else what the page says of its picture; empty where that is no more than spaces.
  var saidCaption: String {
    [caption.text, alt ?? ""].first { !$0.allSatisfy(\.isWhitespace) } ?? ""
  }

  /// Where its picture is, for a list of parts.
  var address: Picker.Address {
    image.map { .picture(LinkTarget(address: $0)) } ?? .missing
  }
}
