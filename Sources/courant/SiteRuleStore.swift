import Files
import Intake
import Parsing
import Settings
import Threads

/// The rules for sites: the built-in ones and the user's own, which stand beside the settings.
struct SiteRuleStore {
  /// The file of the user's own rules, which need not exist.
  let path: Path
  /// How many rules that file has.
  let ownCount: Int
  /// What is wrong with the user's own, a sentence for each rule that is not used.
  let problems: [String]
  private let all: Lazy<SiteRules>

  init(_ invocation: Invocation) {
    path = (invocation.config?.folder ?? StandardFolders.config).appending("sites.yaml")
    let own = loadSites(path)
    all = Lazy { SiteRules(own: own.rules) }
    ownCount = own.rules.count
    problems = own.problems.map(\.message)
  }

  /// All rules; the first call reads the built-in ones.
  var rules: SiteRules { all.value }

  /// An importer whose parser uses these rules, which it reads with the first page.
  func importer(_ library: Path) -> Importer {
    Importer(library: library) { [all] page throws(PageError) in
      try parsePage(page, rules: all.value)
    }
  }
}

/// A value made by the first access, from any thread: a start need not wait for what only some
/// commands use.
final class Lazy<Value: Sendable>: Sendable {
  private let make: @Sendable () -> Value
  private let made = Monitor<Value?>(nil)

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value {
    made.change { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }
}
