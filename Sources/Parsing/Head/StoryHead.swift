import Stories

/// Fills in a story's metadata: site, language, URL, byline, dates, section, tags.
///
/// Every value is the page's own, as `MetadataChoice` chooses it. `address`, the URL that the page
/// was requested with, is the fallback for the canonical URL.
func fillMetadata(
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
