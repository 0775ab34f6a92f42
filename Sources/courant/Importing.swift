import Files
import Parsing
import Storage

/// What an import did, counted.
struct ImportSummary: Sendable {
  var new = 0
  var updated = 0
  var same = 0
  /// A sentence for each page and folder that gave no story.
  var problems: [String] = []

  /// "12 stories added, 1 updated, 3 known already".
  var words: String {
    var parts = [new == 1 ? "1 story added" : "\(new) stories added"]
    if updated > 0 { parts.append("\(updated) updated") }
    if same > 0 { parts.append("\(same) known already") }
    if !problems.isEmpty {
      parts.append(problems.count == 1 ? "1 failed" : "\(problems.count) failed")
    }
    return parts.joined(separator: ", ")
  }
}

/// Pages and folders of pages on their way into a library.
struct Importer {
  var facts = Invocation.Facts()

  /// The pages below the paths: a folder stands for all its pages.
  func sources(_ paths: [Path], _ problems: inout [String]) -> [PageSource] {
    var sources: [PageSource] = []
    for path in paths {
      guard path != "-", case .folder = try? fileKind(path, followLinks: true) else {
        sources.append(source(path))
        continue
      }
      let walker = FileWalker(under: path)
      problems += walker.problems.map(\.message)
      if walker.pages.isEmpty, walker.problems.isEmpty {
        problems.append("\(path.shown): there are no pages in this folder")
      }
      sources += walker.pages.map(source)
    }
    return sources
  }

  private func source(_ path: Path) -> PageSource {
    PageSource(
      path: path, address: facts.address, charset: facts.charset, source: facts.source)
  }

  /// Parses on all cores and writes here, a story at a time; `progress` gets done and total.
  func run(
    _ paths: [Path], into library: Library, progress: (Int, Int) -> Void
  ) throws(Failure) -> ImportSummary {
    var summary = ImportSummary()
    let sources = sources(paths, &summary.problems)
    var done = 0
    progress(0, sources.count)
    try OrderedWork<Prepared>.run(sources.count, work: { prepare(sources[$0]) }) {
      prepared throws(Failure) in
      switch prepared {
      case .failed(let problem): summary.problems.append(problem)
      case .story(let story):
        switch try library.ask({ library throws(StorageError) in try library.add(story) }) {
        case .new: summary.new += 1
        case .updated: summary.updated += 1
        case .same: summary.same += 1
        }
      }
      done += 1
      progress(done, sources.count)
    }
    return summary
  }
}

private enum Prepared: Sendable {
  case story(PreparedStory)
  case failed(String)
}

/// Reads, parses and packs one page; runs on any thread.
private func prepare(_ source: PageSource) -> Prepared {
  guard !isWebAddress(source.path) else { return .failed(fetchRefusal(source.path)) }
  do throws(Failure) {
    return .story(try source.prepared())
  } catch {
    return .failed(error.message)
  }
}

extension PageSource {
  /// The page's story, ready to be stored with the bytes it came in.
  func prepared() throws(Failure) -> PreparedStory {
    let page = try read()
    let parsed = try parse(page)
    let original = Original(
      bytes: page.bytes, address: page.address, name: page.name, charset: page.charset,
      format: parsed.report.format.rawValue)
    return PreparedStory(
      parsed.story, original: original, parserVersion: parserVersion, source: source)
  }
}
