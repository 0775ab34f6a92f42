import Files
import Intake
import Parsing
import Storage
import Stories

/// `courant add`: pages, folders of pages and web addresses into the library, without opening them.
struct AddVerb {
  var invocation: Invocation
  var paths: [Path]
  var facts: Invocation.Facts
  var wanted: AddressIntake.Wanted

  /// `^C` stops it between two pages, and what was added by then is kept and counted.
  ///
  /// `false` if some page or address gave nothing; each is a line on standard error.
  func run() throws(Failure) -> Bool {
    let sites = SiteRuleStore(invocation)
    for problem in sites.problems { Output.complain(problem) }
    let access = LibraryAccess(invocation)
    // The importer would bring an older library up to date without a word.
    let library = try access.open()
    let interruption = Interruption()
    var importer = sites.importer(access.path)
    importer.cancellation = interruption.cancellation
    let files = paths.filter { !isWebAddress($0) }
    var isGood = true
    if !files.isEmpty { isGood = try add(files, importer) }
    let addresses = paths.filter(isWebAddress)
    for address in addresses {
      switch try fetch(address.text, importer) {
      case .story(let added):
        try Output.write("\(WebAddress.shown(address.text)): \(added.words)\n")
      case .subscribed(let source): try Output.write(source.words + "\n")
      default: isGood = false
      }
    }
    if !addresses.isEmpty { try library.finishIndexing() }
    return isGood
  }

  private func add(_ files: [Path], _ importer: Importer) throws(Failure) -> Bool {
    let progress = ProgressLine("Importing")
    let summary: Importer.Summary
    do throws(StorageError) {
      summary = try importer.importPaths(
        files, source: facts.source, address: facts.address, charset: facts.charset
      ) { progress.show($0.done, of: $0.total) }
    } catch {
      throw Failure(error.message)
    }
    progress.clear()
    for problem in summary.problems { Output.complain(problem) }
    try Output.write(summary.words + "\n")
    if summary.isCancelled {
      Output.complain("stopped before the end; adding it again goes on")
      Interruption.end()
    }
    return summary.problems.isEmpty
  }

  /// Fetches an address; `nil` where nothing was stored, which was reported.
  func fetch(
    _ address: String, _ importer: Importer
  ) throws(Failure) -> AddressIntake.Outcome? {
    let outcome: AddressIntake.Outcome
    do throws(StorageError) {
      outcome = try AddressIntake(
        importer: importer, setup: networkSetup(), cancellation: importer.cancellation
      ).add(address, as: wanted)
    } catch {
      throw Failure(error.message)
    }
    let shown = WebAddress.shown(address)
    switch outcome {
    case .story, .subscribed: return outcome
    case .choice(let feeds):
      Output.complain(
        "\(shown) names \(feeds.count) feeds; add one of them, or the page itself with --page:")
      for feed in feeds {
        let title = feed.title.map { "  \($0)" } ?? ""
        try Output.write("  \(WebAddress.shown(feed.address))\(title)\n")
      }
    case .failed(let words): Output.complain("\(shown): \(words)")
    case .cancelled:
      Output.complain("\(shown): stopped, nothing was added")
      Interruption.end()
    }
    return nil
  }
}

extension Added {
  /// What became of one story, in words.
  var words: String {
    switch self {
    case .new: "1 story added"
    case .restored: "1 story that you had deleted is back"
    case .updated: "1 story updated"
    case .same: "known already"
    }
  }
}

extension AddressIntake.Subscribed {
  /// "Quanta: subscribed, 30 stories added".
  var words: String {
    let count = newStories.count
    let stories = count == 1 ? "1 story added" : "\(count) stories added"
    let problem = problem.map { "; \($0)" } ?? ""
    return "\(name): \(isNew ? "subscribed" : "subscribed already"), \(stories)\(problem)"
  }
}
