internal import Network
internal import Parsing
internal import Storage
internal import Stories

/// The result of one request of a refresh, read and ready to be stored.
struct FetchedFeed: Sendable {
  /// Which of the plan's subscriptions it is of.
  let index: Int
  let content: Content

  enum Content: Sendable {
    /// A feed, whole or cut.
    case feed(NewEntries, RefreshSchedule.Answer)
    /// It has not changed (304).
    case unchanged(RefreshSchedule.Answer)
    /// There was no connection, which is the network's fault if it is so with all hosts.
    case unreachable(FetchProblem)
    /// No feed came.
    case failed(FetchProblem)
    /// The host asks to be left alone (403, 429, 503); until then, in seconds since 1970, if it says.
    case refused(FetchProblem, until: Int64?)
    /// It is gone for good (410).
    case gone
    /// Not asked at all, because the host asked for a pause before, or because the run was cancelled.
    case skipped
  }

  /// What a feed brought.
  struct NewEntries: Sendable {
    var facts: FeedFacts
    var entries: [PreparedEntry]
    /// How often the feed asks to be fetched, in seconds.
    var ttl: Int64?
    /// When its entries were published, in seconds since 1970.
    var dates: [Int64]
    /// Why the entries are not all that the feed has; `nil` where they are.
    var problem: FetchProblem?
  }
}

/// Why a feed could not be fetched: a word for programs, and words for people.
package struct FetchProblem: Sendable, Hashable {
  package var kind: String
  package var words: String

  package init(_ kind: String, _ words: String) {
    self.kind = kind
    self.words = words
  }

  init(_ error: FetchError) { self.init(error.kind, error.message) }
}

extension FetchError {
  /// A word for programs: the HTTP status, or the part of fetching that failed.
  var kind: String {
    switch self {
    case .noLibrary, .oldLibrary, .unsuitableLibrary, .noResources: "system"
    case .notWeb, .badAddress, .onionWithoutProxy: "address"
    case .badProxy, .proxyNotFound, .proxyUnreachable, .proxyRefused: "proxy"
    case .hostWaits: "pause"
    case .cancelled: "cancelled"
    case .hostNotFound: "name"
    case .unreachable: "connection"
    case .badCertificate, .noTLS: "tls"
    case .tooManyRedirects, .redirectLoop, .redirectToNothing, .redirectElsewhere, .redirectInward:
      "redirect"
    case .timedOut, .tooSlow: "time"
    case .headTooLarge, .bodyTooLarge: "size"
    case .cut, .noAnswer: "cut"
    case .notHTTP, .badHead, .badEncoding: "http"
    case .status(let status): "\(status)"
    case .failed: "other"
    }
  }
}

// MARK: - Reading

extension FetchedFeed {
  /// Reads a result, on any thread.
  ///
  /// `listed` gives the hashes of the entries that the feed listed when it was last whole, which are not
  /// prepared again.
  init(_ result: FetchResult, listed: () -> Set<Int64>) {
    index = result.request.tag
    switch result.outcome {
    case .failure(.cancelled), .failure(.hostWaits): content = .skipped
    case .failure(let error):
      content =
        error.isWithoutConnection ? .unreachable(FetchProblem(error)) : .failed(FetchProblem(error))
    case .success(let response): content = Self.content(of: response, listed)
    }
  }

  private static func content(of response: Response, _ listed: () -> Set<Int64>) -> Content {
    let answer = RefreshSchedule.Answer(response)
    switch response.status {
    case 304: return .unchanged(answer)
    case 410: return .gone
    case 403, 429, 503:
      return .refused(
        FetchProblem(.status(response.status)), until: response.times.retryAt.map { Int64($0) })
    case 200...299: return feed(response, answer, listed)
    default: return .failed(FetchProblem(.status(response.status)))
    }
  }

  private static func feed(
    _ response: Response, _ answer: RefreshSchedule.Answer, _ listed: () -> Set<Int64>
  ) -> Content {
    let page = Page(
      bytes: response.body, address: response.address.text, charset: response.charset)
    guard page.bytes.contains(where: { $0 > 0x20 }) else {
      let words = response.cut?.message ?? "the server's answer is empty"
      return .failed(FetchProblem(response.cut?.kind ?? "empty", words))
    }
    let parsed: ParsedFeed
    do throws(FeedError) {
      parsed = try parseFeed(page)
    } catch {
      return .failed(noFeed(page, cut: response.cut))
    }
    let entries = parsed.feed.prepared(listed: listed())
    return .feed(
      NewEntries(
        facts: parsed.feed.facts, entries: entries, ttl: parsed.feed.ttl.map { Int64($0) * 60 },
        dates: parsed.feed.entries.compactMap { $0.published?.seconds },
        problem: problem(of: parsed, response)), answer)
  }

  /// Why a page is no feed: one that names its feed says so.
  private static func noFeed(_ page: Page, cut: FetchError?) -> FetchProblem {
    if let cut { return FetchProblem(cut) }
    if let feed = FeedDiscovery.feeds(in: page).first {
      return FetchProblem(
        "page", "a page and no feed came; it names \(WebAddress.shown(feed.address))")
    }
    return FetchProblem("page", "what came is no feed; it may be a page for logging in")
  }

  private static func problem(of parsed: ParsedFeed, _ response: Response) -> FetchProblem? {
    if let cut = response.cut {
      return FetchProblem(
        cut.kind, "\(cut.message); \(count(parsed.feed.entries.count)) came whole")
    }
    guard parsed.isCut else { return nil }
    return FetchProblem(
      "cut", "the feed ends in the middle; \(count(parsed.feed.entries.count)) came whole")
  }

  private static func count(_ count: Int) -> String { count == 1 ? "1 entry" : "\(count) entries" }
}

extension RefreshSchedule.Answer {
  init(_ response: Response) {
    let validators = response.validators
    self.init(
      validators: FetchStatus.Validators(
        etag: validators?.etag, modified: validators?.modified,
        address: validators?.address.text),
      maxAge: response.times.freshFor.map { Int64($0) },
      movedTo: response.permanentAddress?.text)
  }
}
