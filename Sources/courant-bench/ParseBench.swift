import CLibXML
import Files
import Glibc
import Parsing

/// Pages per second, of the whole program and of the parser alone, compared with libxml2 building its
/// tree of the same bytes.
struct ParseBench {
  var courant: String
  /// The folder for generated pages and their list.
  var scratch: Path
  /// A folder of saved pages to parse instead of generated ones.
  var pages: Path?

  private static let pageCount = 200

  func run(_ table: inout Table) {
    let files =
      pages.map { Array(FileWalker(under: $0).pages.prefix(Self.pageCount)) } ?? generated()
    let pages = files.compactMap { try? readFile($0) }
    let size = pages.reduce(0) { $0 + $1.count }
    guard size > 0 else { return }
    let count = Double(pages.count)
    let program = median((0..<5).compactMap { _ in programTime(files) })
    let ours = best { for page in pages { _ = try? parsePage(Page(bytes: page)) } }
    let theirs = best { for page in pages { parseByLibrary(page) } }
    table.add(
      "courant parse --json, \(pages.count) pages of \(size / pages.count / 1000) kB",
      "\(rounded(count / program)) pages/s", "\(rounded(Double(size) / program / 1e6)) MB/s",
      "at least 300 pages per processor second")
    table.add(
      "  the parser alone", "\(rounded(count / ours)) pages/s",
      "\(rounded(Double(size) / ours / 1e6)) MB/s")
    table.add(
      "  libxml2's own tree of them", "\(rounded(count / theirs)) pages/s",
      "\(rounded(Double(size) / theirs / 1e6)) MB/s")
    table.add("  relative to libxml2", "\(rounded(theirs / ours * 100)) %", "", "at least 40 %")
  }

  private func generated() -> [Path] {
    Self.paths(in: scratch).enumerated().compactMap { number, path in
      (try? writeFile(PageFiller.page(number), to: path)) == nil ? nil : path
    }
  }

  private static func paths(in folder: Path) -> [Path] {
    (0..<pageCount).map { folder.appending(Path("page\($0).html")) }
  }

  /// Removes the generated pages and their list from a folder.
  static func removePages(from folder: Path) {
    for path in paths(in: folder) + [folder.appending("list.tsv")] { try? removeFile(path) }
  }

  /// The least processor time of three runs, in seconds, as other load only adds to it.
  private func best(_ work: () -> Void) -> Double {
    var fastest = Double.infinity
    for _ in 0..<3 {
      let begin = processorSeconds()
      work()
      fastest = min(fastest, processorSeconds() - begin)
    }
    return fastest
  }

  /// The processor time of a whole run of the program, in seconds, of all threads.
  private func programTime(_ files: [Path]) -> Double? {
    let list = scratch.appending("list.tsv")
    let lines = files.reduce(into: [UInt8]()) { $0 += $1.bytes + [0x0A] }
    guard (try? writeFile(lines, to: list)) != nil else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for end: Int32 in [1, 2] {
      posix_spawn_file_actions_addopen(&actions, end, "/dev/null", O_WRONLY, 0)
    }
    let arguments: [String] = [courant, "parse", "--json", "--list", list.text]
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, courant, &actions, nil, &words, environ) == 0 else { return nil }
    var status: Int32 = 0
    var use = rusage()
    guard wait4(process, &status, 0, &use) == process else { return nil }
    return seconds(use.ru_utime) + seconds(use.ru_stime)
  }

  private func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  private func parseByLibrary(_ page: [UInt8]) {
    let options = Int32(
      HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_RECOVER.rawValue
        | HTML_PARSE_NONET.rawValue)
    page.withUnsafeBytes { bytes in
      guard let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress else { return }
      xmlFreeDoc(htmlReadMemory(start, Int32(bytes.count), nil, "UTF-8", options))
    }
  }
}
