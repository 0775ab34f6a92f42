internal import Display
internal import Storage
internal import Stories

/// An open story: its text, how it is laid out in the pane, and which rows of it are on the screen.
struct StoryView {
  let id: StoryID
  private(set) var text: StoryText
  private(set) var layout: StoryLayout { didSet { measure() } }
  private(set) var rows = PartRows()
  var viewport: Viewport
  private var prepared = Prepared()
  /// The chosen link.
  var link: StoryLink?
  var hits = Hits()
  var comments: ShownComments
  /// When the story was open before; later comments are new.
  let lastVisit: Timestamp?
  /// The comments that came since, by ID, whether they say when they were written or not.
  private(set) var newComments: Set<String>
  private var sides = Sides()

  /// Where headings and thread stand in the layout: asked for at every frame.
  struct PartRows {
    fileprivate(set) var headings: [Int] = []
    fileprivate(set) var thread = 0
    /// The comments that only hold a place, which no number counts.
    fileprivate(set) var placeholders: [Int] = []
  }

  /// Which rows are on the screen, and which of them is current.
  struct Viewport {
    /// The first row on the screen.
    fileprivate(set) var top = 0
    /// The rows of the pane when it was last fitted.
    fileprivate(set) var height = 1
    /// What stands in the first row: what the place is kept as, and found again by after a resize.
    fileprivate(set) var anchor: Place
    /// The row that a jump led to: what "this comment" means until one scrolls.
    fileprivate(set) var focus: Int?
    /// Whether the focus is shown in the margin; a match is marked already.
    var isFocusMarked = true
    fileprivate var isPlaced = false
    /// What is looked at and how far below the top, while the column is changed and changed again.
    fileprivate var held: (place: Place, distance: Int)?
  }

  /// What is made of the text when it is first needed.
  private struct Prepared {
    /// The text made ready to be searched.
    var search: StorySearch?
    /// The words of the comments.
    var words: CommentWords?
    /// The links of the layout.
    var links: [StoryLayout.Link]?
  }

  /// Which comments are shown, and how they follow each other.
  struct ShownComments {
    /// The comments that are shown, where not all are.
    var only: CommentSubset?
    fileprivate(set) var order = Thread.Order.published
    /// The thread as the page has it.
    fileprivate(set) var published: Thread
  }

  /// Where one was in the text and in the thread before going to the other.
  private struct Sides {
    var text: Place?
    var thread: Place?
  }

  /// Lines shown above what a jump leads to.
  static let context = 2

  init(
    _ id: StoryID, _ story: Story, reading: Reading, newComments: Set<String> = [],
    options: LayoutOptions
  ) {
    self.id = id
    lastVisit = reading.opened
    self.newComments = newComments
    var options = options
    options.lastVisit = lastVisit
    options.newComments = newComments
    text = StoryText(story)
    comments = ShownComments(published: story.thread)
    layout = StoryLayout(text, options: options)
    viewport = Viewport(anchor: reading.place ?? Place(.head))
    measure()
  }

  private mutating func measure() {
    let held = thread.comments.indices.filter {
      thread.comments[$0].marks.isSuperset(of: [.own, .deleted])
    }
    rows = PartRows(headings: layout.headingRows, thread: layout.threadRow, placeholders: held)
    prepared.links = nil
  }

  mutating func finder() -> StorySearch {
    if let search = prepared.search { return search }
    let search = StorySearch(text)
    prepared.search = search
    return search
  }

  mutating func commentWords() -> CommentWords {
    if let words = prepared.words { return words }
    let words = CommentWords(text)
    prepared.words = words
    return words
  }

  mutating func visibleLinks() -> [StoryLayout.Link] {
    if let links = prepared.links { return links }
    let links = layout.visibleLinks
    prepared.links = links
    return links
  }
}

// MARK: - Where it is

extension StoryView {
  var story: Story { text.story }
  var thread: Thread { text.story.thread }
  private(set) var top: Int {
    get { viewport.top }
    set { viewport.top = newValue }
  }
  private(set) var anchor: Place {
    get { viewport.anchor }
    set { viewport.anchor = newValue }
  }
  private(set) var focus: Int? {
    get { viewport.focus }
    set { viewport.focus = newValue }
  }
}

// MARK: - Fitting

