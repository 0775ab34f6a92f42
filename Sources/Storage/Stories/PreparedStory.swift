package import Stories

/// A story made ready to be stored: encoded, packed and hashed, away from the one that writes.
package struct PreparedStory: Sendable {
  let form: StoryForm
  let identity: Identity
  let row: StoryRow
  let isCut: Bool
  let parserVersion: Int
  let original: PackedOriginal?

  init(
    form: StoryForm, identity: Identity, row: StoryRow, isCut: Bool, parserVersion: Int,
    original: PackedOriginal?
  ) {
    self.form = form
    self.identity = identity
    self.row = row
    self.isCut = isCut
    self.parserVersion = parserVersion
    self.original = original
  }

  /// Prepares a story; `source` names where it comes from if the story has no site.
  package init(
    _ story: Story, original: Original?, parserVersion: Int, source: String? = nil
  ) {
    form = StoryForm(story)
    let words = wordCount(form.text)
    identity = Identity(form, story: story, words: words, page: original?.bytes)
    row = StoryRow(
      title: story.title, source: story.site ?? source ?? "",
      authors: story.byline.joined(separator: ", "), published: story.published, words: words,
      figures: story.figures.count,
      comments: max(story.thread.count ?? 0, story.thread.comments.count))
    isCut = story.isCut
    self.parserVersion = parserVersion
    if let original, let packed = Packed.pack(original.bytes) {
      var facts = original
      facts.bytes = []
      self.original = PackedOriginal(facts: facts, packed: packed, size: original.bytes.count)
    } else {
      self.original = nil
    }
  }
}

extension PreparedStory {
  /// Whether the page is so large, 8 MB, that it is worth milliseconds to return what parsing it took.
  var isLarge: Bool { (original?.size ?? 0) >= 8 << 20 }
}

/// The page of a story, packed.
struct PackedOriginal: Sendable {
  /// Without the bytes.
  var facts: Original
  var packed: [UInt8]
  /// How many bytes the page has unpacked.
  var size: Int
}

/// What a list shows of a story, as far as the page says it.
struct StoryRow: Sendable {
  var title: String
  var source: String
  var authors: String
  var published: Timestamp?
  var words: Int
  var figures: Int
  var comments: Int

  /// By what lists sort; a page dated in the future would stay on top, so it counts as added.
  func sorted(added: Int64) -> Int64 {
    guard let published, published.seconds <= added + 86_400 else { return added }
    return published.seconds
  }
}
