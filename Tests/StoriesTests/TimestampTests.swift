import Stories
import Testing

@Suite struct TimestampTests {
  @Test(
    "calendar days and seconds agree",
    arguments: [
      (1970, 1, 1, Int64(0)), (1969, 12, 31, -86_400), (2000, 2, 29, 951_782_400),
      (2024, 5, 16, 1_715_817_600), (2100, 3, 1, 4_107_542_400),
    ])
  func days(year: Int, month: Int, day: Int, seconds: Int64) throws {
    let time = try #require(Timestamp(year: year, month: month, day: day))
    #expect(time.seconds == seconds)
    #expect(time.calendar.year == year)
    #expect(time.calendar.month == month)
    #expect(time.calendar.day == day)
  }

  @Test("a time is written in the page's own zone")
  func zones() throws {
    let time = try #require(
      Timestamp(year: 2024, month: 5, day: 16, hour: 9, minute: 30, offset: 120))
    #expect(time.iso8601 == "2024-05-16T09:30:00+02:00")
    #expect(time.inZone(0).iso8601 == "2024-05-16T07:30:00Z")
  }

  @Test("a day is written without an hour")
  func dayOnly() throws {
    let time = try #require(Timestamp(year: 2024, month: 5, day: 16, precision: .day))
    #expect(time.iso8601 == "2024-05-16")
  }

  @Test("days that do not exist are refused")
  func impossible() {
    #expect(Timestamp(year: 2023, month: 2, day: 29) == nil)
    #expect(Timestamp(year: 2024, month: 13, day: 1) == nil)
    #expect(Timestamp(year: 2024, month: 1, day: 1, hour: 25) == nil)
  }

  @Test("weekdays count from Sunday")
  func weekday() throws {
    #expect(try #require(Timestamp(year: 2024, month: 5, day: 16)).calendar.weekday == 4)
    #expect(try #require(Timestamp(year: 1969, month: 12, day: 28)).calendar.weekday == 0)
  }
}
