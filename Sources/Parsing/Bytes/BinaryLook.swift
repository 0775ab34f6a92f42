/// Recognizes bytes that are no page, by their signatures, and names their format in words.
///
/// Containers that hold a page but are not read are named with what to do, for their reader knows that
/// a page is in them.
enum BinaryLook {
  private static let marks: [([UInt8], String)] = [
    ([0x25, 0x50, 0x44, 0x46, 0x2D], "a PDF document"),
    ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image"),
    (Array("GIF8".utf8), "a GIF image"),
    ([0x49, 0x49, 0x2A, 0], "a TIFF image"), ([0x4D, 0x4D, 0, 0x2A], "a TIFF image"),
    ([0, 0, 1, 0], "an icon"),
    ([0x1F, 0x8B], "a gzip file (unpack it first)"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file (unpack it first)"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an XZ file (unpack it first)"),
    (Array("BZh".utf8), "a bzip2 file (unpack it first)"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive (unpack it first)"),
    (Array("Rar!".utf8), "a RAR archive (unpack it first)"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    (Array("SQLite format 3".utf8), "an SQLite database"),
    (Array("OggS".utf8), "an Ogg recording"),
    (Array("ID3".utf8), "an MP3 recording"),
    (Array("wOFF".utf8), "a font"), (Array("wOF2".utf8), "a font"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an office document"),
    (Array("{\\rtf".utf8), "an RTF document"),
    (Array("%!PS".utf8), "a PostScript document"),
    (Array("WARC/".utf8), "a WARC archive (save the page itself as HTML)"),
  ]

  /// What the bytes look like, or `nil` if they may be text; `name` is the file's.
  static func find(_ bytes: [UInt8], name: String? = nil) -> String? {
    if let found = marks.first(where: { bytes.starts(with: $0.0) }) { return found.1 }
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) { return zip(bytes, name: name) }
    if bytes.starts(with: Array("bplist0".utf8)) { return propertyList(bytes) }
    if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      return "a tar archive (unpack it first)"
    }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.count > 12 {
      return bytes[8..<12].elementsEqual("WEBP".utf8) ? "a WebP image" : "a recording"
    }
    if bytes.count > 12, bytes[4..<8].elementsEqual("ftyp".utf8) { return "a video" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
    if Encoding.utf16WithoutMark(bytes) != nil { return nil }
    let sample = bytes.prefix(8192)
    if sample.prefix(1024).containsFolded("<plist"), sample.containsFolded("webmainresource") {
      return webArchive
    }
    let controls = sample.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
    // Text has almost none; stray ones are tolerated.
    return controls > max(8, sample.count / 20) ? "binary data" : nil
  }

  private static let webArchive = "a web archive of Safari (save the page as its source instead)"

  /// A property list of Apple's; Safari's archives name their page in the first of its strings.
  private static func propertyList(_ bytes: [UInt8]) -> String {
    bytes.prefix(65_536).containsFolded("webmainresource") ? webArchive : "a property list"
  }

  /// What is packed in the archive, by its first entry and the file's name.
  private static func zip(_ bytes: [UInt8], name: String?) -> String {
    let head = bytes.prefix(200)
    if head.containsFolded("application/epub+zip") { return "an EPUB book" }
    if head.containsFolded("application/vnd.oasis") || head.containsFolded("[content_types].xml") {
      return "an office document"
    }
    if name?.lowercased().hasSuffix(".maff") == true {
      return "a MAFF archive (unpack it and add the page in it)"
    }
    return "a ZIP archive (unpack it first)"
  }
}
