/// How few of the furniture heuristics apply, from all of them to the fewest; see `StoryReading.best`.
enum Leniency: Int, Comparable, CaseIterable {
  /// All heuristics apply.
  case usual
  /// Class names and rows of cards are ignored.
  case names
  /// Also, hidden elements are kept: they can hold a story that a script would reveal.
  case hidden
  /// Also, elements with comment classes are kept: they can be the posts of a forum.
  case posts

  /// The extraction is retried at this level if it has given fewer letters.
  var retryBelow: Int32 {
    self == .posts ? Thresholds.minimumStoryLetters : Thresholds.poorStoryLetters
  }

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
