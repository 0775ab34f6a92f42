import Files
import Intake
import Storage

/// `courant add`: pages and folders of pages into the library, without opening them.
struct AddVerb {
  var invocation: Invocation
  var paths: [Path]
  var facts: Invocation.Facts

  /// `^C` stops it between two pages, and what was added by then is kept and counted.
  ///
  /// `false` if some page gave no story; each is a line on standard error.
  func run() throws(Failure) -> Bool {
    for path in paths where isWebAddress(path) { throw Failure(fetchRefusal(path)) }
    let sites = SiteRuleStore(invocation)
    for problem in sites.problems { Output.complain(problem) }
    let access = LibraryAccess(invocation)
    // The importer would bring an older library up to date without a word.
    _ = try access.open()
    let interruption = Interruption()
    var importer = sites.importer(access.path)
    importer.cancellation = interruption.cancellation
    let progress = ProgressLine("Importing")
    let summary: Importer.Summary
    do throws(StorageError) {
      summary = try importer.importPaths(
        paths, source: facts.source, address: facts.address, charset: facts.charset
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
}
