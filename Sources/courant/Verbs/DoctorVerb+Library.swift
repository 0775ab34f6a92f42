import Files
import Glibc
import Intake
import Parsing
import Storage

/// What the doctor says of the library.
extension DoctorVerb {
  func checkLibrary(_ report: inout Report) {
    let access = LibraryAccess(invocation)
    report.fact("file", access.path.text)
    do throws(Failure) {
      if isRepairing { try repair(access, &report) }
      guard let library = try access.look() else {
        return report.fact("state", "not made yet; `courant add PATH` makes it")
      }
      let counts = try library.ask { library throws(StorageError) in try library.lists.counts() }
      let version = try library.ask { library throws(StorageError) in
        try library.schemaVersion()
      }
      report.fact("stories", "\(counts.all) (\(counts.unread) unread, \(counts.starred) starred)")
      report.fact("version", "\(version) of \(Schema.version)")
      report.fact("size", "\(sizeOnDisk(access.path)) kB")
      try check(access, library, &report)
      checkParser(library, &report)
      checkIndexing(library, &report)
      checkWriting(access.path, &report)
    } catch {
      report.problem(error.message, advice: "Or name another library with --library FILE.")
    }
  }

  /// Checks the library by a connection that may write where there is one, for only that can check the
  /// full-text indexes.
  private func check(
    _ access: LibraryAccess, _ library: Library, _ report: inout Report
  ) throws(Failure) {
    var writable: Library?
    do throws(StorageError) {
      writable = try Library(path: access.path, createIfMissing: false, timeout: 1000)
    } catch .linked(let path, let process) {
      report.problem(
        StorageError.linked(path, process: process).message, advice: "Use one name only.")
    } catch {
      // What else is wrong is found by reading.
    }
    do throws(StorageError) {
      let problems = try (writable ?? library).care.check()
      for problem in problems.prefix(20) {
        report.problem(
          problem, advice: "Try `courant doctor --repair`; else `courant restore` a backup.")
      }
      if problems.count > 20 { report.fact("", "and \(problems.count - 20) more") }
      if problems.isEmpty {
        let isAll = writable?.isReadOnly == false
        report.fact(
          "integrity",
          isAll
            ? "every page of the file was read; nothing is damaged"
            : "every page was read; the search indexes could not be checked")
      }
    } catch {
      throw Failure(error.message)
    }
  }

  /// The library's file and the log that SQLite keeps beside it.
  private func sizeOnDisk(_ path: Path) -> Int {
    [path, path.adding(suffix: "-wal")].reduce(0) { sum, file in
      if case .file(let size) = try? fileKind(file) { sum + (size + 1023) / 1024 } else { sum }
    }
  }

  private func checkParser(_ library: Library, _ report: inout Report) {
    guard let old = try? library.stories.parsed(before: parserVersion), !old.isEmpty else { return }
    report.fact("older", "\(old.count) stories by an older parser; `courant reparse` renews them")
  }

  private func checkIndexing(_ library: Library, _ report: inout Report) {
    guard let count = try? library.indexing.waitingCount(), count > 0 else { return }
    report.fact("not indexed", "\(count) stories, which a search does not find by their words yet")
  }

  private func checkWriting(_ path: Path, _ report: inout Report) {
    for place in [path, path.folder] where place.withCString({ Glibc.access($0, W_OK) }) != 0 {
      report.problem(
        "\(place.shown) cannot be written", advice: "What is read and starred is not kept.")
    }
    var facts = statvfs()
    guard path.folder.withCString({ statvfs($0, &facts) }) == 0 else { return }
    let free = (Int(facts.f_bavail) * Int(facts.f_frsize)) >> 20
    report.fact("free space", "\(free) MB")
    if free < 20 { report.problem("the disk is nearly full", advice: "Make room before adding.") }
  }
}

/// `courant doctor --repair`.
extension DoctorVerb {
  private func repair(_ access: LibraryAccess, _ report: inout Report) throws(Failure) {
    do throws(StorageError) {
      let path = access.path
      LibraryRecovery.removeLeftovers(of: path)
      if let kept = try Library.putDamagingLogAside(path) {
        report.fact(
          "repaired",
          "the log beside the library is of another state of it and was put aside: "
            + kept.shown)
      }
      let outcome: RepairReport
      do throws(StorageError) {
        outcome = try repaired(path)
      } catch .foreignLog {
        let kept = try Library.putLogAside(path)
        report.fact("repaired", "the log of another library was put aside: \(kept?.shown ?? "")")
        outcome = try repaired(path)
      } catch .damaged {
        // The library is closed by now, which its replacement asks for.
        try recover(path, &report)
        outcome = try repaired(path)
      }
      for words in outcome.done { report.fact("repaired", words) }
      try mend(outcome.damagedStories, of: path, &report)
    } catch .missing {
      return
    } catch {
      throw Failure(error.message)
    }
  }

  private func repaired(_ path: Path) throws(StorageError) -> RepairReport {
    let line = ProgressLine("Making indexes: stories")
    defer { line.clear() }
    return try Library(path: path, createIfMissing: false).care.repair { line.show($0, of: $1) }
  }

  private func recover(_ path: Path, _ report: inout Report) throws(StorageError) {
    let line = ProgressLine("Saving stories")
    defer { line.clear() }
    let outcome = try LibraryRecovery.run(path) { line.show($0, of: $1) }
    report.fact("repaired", "\(outcome.stories) stories were saved into a new library")
    for kind in outcome.lostKinds { report.fact("lost", "\(kind) could not be read") }
    if let kept = outcome.kept { report.fact("kept", "the damaged library is \(kept.shown)") }
  }

  /// Makes damaged stories again from their pages, and those without one from what is left of them.
  private func mend(
    _ damaged: [StoryID], of path: Path, _ report: inout Report
  ) throws(StorageError) {
    guard !damaged.isEmpty else { return }
    _ = try SiteRuleStore(invocation).importer(path).reparse(.these(damaged))
    let library = try Library(path: path, createIfMissing: false)
    let left = try library.care.damagedStories()
    let renewed = damaged.count - left.count
    if renewed > 0 {
      report.fact("repaired", "\(renewed) stories were rebuilt from their pages")
    }
    for id in left {
      if try library.care.salvage(id, parserVersion: parserVersion) {
        report.fact("repaired", "story \(id): the plain text of it was saved")
      } else {
        report.problem(
          "only the headline of story \(id) could be saved, and what you did to it",
          advice: "Add its page again if you have it.")
      }
    }
  }
}
