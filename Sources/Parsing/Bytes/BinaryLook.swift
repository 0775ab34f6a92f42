/// Tells bytes that are no page at all, by their first marks, and says in words what they look like.
enum BinaryLook {
  private static let marks: [([UInt8], String)] = [
    ([0x25, 0x50, 0x44, 0x46, 0x2D], "a PDF document"),
    ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image"),
    (Array("GIF8".utf8), "a GIF image"),
    ([0x1F, 0x8B], "a gzip file"),
    (Array("PK\u{3}\u{4}".utf8), "a ZIP archive"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an XZ file"),
    (Array("BZh".utf8), "a bzip2 file"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    (Array("SQLite format 3".utf8), "an SQLite database"),
    (Array("OggS".utf8), "an Ogg recording"),
    (Array("ID3".utf8), "an MP3 recording"),
    (Array("wOFF".utf8), "a font"), (Array("wOF2".utf8), "a font"),
  ]

  /// What the bytes look like, or `nil` if they may be text.
  static func find(_ bytes: [UInt8]) -> String? {
    for (mark, words) in marks where bytes.starts(with: mark) { return words }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.count > 12 {
      return bytes[8..<12].elementsEqual("WEBP".utf8) ? "a WebP image" : "a recording"
    }
    if bytes.count > 12, bytes[4..<8].elementsEqual("ftyp".utf8) { return "a video" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
    if Encoding.utf16WithoutMark(bytes) != nil { return nil }
    let sample = bytes.prefix(8192)
    let controls = sample.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
    // Text has next to none; a few stray ones are let pass.
    return controls > max(8, sample.count / 20) ? "binary data" : nil
  }
}
