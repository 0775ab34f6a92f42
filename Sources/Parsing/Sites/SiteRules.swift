internal import Stories

/// What is known of the pages of one site: where its story, furniture, byline and comments stand.
///
/// Data, not code. The general way goes first; a rule is asked where that finds next to nothing, is
/// unsure, or where the rule is marked to go first.
package struct SiteRule: Sendable, Hashable {
  /// The host without `www.`; the hosts below it are meant too.
  package var host: String
  /// What holds the story; of several elements the one with the most text.
  package var body: [Selector]
  /// What is no part of it.
  package var drop: [Selector]
  /// What holds the names of those who wrote it.
  package var byline: [Selector]
  /// What holds one comment each.
  package var comments: [Selector]
  /// Whether the rule is used without trying the general way.
  package var isFirst: Bool

  package init(
    host: String, body: [Selector] = [], drop: [Selector] = [], byline: [Selector] = [],
    comments: [Selector] = [], isFirst: Bool = false
  ) {
    self.host = host
    self.body = body
    self.drop = drop
    self.byline = byline
    self.comments = comments
    self.isFirst = isFirst
  }
}

/// The rules for sites by host: a reader's own before those of the program.
package struct SiteRules: Sendable {
  private var rules: [String: SiteRule] = [:]

  /// The reader's rules, and the built-in ones of hosts for which there is none of the reader's.
  package init(own: [SiteRule] = []) {
    for rule in Self.builtIn + own { rules[Self.withoutWWW(rule.host.lowercased())] = rule }
  }

  /// Only what the program itself knows.
  package static let standard = SiteRules()

  /// The hosts there are rules for.
  package var hosts: Set<String> { Set(rules.keys) }

  /// The rule for the page at an address: that of its host, or else of the host above it.
  func rule(for address: String?) -> SiteRule? {
    guard let address = address.flatMap({ WebAddress($0) }), address.isWeb else { return nil }
    // A longer one is no name of a host (RFC 1035).
    guard address.host.utf8.count <= 253 else { return nil }
    var name = address.site[...]
    while true {
      if let rule = rules[String(name)] { return rule }
      guard let dot = name.firstIndex(of: ".") else { return nil }
      name = name[name.index(after: dot)...]
    }
  }

  private static func withoutWWW(_ host: String) -> String {
    host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
}
