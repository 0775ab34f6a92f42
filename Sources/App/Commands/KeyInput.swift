/// What has been typed of a command, and what the mouse holds.
struct KeyInput {
  /// The count and the keys typed so far.
  var reader = KeyReader()
  /// Whether the keys that may follow are shown.
  var showsContinuations = false
  /// Whether the line between the panes is held by the mouse.
  var isDraggingDivider = false
  /// Whether it was moved since it is held.
  var hasMovedDivider = false
}
