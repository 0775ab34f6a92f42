/// Boxes that ask the visitor to sign in or subscribe.
///
/// Recognised independently of language by what they contain: a link to the site's accounts in a
/// block of links only, or an e-mail field. The largest element around it that holds less than a tenth
/// of the page's running text is the box.
struct AccountBoxes {
  /// The account links and e-mail fields in the body, in document order.
  private let buttons: [Int]

  init(_ study: PageStudy, in body: Int) {
    let tree = study.tree
    buttons = (body..<tree.end(body)).filter { node in
      if tree.tag(node) == .input { return tree.value(named: "type", of: node) == "email" }
      guard tree.tag(node) == .a, study.letters[node] > 0, tree.has(.href, node),
        Self.isAccountURL(tree.valueBytes(.href, of: node)),
        let block = tree.ancestors(node).first(where: { !tree.tag($0).isInline })
      else { return false }
      return study.linkedLetters[block] == study.letters[block]
    }
  }

  /// Whether a node is a sign-in or subscription box.
  func isBox(_ node: Int, _ study: PageStudy) -> Bool {
    guard !buttons.isEmpty, study.letters[node] < Thresholds.maximumPaywallLetters,
      study.runningLetters[node] < study.runningLetters[0] / 10
    else { return false }
    let subtree = study.tree.subtree(node)
    var (low, high) = (0, buttons.count)
    while low < high {
      let middle = (low + high) / 2
      if buttons[middle] < subtree.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < buttons.count && subtree.contains(buttons[low]) && !hasSeveralHeadings(node, study)
  }

  /// Whether an element holds several headings, and so is a section of the story that ends in a button.
  private func hasSeveralHeadings(_ node: Int, _ study: PageStudy) -> Bool {
    let tree = study.tree
    return tree.first(.h1, in: node) != nil
      || tree.descendants(node).lazy.filter { HTMLTag.headings.contains(tree.tag($0)) }
        .prefix(2).count > 1
  }

  /// Whether a component of the URL's path is a word for signing in or subscribing.
  private static func isAccountURL(_ address: ArraySlice<UInt8>) -> Bool {
    let path = address.prefix(200).prefix { $0 != 0x3F && $0 != 0x23 }
    var start = path.startIndex
    while start < path.endIndex {
      let end = path[start...].firstIndex(of: 0x2F) ?? path.endIndex
      if accountWordLengths.contains(end - start), isAccountWord(path[start..<end]) { return true }
      start = end + 1
    }
    return false
  }

  private static func isAccountWord(_ part: ArraySlice<UInt8>) -> Bool {
    accountWords.contains {
      $0.count == part.count && zip($0, part).allSatisfy { $0 == $1.lowercased }
    }
  }

  private static let accountWords =
    ("login log-in signin sign-in signup sign-up register registration regist registrieren "
    + "anmelden anmeldung subscribe subscription subscriptions abo abos abonnement abonnements "
    + "abonnieren abonner checkout paywall suscribete suscripcion suscripciones assine")
    .split(separator: " ").map { Array($0.utf8) }
  private static let accountWordLengths = 3...13
}
