internal import Stories

/// Finds the story in the library that a page is a version of.
///
/// It is the same story if its bytes are equal, if its address is equal and its text or title similar
/// (`Similarity`), or if headline and text are equal. Exact matches are tried first, so that each of
/// two stories at one address, and each version of one story, is found again however often they are
/// imported.
struct StoryMatcher {
  enum Match {
    /// A story that the library does not have.
    case unknown
    /// An inferior page of a known story: an earlier version, a cut copy of a complete page, or a copy
    /// at another address.
    case outdated(StoryID)
    /// A version of a known story. `isSame` if all stored content is equal; `isNewPage` unless it is the
    /// same page, read by another parser.
    case version(StoryID, isSame: Bool, isNewPage: Bool)
  }

  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  func match(_ story: PreparedStory) throws(StorageError) -> Match {
    if let page = story.identity.page {
      if let known = try known("page", .bytes(page)) { return try match(story, with: known) }
      if let id = try storyThatReplaced(page) { return .outdated(id) }
    }
    if let known = try version(of: story) { return try match(story, with: known) }
    guard let content = story.identity.content, let known = try known("content", .bytes(content))
    else { return .unknown }
    guard let address = story.identity.address, let other = known.address, address != other
    else { return try match(story, with: known) }
    // Replacing either would lose its address and comments: a copy without comments adds nothing, and
    // one with comments is a separate story.
    return story.form.comments.isEmpty ? .outdated(known.id) : .unknown
  }

  private func match(_ story: PreparedStory, with known: Candidate) throws(StorageError) -> Match {
    let isSame = known.form == story.identity.form
    let isNewPage = known.page == nil || known.page != story.identity.page
    if !isSame {
      if story.isCut, !known.isCut { return .outdated(known.id) }
      if isNewPage, known.isLater(than: story) { return .outdated(known.id) }
      if isNewPage, try isCutCopy(story, of: known.id) { return .outdated(known.id) }
      if isNewPage, try isCutPage(story, of: known.id) { return .outdated(known.id) }
    }
    return .version(known.id, isSame: isSame, isNewPage: isNewPage)
  }

  /// Whether a page is an incomplete copy of a known story: an interrupted download, a preview, a stub
  /// with the first paragraph and a request to subscribe.
  private func isCutCopy(_ story: PreparedStory, of known: StoryID) throws(StorageError) -> Bool {
    let whole = try connection.first(
      "SELECT text FROM bodies WHERE story = ?1", [.int(known)]
    ) { $0.bytes(0) }
    return whole.map { CutText.isCut(story.form.text, from: $0) } ?? false
  }

  /// Whether a page is the known one without its end, and says nothing that the library does not have.
  ///
  /// A text that ends with a paragraph, or a thread with fewer comments, looks like an edited version:
  /// only the bytes tell.
  private func isCutPage(_ story: PreparedStory, of known: StoryID) throws(StorageError) -> Bool {
    guard let new = story.original, let page = Packed.unpack(new.packed, size: new.size) else {
      return false
    }
    let whole = try connection.first(
      "SELECT packed, size FROM originals WHERE story = ?1", [.int(known)]
    ) { Packed.unpack($0.bytes(0), size: $0.number(1)) }
    guard let whole, let whole, CutText.isCutPage(page, from: whole) else { return false }
    let size = try connection.first(
      """
      SELECT length(CAST(text AS BLOB)), (SELECT count(*) FROM discussions JOIN comments
        ON discussion = discussions.id WHERE discussions.story = ?1 AND kind = 'page')
      FROM bodies WHERE story = ?1
      """, [.int(known)]
    ) { (text: $0.number(0), comments: $0.number(1)) }
    return size.map { story.form.text.count <= $0.text && story.form.comments.count <= $0.comments }
      ?? false
  }

  // MARK: - Candidates

  private struct Candidate {
    var id: StoryID
    var form: [UInt8]
    var isCut: Bool
    var page: [UInt8]?
    var address: String?
    /// When it was published, in seconds since 1970.
    var published: Int64?

    init(_ row: Row) {
      id = row.int(0)
      form = row.bytes(1)
      isCut = row.bool(2)
      page = row.isNull(3) ? nil : row.bytes(3)
      address = row.optionalText(4)
      published = row.optionalInt(5)
    }

    static let columns = """
      identities.story, identities.form, is_cut, identities.page, address, published
      """

    /// Whether it was published at least a day later than a page.
    ///
    /// Shorter differences are ignored: pages state times in different zones, or only the date.
    func isLater(than story: PreparedStory) -> Bool {
      guard let new = story.row.published?.seconds, let published else { return false }
      let limit = published.subtractingReportingOverflow(86_400)
      return !limit.overflow && new <= limit.partialValue
    }
  }

  private func known(_ column: String, _ value: Value) throws(StorageError) -> Candidate? {
    try connection.first(
      """
      SELECT \(Candidate.columns) FROM identities LEFT JOIN stories ON stories.id = identities.story
      WHERE \(column) = ?1 ORDER BY identities.story
      """, [value], Candidate.init)
  }

  private func storyThatReplaced(_ page: [UInt8]) throws(StorageError) -> StoryID? {
    try connection.first(
      """
      SELECT story FROM revisions WHERE page = ?1 AND is_undone = 0
      UNION ALL SELECT story FROM replaced_pages WHERE page = ?1
      """, [.bytes(page)]
    ) { $0.int(0) }
  }

  /// The most similar of the newest stories at the same address; `nil` if none is similar.
  private func version(of story: PreparedStory) throws(StorageError) -> Candidate? {
    guard let address = story.identity.address else { return nil }
    var best: (known: Candidate, likeness: Double)?
    let new = Similarity(story)
    try connection.each(
      """
      SELECT \(Candidate.columns), title, text, sources.name
      FROM identities JOIN stories ON stories.id = identities.story JOIN bodies USING (story)
        JOIN sources ON sources.id = stories.source
      WHERE address = ?1 ORDER BY identities.story DESC LIMIT ?2
      """, [.text(address), .int(Self.candidateLimit)]
    ) { row in
      let known = Candidate(row)
      let likeness =
        known.form == story.identity.form
        ? 2
        : new.likeness(
          to: Similarity(
            title: row.text(6), text: row.bytes(7), site: row.text(8), isCut: known.isCut,
            published: known.published))
      if likeness > best?.likeness ?? 0 { best = (known, likeness) }
    }
    return best?.known
  }

  /// A site may give the same address to all of its pages, and each comparison reads a text.
  private static let candidateLimit = 20
}
