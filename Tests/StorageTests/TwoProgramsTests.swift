import Files
import Glibc
import Queries
import Storage
import Stories
import TestSupport
import Testing

/// Whether this user may mount in a name space of its own, which a builder may not.
let canMount =
  system("unshare -m mount -t tmpfs -o size=64k tmpfs /mnt 2>/dev/null") == 0

/// Another process on the same library: a reader beside a writer, a writer killed, a guest.
@Suite(.serialized) struct TwoProgramsTests {
  let folder = TemporaryFolder()
  var file: String { folder["library.sqlite"] }

  @Test("a killed writer leaves every story that it reported, complete")
  func killed() throws {
    var random = Dice(state: 20)
    var told = 0
    for _ in 0..<110 {
      let writer = try Probe("write", file, String(told))
      if random.below(8) > 0 { writer.waitForWords() }
      usleep(UInt32(random.below(40_000)))
      writer.kill()
      let (words, status) = try writer.finish()
      #expect(!words.contains("error"))
      #expect(status == 128 + SIGKILL, "\(words.suffix(200))")
      // The last line may have been cut; the first byte was read by the wait.
      let lines = words.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      told += lines.count
      // A story written but not told of stays too: the next writer adds it again as the same.
      let library = try Library(path: file)
      let all = try library.lists.counts().all
      #expect(all >= told && all <= told + 1)
      told = all
    }
    #expect(told > 110)
    let (words, status) = try Probe("verify", file, String(told)).finish()
    #expect(status == 0, "\(words)")
  }

  @Test("a program reads while another one writes, and sees its changes")
  func readerBeside() throws {
    let library = try Library(path: file)
    let writer = try Probe("write", file, "0")
    writer.waitForWords()
    var mark = try library.changeMark()
    var changes = 0
    for _ in 0..<200 {
      let rows = try library.lists.headlines(.all, limit: 50)
      #expect(!rows.isEmpty)
      for row in rows.prefix(3) { #expect(try library.stories.story(row.id) != nil) }
      let now = try library.changeMark()
      if now != mark { changes += 1 }
      mark = now
      if let row = rows.first { _ = try library.changes.make([(.starred, true)], of: [row.id]) }
      usleep(2000)
    }
    writer.kill()
    _ = try writer.finish()
    #expect(changes > 3)
    #expect(try library.care.check() == [])
  }

  @Test("a change waits for another program's lock, and fails with a message")
  func locked() throws {
    _ = try Library(path: file)
    var holder = try Probe("hold", file, "300")
    holder.waitForWords()
    let patient = try Library(path: folder.library, timeout: 5000)
    try patient.stories.add(plainStory(1), original: nil, parserVersion: 1)
    _ = try holder.finish()
    holder = try Probe("hold", file, "1500")
    holder.waitForWords()
    let hasty = try Library(path: folder.library, timeout: 50)
    #expect(try hasty.stories.story(1) == plainStory(1))
    #expect(throws: StorageError.locked(file)) {
      try hasty.changes.make([(.starred, true)], of: [1])
    }
    _ = try holder.finish()
    #expect(try hasty.changes.make([(.starred, true)], of: [1]).stories == [1])
  }

  @Test("many programs create one library at the same time")
  func makers() throws {
    let holders = try (0..<6).map { _ in try Probe("hold", file, "1") }
    for holder in holders { #expect(try holder.finish().status == 0) }
    #expect(try Library(path: file).care.check() == [])
  }

  @Test(
    "a read-only file, folder, or both: stories are read, changes say why not",
    .enabled(if: getuid() == 0, "only root can become a user without rights to the file"),
    arguments: [
      (0o444, 0o755), (0o644, 0o555), (0o444, 0o777),
    ] as [(mode_t, mode_t)])
  func readOnly(_ fileMode: mode_t, _ folderMode: mode_t) throws {
    try Library(path: file).addPlain(0..<3)
    chmod(file, fileMode)
    chmod(folder.path, folderMode)
    let (words, status) = try Probe("guest", file, "0").finish()
    #expect(words == "true Report 2\nerror: \(StorageError.readOnly(file).message)\n")
    #expect(status == 1)
  }

  @Test(
    "a full disk stops the writer with a message and does no harm",
    .enabled(if: canMount, "mounting a small file system needs root in a mount namespace"))
  func fullDisk() throws {
    let (words, status) = try Probe(by: ["unshare", "-m"], "full", folder.path, "0").finish()
    #expect(status == 0)
    #expect(words == "\(StorageError.diskFull(file).message)\ntrue 0\n")
  }

  @Test(
    "a library on a full disk is read, and messages name what there is no room for",
    .enabled(if: canMount, "mounting a small file system needs root in a mount namespace"),
    arguments: [true, false])
  func readOnFullDisk(isBackup: Bool) throws {
    let other = TemporaryFolder()
    let source = other["source.sqlite"]
    do {
      let library = try Library(path: isBackup ? other["first.sqlite"] : source)
      try library.addPlain(0..<3)
      if isBackup { try library.care.backUp(to: Path(source)) }
    }
    let (words, status) = try Probe(
      by: ["unshare", "-m"], "read-full", folder.path, source
    ).finish()
    let backup = folder["backup"] + ": the disk is full; no backup was written\n"
    let full = StorageError.diskFull(file).message
    let refusals = ["3 true \(StorageError.readOnly(file).message)\n", "3 true \(full)\n"]
    #expect(status == 0)
    #expect(
      words == refusals[0] + backup + refusals[1] + backup
        + "\(file): the disk is full; nothing was restored, and what was there stays\n"
        || words == refusals[1] + backup + refusals[1] + backup
          + "\(file): the disk is full; nothing was restored, and what was there stays\n",
      "\(words)")
  }
}
