import Stories

/// Fills in what is said of a story beside its text: who, when, where, about what.
///
/// Contract: everything is the page's own word, chosen by `MetadataChoice`; nothing is invented. The
/// address that the page was asked for is the last resort.
func describe(
  _ story: inout Story, _ said: Metadata, _ choice: MetadataChoice, address: String?
) {
  story.site = choice.site
  story.language = choice.language
  story.address = choice.address ?? address
  story.byline = choice.byline(site: story.site)
  story.published = choice.published
  story.updated = choice.updated
  story.section = said.named("article:section") ?? said.linkedText("articleSection")
  story.tags = said.tags
}
