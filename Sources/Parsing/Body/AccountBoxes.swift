/// Boxes that ask readers to sign in or to subscribe.
///
/// Contract: told by what they are for, so that no language is foreign: a link to the site's accounts
/// in a block of nothing but links, or a field for an address of e-mail. The largest box around such a
/// button that holds next to none of the page's text is the request, with its reasons and promises.
struct AccountBoxes {
  /// The links to accounts and the fields for addresses below the body, in the page's order.
  private let buttons: [Int]

  init(_ study: PageStudy, in body: Int) {
    let tree = study.tree
    buttons = (body..<tree.end(body)).filter { node in
      if tree.tag(node) == .input { return tree.value(named: "type", of: node) == "email" }
      guard tree.tag(node) == .a, study.letters[node] > 0, tree.has(.href, node),
        Self.leadsToAccount(tree.valueBytes(.href, of: node)),
        let block = tree.ancestors(node).first(where: { !tree.tag($0).isInline })
      else { return false }
      return study.linked[block] == study.letters[block]
    }
  }

  /// Whether a node is such a box.
  func isBox(_ node: Int, _ study: PageStudy) -> Bool {
    guard !buttons.isEmpty, study.letters[node] < Thresholds.wall,
      study.running[node] < study.running[0] / 10
    else { return false }
    let subtree = study.tree.subtree(node)
    var (low, high) = (0, buttons.count)
    while low < high {
      let middle = (low + high) / 2
      if buttons[middle] < subtree.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < buttons.count && subtree.contains(buttons[low]) && !hasParts(node, study)
  }

  /// Whether several headings stand in it: then it is a part of the story that ends with a button.
  private func hasParts(_ node: Int, _ study: PageStudy) -> Bool {
    let tree = study.tree
    return tree.first(.h1, in: node) != nil
      || tree.descendants(node).lazy.filter { HTMLTag.headings.contains(tree.tag($0)) }
        .prefix(2).count > 1
  }

  /// Whether a part of the address's path is a word for accounts.
  private static func leadsToAccount(_ address: ArraySlice<UInt8>) -> Bool {
    let path = address.prefix(200).prefix { $0 != 0x3F && $0 != 0x23 }
    var start = path.startIndex
    while start < path.endIndex {
      let end = path[start...].firstIndex(of: 0x2F) ?? path.endIndex
      if lengths.contains(end - start), isName(path[start..<end]) { return true }
      start = end + 1
    }
    return false
  }

  private static func isName(_ part: ArraySlice<UInt8>) -> Bool {
    names.contains { $0.count == part.count && zip($0, part).allSatisfy { $0 == $1.lowercased } }
  }

  private static let names =
    ("login log-in signin sign-in signup sign-up register registration regist registrieren "
    + "anmelden anmeldung subscribe subscription subscriptions abo abos abonnement abonnements "
    + "abonnieren abonner checkout paywall suscribete suscripcion suscripciones assine")
    .split(separator: " ").map { Array($0.utf8) }
  private static let lengths = 3...13
}
