import Stories

/// What the structure of a page tells of a comment before it is read.
struct KnownParts {
  var author: String
  var authorNode: Int
  var time: Int
  /// `nil` where the text has no box of its own.
  var text: Int?
}

/// Reads one comment out of its part of the page: author, time, text.
///
/// Contract: the part of a comment is its nodes without those of its replies; each node is looked at
/// a fixed number of times. What is no text (heads, buttons, signatures) is marked as dropped in
/// `study`, which is the reader's own copy.
struct CommentReading {
  /// In which replies and the furniture of comments are marked as dropped.
  var study: PageStudy
  let addresses: Addresses
  let markup: CommentMarkup
  let family: CommentFamily?
  /// Nodes that begin another comment: there this one's own part ends.
  let starts: [Bool]
  /// Whether 05/06/2024 is the sixth of May.
  var monthFirst = true

  private var tree: HTMLTree { study.tree }

  /// Where the parts of one comment stand.
  struct Parts {
    var node: Int
    var own: [Int]
    var text: Int?
    /// Own nodes outside the text, and those in it that are furniture.
    var head: [Int]
    var author = ""
    var authorNode: Int?
    /// The element that tells the time, where that is known.
    var time: Int?
  }

  /// The comment's own elements: those below it that belong to no reply.
  private func own(_ node: Int, upTo end: Int) -> [Int] {
    var out: [Int] = []
    var next = node + 1
    while next < end {
      if starts[next] {
        next = tree.end(next)
        continue
      }
      if tree.isElement(next) { out.append(next) }
      next += 1
    }
    return out
  }

  /// Finds the parts of a comment, as far as they are not `known`, and marks its furniture.
  mutating func parts(of node: Int, upTo end: Int, known: KnownParts? = nil) -> Parts {
    let own = own(node, upTo: end)
    var parts = Parts(
      node: node, own: own, text: known == nil ? textNode(own) : known?.text, head: [])
    for below in own where below != parts.text && isFurniture(below) {
      if let text = parts.text, tree.contains(below, text) { continue }
      study.dropped[below] = .comments
    }
    parts.head = head(own, text: parts.text)
    parts.time = known?.time
    if let known {
      parts.author = known.author
      parts.authorNode = known.authorNode
    } else if let (name, place) = author(parts) {
      parts.author = name
      parts.authorNode = place
      // A name that stands in the text's own box, or begins it, is no text of it.
      if let place, let text = parts.text, place != text, tree.contains(text, place),
        parts.head.contains(place) || begins(text, with: place)
      {
        study.dropped[place] = .comments
      }
    }
    return parts
  }

  private func begins(_ text: Int, with place: Int) -> Bool {
    (text + 1..<place).allSatisfy { !tree.isText($0) || study.letters[$0] == 0 }
  }

  func comment(_ parts: Parts) -> PostedComment? {
    let blocks = blocks(parts)
    let isDeleted =
      markup.isPart(.deleted, parts.node)
      || parts.own.contains { markup.isPart(.deleted, $0) } || Self.isTakenAway(blocks)
    guard !blocks.isEmpty || isDeleted else { return nil }
    let time = time(parts)
    guard !parts.author.isEmpty || time != nil || isDeleted else { return nil }
    if family?.isStrict ?? false, parts.author.isEmpty || time == nil { return nil }
    var marks: Comment.Marks = isDeleted ? .deleted : []
    if isMarked(.siteAuthor, parts) { marks.insert(.storyAuthor) }
    if isMarked(.opener, parts) { marks.insert(.originalPoster) }
    return PostedComment(
      id: id(parts), author: parts.author, time: time, blocks: blocks, marks: marks)
  }

  /// The comment's own id, or that of a box inside where it has none or only one of its place.
  private func id(_ parts: Parts) -> String? {
    let id = markup.id(parts.node)
    if let id, !id.hasPrefix("bc_") { return id }
    return parts.own.lazy.compactMap { markup.number($0) }.first ?? id
  }

  private func isMarked(_ part: CommentPart, _ parts: Parts) -> Bool {
    markup.isPart(part, parts.node) || parts.head.contains { markup.isPart(part, $0) }
  }

  /// What the families name so, and buttons whatever they are called.
  private func isFurniture(_ node: Int) -> Bool {
    if markup.isPart(.drop, node) || tree.tag(node) == .button { return true }
    guard (2..<28).contains(study.letters[node]), tree.tag(node) != .p, tree.tag(node) != .code
    else {
      return false
    }
    return Self.buttons.contains(tree.line(node, limit: 60).lowercased())
  }

