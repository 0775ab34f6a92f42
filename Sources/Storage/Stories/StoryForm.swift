internal import Stories

/// The stored form of a story: the encoded values of its rows.
struct StoryForm: Sendable, Hashable {
  /// A row of `figures`; structure and caption are encoded phrases.
  struct FigureRow: Sendable, Hashable {
    var number: Int
    var kind: String
    var structure: [UInt8]
    var caption: [UInt8]
    var credit: String?
    var alt: String?
    var image: String?
  }

  /// A row of `comments`; `parent` is the index of an earlier comment.
  struct CommentRow: Sendable, Hashable {
    var parent: Int?
    var name: String
    var author: String
    var time: Timestamp?
    var marks: UInt8
    var structure: [UInt8]
    var text: [UInt8]
  }

  var title: String
  var structure: [UInt8]
  var text: [UInt8]
  var figures: [FigureRow]
  var comments: [CommentRow]
}

// MARK: - Story to rows

extension StoryForm {
  init(_ story: Story) {
    title = story.title
    var encoder = StoryEncoder()
    encoder.head(story)
    encoder.blocks(story.blocks)
    encoder.tail(story)
    structure = encoder.structure
    text = encoder.text
    var rows = encoder.figures.map(Self.row)
    comments = []
    comments.reserveCapacity(story.thread.comments.count)
    for comment in story.thread.comments {
      var encoder = StoryEncoder()
      encoder.blocks(comment.blocks)
      // Figures in comments follow those of the story, in the order of decoding.
      rows += encoder.figures.map(Self.row)
      comments.append(
        CommentRow(
          parent: comment.parent, name: comment.id, author: comment.author, time: comment.time,
          marks: comment.marks.rawValue, structure: encoder.structure, text: encoder.text))
    }
    figures = rows
  }

  private static func row(_ figure: Figure) -> FigureRow {
    var encoder = StoryEncoder()
    encoder.phrases(figure.caption)
    return FigureRow(
      number: figure.number, kind: figure.kind.rawValue, structure: encoder.structure,
      caption: encoder.text, credit: figure.credit, alt: figure.alt, image: figure.image)
  }
}

extension StoryEncoder {
  fileprivate mutating func head(_ story: Story) {
    name(story.kind.rawValue)
    flag(story.isCut)
    list(story.byline) {
      $0.words($1)
      $0.endLine()
    }
    for line in [story.standfirst, story.dateline] {
      optional(line) {
        $0.words($1)
        $0.endLine()
      }
    }
    optional(story.published) { $0.time($1) }
    optional(story.updated) { $0.time($1) }
    for fact in [story.site, story.language, story.address, story.section] {
      optional(fact) { $0.name($1) }
    }
    list(story.tags) { $0.name($1) }
  }

  fileprivate mutating func tail(_ story: Story) {
    optional(story.authorCard) { out, card in
      out.words(card.name)
      out.endLine()
      out.flag(card.isPlaceholder)
      out.optional(card.text) {
        $0.words($1)
        $0.endLine()
      }
    }
    optional(story.thread.count) { $0.number($1) }
    switch story.thread.state {
    case .unknown: number(0)
    case .open: number(1)
    case .closed: number(2)
    case .elsewhere(let service):
      number(3)
      name(service)
    }
  }
}

// MARK: - Rows to story

extension StoryForm {
  /// The decoded story; `nil` if the rows are not a result of `init(_:)`.
  func story() -> Story? {
    guard let figures = decodedFigures() else { return nil }
    var decoder = StoryDecoder(structure: structure, text: text, figures: figures[...])
    var story = decoder.head(title: title)
    story.blocks = decoder.blocks()
    let thread = decoder.tail(&story)
    guard decoder.isWhole, let posted = decodedComments(decoder.figures) else { return nil }
    story.thread = Thread(posted, count: thread.count, state: thread.state)
    return story
  }

  /// The decoded figures; `nil` if any is damaged.
  func decodedFigures() -> [Figure]? {
    var decoded: [Figure] = []
    for row in figures {
      guard let figure = Self.figure(row) else { return nil }
      decoded.append(figure)
    }
    return decoded
  }

  /// The decoded comments; `nil` if any is damaged.
  ///
  /// `figures` are those in comments; all must be used.
  func decodedComments(_ figures: ArraySlice<Figure>) -> [PostedComment]? {
    var figures = figures
    var posted: [PostedComment] = []
    posted.reserveCapacity(comments.count)
    for row in comments {
      var decoder = StoryDecoder(structure: row.structure, text: row.text, figures: figures)
      let blocks = decoder.blocks()
      figures = decoder.figures
      let parent = row.parent
      guard decoder.isWhole, parent.map({ (0..<posted.count).contains($0) }) ?? true else {
        return nil
      }
      posted.append(
        PostedComment(
          id: row.name, parent: parent.map { comments[$0].name }, author: row.author,
          time: row.time, blocks: blocks, marks: Comment.Marks(rawValue: row.marks)))
    }
    return figures.isEmpty ? posted : nil
  }

  private static func figure(_ row: FigureRow) -> Figure? {
    var decoder = StoryDecoder(structure: row.structure, text: row.caption)
    let caption = decoder.phrases()
    guard decoder.isWhole, let kind = Figure.Kind(rawValue: row.kind) else { return nil }
    return Figure(
      number: row.number, kind: kind, caption: caption, credit: row.credit, alt: row.alt,
      image: row.image)
  }
}

extension StoryDecoder {
  fileprivate mutating func head(title: String) -> Story {
    var story = Story(title: title)
    let kind = Story.Kind(rawValue: name())
    story.kind = kind ?? .other
    story.isCut = flag()
    story.byline = list { $0.line() }
    story.standfirst = optional { $0.line() }
    story.dateline = optional { $0.line() }
    story.published = optional { $0.time() }
    story.updated = optional { $0.time() }
    story.site = optional { $0.name() }
    story.language = optional { $0.name() }
    story.address = optional { $0.name() }
    story.section = optional { $0.name() }
    story.tags = list { $0.name() }
    return story
  }

  fileprivate mutating func tail(_ story: inout Story) -> (count: Int?, state: Thread.State) {
    story.authorCard = optional { decoder in
      let name = decoder.line()
      let isPlaceholder = decoder.flag()
      let text = decoder.optional { $0.line() }
      return AuthorCard(name: name, text: text, isPlaceholder: isPlaceholder)
    }
    let count = optional { $0.number(in: 0...Row.largestCount) }
    switch number() {
    case 1: return (count, .open)
    case 2: return (count, .closed)
    case 3: return (count, .elsewhere(name()))
    default: return (count, .unknown)
    }
  }

  private mutating func line() -> String {
    defer { endLine() }
    return words()
  }
}
