/// Screen-reader-only text: recognised by the class names of CSS frameworks, never by its words.
///
/// Only labels ("Article content", "opens in a new tab") are dropped: a longer text describes a
/// drawing, which the terminal does not show either.
extension PageStudy {
  /// Whether a class hides an element visually but not from screen readers.
  func isScreenReaderOnly(_ node: Int) -> Bool {
    guard evidence[node].contains(.screenReader) else { return false }
    return Self.screenReaderClassNames.contains { tree.valueContains($0, .class, node) }
      && !tree.hasClass("not-sr-only", node)
  }

  /// Whether an element is a screen-reader-only label.
  ///
  /// A unit or rating inside a line is part of it ("4.8 out of 5 stars"); additional text in a link is not.
  func isScreenReaderLabel(_ node: Int, _ tag: HTMLTag) -> Bool {
    guard tag != .h1, runningLetters[node] == 0, letters[node] < Thresholds.maximumLabelLetters,
      isScreenReaderOnly(node)
    else { return false }
    guard tag.isInline, linkedLetters[node] == 0, let parent = tree.parent(node) else {
      return true
    }
    // Six siblings are enough; examining all of them for each would be quadratic.
    return !tree.children(parent).prefix(6).contains { other in
      letters[other] > 0 && !(tree.isElement(other) && isScreenReaderOnly(other))
    }
  }

  /// Class names of Bootstrap 3–5, WordPress, Foundation, Drupal, Salesforce Lightning, Tailwind.
  private static let screenReaderClassNames: [StaticString] = [
    "sr-only", "visually-hidden", "visuallyhidden", "offscreen", "off-screen", "screen-reader",
    "screenreader", "assistive-text",
  ]
}
