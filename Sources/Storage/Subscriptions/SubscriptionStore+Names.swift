internal import Stories

extension SubscriptionStore {
  /// Gives a subscription a name of the user's; `nil` or an empty one gives it the feed's again.
  @discardableResult
  package func rename(_ id: SubscriptionID, _ name: String?) throws(StorageError) -> Bool {
    let own = name.flatMap { $0.isEmpty ? nil : $0 }
    return try transaction { () throws(StorageError) in
      guard try change("own_title = ?2", id, [.optional(own)]) else { return false }
      try nameSource(of: id)
      return true
    }
  }

  /// Gives the source of a subscription the name that the subscription has now.
  func nameSource(of id: SubscriptionID) throws(StorageError) {
    let known = try connection.first(
      """
      SELECT address, coalesce(own_title, title), source, name
      FROM subscriptions JOIN sources ON sources.id = source WHERE subscriptions.id = ?1
      """, [.int(id)]
    ) { (address: $0.text(0), title: $0.optionalText(1), source: $0.int(2), name: $0.text(3)) }
    guard let known else { return }
    let name = SourceName(known.title, address: known.address)
    try SourceNames(connection).rename(known.source, from: known.name, to: name)
  }
}

/// The preferred name of a source, and alternatives where others have it.
struct SourceName {
  let title: String
  let host: String

  /// Without a title it is called by its host, and without one by its address.
  init(_ title: String?, address: String) {
    let host = WebAddress(address)?.site ?? ""
    self.host = host.isEmpty ? address : host
    let line = title.map { String($0.prefix(Self.limit)) } ?? ""
    self.title = line.isEmpty ? self.host : line
  }

  /// In characters.
  private static let limit = 400

  /// The name itself, then with the host, then with numbers.
  func candidate(_ number: Int) -> String {
    switch number {
    case 0: title
    case 1 where title != host: "\(title) (\(host))"
    default: title == host ? "\(title) \(number + 1)" : "\(title) (\(host)) \(number)"
    }
  }
}

/// The names of sources that subscriptions have: no two subscriptions share a source.
struct SourceNames {
  let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  /// A source of a name for a subscription that has none yet: one without a subscription, such as
  /// that of saved pages of the site, or a new one.
  func source(for name: SourceName) throws(StorageError) -> SourceID {
    for number in 0... {
      let candidate = name.candidate(number)
      switch try holder(of: candidate) {
      case nil:
        try connection.run("INSERT INTO sources(name) VALUES(?1)", [.text(candidate)])
        return connection.lastInsertedID
      case (let source, false)?: return source
      case (_, true)?: continue
      }
    }
    throw .failed(connection.path, detail: "no name is left for \(name.host)")
  }

  /// Gives a subscription's source another name; a source without subscription that has it joins.
  func rename(_ source: SourceID, from old: String, to name: SourceName) throws(StorageError) {
    for number in 0... {
      let candidate = name.candidate(number)
      // The same name, or one that it was given because others are taken.
      if candidate == old { return }
      if let (other, isSubscribed) = try holder(of: candidate), other != source {
        guard !isSubscribed else { continue }
        try join(other, to: source)
      }
      try connection.run(
        "UPDATE sources SET name = ?2 WHERE id = ?1", [.int(source), .text(candidate)])
      return
    }
  }

  private func holder(
    of name: String
  ) throws(StorageError) -> (source: SourceID, isSubscribed: Bool)? {
    try connection.first(
      """
      SELECT id, EXISTS (SELECT 1 FROM subscriptions WHERE source = sources.id)
      FROM sources WHERE name = ?1
      """, [.text(name)]
    ) { ($0.int(0), $0.bool(1)) }
  }

  /// Moves the stories of a source that has no subscription to another, and takes it out.
  private func join(_ other: SourceID, to source: SourceID) throws(StorageError) {
    let ids: [Value] = [.int(other), .int(source)]
    // Those that have both lose one of them.
    try connection.run(
      """
      DELETE FROM other_sources WHERE source = ?1 AND story IN (
        SELECT story FROM other_sources WHERE source = ?2
        UNION ALL SELECT id FROM stories WHERE source = ?2)
      """, ids)
    try connection.run(
      "INSERT INTO other_sources SELECT story, ?2 FROM other_sources WHERE source = ?1", ids)
    try connection.run("DELETE FROM other_sources WHERE source = ?1", [.int(other)])
    try connection.run("UPDATE stories SET source = ?2 WHERE source = ?1", ids)
    try connection.run("DELETE FROM sources WHERE id = ?1", [.int(other)])
  }
}
