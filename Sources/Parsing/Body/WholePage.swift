import Stories

/// The last fallback: every block of the page's body, furniture included.
///
/// Empty if the page has fewer than `Thresholds.minimumPageLetters` letters.
func wholePage(_ study: PageStudy, _ addresses: Addresses) -> [Block] {
  let body = (0..<study.tree.count).first { study.tree.tag($0) == .body } ?? HTMLTree.root
  guard study.letters[body] >= Thresholds.minimumPageLetters else { return [] }
  return BlockBuilder.blocks(in: body, study, addresses)
}
