import Files
import Intake
import Network
import Storage
import TestServer
import TestSupport
import Testing
import Threads

/// A library, a server whose answers a test sets, and a clock that stands until it is moved.
final class FeedRoom: Sendable {
  let library: Path
  let server: TestServer
  private let answers = Monitor<[String: [TestServer.Step]]>([:])
  private let time = Monitor<Int64>(1_800_000_000)
  private let folder: Folder

  /// The folder is only ever removed, at the end.
  private final class Folder: @unchecked Sendable { let folder = TemporaryFolder() }

  init(_ host: String = "127.0.0.1") throws {
    let folder = Folder()
    self.folder = folder
    library = Path(folder.folder["library.sqlite"])
    let answers = answers
    server = try #require(
      TestServer(host) { seen in
        answers.read { $0[seen.path] } ?? .reply(404, text: "nothing here")
      })
  }

  deinit { server.stop() }

  /// Seconds since 1970.
  var now: Int64 { time.read { $0 } }
  func pass(_ seconds: Int64) { time.change { $0 += seconds } }

  subscript(path: String) -> [TestServer.Step]? {
    get { answers.read { $0[path] } }
    set { answers.change { $0[path] = newValue } }
  }

  var setup: Refresher.Setup {
    var setup = Refresher.Setup(userAgent: "Courant/test")
    let time = time
    setup.now = { time.read { $0 } }
    setup.transfers.now = { Double(time.read { $0 }) }
    return setup
  }

  func open() throws -> Library { try Library(path: library) }

  @discardableResult
  func subscribe(_ path: String, at host: String? = nil) throws -> SubscriptionID {
    try open().subscriptions.subscribe(
      NewSubscription(server.address(path, host: host)), now: now
    ).id
  }

  func refresh(
    _ choice: Refresher.Choice = .due, cancellation: Cancellation = Cancellation(),
    progress: (Refresher.Progress) -> Void = { _ in }
  ) throws -> Refresher.Summary {
    try Refresher(library: library, setup: setup, cancellation: cancellation)
      .run(choice, progress: progress)
  }

  func add(
    _ path: String, as wanted: AddressIntake.Wanted = .anything
  ) throws -> AddressIntake.Outcome {
    try AddressIntake(importer: Importer(library: library), setup: setup)
      .add(server.address(path), as: wanted)
  }

  /// The requests of a path so far.
  func requests(of path: String) -> [TestServer.Seen] {
    server.requests.filter { $0.path == path }
  }

  /// An RSS document of some items, each with its number in guid, link and text.
  static func rss(_ items: Range<Int>, title: String = "Harbour News") -> String {
    let entries = items.reversed().map { number in
      """
      <item><title>Report \(number)</title><guid>urn:report:\(number)</guid>
      <link>http://harbour.test/\(number)</link>
      <description>The harbour report number \(number) tells of ships and tides.</description></item>
      """
    }
    return """
      <?xml version="1.0"?><rss version="2.0"><channel><title>\(title)</title>
      <link>http://harbour.test/</link>\(entries.joined())</channel></rss>
      """
  }
}
