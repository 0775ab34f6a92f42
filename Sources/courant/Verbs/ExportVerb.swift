import Storage
import Stories
import Writing

/// `courant export`: stories for other programs, one after the other.
struct ExportVerb {
  var names: [String]
  var format: StoryFormat
  var withComments: Bool
  var library: Library

  /// `false` if some story could not be found; the others are printed.
  func run() throws(Failure) -> Bool {
    guard format != .html || names.count == 1 else {
      throw Failure("an HTML page holds one story: export them one by one")
    }
    var allGood = true
    var isFirst = true
    for name in names {
      let story: Story
      do throws(Failure) {
        story = try find(name)
      } catch {
        Output.complain(error.message)
        allGood = false
        continue
      }
      if !isFirst, format == .text || format == .markdown { try Output.write("\n") }
      isFirst = false
      try Output.write(story.written(as: format, withComments: withComments))
    }
    return allGood
  }

  private func find(_ name: String) throws(Failure) -> Story {
    let id = try library.find(name)
    guard
      let story = try library.ask({ library throws(StorageError) in try library.stories.story(id) })
    else { throw Failure(StorageError.noStory(id).message) }
    return story
  }
}
