/// The numbers the body search decides by, with where they come from.
///
/// Lengths are in letters as `PageStudy` counts them: an English word is about five.
enum Thresholds {
  /// The least running text of a block: eight words, below which captions, labels and teasers
  /// outnumber sentences.
  static let sentence: Int32 = 40
  /// A part with this share of the page's running text is no furniture, whatever its class says.
  static let furnitureShare = 0.4
  /// A container keeps on being narrowed while one child holds this share of its text.
  static let narrowShare = 0.9
  /// What the page names its article's body must hold this share of the best container's votes: less,
  /// and it is one part of several.
  static let namedShare = 0.7
  /// The same for an `article` in a container that is wider, and so holds other things too.
  static let articleShare = 0.4
  /// A named body inside another is the story's own, if it holds this share of the outer one's votes.
  static let innerShare = 0.7
  /// A reading with fewer letters than this is tried again with less taken for furniture.
  static let poorStory: Int32 = 700
  /// With fewer than this there is no story beside the discussion.
  static let noStory: Int32 = 200
  /// Surer than this the general way needs no rule for the site: below it the container is not named
  /// by the page and holds less than half of its running text.
  static let unsure = 0.5
  /// How sure a reading by the rule for a site is: somebody looked, but sites change.
  static let ruleConfidence = 0.9
  /// How much more a bolder reading must give to be believed.
  static let bolderGain = 2.0
  /// Blocks with more links than this are link lists.
  static let linkList = 0.5
  /// A row of cards inside an article with this share of the page's running text is a list story.
  static let listShare = 0.1
  /// More running text than this, and most of it that, is read and no row of buttons.
  static let reading: Int32 = 300
  /// The shortest headline of a teaser; what is linked in fewer letters is a person's name.
  static let teaserTitle: Int32 = 14
  /// The longest card of a list of teasers.
  static let card: Int32 = 500
  /// The most words beside one picture that are its caption: sixty, in letters.
  static let pictureWords: Int32 = 320
  /// The most words of a figure whose caption is named so: the longest of a photo essay.
  static let captionLetters: Int32 = 1_500
  /// The longest paywall notice: a list of what subscribers get.
  static let wall: Int32 = 2000
  /// The longest line that announces what follows it, in bytes.
  static let announcement = 120
  /// The longest line between two breaks that may be a label, a date or a byline, in letters.
  static let looseLine = 110
  /// The longest mark of a footnote: "[12]", "↩︎".
  static let noteMark: Int32 = 5
  /// The most elements and texts in one footnote; a larger part of a page is none.
  static let noteNodes = 500
  /// The longest byline, date line or label.
  static let label: Int32 = 120
  /// A box with this many times as many letters of furniture as of anything else is furniture, if what
  /// is left of it is little.
  static let boxOfFurniture: Int32 = 2
  /// What is left is little where it holds less than this share of the body's running text.
  static let leftoverShare = 0.1
  /// It has fewer letters than this, too: six short lines.
  static let leftover: Int32 = 400
  /// The longest line that heads a list of links: the longest of one language in one line.
  static let listLabel: Int32 = 60
  /// The least a page must show to be opened whole where no story stands out in it.
  static let wholePage: Int32 = 80

  /// Pages of more nodes than this are read once; the largest of people have a tenth of it.
  static let readAgain = 300_000
}