  private static let buttons: Set<String> = [
    "reply", "report", "like", "share", "quote", "permalink", "edit", "delete", "flag", "link",
    "reply to this comment", "report this comment", "report comment", "report abuse",
    "expand full comment", "show more", "read more", "like comment", "log in to reply",
    "click to expand...", "expand", "click to expand…", "antworten", "melden", "kommentar melden",
    "zitieren",
    "teilen", "gefällt mir", "répondre", "signaler", "partager", "j'aime", "responder",
    "denunciar", "compartir", "me gusta", "rispondi", "segnala", "beantwoorden", "svara", "svar",
    "odpowiedz", "zgłoś", "ответить", "пожаловаться", "cevapla", "yanıtla", "返信", "回复", "답글",
  ]

  // MARK: - Text

  /// The surest element of text; of equals the one that holds most, for titles are named alike.
  ///
  /// What stands in furniture comes last: a signature is often made as the text is.
  private func textNode(_ own: [Int]) -> Int? {
    var best: (rank: Int, node: Int)?
    var furnitureUntil = 0
    for node in own {
      if markup.isPart(.drop, node) { furnitureUntil = max(furnitureUntil, tree.end(node)) }
      guard study.letters[node] > 0 || study.pictures[node] > 0,
        let named = markup.rank(.text, node)
      else { continue }
      let rank = node < furnitureUntil ? named + CommentMarkup.worst : named
      if let found = best {
        let isMore = study.letters[node] > study.letters[found.node]
        guard rank < found.rank || rank == found.rank && isMore else { continue }
      }
      best = (rank, node)
    }
    return best?.node
  }

  /// Own nodes that are not the text: those outside its box, and the furniture in it.
  private func head(_ own: [Int], text: Int?) -> [Int] {
    guard let text else { return own }
    var found: [Int] = []
    var droppedUntil = 0
    for node in own {
      if study.dropped[node] != nil { droppedUntil = max(droppedUntil, tree.end(node)) }
      if node < droppedUntil || !tree.contains(text, node) { found.append(node) }
    }
    return found
  }

  private func blocks(_ parts: Parts) -> [Block] {
    let found: [Block]
    if let text = parts.text {
      found = BlockBuilder.blocks(in: text, study, addresses)
    } else {
      found = looseBlocks(parts)
    }
    return found.compactMap(Self.asInComments)
  }

  /// The block as a comment holds it: a picture is a link, for the numbered figures are those of the
  /// story, and a forum's quote box is a quote, never a sentence set large.
  static func asInComments(_ block: Block) -> Block? {
    switch block {
    case .pullQuote(let phrases): return .quote([.paragraph(phrases)])
    case .figure(let figure):
      guard let image = figure.image else { return nil }
      let words = figure.caption.isEmpty ? figure.alt ?? image : figure.caption.text
      return .paragraph([Phrase(words, link: image)])
    default: return block
    }
  }

  /// The paragraphs of a comment whose text has no box of its own.
  private func looseBlocks(_ parts: Parts) -> [Block] {
    var blocks: [Block] = []
    var doneUntil = 0
    for node in parts.own where node >= doneUntil {
      if study.dropped[node] != nil {
        doneUntil = tree.end(node)
        continue
      }
      guard Self.textTags.contains(tree.tag(node)), study.letters[node] > 0,
        parts.authorNode.map({ !tree.contains(node, $0) }) ?? true
      else { continue }
      doneUntil = tree.end(node)
      if tree.tag(node) == .p {
        let phrases = BlockBuilder.phrases(in: node, study, addresses)
        if !phrases.isEmpty { blocks.append(.paragraph(phrases)) }
      } else {
        blocks += BlockBuilder.blocks(in: node, study, addresses)
      }
    }
    return blocks
  }

  private static let textTags = HTMLTag.Group(.p, .blockquote, .pre)

  /// "[deleted]": what is left of a comment that was taken away.
  private static func isTakenAway(_ blocks: [Block]) -> Bool {
    guard blocks.count == 1, case .paragraph(let phrases) = blocks[0] else { return false }
    let text = phrases.text
    guard text.utf8.count < 80 else { return false }
    let line = text.lowercased()
    return ["[deleted]", "[removed]", "[flagged]", "[dead]", "comment deleted"].contains(line)
      || [
        "this comment has been removed", "this comment has been deleted", "this post was deleted",
      ]
      .contains { line.hasPrefix($0) }
  }
}
