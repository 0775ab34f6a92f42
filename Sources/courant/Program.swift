import Files
import Glibc
import Settings

/// The program's version, as `--version` prints it.
package let courantVersion = "0.1"

/// From arguments to an exit status.
@MainActor
enum Program {
  static func run(_ arguments: [Path]) -> Int32 {
    // `write` then fails instead: with EPIPE where a reader of the output went away, which ends the
    // program quietly, and with EFBIG beyond `ulimit -f`, which is handled as a full disk is.
    for failure in [SIGPIPE, SIGXFSZ] { signal(failure, SIG_IGN) }
    do throws(UsageError) {
      return perform(try Invocation(arguments))
    } catch {
      Output.complain(error.message)
      return 2
    }
  }

  private static func perform(_ invocation: Invocation) -> Int32 {
    do throws(Failure) {
      return try answer(invocation) ? 0 : 1
    } catch {
      Output.complain(error.message)
      return 1
    }
  }

  /// Performs the request; `false` if some of it failed, which was reported on standard error.
  private static func answer(_ invocation: Invocation) throws(Failure) -> Bool {
    switch invocation.request {
    case .help(let verb): try Output.write(Help.text(for: verb))
    case .version: try Output.write("courant \(courantVersion)\n")
    case .parse(let request):
      return try ParseVerb(request: request, sites: SiteRuleStore(invocation)).run()
    case .read(let paths): return try ReadVerb(invocation: invocation, paths: paths).run()
    case .add(let paths, let facts, let wanted):
      return try AddVerb(invocation: invocation, paths: paths, facts: facts, wanted: wanted).run()
    case .refresh(let names, let isAll):
      return try RefreshVerb(invocation: invocation, names: names, isAll: isAll).run()
    case .sources(let isFailing, let isJSON):
      guard let library = try LibraryAccess(invocation).look() else { return true }
      try SourcesVerb(isFailing: isFailing, isJSON: isJSON, library: library).run()
    case .remove(let names):
      return try RemoveVerb(names: names, access: LibraryAccess(invocation)).run()
    case .importList(let file):
      try ListImportVerb(file: file, access: LibraryAccess(invocation)).run()
    case .exportList(let file):
      try ListExportVerb(file: file, library: try LibraryAccess(invocation).existing()).run()
    case .reparse(let names, let isAll):
      return try ReparseVerb(invocation: invocation, names: names, isAll: isAll).run()
    case .config(let isExample):
      return try ConfigVerb(invocation: invocation, isExample: isExample).run()
    case .completions(let shell): try Output.write(Completions.script(for: shell))
    case .man: try Output.write(ManualPage.text)
    case .backup(let file):
      try BackupVerb(file: file, library: try LibraryAccess(invocation).existing()).run()
    case .restore(let file):
      try RestoreVerb(file: file, access: LibraryAccess(invocation)).run()
    case .doctor(let isRepairing):
      return try DoctorVerb(invocation: invocation, isRepairing: isRepairing).run()
    case .list(let request):
      guard let library = try LibraryAccess(invocation).look() else { return true }
      try ListVerb(request: request, library: library).run()
    case .search(let words, let limit, let isJSON):
      guard let library = try LibraryAccess(invocation).look() else { return true }
      try SearchVerb(words: words, limit: limit, isJSON: isJSON, library: library).run()
    case .show(let name, let request):
      let library = try LibraryAccess(invocation).existing()
      let links = Setup(named: invocation.config).config.preferences.showsLinks
      try ShowVerb(name: name, request: request, library: library, links: links).run()
    case .export(let names, let format, let withComments):
      let library = try LibraryAccess(invocation).existing()
      return try ExportVerb(
        names: names, format: format, withComments: withComments, library: library
      ).run()
    }
    return true
  }
}
