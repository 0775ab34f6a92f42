import FuzzChecks
import TestSupport
import Testing

/// What the fuzzer begins with keeps every promise, without fuzzing.
@Suite struct FeedSeedTests {
  @Test("Each seed keeps what every feed must keep")
  func seeds() throws {
    let folders = [
      folderOf(folderOf(#filePath)) + "/Fuzz/Seeds/feed", folderOf(#filePath) + "/Golden",
    ]
    var count = 0
    for path in folders.flatMap({ folder in filesBelow(folder).map { folder + "/" + $0 } }) {
      let bytes = try #require(readFile(path))
      for choice: UInt8 in [0, 0x10, 0x20, 0x30, 0x0A] {
        #expect(violatedInvariants(ofFeed: bytes + [choice ^ 0x0A]) == [], "\(path)")
        count += 1
      }
    }
    #expect(count >= 50)
  }
}
