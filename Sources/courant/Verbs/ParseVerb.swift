import Files
import Intake
import Parsing
import Stories
import Writing

/// `courant parse`: pages and feeds to stories on standard output, nothing stored.
struct ParseVerb {
  var request: Invocation.ParseRequest
  var sites: SiteRuleStore

  /// Prints every story in the order given; `false` if some page gave none.
  func run() throws(Failure) -> Bool {
    let sources = try sources()
    let (format, isExplained) = (request.format, request.isExplained)
    let rules = sites.rules
    for problem in sites.problems { Output.complain(problem) }
    var isFirst = true
    var allGood = true
    let work = OrderedWork(count: sources.count) {
      isExplained
        ? explanation(of: sources[$0], rules) : answer(sources[$0], rules, as: format)
    }
    defer { work.finish() }
    while let answer = work.take() {
      switch answer {
      case .failed(let message):
        Output.complain(message)
        allGood = false
      case .story(let bytes):
        if !isFirst, format == .text || format == .markdown { try Output.write("\n") }
        isFirst = false
        try Output.write(bytes)
      }
    }
    return allGood
  }

  fileprivate enum Answer: Sendable {
    case story([UInt8])
    case failed(String)
  }

  private func sources() throws(Failure) -> [PageSource] {
    var sources = request.paths.map {
      PageSource(path: $0, address: request.facts.address, charset: request.facts.charset)
    }
    if let list = request.list { sources += try listed(in: list) }
    return sources
  }

  /// The lines of a list: a path, and after a tab the address the page was saved from.
  private func listed(in list: Path) throws(Failure) -> [PageSource] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes =
        list == "-"
        ? try readBytes(from: 0, name: "standard input") : try readFile(list, followLinks: true)
    } catch {
      throw Failure(error.message)
    }
    return bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map { line in
      let parts = line.split(separator: 0x09, maxSplits: 1, omittingEmptySubsequences: false)
      let address = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
      return PageSource(
        path: Path(bytes: Array(parts[0])), address: address.isEmpty ? nil : address,
        charset: request.facts.charset)
    }
  }
}

/// Parses one page or feed and writes it; runs on any thread.
private func answer(
  _ source: PageSource, _ rules: SiteRules, as format: StoryFormat
) -> ParseVerb.Answer {
  do throws(Failure) {
    switch try source.parsePageOrFeed(rules) {
    case .page(let parsed):
      return .story(
        format == .json ? jsonLine(source, parsed) : parsed.story.written(as: format))
    case .feed(let parsed):
      let output = FeedOutput(id: source.id, parsed: parsed)
      guard format != .html else {
        return .failed("\(source.path.shown): a feed is not written as one HTML page")
      }
      return .story(format == .json ? output.json : output.text(as: format))
    }
  } catch {
    return .failed(error.message)
  }
}

private func explanation(of source: PageSource, _ rules: SiteRules) -> ParseVerb.Answer {
  do throws(Failure) {
    return .story(SafeScalars.clean(try source.explain(rules), for: .file))
  } catch {
    return .failed(error.message)
  }
}

private func jsonLine(_ source: PageSource, _ parsed: ParsedPage) -> [UInt8] {
  var out = JSONWriter()
  out.object { out in
    out.field("id", source.id)
    out.fields(of: parsed.story)
    out.key("report")
    out.object { out in
      out.key("dropped")
      out.array(parsed.report.dropped) { out, dropped in
        out.object {
          $0.field("kind", dropped.kind.rawValue)
          $0.field("text", dropped.text)
        }
      }
      out.key("confidence")
      out.decimal(parsed.report.confidence)
      out.field("encoding", parsed.report.encoding)
      out.field("notes", parsed.report.notes)
    }
  }
  out.endLine()
  return out.bytes
}
