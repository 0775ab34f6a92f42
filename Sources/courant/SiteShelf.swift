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
  /// Why the reader's own rules are not used.
  let problem: String?

  init(_ invocation: Invocation) {
    path = (invocation.config?.folder ?? StandardFolders.config).appending("sites.yaml")
    do throws(SettingsError) {
      let own = try loadSites(path)
      rules = SiteRules(own: own)
      ownCount = own.count
      problem = nil
    } catch {
      rules = .standard
      ownCount = 0
      problem = error.message
    }
  }

  /// An importer whose parser asks these rules.
  func importer(_ library: Path) -> Importer {
    let rules = self.rules
    return Importer(library: library) { page throws(PageError) in
      try parsePage(page, rules: rules)
    }
  }
}