extension StoryView {
  /// Fits the story to a pane; the sentence at the top stays at the top.
  mutating func fit(_ options: LayoutOptions, height: Int) {
    var options = options
    options.lastVisit = lastVisit
    options.newComments = newComments
    let isNewHeight = height != self.height
    viewport.height = max(1, height)
    guard options != layout.options || !viewport.isPlaced || isNewHeight else { return }
    let isNewShape = options.width != layout.options.width || !viewport.isPlaced
    if !isNewShape, options.measure != layout.options.measure { return reflow(options) }
    if options != layout.options {
      let focused = focus.map { layout.place(atRow: $0) }
      layout = layout.resized(options)
      focus = focused.map { layout.row(of: $0) }
    }
    if isNewShape { top = layout.row(of: anchor) }
    viewport.isPlaced = true
    // The target of a jump stays visible; the stored position is still that of the first row.
    if let focus, focus < top || focus >= top + self.height { top = focus - Self.context }
    top = max(0, min(lastTop, top))
  }
}

// MARK: - Moving

extension StoryView {
  /// Sets the text in another column; the current line stays where it is on the screen.
  private mutating func reflow(_ options: LayoutOptions) {
    let kept = viewport.held ?? (layout.place(atRow: currentRow), currentRow - top)
    let hadFocus = focus != nil
    layout = layout.resized(options)
    let row = layout.row(of: kept.place)
    scroll(to: row - kept.distance)
    if hadFocus { focus = row }
    anchor = layout.place(atRow: top)
    viewport.held = kept
  }

  /// Shows another layout of the same rows.
  mutating func show(_ layout: StoryLayout) {
    if layout.shifts != self.layout.shifts { self.layout = layout }
  }

  mutating func scroll(by rows: Int) { scroll(to: top + rows) }

  mutating func scroll(to row: Int) {
    // After folding, rows may be missing below: scrolling down must not move the viewport up.
    let target = max(0, min(max(lastTop, top), row))
    focus = nil
    link = nil
    viewport.held = nil
    guard target != top else { return }
    top = target
    anchor = layout.place(atRow: top)
  }

  /// Shows a row with two lines above it, and makes it the current one.
  mutating func jump(to row: Int) {
    scroll(to: row - min(Self.context, max(0, height - 1)))
    focus = max(0, min(layout.rowCount - 1, row))
    viewport.isFocusMarked = true
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

  /// Goes from the text to the thread and back, each time to where one was.
  mutating func toggleThread() {
    if currentRow >= threadRow {
      sides.thread = anchor
      scroll(to: sides.text.map { layout.row(of: $0) } ?? 0)
    } else {
      sides.text = anchor
      let row = sides.thread.map { layout.row(of: $0) } ?? threadRow
      scroll(to: row)
      focus = max(row, threadRow)
    }
  }
}

// MARK: - Folding

extension StoryView {
  /// Shows another layout of the story; the current line stays where it is on the screen.
  mutating func lay(out new: StoryLayout, keeping comment: Int? = nil) {
    let kept = comment.flatMap { layout.row(ofComment: $0) } ?? currentRow
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

extension StoryView {
  /// Puts the comments of each parent in another order; the current line stays where it is.
  mutating func sort(_ order: Thread.Order) {
    comments.order = order
    var story = story
    story.thread = comments.published
    replace(story)
  }

  /// Takes in what the library now has of the story: comments written or taken away, or what a
  /// better parser made of its page; marks the comments of `newComments`, besides those marked before.
  mutating func replace(_ new: Story, newComments: Set<String> = []) {
    self.newComments.formUnion(newComments)
    var options = layout.options
    options.newComments = self.newComments
    comments.published = new.thread
    let folded = Set(layout.folds.map { self.thread.comments[$0].id })
    let distance = currentRow - top
    let hadFocus = focus != nil
    var story = new
    story.thread = comments.published.sorted(order)
    let kept = place(layout.place(atRow: currentRow), in: story.thread)
    text = StoryText(story)
    prepared = Prepared()
    link = nil
    let folds = story.thread.comments.indices.filter {
      folded.contains(story.thread.comments[$0].id)
    }
    layout = StoryLayout(text, options: options, folds: Set(folds))
    chooseAgain()
    let row = layout.row(of: kept)
    scroll(to: row - distance)
    if hadFocus { focus = row }
    anchor = layout.place(atRow: top)
    findAgain()
  }
}
