import Stories

/// Makes the paragraph after a figure without caption its caption, if it ends in a credit.
///
/// One walk over the blocks; paragraphs of 600 bytes or more stay.
func attachCaptionLines(_ blocks: inout [Block]) {
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
