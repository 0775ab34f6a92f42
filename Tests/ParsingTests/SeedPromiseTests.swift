import FuzzChecks
import Parsing
import TestSupport
import Testing

import Glibc

/// The fuzzers' seeds keep every promise, each with all that may be known of a page from outside.
@Suite struct SeedPromiseTests {
  private static let seeds = folderOf(folderOf(#filePath)) + "/Fuzz/Seeds/"

  private static func names(_ folder: String) -> [String] {
    guard let stream = opendir(seeds + folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  @Test("A seed keeps every promise", arguments: names("html") + names("text"))
  func seed(_ name: String) throws {
    let bytes = try #require(readFile(Self.seeds + name))
    let format: Page.Format = name.hasPrefix("html/") ? .html : .text
    // Nothing, some encodings, an address, a format to be found out: more is for the fuzzer.
    for choice: UInt8 in [0, 0x01, 0x02, 0x04, 0x08, 0x09, 0x1A, 0x30, 0x40] {
      let input = FuzzInput(bytes + [choice ^ 0x0A], format: format)
      #expect(violatedInvariants(of: input) == [], "with \(choice)")
    }
  }

  @Test("There are seeds of both kinds")
  func seeds() {
    #expect(Self.names("html").count >= 10 && Self.names("text").count >= 10)
  }
}
