internal import Display
internal import Settings
internal import Stories

/// A sentence for the status line; errors look different.
struct Message {
  var words: String
  var isError = false
  /// Keys pressed before then leave it standing.
  var until: Timestamp?

  /// How many seconds the message of an event stays at least: long enough to be read.
  static let eventSeconds: Int64 = 4
  /// More lines than this say too much.
  private static let maxLines = 4

  /// The message in lines that fit the screen: of one that has no room, its beginning.
  func parts(in size: Size, isASCII: Bool) -> [String] {
    let words = (isError ? "! " : "") + words
    guard displayWidth(of: words) > size.columns - 2 else { return [words] }
    let room = max(1, size.columns - 2)
    let most = min(Self.maxLines, Self.room(in: size) + 1)
    var parts = wrapped(words, to: room)
    guard parts.count > most else { return parts }
    let rest = parts[(most - 1)...].joined(separator: " ")
    parts[most - 1] = truncated(rest, to: room, isASCII: isASCII)
    return Array(parts.prefix(most))
  }

  /// How many lines above the status line a message may take.
  static func room(in size: Size) -> Int { max(0, min((size.rows - 1) / 2, size.rows - 3)) }
}
