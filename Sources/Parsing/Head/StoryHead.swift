import Stories

/// Fills in what is said of a story beside its text: who, when, where, about what.
///
/// Contract: everything is the page's own word, chosen by `MetadataChoice`; nothing is invented. The
/// address that the page was asked for is the last resort.
func describe(
  _ story: inout Story, _ choice: MetadataChoice, headline: Int?, address: String?
) {
  story.site = choice.siteName
  story.language = choice.language
  story.address = choice.address ?? address
  story.byline = choice.byline(near: headline)
  (story.published, story.updated) = choice.dates(near: headline)
  story.section = choice.section(title: story.title)
  story.tags = choice.tags
}
