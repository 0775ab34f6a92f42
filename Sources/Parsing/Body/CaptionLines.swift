import Stories

/// Gives a picture without words the short line after it, where that line ends in a credit.
///
/// Contract: one walk over finished blocks; a line that becomes a caption is no paragraph any more.
func joinCaptions(_ blocks: inout [Block]) {
  var index = 0
  while index + 1 < blocks.count {
    if case .figure(var figure) = blocks[index], figure.caption.isEmpty,
      case .paragraph(let phrases) = blocks[index + 1], phrases.text.utf8.count < 600
    {
      let (caption, credit) = splitCredit(phrases)
      if credit != nil {
        figure.caption = caption
        figure.credit = credit
        blocks[index] = .figure(figure)
        blocks.remove(at: index + 1)
      }
    }
    index += 1
  }
}
