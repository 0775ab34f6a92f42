/// How much of a server's answer is taken, and how long it is waited for.
package struct FetchLimits: Sendable, Hashable {
  /// Bytes of the body after decompression.
  package var bodyBytes: Int
  /// Bytes of a response head with its line ends, interim heads and trailers included.
  package var headBytes = 128 << 10
  /// Lines of a response head.
  package var headLines = 200
  /// Redirects that are followed.
  package var redirects = 5
  /// Milliseconds to look up the name, connect, and agree on TLS.
  package var connectTime = 10_000
  /// Milliseconds for all hops together, without the time that a request waits for its host's turn.
  package var wholeTime = 60_000
  /// Bytes a second that must come on average of ``lowSpeedTime``.
  package var lowSpeed = 200
  /// Seconds over which the speed is measured.
  package var lowSpeedTime = 20

  package init(bodyBytes: Int) { self.bodyBytes = bodyBytes }

  /// For a feed: 16 MB.
  package static let feed = FetchLimits(bodyBytes: 16 << 20)
  /// For a page: 32 MB.
  package static let page = FetchLimits(bodyBytes: 32 << 20)
  /// For the comments of a story: 32 MB.
  package static let thread = FetchLimits(bodyBytes: 32 << 20)
}
