package import Stories

/// A form in which a story is written out for others to read.
package enum StoryFormat: String, Sendable, CaseIterable { case json, html, markdown, text }

extension Story {
  /// The whole story with figures and, unless left out, thread, as UTF-8 that ends with a newline.
  package func written(as format: StoryFormat, withComments: Bool = true) -> [UInt8] {
    var story = self
    if !withComments { story.thread = Thread() }
    switch format {
    case .json:
      var out = JSONWriter()
      out.object { $0.fields(of: story) }
      out.endLine()
      return out.bytes
    case .html: return HTMLWriter.page(story)
    case .markdown: return MarkdownWriter.document(story)
    case .text: return TextWriter.document(story)
    }
  }

  /// Byline, site and date in one line: "Night desk · Harbour News · 2024-05-16".
  var sourceLine: String {
    [
      byline.isEmpty ? nil : byline.joined(separator: ", "), site.map(HostName.shownName),
      published?.iso8601,
    ]
    .compactMap { $0 }.joined(separator: " · ")
  }
}

extension Thread {
  /// "14 comments, closed", "No comments yet" or `nil` where the page has no thread.
  var headline: String? {
    let known = max(count ?? 0, comments.count)
    var words = known == 1 ? "1 comment" : "\(known) comments"
    if known == 0 { words = "No comments" }
    switch state {
    case .unknown: return known == 0 && count == nil ? nil : words
    case .open: return known == 0 ? "No comments yet" : words
    case .closed: return words + ", closed"
    case .elsewhere(let service): return known == 0 ? "Comments at \(service)" : words
    }
  }
}

extension Figure {
  /// "Photo: what stands under it — who made it".
  var words: String {
    let text = caption.isEmpty ? (alt ?? "") : caption.oneLine
    return [text.isEmpty ? nil : text, credit].compactMap { $0 }.joined(separator: " — ")
  }
}

extension Comment {
  /// "reader one · 2024-05-16T09:30:00Z"; the reader's own says so: "reader one (you) · …".
  var head: String {
    let name = author.isEmpty ? "Someone" : author
    let isOwn = marks.contains(.own)
    return [isOwn ? "\(name) (you)" : name, time?.iso8601].compactMap { $0 }
      .joined(separator: " · ")
  }
}
