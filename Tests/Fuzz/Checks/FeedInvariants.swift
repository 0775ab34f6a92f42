import Parsing
import Stories
import Writing

/// The violated invariants of reading a feed or a list of feeds: a sentence each, none for a correct
/// result.
///
/// Whatever the bytes are, both readers are asked. The test suite checks the seeds with this function
/// too.
package func violatedInvariants(ofFeed bytes: [UInt8]) -> [String] {
  let page = FuzzInput(bytes, format: .html).page
  return feedViolations(page) + listViolations(bytes) + discoveryViolations(page)
}

private func feedViolations(_ page: Page) -> [String] {
  guard let parsed = try? parseFeed(page), let again = try? parseFeed(page) else { return [] }
  var violations: [String] = []
  if parsed.feed != again.feed { violations.append("one feed is read in two ways") }
  if parsed.feed.entries.count > entryLimit { violations.append("too many entries are kept") }
  if parsed.total < parsed.feed.entries.count { violations.append("entries are counted wrongly") }
  for entry in parsed.feed.entries {
    let story = entry.story(in: parsed.feed)
    for text in [story.title, story.site, story.language] + story.byline.map(Optional.some)
      + story.tags.map(Optional.some)
    where text?.utf8.contains(0x0A) ?? false {
      violations.append("a field of one line holds a line end")
    }
    if story.figures.map(\.number) != Array(1..<story.figures.count + 1) {
      violations.append("figures are not numbered 1…n")
    }
    for address in [entry.link, entry.discussion.page] + entry.enclosures.map(\.address)
    where address?.lowercased().hasPrefix("javascript:") ?? false {
      violations.append("an address runs something")
    }
    if String(validating: story.written(as: .json), as: UTF8.self) == nil {
      violations.append("json is no UTF-8")
    }
  }
  return violations
}

/// What is read from a list, written and read again is the same list.
private func listViolations(_ bytes: [UInt8]) -> [String] {
  guard let list = OPML(bytes), let again = OPML(list.written) else { return [] }
  return OPML(again.written) == again && again.feeds.count == list.feeds.count
    ? [] : ["a list changes when it is written"]
}

private func discoveryViolations(_ page: Page) -> [String] {
  let found = FeedDiscovery.feeds(in: page).map(\.address)
  return Set(found).count == found.count ? [] : ["a feed of a page is listed twice"]
}

/// Crashes with the violated invariants of an input, so that the fuzzer records it as a finding.
package func checkFeed(_ bytes: [UInt8]) {
  let violations = violatedInvariants(ofFeed: bytes)
  if !violations.isEmpty { fatalError(violations.joined(separator: "\n")) }
}

/// Checks files one by one, printing their names, to reproduce a finding without the fuzzer.
package func checkFeedFiles(_ paths: some Sequence<String>) { checkFiles(paths, checkFeed) }
