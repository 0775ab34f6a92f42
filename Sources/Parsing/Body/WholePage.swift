import Stories

/// All that the page shows, where no part of it reads like a story.
///
/// Contract: every block of the page's body, furniture too; nothing if that is next to nothing.
func wholePage(_ study: PageStudy, _ addresses: Addresses) -> [Block] {
  let body = (0..<study.tree.count).first { study.tree.tag($0) == .body } ?? HTMLTree.root
  guard study.letters[body] >= Thresholds.wholePage else { return [] }
  return BlockBuilder.blocks(in: body, study, addresses)
}
