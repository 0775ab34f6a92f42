package import Parsing

/// A page made from a fuzzer's input.
///
/// The last byte selects URL, charset and format. A line feed, with which files end, selects none, so
/// that any saved page is a valid seed.
package struct FuzzInput: Sendable {
  package var page: Page

  package init(_ bytes: [UInt8], format: Page.Format) {
    let choice = Int((bytes.last ?? 0x0A) ^ 0x0A)
    page = Page(
      bytes: bytes, address: Self.addresses[choice >> 4 & 3],
      charset: Self.charsets[choice & 15], format: choice & 0x40 == 0 ? format : nil)
  }

  private static let addresses: [String?] = [
    nil, "https://news.example/2024/05/ferry.html?page=2#top", "http://[::1]:80/a/../b/",
    "file:///home/reader/page.html",
  ]
  /// One name for each kind of decoder, and unknown names.
  private static let charsets: [String?] = [
    nil, "utf-8", "windows-1252", "iso-8859-1", "utf-16le", "utf-16be", "utf-16", "utf-32le",
    "shift_jis", "iso-2022-jp", "gb18030", "koi8-r", "utf-7", "x-user-defined", "", "no such",
  ]
}
