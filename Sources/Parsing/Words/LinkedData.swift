/// The objects of a page's JSON-LD, independent of how its publisher nested them.
///
/// Objects in arrays, `@graph`, `mainEntity` and `mainEntityOfPage` are found, to a depth of four and
/// 500 at most. A reference (`{"@id": …}`) is resolved to the named object with this ID anywhere on
/// the page (JSON-LD 1.1, node references).
struct LinkedData {
  private(set) var objects: [JSONValue] = []
  /// The objects whose schema.org type is an article, in document order.
  private(set) var articles: [JSONValue] = []
  /// The objects of other schema.org types that describe the page, used where it has no article.
  private(set) var otherWorks: [JSONValue] = []
  private var objectsByID: [String: JSONValue] = [:]

  mutating func collect(_ value: JSONValue) { collect(value, depth: 0) }

  private mutating func collect(_ value: JSONValue, depth: Int) {
    guard depth < 4, objects.count < 500 else { return }
    for item in value.items where item.isObject {
      objects.append(item)
      if Self.hasType(item, suffixes: ["Article", "Posting"], names: Self.articleTypes) {
        articles.append(item)
      } else if Self.hasType(item, suffixes: [], names: Self.otherWorkTypes) {
        otherWorks.append(item)
      }
      register(item)
      for key in ["author", "creator", "publisher"] { item[key].items.forEach { register($0) } }
      for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
        collect(item[key], depth: depth + 1)
      }
    }
  }

  private mutating func register(_ item: JSONValue) {
    guard let name = item["@id"].text, item["name"].text != nil, objectsByID[name] == nil else {
      return
    }
    objectsByID[name] = item
  }

  /// The object that a reference points to; any other value is returned unchanged.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard value["name"].text == nil, let name = value["@id"].text else { return value }
    return objectsByID[name] ?? value
  }

  private static let articleTypes: Set<String> = ["Report", "Review", "Recipe", "CreativeWork"]
  private static let otherWorkTypes: Set<String> = [
    "WebPage", "ItemPage", "FAQPage", "HowTo", "Question", "PodcastEpisode", "VideoObject",
    "CreativeWorkSeries", "MedicalWebPage", "Book", "Course",
  ]

  private static func hasType(_ object: JSONValue, suffixes: [String], names: Set<String>) -> Bool {
    object["@type"].items.contains { type in
      guard let type = type.text else { return false }
      return names.contains(type) || suffixes.contains { type.hasSuffix($0) }
    }
  }

  /// Whether an object's type is `NewsArticle` or a subtype such as `ReportageNewsArticle`.
  static func isNews(_ object: JSONValue) -> Bool {
    hasType(object, suffixes: ["NewsArticle"], names: [])
  }

  /// The names in an object's `author` and `creator`, without duplicates; at most about 20.
  func authors(of object: JSONValue) -> [String] {
    var names: [String] = []
    for author in flattened(object["author"]) + flattened(object["creator"]) {
      let value = author.isObject ? resolved(author)["name"] : author
      for name in value.items.compactMap(\.text) where !names.contains(name) { names.append(name) }
      if names.count >= 20 { break }
    }
    return names
  }

  /// The elements of an array, with nested arrays, which some publishers write, flattened by one level.
  private func flattened(_ value: JSONValue) -> [JSONValue] {
    value.items.flatMap { item in if case .array = item { item.items } else { [item] } }
  }

  /// The first text under a key in any of the objects, or the `name` of an object under it.
  func text(_ key: String, in objects: [JSONValue]) -> String? {
    for object in objects {
      for item in object[key].items {
        if let text = item.text ?? resolved(item)["name"].text { return text }
      }
    }
    return nil
  }
}
