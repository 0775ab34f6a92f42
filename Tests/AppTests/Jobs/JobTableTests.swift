import Testing

@testable import App

/// Jobs as the reader knows them: sums, order, and reports that come too late.
@Suite struct JobTableTests {
  private func table(_ paths: String...) -> Table {
    let table = Table()
    for path in paths { table.add(.importTyped(path)) }
    return table
  }

  /// A table whose changes may stand in an expectation.
  @dynamicMemberLookup private final class Table {
    private var table = JobTable()

    subscript<Value>(dynamicMember path: KeyPath<JobTable, Value>) -> Value { table[keyPath: path] }
    subscript(_ id: JobID) -> JobTable.Row? { table[id] }

    @discardableResult func add(_ kind: Job.Kind) -> Job { table.add(kind) }
    @discardableResult func note(_ progress: Job.Progress, of id: JobID) -> Bool {
      table.note(progress, of: id)
    }
    @discardableResult func cancel(_ id: JobID) -> Bool { table.cancel(id) }
    @discardableResult func end(_ id: JobID, _ outcome: Job.Outcome) -> Bool {
      table.end(id, outcome)
    }
  }

  @Test("A job waits until its first report, and its number is never used again")
  func states() {
    let table = table("a")
    #expect(table.rows.map(\.state) == [.waiting] && table.words == nil && table.fraction == nil)
    #expect(table.note(.init(done: 0), of: JobID(1)))
    #expect(table.words == "Importing" && table.fraction == -1)
    #expect(table.note(.init(done: 3, total: 12), of: JobID(1)))
    #expect(table.words == "Importing 3 of 12" && table.fraction == 0.25)
    #expect(table.end(JobID(1), .done("12 stories added")))
    #expect(table.words == nil && table.fraction == nil && table.active.isEmpty)
    #expect(table.add(.importTyped("b")).id == JobID(2))
  }

  @Test("Progress is the sum of what runs; a second job does not clear that of the first")
  func sums() {
    let table = table("a", "b", "c")
    table.note(.init(done: 30, total: 100), of: JobID(1))
    #expect(table.words == "Importing 30 of 100, 2 waiting")
    table.note(.init(done: 10, total: 60), of: JobID(2))
    #expect(table.words == "Importing 40 of 160, 1 waiting" && table.fraction == 0.25)
    table.note(.init(done: 2), of: JobID(3))
    #expect(table.words == "Importing 42" && table.fraction == -1)
    table.end(JobID(3), .failed("no"))
    table.end(JobID(1), .done("yes"))
    #expect(table.words == "Importing 10 of 60")
  }

  @Test("Reports of jobs that have ended or that nobody asked for change nothing")
  func late() {
    let table = table("a", "b")
    table.end(JobID(1), .done("first"))
    let before = table.rows
    #expect(!table.note(.init(done: 5, total: 6), of: JobID(1)))
    #expect(!table.end(JobID(1), .failed("again")))
    #expect(!table.cancel(JobID(1)))
    #expect(!table.note(.init(done: 5), of: JobID(9)))
    #expect(!table.end(JobID(0), .done("none")))
    #expect(table.rows == before)
  }

  @Test("A cancelled job counts until it has ended, and cannot be cancelled twice")
  func cancelling() {
    let table = table("a", "b")
    table.note(.init(done: 4, total: 8), of: JobID(1))
    #expect(table.cancel(JobID(1)) && table.cancel(JobID(2)))
    #expect(!table.cancel(JobID(1)))
    #expect(table.rows.map(\.state) == [.stopping(.init(done: 4, total: 8)), .stopping(nil)])
    table.note(.init(done: 5, total: 8), of: JobID(1))
    #expect(table[JobID(1)]?.state == .stopping(.init(done: 5, total: 8)))
    #expect(table.words == "Importing 5 of 8, 1 waiting")
    for id in [1, 2] { #expect(table.end(JobID(id), .cancelled("stopped"))) }
    #expect(table.active.isEmpty)
  }

  @Test("Only the newest of the ended jobs are remembered, and all that have not ended")
  func remembered() {
    let table = table("first")
    for number in 2...60 {
      let id = table.add(.importTyped("\(number)")).id
      table.end(id, .done("done"))
    }
    #expect(table.rows.count == JobTable.mostEnded + 1)
    #expect(table.rows.first?.job.id == JobID(1) && table.rows.last?.job.id == JobID(60))
  }
}
