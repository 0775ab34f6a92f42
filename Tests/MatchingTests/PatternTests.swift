import Matching
import Testing

@Suite struct PatternTests {
  @Test("An upper-case letter makes a pattern mind case")
  func smartCase() {
    #expect(!Pattern(typed: "ferry").isCaseSensitive)
    #expect(Pattern(typed: "Ferry").isCaseSensitive)
  }
}
