package import Files
import Matching
package import Parsing

/// The maximum size of the file in bytes; a larger one is refused unread.
private let sitesLimit = 1 << 20

/// The user's own site rules and the errors in their file.
///
/// An error drops the rule that contains it and no other.
package struct Sites: Sendable, Hashable {
  /// The valid rules.
  package var rules: [SiteRule]
  /// The errors, in the order of the lines.
  package var problems: [SettingsError]

  package init(rules: [SiteRule] = [], problems: [SettingsError] = []) {
    self.rules = rules
    self.problems = problems
  }
}

/// Reads the file of rules; a missing file gives none.
package func loadSites(_ path: Path) -> Sites {
  guard (try? fileKind(path, followLinks: true)) != nil else { return Sites() }
  do throws(FileError) {
    return readSites(try readFile(path, limit: sitesLimit, followLinks: true), file: path.text)
  } catch {
    return Sites(problems: [SettingsError(file: path.text, problem: error.reason)])
  }
}

/// Reads rules for sites: for each host which parts of its pages are what.
///
///     news.example:
///       body: .story-text
///       drop: [.promo, "#newsletter", "div[data-slot]"]
///       byline: .writer
///       comments: .reply
///       always: true
///
/// The hosts below one, such as `www.news.example`, are meant too. A value is one selector or a list
/// of them, in the words of ``Selector``; one that begins with `#` or `[` stands in quotes, for
/// YAML has its own use for these signs. `comments` names the elements that hold one comment each. A
/// rule is asked where the parser finds little without it, or on every page with `always: true`.
package func readSites(_ bytes: [UInt8], file: String) -> Sites {
  var sites = Sites()
  do throws(SettingsError) {
    let (document, duplicates) = try readDocumentLeniently(bytes, file: file)
    sites.problems = duplicates
    switch document {
    case .map(let entries, _):
      for entry in entries { sites.read(entry, file: file) }
    // An empty file, or one of comments only.
    case nil, .text("", _): break
    case let other?:
      throw SettingsError(
        file: file, line: other.line, problem: "a map from hosts to rules is wanted here")
    }
  } catch {
    sites.problems.append(error)
  }
  sites.problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  return sites
}

extension Sites {
  fileprivate mutating func read(_ entry: Node.Entry, file: String) {
    do throws(SettingsError) {
      rules.append(try SiteReader(file: file).rule(entry))
    } catch {
      problems.append(error)
    }
  }
}

private struct SiteReader {
  let file: String

  private static let keys = ["body", "drop", "byline", "comments", "always"]
  /// The most selectors of one list; each is matched against the whole page.
  private static let selectorLimit = 16

  func rule(_ entry: Node.Entry) throws(SettingsError) -> SiteRule {
    var rule = SiteRule(host: try host(entry))
    guard case .map(let parts, _) = entry.value else {
      throw SettingsError(
        file: file, line: entry.value.line, key: entry.key,
        problem: "keys and values are wanted here: \(Self.keys.joined(separator: ", "))")
    }
    for part in parts {
      let path = "\(entry.key).\(part.key)"
      switch part.key {
      case "body": rule.body = try selectors(part, path)
      case "drop": rule.drop = try selectors(part, path)
      case "byline": rule.byline = try selectors(part, path)
      case "comments": rule.comments = try selectors(part, path)
      case "always": rule.isFirst = try flag(part, path)
      default:
        throw SettingsError(
          file: file, line: part.line, key: path, problem: "no rule has this key",
          nearest: nearest(to: part.key, among: Self.keys))
      }
    }
    return rule
  }

  /// A host as an address has it, without scheme, port and path.
  private func host(_ entry: Node.Entry) throws(SettingsError) -> String {
    let host = entry.key.lowercased()
    let isHost = host.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "." || $0 == "_"
        || $0.value >= 0x80
    }
    guard isHost, !host.isEmpty, host.utf8.count <= 253 else {
      throw SettingsError(
        file: file, line: entry.line, key: entry.key,
        problem: "this is no host; write it as in news.example, without https:// and without a path"
      )
    }
    return host
  }

  private func selectors(_ entry: Node.Entry, _ path: String) throws(SettingsError)
    -> [Selector]
  {
    let items: [Node]
    if case .list(let list, _) = entry.value { items = list } else { items = [entry.value] }
    guard items.count <= Self.selectorLimit else {
      throw SettingsError(
        file: file, line: entry.line, key: path,
        problem: "there are more than \(Self.selectorLimit) selectors")
    }
    var selectors: [Selector] = []
    for item in items {
      guard case .text(let text, let line) = item else {
        throw SettingsError(
          file: file, line: item.line, key: path,
          problem: "a selector is wanted here; put one with [ ] into quotes")
      }
      do throws(SelectorError) {
        selectors.append(try Selector(text))
      } catch {
        let problem =
          text.isEmpty
          ? "nothing stands here; put a selector that begins with # into quotes"
          : "“\(text)” is no selector: \(error.problem)"
        throw SettingsError(file: file, line: line, key: path, problem: problem)
      }
    }
    return selectors
  }

  private func flag(_ entry: Node.Entry, _ path: String) throws(SettingsError) -> Bool {
    switch entry.value {
    case .text("true", _), .text("yes", _), .text("on", _): return true
    case .text("false", _), .text("no", _), .text("off", _): return false
    default:
      throw SettingsError(
        file: file, line: entry.value.line, key: path, problem: "true or false is wanted here")
    }
  }
}
