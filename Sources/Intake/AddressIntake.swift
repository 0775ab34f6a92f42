internal import Files
internal import Network
package import Parsing
package import Storage
internal import Stories
package import Threads

/// Brings what stands at a web address into the library: a page becomes a story, a feed a subscription.
///
/// What came is recognised by its content, never by its name or MIME type. The address of a site, which
/// names no story, stands for the feed that its page names. Calls block until the answer is stored: run
/// them on a thread that may wait.
package struct AddressIntake: Sendable {
  /// What the address is to be taken for.
  package enum Wanted: Sendable { case anything, page, feed }

  package enum Outcome: Sendable {
    case story(Added)
    case subscribed(Subscribed)
    /// A page that names several feeds, of which one is to be chosen.
    case choice([FeedDiscovery.Found])
    /// Nothing was stored; a sentence without a full stop.
    case failed(String)
    case cancelled
  }

  package struct Subscribed: Sendable {
    package var id: SubscriptionID
    package var name: String
    /// Whether it is a new subscription.
    package var isNew: Bool
    package var newStories: [StoryID]
    /// Why some entries are missing; `nil` where all came.
    package var problem: String?
  }

  let importer: Importer
  let setup: Refresher.Setup
  let cancellation: Cancellation

  /// `importer` makes the stories of pages, and knows the library.
  package init(
    importer: Importer, setup: Refresher.Setup, cancellation: Cancellation = Cancellation()
  ) {
    self.importer = importer
    self.setup = setup
    self.cancellation = cancellation
  }

  /// Fetches an address and stores what came.
  ///
  /// An error is thrown where the library cannot be opened or written; what the network does is an
  /// outcome.
  package func add(
    _ written: String, as wanted: Wanted = .anything
  ) throws(StorageError) -> Outcome {
    let library = try Library(path: importer.library)
    guard !library.isReadOnly else { throw .readOnly(importer.library.shown) }
    return try add(written, as: wanted, to: library, isNamed: false)
  }

  /// `isNamed` says that a page named the address as its feed, so that it names no further one.
  private func add(
    _ written: String, as wanted: Wanted, to library: Library, isNamed: Bool
  ) throws(StorageError) -> Outcome {
    guard let address = WebAddress(written) else { return .failed(FetchError.badAddress.message) }
    let response: Response
    switch try fetch(address, library) {
    case .success(let answer): response = answer
    case .failure(.cancelled): return .cancelled
    case .failure(let error): return .failed(error.message)
    }
    if let problem = response.problem { return .failed(problem.message) }
    let page = Page(
      bytes: response.body, address: response.address.text, charset: response.charset)
    if wanted != .page, let parsed = try? parseFeed(page) {
      return try subscribe(address, parsed, response, library)
    }
    guard page.bytes.contains(where: { $0 > 0x20 }) else {
      return .failed(response.cut?.message ?? "the server's answer is empty")
    }
    // A part of a page is not stored as if it were the page.
    if let cut = response.cut { return .failed(cut.message) }
    if !isNamed, wanted == .feed || wanted == .anything && response.address.namesSite {
      let feeds = offered(by: page, response)
      if let feed = feeds.first, feeds.count == 1 {
        return try add(feed.address, as: .feed, to: library, isNamed: true)
      }
      if !feeds.isEmpty { return .choice(feeds) }
    }
    if wanted == .feed { return .failed("there is no feed, and none is named there") }
    return store(page, response)
  }

  // MARK: - Fetching

  private func fetch(
    _ address: WebAddress, _ library: Library
  ) throws(StorageError) -> Result<Response, FetchError> {
    let request: Request
    do throws(FetchError) {
      var made = try Request(
        address, userAgent: setup.userAgent, accept: Self.accepted, limits: .page)
      made.proxy = setup.proxy
      request = made
    } catch {
      return .failure(error)
    }
    var transferSetup = setup.transfers
    transferSetup.pauses = try library.fetching.hosts().pauses
    let transfers = Transfers(transferSetup)
    defer { transfers.finish() }
    transfers.start(request)
    while !cancellation.isCancelled {
      if let result = transfers.next(atMost: Self.pollTime) { return result.outcome }
    }
    return .failure(.cancelled)
  }

  /// Pages first: some servers choose between a page and its feed by this.
  private static let accepted =
    "text/html, application/xhtml+xml, application/atom+xml;q=0.9, application/rss+xml;q=0.9, "
    + "application/feed+json;q=0.9, application/xml;q=0.8, */*;q=0.5"
  /// How long a wish to stop may go unnoticed, in milliseconds.
  private static let pollTime = 50

  /// The feeds that a page names in its head or in `Link` headers, without those of comments where there
  /// are others.
  private func offered(by page: Page, _ response: Response) -> [FeedDiscovery.Found] {
    var feeds = FeedDiscovery.feeds(in: page)
    for link in response.headers.all("link") {
      for found in FeedDiscovery.feeds(inLinkHeader: link, page: page.address)
      where !feeds.contains(where: { $0.address == found.address }) {
        feeds.append(found)
      }
    }
    let own = feeds.filter { !FeedDiscovery.isOfComments($0) }
    return own.isEmpty ? feeds : own
  }

  // MARK: - Storing

  private func store(_ page: Page, _ response: Response) -> Outcome {
    let name = Path(WebAddress.shown(response.address.text))
    do throws(IntakeError) {
      return .story(try importer.importPage(page, name: name))
    } catch {
      return .failed(error.reason)
    }
  }

  private func subscribe(
    _ typed: WebAddress, _ parsed: ParsedFeed, _ response: Response, _ library: Library
  ) throws(StorageError) -> Outcome {
    let now = setup.now()
    // Where it has moved for good is where it is asked from now on.
    let address = response.permanentAddress ?? typed
    let clean = address.withoutSecrets ?? address
    let entries = parsed.feed.prepared()
    let (id, isNew) = try library.subscriptions.subscribe(
      NewSubscription(clean.text, feed: parsed.feed.facts), now: now)
    let isWhole = response.cut == nil && !parsed.isCut
    var batch = EntryBatch(
      entries, of: id, isWhole: isWhole, keepsApart: setup.keepsApart, now: now)
    try library.entries.match(&batch)
    while !batch.isDone { try library.entries.store(&batch, limit: 40) }
    guard let subscription = try library.subscriptions.subscription(id) else { return .cancelled }
    let dates = parsed.feed.entries.compactMap { $0.published?.seconds }
    let decision = RefreshSchedule.decide(
      subscription,
      .feed(
        RefreshSchedule.Answer(response), ttl: parsed.feed.ttl.map { Int64($0) * 60 },
        gap: RefreshSchedule.gap(of: dates, now: now), hasNews: !batch.result.new.isEmpty), now: now
    )
    var record = decision.record
    // An answer that was cut says nothing of the next one.
    if !isWhole { record.status.validators = FetchStatus.Validators() }
    record.feed = parsed.feed.facts
    try library.subscriptions.record(record, of: id)
    let problem = response.cut?.message ?? (parsed.isCut ? "the feed ends in the middle" : nil)
    let name = try library.subscriptions.subscription(id)?.counts.name ?? clean.text
    return .subscribed(
      Subscribed(
        id: id, name: name, isNew: isNew, newStories: batch.result.new, problem: problem))
  }
}

extension WebAddress {
  /// Whether it names a site and no page of it.
  fileprivate var namesSite: Bool { (path.isEmpty || path == "/") && query == nil }
}
