import Stories

/// The number of comments that a page states, and whether and where comments can be written.
///
/// "14 Comments" gives the count even if fewer are in the page. A comment service counts only if the
/// page has no comments itself, since its script is often loaded without being used.
enum ThreadState {
  static func find(_ study: PageStudy, _ metadata: Metadata, shown: Int) -> (Int?, Thread.State) {
    let tree = study.tree
    var count: Int?
    var state = Thread.State.unknown
    var service: String?
    for node in 1..<max(1, tree.count) where tree.isElement(node) {
      if shown == 0, service == nil { service = self.service(node, tree) }
      let tag = tree.tag(node)
      if tag == .form, state == .unknown, tree.classOrIDContains("comment", node) { state = .open }
      guard (4..<90).contains(study.letters[node]),
        HTMLTag.headings.contains(tag) || tree.classOrIDContains("comment", node)
      else { continue }
      let line = tree.line(node, limit: 200)
      if PlainLabel.closesThread(line) {
        state = .closed
        continue
      }
      if shown == 0, count == nil, isEmptyNotice(line) {
        count = 0
        continue
      }
      switch PlainLabel.threadLabel(line) {
      case .comments(let stated?) where count == nil && stated >= shown: count = stated
      case .form where state == .unknown: state = .open
      default: break
      }
    }
    if let service { state = .elsewhere(service) }
    count = count ?? linkedCount(metadata, atLeast: shown)
    return (count ?? (shown > 0 ? shown : nil), state)
  }

  /// Whether a line says that there are no comments, such as "No comments yet".
  private static func isEmptyNotice(_ line: String) -> Bool {
    let line = line.lowercased()
    return emptyNotices.contains { line.begins(with: $0) }
  }

  private static let emptyNotices = [
    "no comments yet", "there are no comments", "be the first to comment", "noch keine kommentare",
    "aucun commentaire", "sin comentarios", "nessun commento", "nenhum comentário",
    "brak komentarzy",
    "комментариев пока нет", "nog geen reacties", "henüz yorum yok",
  ]

  /// The count in JSON-LD: `commentCount`, or the `interactionStatistic` of type `CommentAction`.
  private static func linkedCount(_ metadata: Metadata, atLeast shown: Int) -> Int? {
    for article in metadata.articles {
      if let count = article["commentCount"].text.flatMap({ Int($0) }), count >= shown {
        return count
      }
      for counter in article["interactionStatistic"].items {
        let type = counter["interactionType"]["@type"].text ?? counter["interactionType"].text ?? ""
        if type.hasSuffix("CommentAction"),
          let count = counter["userInteractionCount"].text.flatMap({ Int($0) }), count >= shown
        {
          return count
        }
      }
    }
    return nil
  }

  // MARK: - Services

  /// Elements into which a service's script inserts its thread.
  private static let containers: [(String, String)] = [
    ("Disqus", "#disqus_thread, .disqus-thread"),
    ("Facebook", ".fb-comments"),
    ("Coral", "#coral_talk_stream, #coral_thread, #coral-thread, .coral-thread, #coral_talk"),
    (
      "OpenWeb",
      "[data-spotim-module=conversation], .spot-im-conversation, .spotim-conversation, "
        + "[data-openweb-module], #openweb-conversation, .spot-im-frame-inpage, "
        + "#spot-im-frame-inpage, .sppre_conversation"
    ),
    ("giscus", ".giscus"), ("utterances", ".utterances"), ("Commento", "#commento"),
    ("Hyvor", "hyvor-talk-comments, #hyvor-talk-view"), ("Isso", "#isso-thread"),
    ("Remark42", "#remark42"), ("Livefyre", "#livefyre-comments, .livefyre-comments, #livefyre"),
    ("Viafoura", ".viafoura vf-conversations, vf-conversations, .vf-conversations, .vf-comments"),
    ("Vuukle", "#vuukle-comments"),
    ("Insticator", "#insticator-commenting, .insticator-commenting"),
    ("Hypercomments", "#hypercomments_widget"), ("Cackle", "#mc-container"),
    ("IntenseDebate", "#idc-container"), ("Cusdis", "#cusdis_thread"), ("Muut", ".muut"),
    ("Talkyard", ".talkyard-comments"), ("Graphcomment", "#graphcomment"),
  ]

  /// Parts of the URLs of the services' scripts and frames.
  private static let scripts: [(String, StaticString)] = [
    ("Disqus", ".disqus.com/embed"), ("Jetpack", "jetpack.wordpress.com/jetpack-comment"),
    ("OpenWeb", "launcher.spot.im"), ("giscus", "giscus.app/client"),
    ("utterances", "utteranc.es/client"), ("Commento", "commento.io/js"),
    ("Hyvor", "talk.hyvor.com/embed"), ("Isso", "isso/js/embed"),
    ("Remark42", "remark42"), ("Livefyre", "livefyre.com"), ("Viafoura", "cdn.viafoura.net"),
    ("Vuukle", "vuukle.com"), ("Facebook", "facebook.com/plugins/comments"),
    ("Coral", "coral.coralproject.net"),
  ]

  private static let index = SelectorIndex(
    containers.enumerated().flatMap { number, container in
      Selector.list(container.1).map { ($0, number) }
    })

  /// The service whose element, script or frame the node is.
  private static func service(_ node: Int, _ tree: HTMLTree) -> String? {
    let tag = tree.tag(node)
    if tag == .script || tag == .iframe {
      let address = tree.valueBytes(.src, of: node).prefix(300)
      guard !address.isEmpty else { return nil }
      return scripts.first { address.containsFolded($0.1) }?.0
    }
    var found: Int?
    index.each(node, tree) { found = $0 }
    return found.map { containers[$0].0 }
  }
}
