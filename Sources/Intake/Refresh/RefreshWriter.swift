internal import Parsing
internal import Storage

/// The parser's version, by which stories of entries are read again; here so that only this file names
/// the parser.
let parserVersionOfEntries = parserVersion

/// Stores what a refresh fetched, and sums it up.
struct RefreshWriter {
  private let library: Library
  private let plan: RefreshPlan
  private let setup: Refresher.Setup
  var summary: Refresher.Summary
  private(set) var progress: Refresher.Progress
  private var detector = OfflineDetector()
  /// Failures to connect, until it is known whether the network is down.
  private var heldBack: [(index: Int, problem: FetchProblem)] = []
  /// What hosts asked for.
  private var hosts: [String: HostStatus]

  init(
    _ library: Library, _ plan: RefreshPlan, _ setup: Refresher.Setup, _ summary: Refresher.Summary
  ) {
    self.library = library
    self.plan = plan
    self.setup = setup
    self.summary = summary
    progress = Refresher.Progress(total: plan.subscriptions.count)
    hosts = [:]
  }

  /// Whether no host can be reached; nothing more need be asked.
  var isOffline: Bool { detector.verdict == .offline }

  /// Entries that are stored in one transaction: about 25 ms.
  private static let entriesAtOnce = 40

  /// Stores some results: those without entries in one transaction, each feed in its own ones.
  mutating func write(_ read: [FetchedFeed]) throws(StorageError) {
    for feed in read { note(feed) }
    if detector.verdict == .offline {
      goOffline()
      return
    }
    if detector.verdict == .online { try releaseHeldBack() }
    let small = read.filter { if case .feed = $0.content { false } else { true } }
    try library.transaction { () throws(StorageError) in
      for feed in small { try store(feed) }
    }
    for feed in read {
      if case .feed(let entries, let answer) = feed.content {
        try store(entries, answer, of: feed.index)
      }
    }
    progress.done += read.count
    progress.newStories = summary.newStories.count
    progress.failed = summary.failures.count
  }

  private mutating func note(_ feed: FetchedFeed) {
    let host = plan.subscriptions[feed.index].host
    switch feed.content {
    case .skipped: break
    case .unreachable: detector.note(host, isUnreachable: true)
    default: detector.note(host, isUnreachable: false)
    }
  }

  private mutating func goOffline() {
    summary.isOffline = true
    heldBack = []
  }

  /// Ends the run: what was held back is blamed on the hosts unless the network is down.
  mutating func end() throws(StorageError) {
    detector.end()
    if isOffline { return goOffline() }
    try releaseHeldBack()
    progress.done = progress.total
    progress.failed = summary.failures.count
  }

  private mutating func releaseHeldBack() throws(StorageError) {
    let held = heldBack
    heldBack = []
    for (index, problem) in held { try fail(index, problem) }
  }

  // MARK: - Results

  private mutating func store(_ feed: FetchedFeed) throws(StorageError) {
    let index = feed.index
    switch feed.content {
    case .feed: return
    case .skipped: summary.waiting += 1
    case .unreachable(let problem):
      guard detector.verdict == .online else { return heldBack.append((index, problem)) }
      try fail(index, problem)
    case .failed(let problem): try fail(index, problem)
    case .unchanged(let answer):
      summary.asked += 1
      summary.unchanged += 1
      try record(.unchanged(answer), of: index)
    case .refused(let problem, let until):
      let wait = until.map { max(0, $0 - setup.now()) }
      try fail(
        index, problem,
        .refused(kind: problem.kind, words: problem.words, retryAfter: wait))
    case .gone:
      summary.asked += 1
      summary.gone.append(plan.subscriptions[index].counts.name)
      try record(.gone, of: index)
    }
  }

  /// Notes a failure.
  mutating func fail(
    _ index: Int, _ problem: FetchProblem, _ outcome: RefreshSchedule.Outcome? = nil
  ) throws(StorageError) {
    summary.asked += 1
    let subscription = plan.subscriptions[index]
    summary.failures.append(
      Refresher.Failure(
        subscription: subscription.id, name: subscription.counts.name, problem: problem,
        count: (subscription.status.failure?.count ?? 0) + 1))
    try record(outcome ?? .failed(kind: problem.kind, words: problem.words), of: index)
  }

  private mutating func store(
    _ new: FetchedFeed.NewEntries, _ answer: RefreshSchedule.Answer, of index: Int
  ) throws(StorageError) {
    let subscription = plan.subscriptions[index]
    let now = setup.now()
    var batch = EntryBatch(
      new.entries, of: subscription.id, isWhole: new.problem == nil,
      keepsApart: setup.keepsApart, now: now)
    // Reading alone, before the lock is taken.
    try library.entries.match(&batch)
    while !batch.isDone { try library.entries.store(&batch, limit: Self.entriesAtOnce) }
    let result = batch.result
    summary.newStories += result.new
    summary.updatedStories += result.updated
    let hasNews = !result.new.isEmpty || !result.updated.isEmpty || !result.joined.isEmpty
    if !result.new.isEmpty { summary.sourcesWithNews += 1 }
    // What came of a cut answer is stored, but it says nothing of the next one.
    if let problem = new.problem { return try fail(index, problem) }
    summary.asked += 1
    let gap = RefreshSchedule.gap(of: new.dates, now: now)
    try record(
      .feed(answer, ttl: new.ttl, gap: gap, hasNews: hasNews), of: index, facts: new.facts)
  }

  private mutating func record(
    _ outcome: RefreshSchedule.Outcome, of index: Int, facts: FeedFacts? = nil
  ) throws(StorageError) {
    let subscription = plan.subscriptions[index]
    let known = hosts[subscription.host]
    let host = if let known { known } else { try library.fetching.host(subscription.host) }
    var decision = RefreshSchedule.decide(subscription, outcome, host: host, now: setup.now())
    decision.record.feed = facts
    try library.transaction { () throws(StorageError) in
      try library.subscriptions.record(decision.record, of: subscription.id)
      if let status = decision.host {
        try library.fetching.set(status, of: subscription.host)
      } else if decision.clearsHost {
        try library.fetching.set(nil, of: subscription.host)
      }
    }
    hosts[subscription.host] = decision.host
    if let address = decision.record.newAddress {
      summary.moved.append((subscription.counts.name, address))
    }
  }
}
