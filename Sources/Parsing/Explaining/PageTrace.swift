import Stories

/// What the stages of one page gave, kept for an explanation.
///
/// Contract: parsing fills it in only where it is handed one, in one step at the end; without one
/// nothing is kept and nothing is counted. What a stage was given is computed again from its input by
/// the same functions, so that an explanation cannot differ from what was done.
final class PageTrace {
  var stages: Stages?

  struct Stages {
    var metadata: Metadata
    var addresses: Addresses
    /// The page with thread and author's card marked, before any furniture.
    var untouched: PageStudy
    var reading: StoryReading
    var named: NamedParts?
    var story: Story
  }
}
