import Glibc
import Intake
import Threads
import Testing

/// What threads share in this module; run under ThreadSanitizer these tests show that it is guarded.
@Suite struct MonitorTests {
  /// Runs `body` on so many threads at once and waits for all of them.
  private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let threads = (0..<count).compactMap { index in
      startThread(stackSize: 1 << 20) { body(index) }
    }
    #expect(threads.count == count)
    for thread in threads { pthread_join(thread, nil) }
  }

  @Test("Changes by many threads are all kept")
  func changes() {
    let counts = Monitor([0, 0])
    onThreads(8) { index in
      for _ in 0..<2000 { counts.change { $0[index % 2] += 1 } }
    }
    #expect(counts.read { $0 } == [8000, 8000])
  }

  @Test("A thread that waits is woken by the change that it waits for")
  func waiting() {
    let turn = Monitor(0)
    let order = Monitor<[Int]>([])
    onThreads(6) { index in
      for round in 0..<50 {
        let own = round * 6 + index
        turn.wait { $0 == own ? () : nil }
        order.change { $0.append(own) }
        turn.change { $0 += 1 }
      }
    }
    #expect(order.read { $0 } == Array(0..<300))
  }

  @Test("A wait ends when its time is up, and at once where what is waited for holds")
  func limit() {
    let value = Monitor(1)
    let start = ContinuousClock.now
    #expect(!value.wait(atMost: 30) { $0 == 2 })
    #expect(ContinuousClock.now - start >= .milliseconds(30))
    #expect(value.wait(atMost: 60_000) { $0 == 1 })
    #expect(ContinuousClock.now - start < .seconds(30))
    #expect(!value.wait(atMost: -5) { $0 == 2 })
  }
}

@Suite struct OrderedWorkTests {
  @Test("Results come in the order of the pieces, whatever number of workers", arguments: 1...9)
  func order(workers: Int) {
    let work = OrderedWork(count: 500, workers: workers, window: 4) { piece in
      if piece % 97 == 0 { usleep(300) }
      return [piece, piece * piece]
    }
    for piece in 0..<500 { #expect(work.take() == [piece, piece * piece]) }
    #expect(work.take() == nil)
    work.finish()
    #expect(work.take() == nil)
  }

  @Test("No more than the window is done ahead of what is taken")
  func window() {
    let begun = Monitor(0)
    let work = OrderedWork(count: 200, workers: 3, window: 5) { piece in
      begun.change { $0 = max($0, piece) }
      return piece
    }
    for piece in 0..<50 {
      usleep(200)
      #expect(begun.read { $0 } < piece + 5)
      #expect(work.take() == piece)
    }
    work.finish()
  }

  @Test("An end in the middle waits for what is being done, and begins nothing more")
  func finish() {
    let counts = Monitor((begun: 0, ended: 0))
    let work = OrderedWork(count: 1000, workers: 4, window: 8) { piece in
      counts.change { $0.begun += 1 }
      usleep(500)
      counts.change { $0.ended += 1 }
      return piece
    }
    for piece in 0..<10 { #expect(work.take() == piece) }
    work.finish()
    let (begun, ended) = counts.read { $0 }
    #expect(begun == ended && begun < 30)
    #expect(work.take() == nil)
    usleep(2000)
    #expect(counts.read { $0.begun } == begun)
  }

  @Test("Work of no pieces, and work that is ended before anything is taken")
  func none() {
    let empty = OrderedWork(count: 0) { $0 }
    #expect(empty.take() == nil)
    empty.finish()
    let unused = OrderedWork(count: 100) { $0 }
    unused.finish()
    #expect(unused.take() == nil)
  }
}
