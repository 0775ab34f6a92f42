import App
import Display
import Glibc
import Storage
import Stories
import Writing

/// `courant sources`: the feeds that are subscribed to, a line each.
struct SourcesVerb {
  var isFailing: Bool
  var isJSON: Bool
  var library: Library

  func run() throws(Failure) {
    let now = Library.now()
    let columns = terminalColumns()
    let (all, hosts) = try library.ask { library throws(StorageError) in
      (try library.subscriptions.all(), try library.fetching.hosts())
    }
    for source in all where !isFailing || source.status.failure != nil {
      let host = WebAddress(source.address).flatMap { hosts[$0.normalizedHost] }
      if isJSON {
        try Output.write(json(source))
      } else {
        let line = self.line(source, host, now)
        try Output.write((columns.map { truncated(line, to: $0) } ?? line) + "\n")
      }
    }
  }

  /// Number, unread and all stories, name, status and address.
  private func line(_ source: Subscription, _ host: HostStatus?, _ now: Int64) -> String {
    let number = String(source.id)
    let counts = "\(source.counts.unread)/\(source.counts.total)"
    let words = SourceStatus(source, host: host, now: now, zone: localOffset(at: now)).words
    return String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number + "  "
      + counts + String(repeating: " ", count: max(1, 10 - counts.utf8.count))
      + "\(safe(source.counts.name, oneLine: true)) — \(safe(words, oneLine: true)) — "
      + WebAddress.shown(source.address)
  }

  private func json(_ source: Subscription) -> [UInt8] {
    func time(_ seconds: Int64?) -> String? { seconds.map { Timestamp(seconds: $0).iso8601 } }
    var out = JSONWriter()
    out.object { out in
      out.field("id", Int(source.id))
      out.field("name", source.counts.name)
      out.field("address", source.address)
      out.field("home", source.feed.home)
      out.field("state", source.state.rawValue)
      out.field("unread", source.counts.unread)
      out.field("total", source.counts.total)
      out.field("fetched", time(source.status.fetched))
      out.field("changed", time(source.status.changed))
      out.field("due", time(source.status.due))
      out.field("failures", source.status.failure?.count ?? 0)
      out.field("failing_since", time(source.status.failure?.since))
      out.field("error", source.status.failure?.words)
    }
    out.endLine()
    return out.bytes
  }
}

/// How far local time is ahead of UTC at a moment, in seconds.
func localOffset(at seconds: Int64) -> Int {
  var (time, parts) = (time_t(seconds), tm())
  localtime_r(&time, &parts)
  return parts.tm_gmtoff
}

/// `courant remove`: the end of subscriptions.
struct RemoveVerb {
  var names: [String]
  var access: LibraryAccess

  func run() throws(Failure) -> Bool {
    // Looked at first: a library is not made in order to be found empty.
    _ = try access.existing()
    let library = try access.open()
    for name in names {
      let source = try library.source(name)
      let isRemoved = try library.ask { library throws(StorageError) in
        try library.subscriptions.unsubscribe(source.id)
      }
      guard isRemoved else { continue }
      let count = source.counts.total
      let stories = count == 1 ? "its story stays" : "its \(count) stories stay"
      try Output.write("\(source.counts.name): not fetched any more; \(stories)\n")
    }
    return true
  }
}
