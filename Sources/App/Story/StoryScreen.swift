internal import Display
internal import Storage
internal import Stories

/// An open story: its text, how it is laid out in the pane, and where the reader is in it.
struct StoryScreen {
  let id: StoryID
  private(set) var text: StoryText
  /// The text made ready to be searched, once something is searched for.
  private var madeFinder: StorySearch?
  /// The words of its comments, once some are asked for.
  private var madeWords: CommentWords?
  private(set) var layout: StoryLayout { didSet { measure() } }
  /// Where headings and thread stand in the layout: asked for at every frame.
  private(set) var headingRows: [Int] = []
  private(set) var threadRow = 0
  /// The links of the layout, once one was asked for.
  var knownLinks: [StoryLayout.Link]?
  /// The first row on the screen.
  private(set) var top = 0
  /// The rows of the pane when it was last drawn.
  private(set) var height = 1
  /// What stands in the first row: what the place is kept as, and found again by after a resize.
  private(set) var anchor: Place
  /// The row that a jump led to: what "this comment" means until the reader scrolls.
  private(set) var focus: Int?
  /// Whether the focus is shown in the margin; a match is marked already.
  var isFocusMarked = true
  /// The chosen link.
  var link: StoryLink?
  var hits = Hits()
  /// The comments that are shown, where not all are.
  var only: Only?
  /// How the comments of one parent follow each other, and the thread as the page has it.
  private(set) var order = Thread.Order.published
  private var published: Thread
  /// When the story was open before; later comments are new.
  let lastVisit: Timestamp?
  /// Where the reader was in the text and in the thread before going to the other.
  private var textPlace: Place?
  private var threadPlace: Place?
  private var isPlaced = false
  /// What is looked at and how far below the top, while the column is changed and changed again.
  private var held: (place: Place, distance: Int)?

  /// Lines shown above what a jump leads to.
  static let context = 2

  init(_ id: StoryID, _ story: Story, reading: Reading, options: LayoutOptions) {
    self.id = id
    lastVisit = reading.opened
    var options = options
    options.lastVisit = lastVisit
    text = StoryText(story)
    published = story.thread
    layout = StoryLayout(text, options: options)
    anchor = reading.place ?? Place(.head)
    measure()
  }

  private mutating func measure() {
    headingRows = layout.headingRows
    threadRow = layout.threadRow
    knownLinks = nil
  }

  /// Whether it shows just this, in whatever order its comments stand.
  func shows(_ other: Story) -> Bool {
    var story = text.story
    story.thread = published
    return story == other
  }

  var story: Story { text.story }
  var thread: Thread { text.story.thread }

  mutating func finder() -> StorySearch {
    if let madeFinder { return madeFinder }
    let made = StorySearch(text)
    madeFinder = made
    return made
  }

  mutating func commentWords() -> CommentWords {
    if let madeWords { return madeWords }
    let made = CommentWords(text)
    madeWords = made
    return made
  }

  var lastTop: Int { max(0, layout.rowCount - height) }
}

// MARK: - Drawing

extension StoryScreen {
  /// Fits the story to a pane; the sentence at the top stays at the top.
  mutating func fit(_ options: LayoutOptions, height: Int) {
    var options = options
    options.lastVisit = lastVisit
    let isNewHeight = height != self.height
    self.height = max(1, height)
    guard options != layout.options || !isPlaced || isNewHeight else { return }
    let isNewShape = options.width != layout.options.width || !isPlaced
    if !isNewShape, options.measure != layout.options.measure { return reflow(options) }
    if options != layout.options {
      let focused = focus.map { layout.place(atRow: $0) }
      layout = layout.resized(options)
      focus = focused.map { layout.row(of: $0) }
    }
    if isNewShape { top = layout.row(of: anchor) }
    isPlaced = true
    // What was jumped to stays in sight; the place is still the sentence at the top.
    if let focus, focus < top || focus >= top + self.height { top = focus - Self.context }
    top = max(0, min(lastTop, top))
  }
}

// MARK: - Moving

extension StoryScreen {
  /// Sets the text in another column; the line that is looked at stays where it is on the screen.
  private mutating func reflow(_ options: LayoutOptions) {
    let kept = held ?? (layout.place(atRow: looked), looked - top)
    let hadFocus = focus != nil
    layout = layout.resized(options)
    let row = layout.row(of: kept.place)
    scroll(to: row - kept.distance)
    if hadFocus { focus = row }
    anchor = layout.place(atRow: top)
    held = kept
  }

  /// Shows another layout of the same rows.
  mutating func show(_ layout: StoryLayout) {
    if layout.shifts != self.layout.shifts { self.layout = layout }
  }

  /// The row that "this" means: where the last jump led, or a little below the top.
  var looked: Int { focus ?? (top == 0 ? 0 : min(layout.rowCount - 1, top + Self.context)) }

  mutating func scroll(by rows: Int) { scroll(to: top + rows) }

  mutating func scroll(to row: Int) {
    // A fold may have left nothing below: what is looked at is not pulled down by a key.
    let target = max(0, min(max(lastTop, top), row))
    focus = nil
    link = nil
    held = nil
    guard target != top else { return }
    top = target
    anchor = layout.place(atRow: top)
  }

