import Stories
import Testing

@Suite struct ThreadTests {
  private func thread(_ pairs: [(String, String?)]) -> Stories.Thread {
    Stories.Thread(pairs.map { PostedComment(id: $0.0, parent: $0.1, author: $0.0) })
  }

  @Test("replies stand below their parent, in page order")
  func readingOrder() {
    let thread = thread([("a", nil), ("b", nil), ("a1", "a"), ("a2", "a"), ("a11", "a1")])
    #expect(thread.comments.map(\.id) == ["a", "a1", "a11", "a2", "b"])
    #expect(thread.comments.map(\.depth) == [0, 1, 2, 1, 0])
    #expect(thread.comments.map(\.descendants) == [3, 1, 0, 0, 0])
  }

  @Test("siblings, branches and roots are found without recursion")
  func walking() {
    let thread = thread([("a", nil), ("a1", "a"), ("a11", "a1"), ("a2", "a"), ("b", nil)])
    #expect(thread.branch(1) == 1..<3)
    #expect(thread.sibling(after: 1) == 3)
    #expect(thread.sibling(before: 3) == 1)
    #expect(thread.sibling(after: 3) == nil)
    #expect(thread.sibling(before: 1) == nil)
    #expect(thread.sibling(before: 4) == 0)
    #expect(thread.root(of: 2) == 0)
  }

  @Test("circles, orphans, own parents and twin ids lose no comment")
  func hostile() {
    let thread = thread([
      ("a", "b"), ("b", "a"), ("c", "c"), ("d", "nowhere"), ("e", "d"), ("e", "d"),
    ])
    #expect(Set(thread.comments.map(\.id)) == ["a", "b", "c", "d", "e", "e'"])
    #expect(thread.comments.count == 6)
  }

  @Test("comments are sorted by time among those of one parent, and back")
  func sorting() {
    func posted(_ id: String, _ parent: String?, _ time: Int64?) -> PostedComment {
      PostedComment(
        id: id, parent: parent, author: id, time: time.map { Timestamp(seconds: $0) })
    }
    let thread = Stories.Thread(
      [
        posted("a", nil, 20), posted("a1", "a", 50), posted("a2", "a", 30), posted("b", nil, nil),
        posted("c", nil, 10), posted("d", nil, 20),
      ], count: 9, state: .closed)
    #expect(thread.sorted(.published) == thread)
    let oldest = thread.sorted(.oldest)
    #expect(oldest.comments.map(\.id) == ["c", "a", "a2", "a1", "d", "b"])
    #expect(oldest.count == 9 && oldest.state == .closed)
    #expect(thread.sorted(.newest).comments.map(\.id) == ["a", "a1", "a2", "d", "c", "b"])
  }

  @Test("a chain of 100,000 replies is built and let go")
  func deep() {
    let chain = (0..<100_000).map { ("\($0)", $0 == 0 ? nil : "\($0 - 1)") }
    let thread = thread(chain)
    #expect(thread.comments.last?.depth == 99_999)
    #expect(thread.comments[0].descendants == 99_999)
  }
}
