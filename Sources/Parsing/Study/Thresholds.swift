/// The thresholds of the content heuristics.
///
/// Letters are counted as in `PageStudy`, where an English word has about five; ratios are 0…1.
enum Thresholds {
  /// The shortest block that counts as running text: eight words, below which captions, labels and
  /// teasers outnumber sentences.
  static let minimumSentenceLetters: Int32 = 40
  /// An element with at least this ratio of the page's running text is not furniture, whatever its class.
  static let maximumFurnitureRatio = 0.4
  /// The container is narrowed to a child with at least this ratio of its score.
  static let minimumNarrowingRatio = 0.9
  /// The least ratio of the best container's score for an element marked as the article's body; with
  /// less it is one section of several.
  static let minimumMarkedBodyRatio = 0.7
  /// The same for an `article` inside the container, which is wider and holds other content too.
  static let minimumArticleRatio = 0.4
  /// The least ratio of an outer marked body's score for a marked body nested in it.
  static let minimumInnerBodyRatio = 0.7
  /// A story with fewer letters is extracted again with weaker furniture heuristics.
  static let poorStoryLetters: Int32 = 700
  /// With fewer letters there is no story beside the discussion.
  static let minimumStoryLetters: Int32 = 200
  /// Below this confidence a site rule is consulted: the container is not marked by the page and holds
  /// less than half of its running text.
  static let minimumConfidence = 0.5
  /// The confidence of an extraction by site rule: it was written for the site, but sites change.
  static let siteRuleConfidence = 0.9
  /// How many times as many letters a retry must give to be preferred.
  static let minimumRetryGain = 2.0
  /// The highest link density (link letters to letters) of a block that is not a link list.
  static let maximumLinkRatio = 0.5
  /// The least ratio of the page's running text for a row of cards in an article to be a list story.
  static let minimumListStoryRatio = 0.1
  /// The most running text in a row of buttons or labels, where it is more than half of all text.
  static let maximumButtonRowLetters: Int32 = 300
  /// The shortest headline of a teaser; a shorter link text is a person's name.
  static let minimumTeaserTitleLetters: Int32 = 14
  /// The longest teaser card.
  static let maximumCardLetters: Int32 = 500
  /// The longest unmarked caption beside a picture: sixty words.
  static let maximumPlainCaptionLetters: Int32 = 320
  /// The longest marked caption: that of a photo essay.
  static let maximumCaptionLetters: Int32 = 1_500
  /// The longest paywall notice, with a list of what subscribers get.
  static let maximumPaywallLetters: Int32 = 2000
  /// The longest line that announces what follows it ("More on this story:"), in UTF-8 bytes.
  static let maximumAnnouncementBytes = 120
  /// The longest line between two breaks that can be a label, a date or a byline, in Unicode scalars.
  static let maximumLooseLineScalars = 110
  /// The longest text of a footnote's back link: "[12]", "↩︎".
  static let maximumBackLinkLetters: Int32 = 5
  /// The most nodes in one footnote.
  static let maximumFootnoteNodes = 500
  static let maximumLabelLetters: Int32 = 120
  /// A box whose furniture has this many times the letters of the rest is furniture as a whole, if the
  /// rest is short.
  static let furnitureBoxFactor: Int32 = 2
  /// The most running text in the rest of such a box, as a ratio of the body's.
  static let maximumLeftoverRatio = 0.1
  /// The most letters in the rest of such a box: six short lines.
  static let maximumLeftoverLetters: Int32 = 400
  /// The longest heading of a list of links: the longest one-line label of any language.
  static let maximumListLabelLetters: Int32 = 60
  /// The least text with which a page without a recognisable story is shown whole.
  static let minimumPageLetters: Int32 = 80

  /// Pages of more nodes are not extracted again, to bound time; the largest real pages have a tenth of it.
  static let maximumRetryNodes = 300_000
}
