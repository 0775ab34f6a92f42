import Files
import Storage
import TestSupport
import Testing

/// What hosts asked for, and who refreshes.
@Suite struct FetchingTests {
  let folder = TemporaryFolder()

  @Test("what a host asked for outlives the program, and the longer wait wins")
  func hosts() throws {
    do {
      let library = try Library(path: folder.library)
      try library.fetching.set(HostStatus(notBefore: 900, failures: 1, reason: "429"), of: "a")
      try library.fetching.set(HostStatus(notBefore: 500, failures: 2), of: "a")
      try library.fetching.set(HostStatus(notBefore: 5), of: "b")
    }
    let library = try Library(path: folder.library)
    #expect(try library.fetching.host("a") == HostStatus(notBefore: 900, failures: 2))
    #expect(try library.fetching.hosts().count == 2)
    try library.fetching.set(nil, of: "a")
    #expect(try library.fetching.host("a") == nil)
  }

  @Test("a lease is one program's until it is given back, expires, or that program has ended")
  func leases() throws {
    let one = try Library(path: folder.library)
    let two = try Library(path: folder.library)
    #expect(try one.fetching.take("refresh", seconds: 60, now: 100) == nil)
    #expect(try one.fetching.take("refresh", seconds: 60, now: 110) == nil)
    #expect(try one.fetching.extend("refresh", seconds: 60, done: 214, total: 1000, now: 120))
    let lease = try #require(try two.fetching.take("refresh", seconds: 60, now: 130))
    #expect(lease.done == 214 && lease.total == 1000 && lease.until == 180)
    #expect(try two.fetching.take("other", seconds: 60, now: 130) == nil)
    // Expired, it is taken over, and the first one hears of it.
    #expect(try two.fetching.take("refresh", seconds: 60, now: 180) == nil)
    #expect(try !one.fetching.extend("refresh", seconds: 60, done: 215, total: 1000, now: 181))
    #expect(try one.fetching.take("refresh", seconds: 60, now: 181) != nil)
    try two.fetching.giveBack("refresh")
    try one.fetching.giveBack("other")
    #expect(try one.fetching.take("refresh", seconds: 60, now: 181) == nil)
    #expect(try one.fetching.lease("refresh")?.done == 0)
    #expect(try one.fetching.lease("other") != nil, "not its own to give back")
    // A clock that was a year ahead, and is set back.
    #expect(try one.fetching.take("refresh", seconds: 60, now: 30_000_000) == nil)
    #expect(try two.fetching.take("refresh", seconds: 60, now: 200) == nil)
  }

  @Test("the lease of a program that has ended or was killed is free at once")
  func ended() throws {
    let now: Int64 = 100
    do {
      let ended = try Library(path: folder.library)
      #expect(try ended.fetching.take("refresh", seconds: 600, now: now) == nil)
    }
    let library = try Library(path: folder.library)
    #expect(try library.fetching.take("refresh", seconds: 600, now: now) == nil)
    try library.fetching.giveBack("refresh")
    let probe = try Probe("lease", folder.library.text)
    probe.waitForWords()
    #expect(try library.fetching.take("refresh", seconds: 600) != nil)
    probe.kill()
    _ = try probe.finish()
    #expect(try library.fetching.take("refresh", seconds: 600) == nil)
    // Of a program on another machine nobody knows whether it goes on.
    execute("UPDATE leases SET owner = 'elsewhere/pid:[1] 1 1 1'", in: folder.library.text)
    #expect(try library.fetching.take("refresh", seconds: 600) != nil)
  }
}
