import Stories

/// The parts of a comment that are known from the page's structure before it is parsed.
struct StructuralParts {
  var author: String
  var authorNode: Int
  var time: Int
  /// `nil` if the text has no element of its own.
  var text: Int?
}

/// Extracts a comment from its subtree: author, time, text.
///
/// The nodes of a comment exclude those of its replies; each is examined a bounded number of times.
/// Headers, buttons and signatures are marked as dropped in `study`, a private copy.
struct CommentReading {
  /// The page, with replies and the furniture of comments marked as dropped.
  var study: PageStudy
  let addresses: Addresses
  let markup: CommentMarkup
  let family: CommentFamily?
  /// Whether a node begins a comment, and so is not part of the one around it.
  let starts: [Bool]
  /// Whether 05/06/2024 is 6 May.
  var monthFirst = true

  private var tree: HTMLTree { study.tree }

  /// The nodes of one comment's parts.
  struct Parts {
    var node: Int
    var nodes: [Int]
    var text: Int?
    /// The comment's nodes outside its text, and the furniture in it.
    var header: [Int]
    var author = ""
    var authorNode: Int?
    /// The element with the time, if known from the structure.
    var time: Int?
  }

  /// The comment's elements without those of its replies.
  private func ownNodes(_ node: Int, upTo end: Int) -> [Int] {
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

  /// Finds the parts of a comment that are not `known`, and marks its furniture as dropped.
  mutating func parts(of node: Int, upTo end: Int, known: StructuralParts? = nil) -> Parts {
    let own = ownNodes(node, upTo: end)
    var parts = Parts(
      node: node, nodes: own, text: known == nil ? textNode(own) : known?.text, header: [])
    for below in own where below != parts.text && isFurniture(below) {
      if let text = parts.text, tree.contains(below, text) { continue }
      study.dropped[below] = .comments
    }
    parts.header = headerNodes(own, text: parts.text)
    parts.time = known?.time
    if let known {
      parts.author = known.author
      parts.authorNode = known.authorNode
    } else if let (name, place) = author(parts) {
      parts.author = name
      parts.authorNode = place
      // A name in the text's element belongs to the header if it begins the text or is furniture.
      if let place, let text = parts.text, place != text, tree.contains(text, place),
        parts.header.contains(place) || begins(text, with: place)
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
      || parts.nodes.contains { markup.isPart(.deleted, $0) } || Self.isDeletionNotice(blocks)
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

  /// The comment's ID, or that of an element inside it if it has none or only a positional one (`bc_`).
  private func id(_ parts: Parts) -> String? {
    let id = markup.id(parts.node)
    if let id, !id.hasPrefix("bc_") { return id }
    return parts.nodes.lazy.compactMap { markup.number($0) }.first ?? id
  }

  private func isMarked(_ part: CommentPart, _ parts: Parts) -> Bool {
    markup.isPart(part, parts.node) || parts.header.contains { markup.isPart(part, $0) }
  }

  /// Whether an element is furniture: matches a `drop` pattern, or is or reads like a button.
  private func isFurniture(_ node: Int) -> Bool {
    if markup.isPart(.drop, node) || tree.tag(node) == .button { return true }
    guard (2..<28).contains(study.letters[node]), tree.tag(node) != .p, tree.tag(node) != .code
    else {
      return false
    }
    return Self.buttonLabels.contains(tree.line(node, limit: 60).lowercased())
  }

  private static let buttonLabels: Set<String> = [
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

  /// The text element of the lowest rank; among equals the longest, because titles have similar classes.
  ///
  /// Elements in furniture come last: signatures often have the markup of the text.
  private func textNode(_ own: [Int]) -> Int? {
    var best: (rank: Int, node: Int)?
    var furnitureUntil = 0
    for node in own {
      if markup.isPart(.drop, node) { furnitureUntil = max(furnitureUntil, tree.end(node)) }
      guard study.letters[node] > 0 || study.pictures[node] > 0,
        let named = markup.rank(.text, node)
      else { continue }
      let rank = node < furnitureUntil ? named + CommentMarkup.furniturePenalty : named
      if let found = best {
        let isLonger = study.letters[node] > study.letters[found.node]
        guard rank < found.rank || rank == found.rank && isLonger else { continue }
      }
      best = (rank, node)
    }
    return best?.node
  }

  /// The comment's nodes outside its text element, and the furniture in it.
  private func headerNodes(_ own: [Int], text: Int?) -> [Int] {
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
      found = blocksWithoutTextElement(parts)
    }
    return found.compactMap(\.inComment)
  }

  /// The paragraphs of a comment whose text has no element of its own.
  private func blocksWithoutTextElement(_ parts: Parts) -> [Block] {
    var blocks: [Block] = []
    var doneUntil = 0
    for node in parts.nodes where node >= doneUntil {
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

  /// Whether the text is the notice of a deleted comment, such as "[deleted]".
  private static func isDeletionNotice(_ blocks: [Block]) -> Bool {
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
