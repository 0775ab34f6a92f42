import Display
import Stories
import Testing

@Suite struct AgeTests {
  @Test(
    "Ages are told as people tell them",
    arguments: [
      (0, "now"), (59, "now"), (300, "5m"), (7200, "2h"), (86_399, "23h"), (86_400, "yesterday"),
      (259_200, "3 days ago"), (864_000, "6 May"), (31_536_000, "17 May 2023"),
    ])
  func ages(elapsed: Int64, words: String) {
    let time = Timestamp(seconds: Samples.now.seconds - elapsed)
    #expect(age(of: time, now: Samples.now) == words)
  }

  @Test("A day without a clock is told in days, a time to come as a day")
  func days() {
    let day = Timestamp(seconds: Samples.now.seconds - 3600, precision: .day)
    #expect(age(of: day, now: Samples.now) == "today")
    #expect(
      age(of: Timestamp(seconds: Samples.now.seconds + 9999), now: Samples.now) == "16 May 2024")
  }

  @Test("Times beyond all calendars do no harm")
  func extremes() {
    for seconds in [Int64.min, Int64.max, -1 << 40, 1 << 40] {
      let time = Timestamp(seconds: seconds)
      #expect(!age(of: time, now: Samples.now).contains("-"))
      _ = age(of: Samples.now, now: time)
    }
  }
}
