internal import Network
package import Parsing
package import Storage
internal import Stories

/// Subscriptions as a list of feeds (OPML), both ways and without loss.
package struct SubscriptionList {
  /// What importing a list did.
  package struct Report: Sendable, Hashable {
    /// Feeds that were not subscribed to.
    package var new: [SubscriptionID] = []
    /// Feeds that were subscribed to already; they may stand in more folders now.
    package var known: [SubscriptionID] = []
    /// Folders that were not there.
    package var folders = 0
  }

  private let library: Library

  package init(_ library: Library) { self.library = library }

  // MARK: - Import

  /// Subscribes to all feeds of a list, in folders as the list has them, in one transaction.
  ///
  /// Folders of the same name are joined. Of what is subscribed to already nothing but its folders
  /// changes: the list's attributes are kept where a feed is new in a folder.
  package func add(_ list: OPML, now: Int64 = Library.now()) throws(StorageError) -> Report {
    try library.transaction { () throws(StorageError) in
      var report = Report()
      for outline in list.body.outlines { try add(outline, in: nil, &report, now: now) }
      return report
    }
  }

  private func add(
    _ outline: Outline, in folder: FolderID?, _ report: inout Report, now: Int64
  ) throws(StorageError) {
    var inner = folder
    if let address = outline.address {
      try subscribe(outline, address, in: folder, &report, now: now)
    } else {
      inner = try library.folders.folder(named: outline.title, in: folder)
      if inner == nil {
        inner = try library.folders.create(
          outline.title, in: folder, attributes: outline.attributes.listed)
        report.folders += 1
      }
    }
    // What stands below a feed stands beside it here: a feed is no folder.
    for child in outline.outlines { try add(child, in: inner, &report, now: now) }
  }

  private func subscribe(
    _ outline: Outline, _ address: String, in folder: FolderID?, _ report: inout Report, now: Int64
  ) throws(StorageError) {
    let title = outline["text"] ?? outline["title"]
    // A name and password are no part of what is kept, shown and exported.
    let typed = WebAddress(address)
    let address = typed?.userInfo == nil ? address : typed?.withoutSecrets?.text ?? address
    let (id, isNew) = try library.subscriptions.subscribe(
      NewSubscription(address, feed: FeedFacts(home: outline.home), ownTitle: title), now: now)
    if isNew {
      report.new.append(id)
    } else if !report.new.contains(id) && !report.known.contains(id) {
      report.known.append(id)
    }
    let folders = try library.folders.folders(of: id)
    // A new one stands at the top, with nothing that a list said of it.
    let isPlaced = folders.contains(folder) && !(isNew && folder == nil)
    if !isPlaced {
      try library.folders.place(id, in: folder, attributes: outline.attributes.listed)
    }
    if isNew, folder != nil { try library.folders.remove(id, from: nil) }
  }

  // MARK: - Export

  /// All subscriptions that go on, in their folders, as a list.
  ///
  /// What a list that was imported said of a feed is written again, except a name, address or home that
  /// has changed since. Settings are not in it, nor is anything secret.
  package func list(title: String = "Subscriptions") throws(StorageError) -> OPML {
    var outlines: [SubscriptionID: ExportedFeed] = [:]
    for subscription in try library.subscriptions.all() {
      outlines[subscription.id] = ExportedFeed(subscription)
    }
    let tree = try library.folders.tree()
    try gather(tree, in: nil, &outlines)
    return OPML(
      head: [OPMLElement("title", title)], outlines: try self.outlines(tree, in: nil, outlines))
  }

  /// Finds out what lists said of each feed in all of its folders.
  private func gather(
    _ items: [FolderItem], in folder: FolderID?, _ feeds: inout [SubscriptionID: ExportedFeed]
  ) throws(StorageError) {
    for item in items {
      switch item {
      case .folder(let inner, let items): try gather(items, in: inner.id, &feeds)
      case .subscription(let id):
        let attributes = try library.folders.attributes(of: id, in: folder)
        feeds[id]?.places[folder] = attributes.map { OPMLAttribute($0.name, $0.value) }
      }
    }
  }

  private func outlines(
    _ items: [FolderItem], in folder: FolderID?, _ feeds: [SubscriptionID: ExportedFeed]
  ) throws(StorageError) -> [Outline] {
    var outlines: [Outline] = []
    for item in items {
      switch item {
      case .folder(let inner, let items):
        var outline = Outline(folder: inner.name, [])
        let attributes = try library.folders.attributes(of: inner.id)
        if !attributes.isEmpty {
          outline.attributes = attributes.map { OPMLAttribute($0.name, $0.value) }
          outline.rename(inner.name)
        }
        outline.outlines = try self.outlines(items, in: inner.id, feeds)
        outlines.append(outline)
      case .subscription(let id):
        if let feed = feeds[id] { outlines.append(feed.outline(in: folder)) }
      }
    }
    return outlines
  }
}

/// A subscription with what lists said of it in its folders.
private struct ExportedFeed {
  let subscription: Subscription
  var places: [FolderID?: [OPMLAttribute]] = [:]

  init(_ subscription: Subscription) { self.subscription = subscription }

  private var name: String {
    subscription.ownTitle ?? subscription.feed.title ?? subscription.counts.name
  }

  func outline(in folder: FolderID?) -> Outline {
    let home = subscription.feed.home
    guard let attributes = places[folder], !attributes.isEmpty else {
      return Outline(feed: subscription.address, title: name, home: home)
    }
    var outline = Outline(attributes: attributes)
    // A list may give one feed several names. Only one that no list gave is a new one.
    let said = places.values.map { Outline(attributes: $0) }
    let isNamed = outline["text"] != nil || outline["title"] != nil
    if isNamed, !said.contains(where: { $0.title == name }) { outline.rename(name) }
    if outline.address != subscription.address {
      outline.set(outline["xmlUrl"] == nil ? "url" : "xmlUrl", subscription.address)
    }
    if let home, !said.contains(where: { $0.home == home }) { outline.set("htmlUrl", home) }
    return outline
  }
}

extension Outline {
  /// Gives it a name where it has another: in `text`, and in a `title` that said the same.
  fileprivate mutating func rename(_ name: String) {
    let old = title
    guard old != name else { return }
    let hadTitle = self["title"] == old
    if self["text"] != nil || !hadTitle { set("text", name) }
    if hadTitle { set("title", name) }
  }

  /// Sets an attribute, in whatever case its name is written, or adds it.
  fileprivate mutating func set(_ name: String, _ value: String) {
    if let index = attributes.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) {
      attributes[index].value = value
    } else {
      attributes.append(OPMLAttribute(name, value))
    }
  }
}

extension [OPMLAttribute] {
  fileprivate var listed: [ListAttribute] { map { ListAttribute($0.name, $0.value) } }
}
