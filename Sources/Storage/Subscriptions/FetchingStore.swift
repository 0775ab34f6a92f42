internal import Files
internal import Glibc

/// What a host asked for, which outlives the program.
package struct HostStatus: Sendable, Hashable {
  /// Nothing is asked of the host before this moment, in seconds since 1970.
  package var notBefore: Int64
  /// The number of consecutive answers that asked for a delay.
  package var failures: Int
  /// Why, for people.
  package var reason: String?

  package init(notBefore: Int64, failures: Int = 0, reason: String? = nil) {
    self.notBefore = notBefore
    self.failures = failures
    self.reason = reason
  }
}

/// Who does what only one program may do at once, and how far it is.
package struct Lease: Sendable, Hashable {
  package var owner: String
  /// Until when it holds unless it is extended, in seconds since 1970.
  package var until: Int64
  package var done: Int
  package var total: Int
}

/// Who may fetch when: what hosts asked for, and which program refreshes.
package struct FetchingStore: Store {
  let database: Database

  // MARK: - Hosts

  /// What a host asked for; `nil` if nothing.
  package func host(_ host: String) throws(StorageError) -> HostStatus? {
    try connection.first(
      "SELECT not_before, failures, reason FROM hosts WHERE host = ?1", [.text(host)]
    ) { HostStatus(notBefore: $0.int(0), failures: $0.count(1), reason: $0.optionalText(2)) }
  }

  /// All hosts that asked for something.
  package func hosts() throws(StorageError) -> [String: HostStatus] {
    var hosts: [String: HostStatus] = [:]
    try connection.each("SELECT not_before, failures, reason, host FROM hosts") {
      hosts[$0.text(3)] = HostStatus(
        notBefore: $0.int(0), failures: $0.count(1), reason: $0.optionalText(2))
    }
    return hosts
  }

  /// Keeps what a host asked for; `nil` forgets it, as after an answer.
  ///
  /// Of two programs the one that waits longer wins.
  package func set(_ status: HostStatus?, of host: String) throws(StorageError) {
    try transaction { () throws(StorageError) in
      guard let status else {
        return try connection.run("DELETE FROM hosts WHERE host = ?1", [.text(host)])
      }
      try connection.run(
        """
        INSERT INTO hosts(host, not_before, failures, reason) VALUES(?1, ?2, ?3, ?4)
        ON CONFLICT(host) DO UPDATE SET not_before = max(not_before, excluded.not_before),
          failures = excluded.failures, reason = excluded.reason
        """,
        [
          .text(host), .int(status.notBefore), .int(status.failures), .optional(status.reason),
        ])
    }
  }

  // MARK: - Leases

  /// Takes a lease for some seconds, or extends one that this library has.
  ///
  /// Another program's is taken over once it has expired, or at once where that program was on this
  /// machine and has ended. The answer is `nil`, or the lease of the other program.
  package func take(
    _ name: String, seconds: Int64, now: Int64 = Library.now()
  ) throws(StorageError) -> Lease? {
    try transaction { () throws(StorageError) in
      let owner = LeaseOwner.name(of: database.session)
      if let lease = try lease(name), lease.owner != owner, lease.until > now,
        // A clock that was set back must not lock everybody out.
        lease.until <= now + Self.longest, !LeaseOwner.hasEnded(lease.owner)
      {
        return lease
      }
      try connection.run(
        """
        INSERT INTO leases(name, owner, until) VALUES(?1, ?2, ?3)
        ON CONFLICT(name) DO UPDATE SET until = excluded.until, owner = excluded.owner,
          done = iif(owner = excluded.owner, done, 0),
          total = iif(owner = excluded.owner, total, 0)
        """, [.text(name), .text(owner), .int(now + min(seconds, Self.longest))])
      return nil
    }
  }

  /// In seconds; a lease that says more was made by a wrong clock.
  private static let longest: Int64 = 3600

  /// Extends a lease of this library and says how far its work is.
  ///
  /// `false` if another program has taken it over: then the work must end.
  package func extend(
    _ name: String, seconds: Int64, done: Int, total: Int, now: Int64 = Library.now()
  ) throws(StorageError) -> Bool {
    try transaction { () throws(StorageError) in
      try connection.run(
        "UPDATE leases SET until = ?3, done = ?4, total = ?5 WHERE name = ?1 AND owner = ?2",
        [
          .text(name), .text(LeaseOwner.name(of: database.session)),
          .int(now + min(seconds, Self.longest)), .int(done), .int(total),
        ])
      return connection.changes == 1
    }
  }

  /// Gives a lease of this library back.
  package func giveBack(_ name: String) throws(StorageError) {
    try transaction { () throws(StorageError) in
      try connection.run(
        "DELETE FROM leases WHERE name = ?1 AND owner = ?2",
        [.text(name), .text(LeaseOwner.name(of: database.session))])
    }
  }

  /// The lease of a name that somebody has, expired or not.
  package func lease(_ name: String) throws(StorageError) -> Lease? {
    try connection.first(
      "SELECT owner, until, done, total FROM leases WHERE name = ?1", [.text(name)]
    ) {
      Lease(owner: $0.text(0), until: $0.int(1), done: $0.count(2), total: $0.count(3))
    }
  }
}

/// The name of a session with that of the machine, since several machines may share a library.
///
/// A machine is the start of its system and the name space of its processes: two containers number
/// their processes alike.
private enum LeaseOwner {
  private static let machine: String = {
    let boot = (try? readStart(of: Path("/proc/sys/kernel/random/boot_id"), count: 64)) ?? []
    var space = [CChar](repeating: 0, count: 64)
    let count = unsafe readlink("/proc/self/ns/pid", &space, space.count)
    let names = [boot, space.prefix(max(0, count)).map(UInt8.init(bitPattern:))]
    return names.map { String(decoding: $0.filter { $0 > 0x20 }, as: UTF8.self) }
      .joined(separator: "/")
  }()

  static func name(of session: LibrarySession) -> String { "\(machine) \(session.name)" }

  /// Whether the owner is known to have ended; of one on another machine that is not known.
  static func hasEnded(_ owner: String) -> Bool {
    guard owner.hasPrefix(machine + " ") else { return false }
    return !LibrarySession.isRunning(String(owner.dropFirst(machine.count + 1)))
  }
}
