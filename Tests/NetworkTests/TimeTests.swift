import Network
import Testing

@testable import Network

/// Dates and times in heads.
@Suite struct TimeTests {
  /// 1994-11-06T08:49:37Z.
  private static let example = 784_111_777.0
  private static let now = 1_700_000_000.0

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    "sun, 6 nov 1994 08:49:37 gmt", "06 Nov 1994 08:49:37 GMT", "Mon, 06-Nov-1994 08:49:37 UTC",
    "Sun Nov 06 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
  ])
  func readsAllForms(_ date: String) {
    #expect(HTTPDate.parse(date, now: Self.now) == Self.example)
  }

  @Test(arguments: [
    "", "0", "-1", "now", "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:49:37 +0200",
    "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
    "Sun, 06 Nov 19940 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49 GMT", "1994-11-06T08:49:37Z", "Sun, 06 Now 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT and much more than any date would ever have",
  ])
  func refusesAllElse(_ date: String) {
    #expect(HTTPDate.parse(date, now: Self.now) == nil)
  }

  @Test func yearsOfTwoDigitsAreNotFarAhead() {
    // 2023 and 50 years.
    #expect(HTTPDate.parse("Tue, 01-Jan-73 00:00:00 GMT", now: Self.now) == 3_250_454_400)
    #expect(HTTPDate.parse("Tue, 01-Jan-74 00:00:00 GMT", now: Self.now) == 126_230_400)
  }

  private func times(_ fields: [(String, String)]) -> CacheTimes {
    var headers = Headers()
    for (name, value) in fields {
      let isField = headers.add(line: Array("\(name): \(value)".utf8))
      #expect(isField)
    }
    return CacheTimes(headers, now: Self.now)
  }

  @Test(
    arguments: [
      ("120", Self.now + 120), ("0", Self.now), ("Sun, 06 Nov 1994 08:49:37 GMT", Self.now),
      ("Tue, 14 Nov 2023 23:13:20 GMT", Self.now + 3600),
      ("99999999999999999999", Self.now + 604_800),
      ("Tue, 14 Nov 2090 23:13:20 GMT", Self.now + 604_800), ("soon", nil), ("-5", nil),
      ("1.5", nil),
      ("", nil), ("１２", nil),
    ] as [(String, Double?)])
  func retryAfter(_ value: String, _ moment: Double?) {
    #expect(times([("Retry-After", value)]).retryAt == moment)
  }

  @Test func datesAreThoseOfTheServersClock() {
    // A server whose clock is a year behind asks for ten minutes.
    let fields = [
      ("Retry-After", "Mon, 14 Nov 2022 23:13:20 GMT"), ("Date", "Mon, 14 Nov 2022 23:03:20 GMT"),
    ]
    #expect(times(fields).retryAt == Self.now + 600)
  }

  @Test(
    arguments: [
      ([("Cache-Control", "max-age=300")], 300),
      ([("cache-control", "PUBLIC, Max-Age=\"300\"")], 300),
      ([("Cache-Control", "max-age=300"), ("Age", "100")], 200),
      ([("Cache-Control", "max-age=10"), ("Age", "100")], 0),
      ([("Cache-Control", "no-cache, max-age=300")], 0), ([("Cache-Control", "no-store")], 0),
      ([("Cache-Control", "public"), ("Cache-Control", "max-age=7")], 7),
      ([("Cache-Control", "max-age=99999999999999999999")], 31_536_000),
      ([("Cache-Control", "max-age=x")], nil), ([("Cache-Control", "s-maxage=9")], nil),
      ([("Expires", "Tue, 14 Nov 2023 23:13:20 GMT")], 3600), ([("Expires", "0")], 0),
      ([("Expires", "Sun, 06 Nov 1994 08:49:37 GMT")], 0),
      (
        [("Expires", "Tue, 14 Nov 2023 23:13:20 GMT"), ("Date", "Tue, 14 Nov 2023 23:03:20 GMT")],
        600
      ),
      ([("Expires", "Tue, 14 Nov 2023 23:13:20 GMT"), ("Cache-Control", "max-age=5")], 5),
      ([], nil),
    ] as [([(String, String)], Double?)])
  func freshness(_ fields: [(String, String)], _ seconds: Double?) {
    #expect(times(fields).freshFor == seconds)
  }
}
