/// The objects of a page's JSON-LD, whatever nesting its publisher chose.
///
/// Contract: objects in lists, `@graph`, `mainEntity` and `mainEntityOfPage` are found, to a depth of
/// four and 500 at most; an object that is only a reference (`{"@id": …}`) stands for the object it
/// names, wherever on the page that is.
struct LinkedData {
  private(set) var objects: [JSONValue] = []
  /// The objects that are an article, in the page's order.
  private(set) var articles: [JSONValue] = []
  /// The objects that tell of the page or of what it shows where nothing on it is an article.
  private(set) var works: [JSONValue] = []
  private var named: [String: JSONValue] = [:]

  mutating func collect(_ value: JSONValue) { collect(value, depth: 0) }

  private mutating func collect(_ value: JSONValue, depth: Int) {
    guard depth < 4, objects.count < 500 else { return }
    for item in value.items where item.isObject {
      objects.append(item)
      if Self.isOf(item, suffixes: ["Article", "Posting"], names: Self.articleTypes) {
        articles.append(item)
      } else if Self.isOf(item, suffixes: [], names: Self.workTypes) {
        works.append(item)
      }
      register(item)
      for key in ["author", "creator", "publisher"] { item[key].items.forEach { register($0) } }
      for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
        collect(item[key], depth: depth + 1)
      }
    }
  }

  private mutating func register(_ item: JSONValue) {
    guard let name = item["@id"].text, item["name"].text != nil, named[name] == nil else { return }
    named[name] = item
  }

  /// What a reference names; anything else is itself.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard value["name"].text == nil, let name = value["@id"].text else { return value }
    return named[name] ?? value
  }

  private static let articleTypes: Set<String> = ["Report", "Review", "Recipe", "CreativeWork"]
  private static let workTypes: Set<String> = [
    "WebPage", "ItemPage", "FAQPage", "HowTo", "Question", "PodcastEpisode", "VideoObject",
    "CreativeWorkSeries", "MedicalWebPage", "Book", "Course",
  ]

  private static func isOf(_ object: JSONValue, suffixes: [String], names: Set<String>) -> Bool {
    object["@type"].items.contains { type in
      guard let type = type.text else { return false }
      return names.contains(type) || suffixes.contains { type.hasSuffix($0) }
    }
  }

  /// Whether an article calls itself news: `NewsArticle`, `ReportageNewsArticle` and their like.
  static func isNews(_ object: JSONValue) -> Bool {
    isOf(object, suffixes: ["NewsArticle"], names: [])
  }

  /// The names of those who made the object; nothing where it does not say.
  func makers(of object: JSONValue) -> [String] {
    var names: [String] = []
    for maker in flat(object["author"]) + flat(object["creator"]) {
      let said = maker.isObject ? resolved(maker)["name"] : maker
      for name in said.items.compactMap(\.text) where !names.contains(name) { names.append(name) }
      if names.count >= 20 { break }
    }
    return names
  }

  /// Lists in lists, which some publishers write, as one.
  private func flat(_ value: JSONValue) -> [JSONValue] {
    value.items.flatMap { item in if case .array = item { item.items } else { [item] } }
  }

  /// The first text that one of the articles has under the key, or the name of an object there.
  func text(_ key: String, in objects: [JSONValue]) -> String? {
    for object in objects {
      for item in object[key].items {
        if let text = item.text ?? resolved(item)["name"].text { return text }
      }
    }
    return nil
  }
}
