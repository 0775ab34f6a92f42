import Files
import Intake
import Storage

/// `courant reparse`: parses stored pages again with the parser of this version.
struct ReparseVerb {
  var invocation: Invocation
  var names: [String]
  /// Whether stories that this very parser made are read again too.
  var isAll: Bool

  /// `false` if some page gives no story any more; the one there is stays.
  func run() throws(Failure) -> Bool {
    let access = LibraryAccess(invocation)
    let wanted = try wanted(access)
    guard try access.look() != nil else {
      try Output.write("0 read again, 0 changed\n")
      return true
    }
    let sites = SiteRuleStore(invocation)
    for problem in sites.problems { Output.complain(problem) }
    let progress = ProgressLine("Reading again")
    let summary: Importer.Summary
    do throws(StorageError) {
      summary = try sites.importer(access.path).reparse(wanted) {
        progress.show($0.done, of: $0.total)
      }
    } catch {
      throw Failure(error.message)
    }
    progress.clear()
    for error in summary.failed { Output.complain(words(error)) }
    if let stopped = summary.stopped { Output.complain(stopped.message) }
    let done = summary.total - summary.failed.count
    try Output.write("\(done) read again, \(summary.updated.count) changed\n")
    return summary.problems.isEmpty
  }

  private func wanted(_ access: LibraryAccess) throws(Failure) -> Importer.Wanted {
    guard !names.isEmpty else { return isAll ? .all : .older }
    let library = try access.existing()
    var ids: [StoryID] = []
    for name in names { ids.append(try library.find(name)) }
    return .these(ids)
  }

  private func words(_ error: IntakeError) -> String {
    guard case .page = error else { return error.message }
    return error.message + "; the story there is stays as it was"
  }
}
