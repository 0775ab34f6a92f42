package import Stories

/// A story ready to be stored: encoded, compressed and hashed, which any thread can do ahead of the
/// one that writes.
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

  /// Prepares a story; `source` is the name of its source if the story has no site.
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
      comments: story.thread.total)
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
  /// Whether the page is so large (8 MB) that returning freed memory to the system, which takes
  /// milliseconds, is worth it.
  var isLarge: Bool { (original?.size ?? 0) >= 8 << 20 }
}

/// The compressed page of a story.
struct PackedOriginal: Sendable {
  /// All but the bytes, which are empty.
  var facts: Original
  var packed: [UInt8]
  /// The size of the page in bytes, uncompressed.
  var size: Int
}

/// The columns of a story in lists that come from its page.
struct StoryRow: Sendable {
  var title: String
  var source: String
  var authors: String
  var published: Timestamp?
  var words: Int
  var figures: Int
  var comments: Int

  /// The date that lists sort by, in seconds since 1970: of publication, or `added` if there is none or
  /// it is later, where it would keep the story on top.
  func sorted(added: Int64) -> Int64 { min(published?.seconds ?? added, added) }
}