  mutating func scroll(toPercent percent: Int) {
    scroll(to: layout.rowCount * min(100, percent) / 100 - (percent >= 100 ? 0 : height / 2))
  }

  /// Shows a row with two lines above it, and makes it the one that is looked at.
  mutating func jump(to row: Int) {
    scroll(to: row - min(Self.context, max(0, height - 1)))
    focus = max(0, min(layout.rowCount - 1, row))
    isFocusMarked = true
  }

  /// Shows a row, scrolling only if it is not on the screen.
  mutating func reveal(_ row: Int) {
    if row >= top + (stickyComment == nil ? 0 : 1), row < top + height {
      focus = row
    } else {
      jump(to: row)
    }
  }

  mutating func focus(on row: Int?) { focus = row }

  /// The `count`-th row after or before the looked-at one among rows in order.
  private func target(among rows: [Int], forward: Bool, count: Int) -> Int? {
    let here = focus ?? (top == 0 && forward ? -1 : looked)
    if forward {
      let after = rows.partitioningIndex { $0 > here }
      guard after < rows.count else { return nil }
      return rows[min(rows.count - 1, after + count - 1)]
    }
    let before = rows.partitioningIndex { $0 >= here }
    return before > 0 ? rows[max(0, before - count)] : nil
  }

  /// Jumps among rows in order; `false` if there is none that way.
  mutating func jump(among rows: [Int], forward: Bool, count: Int) -> Bool {
    guard let row = target(among: rows, forward: forward, count: count) else { return false }
    jump(to: row)
    return true
  }

  /// From the text to the thread and back, each time to where the reader was.
  mutating func toggleThread() {
    if looked >= threadRow {
      threadPlace = anchor
      scroll(to: textPlace.map { layout.row(of: $0) } ?? 0)
    } else {
      textPlace = anchor
      let row = threadPlace.map { layout.row(of: $0) } ?? threadRow
      scroll(to: row)
      focus = max(row, threadRow)
    }
  }

  /// The next or previous paragraph; from the last one on to the thread.
  mutating func jumpToBlock(forward: Bool) -> Bool {
    let here = focus ?? (top == 0 && forward ? -1 : looked)
    var index =
      switch layout.place(atRow: max(0, here)).part {
      case .head: -1
      case .block(let block): block
      case .authorCard, .threadHead, .comment: story.blocks.count
      }
    if !forward, index < story.blocks.count { index += 1 }
    while forward ? index < story.blocks.count : index > 0 {
      index += forward ? 1 : -1
      let row =
        index < 0 || index >= story.blocks.count
        ? threadRow : layout.row(of: Place(.block(index)))
      if forward ? row > here : row < here {
        jump(to: row)
        return true
      }
    }
    guard !forward, here > 0 else { return false }
    jump(to: 0)
    return true
  }
}

// MARK: - Folding

extension StoryScreen {
  /// Folds other comments; the looked-at line stays where it is on the screen.
  mutating func fold(_ folds: Set<Int>, keeping comment: Int? = nil) {
    lay(out: layout.folding(folds), keeping: comment)
  }

  /// Shows another layout of the story; the looked-at line stays where it is on the screen.
  mutating func lay(out new: StoryLayout, keeping comment: Int? = nil) {
    let kept = comment.flatMap { layout.row(ofComment: $0) } ?? looked
    let place = layout.place(atRow: kept)
    let distance = kept - top
    let hadFocus = focus != nil || comment != nil
    layout = new
    let row = comment.flatMap { layout.row(ofComment: $0) } ?? layout.row(of: place)
    link = nil
    focus = nil
    top = max(0, row - distance)
    if hadFocus { focus = row }
    anchor = layout.place(atRow: top)
  }

  mutating func jump(toComment index: Int) {
    let folds = layout.folds(showing: index)
    if folds != layout.folds { layout = layout.folding(folds) }
    if let row = layout.row(ofComment: index) { jump(to: row) }
  }
}

// MARK: - Another text or thread

extension StoryScreen {
  /// Puts the comments of each parent in another order; the looked-at line stays where it is.
  mutating func sort(_ order: Thread.Order) {
    self.order = order
    var story = story
    story.thread = published
    replace(story)
  }

  /// Takes in what the library now has of the story: comments written or taken away, or what a
  /// better parser made of its page.
  mutating func replace(_ new: Story) {
    published = new.thread
    let folded = Set(layout.folds.map { self.thread.comments[$0].id })
    let distance = looked - top
    let hadFocus = focus != nil
    var story = new
    story.thread = published.sorted(order)
    let kept = place(layout.place(atRow: looked), in: story.thread)
    text = StoryText(story)
    (madeFinder, madeWords) = (nil, nil)
    link = nil
    let folds = story.thread.comments.indices.filter {
      folded.contains(story.thread.comments[$0].id)
    }
    layout = StoryLayout(text, options: layout.options, folds: Set(folds))
    chooseAgain()
    let row = layout.row(of: kept)
    scroll(to: row - distance)
    if hadFocus { focus = row }
    anchor = layout.place(atRow: top)
    findAgain()
  }
}
