internal import Stories

/// Finds the story that a page is a version of, if the library has it.
///
/// It is the same story if it came in the same bytes, has the same address and is like it
/// (`Similarity`), or has the same headline and text. Exact hits go first, so that each of two stories
/// at one address, and each version of one story, is found again however often they are imported.
struct StoryMatcher {
  enum Match {
    /// A story that the library does not have.
    case unknown
    /// A page of a known story that says less than what the library has: an earlier version, a cut
    /// copy of a whole page, or a copy at another address.
    case outdated(StoryID)
    /// A version of a known story: the same in each part, or not; from a page that was not seen
    /// before, or read by another parser, which is no news of the story.
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
    // one that has some is a story of its own.
    return story.form.comments.isEmpty ? .outdated(known.id) : .unknown
  }

  private func match(_ story: PreparedStory, with known: Known) throws(StorageError) -> Match {
    let isSame = known.form == story.identity.form
    let isNewPage = known.page == nil || known.page != story.identity.page
    if !isSame {
      if story.isCut, !known.isCut { return .outdated(known.id) }
      if isNewPage, known.isLater(than: story) { return .outdated(known.id) }
      if isNewPage, try isCutCopy(story, of: known.id) { return .outdated(known.id) }
    }
    return .version(known.id, isSame: isSame, isNewPage: isNewPage)
  }

  /// Whether a page is a poor copy of a known story: a download that broke off, a preview, a stub with
  /// the first paragraph and a request to subscribe.
  private func isCutCopy(_ story: PreparedStory, of known: StoryID) throws(StorageError) -> Bool {
    let whole = try connection.first(
      "SELECT text FROM bodies WHERE story = ?1", [.int(known)]
    ) { $0.bytes(0) }
    return whole.map { CutText.isCut(story.form.text, from: $0) } ?? false
  }

  // MARK: - Candidates

  private struct Known {
    var id: StoryID
    var form: [UInt8]
    var isCut: Bool
    var page: [UInt8]?
    var address: String?
    /// In seconds since 1970.
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

    /// Whether a page is of an earlier day.
    ///
    /// A day, for pages give the hour in different time zones, or not at all.
    func isLater(than story: PreparedStory) -> Bool {
      guard let new = story.row.published?.seconds, let published else { return false }
      let limit = published.subtractingReportingOverflow(86_400)
      return !limit.overflow && new <= limit.partialValue
    }
  }

  private func known(_ column: String, _ value: Value) throws(StorageError) -> Known? {
    try connection.first(
      """
      SELECT \(Known.columns) FROM identities LEFT JOIN stories ON stories.id = identities.story
      WHERE \(column) = ?1 ORDER BY identities.story
      """, [value], Known.init)
  }

  private func storyThatReplaced(_ page: [UInt8]) throws(StorageError) -> StoryID? {
    try connection.first(
      """
      SELECT story FROM revisions WHERE page = ?1 AND is_undone = 0
      UNION ALL SELECT story FROM replaced_pages WHERE page = ?1
      """, [.bytes(page)]
    ) { $0.int(0) }
  }

  /// Of the newest stories at the same address, the one that this is most like.
  private func version(of story: PreparedStory) throws(StorageError) -> Known? {
    guard let address = story.identity.address else { return nil }
    var best: (known: Known, likeness: Double)?
    let new = Similarity(story)
    try connection.each(
      """
      SELECT \(Known.columns), title, text, sources.name
      FROM identities JOIN stories ON stories.id = identities.story JOIN bodies USING (story)
        JOIN sources ON sources.id = stories.source
      WHERE address = ?1 ORDER BY identities.story DESC LIMIT ?2
      """, [.text(address), .int(Self.comparedAtMost)]
    ) { row in
      let known = Known(row)
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

  /// A site may give one address for all of its pages; each comparison reads a text.
  private static let comparedAtMost = 20
}
