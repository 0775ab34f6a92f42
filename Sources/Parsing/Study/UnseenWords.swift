/// Words that are not there to be read: those for who hears the page.
///
/// Contract: told by the class names that frameworks give what is kept out of sight, never by the
/// words. Only labels ("Article content", "opens in a new tab") are left out for it: a longer text
/// tells what a drawing shows, which a terminal does not either.
extension PageStudy {
  /// Whether a class keeps an element out of sight, though not from screen readers.
  func isHeardOnly(_ node: Int) -> Bool {
    guard evidence[node].contains(.heard) else { return false }
    return Self.heardNames.contains { tree.valueContains($0, .class, node) }
      && !tree.hasClass("not-sr-only", node)
  }

  /// Whether an element is such a label; a unit or a rating inside a line is part of it ("4.8 out of
  /// 5 stars"), what a link says beside its words is not.
  func isHeardLabel(_ node: Int, _ tag: HTMLTag) -> Bool {
    guard tag != .h1, running[node] == 0, letters[node] < Thresholds.label, isHeardOnly(node)
    else { return false }
    guard tag.isInline, linked[node] == 0, let parent = tree.parent(node) else { return true }
    // The first neighbours tell: a page of nothing else must not be gone over again for each.
    return !tree.children(parent).prefix(6).contains { other in
      letters[other] > 0 && !(tree.isElement(other) && isHeardOnly(other))
    }
  }

  /// Of Bootstrap 3–5, WordPress, Foundation, Drupal, Salesforce's Lightning, Tailwind and their heirs.
  private static let heardNames: [StaticString] = [
    "sr-only", "visually-hidden", "visuallyhidden", "offscreen", "off-screen", "screen-reader",
    "screenreader", "assistive-text",
  ]
}
