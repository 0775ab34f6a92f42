import Files
import Intake
import Parsing
import Settings

/// The rules for sites: the built-in ones and the reader's own, which stand beside the settings.
struct SiteShelf {
  let rules: SiteRules
  /// The file of the reader's own rules, which need not exist.
  let path: Path
  let ownCount: Int
  /// What is wrong with the reader's own, a sentence for each rule that is not used.
  let problems: [String]

  init(_ invocation: Invocation) {
    path = (invocation.config?.folder ?? StandardFolders.config).appending("sites.yaml")
    let own = loadSites(path)
    rules = SiteRules(own: own.rules)
    ownCount = own.rules.count
    problems = own.problems.map(\.message)
  }

  /// An importer whose parser asks these rules.
  func importer(_ library: Path) -> Importer {
    let rules = self.rules
    return Importer(library: library) { page throws(PageError) in
      try parsePage(page, rules: rules)
    }
  }
}
