/// Encodes ascending story IDs as differences of variable length (LEB128): marking 100,000 stories read
/// takes 100 kB of the log, not a megabyte.
enum PackedStories {
  static func pack(_ stories: [StoryID]) -> [UInt8] {
    var bytes: [UInt8] = []
    var before: StoryID = 0
    for story in stories {
      var rest = UInt64(bitPattern: story &- before)
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
      before = story
    }
    return bytes
  }

  /// Decodes any bytes without failing: damaged ones give IDs that need not exist in the library.
  static func unpack(_ bytes: [UInt8]) -> [StoryID] {
    var stories: [StoryID] = []
    var (value, shift): (UInt64, UInt64) = (0, 0)
    var before: StoryID = 0
    for byte in bytes {
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      shift += 7
      guard byte < 0x80 else { continue }
      before &+= StoryID(bitPattern: value)
      stories.append(before)
      (value, shift) = (0, 0)
    }
    return stories
  }
}
