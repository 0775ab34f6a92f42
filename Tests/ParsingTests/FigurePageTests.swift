import Parsing
import Stories
import TestSupport
import Testing

/// Figures in the markup of the systems and papers that most pages come from, one fragment a family.
@Suite struct FigurePageTests {
  @Test(
    "A family of markup gives its figures",
    arguments: [
      "amp", "ap-carousel", "bbc-new", "bbc-old", "blogger-separator", "blogger-table", "cnn",
      "dailymail", "data-attributes", "footer-credit", "guardian", "hearst", "html5", "json-ld",
      "kinds", "languages", "latimes", "lemonde", "no-figures", "npr", "nyt", "plain-beside",
      "reuters", "split-credit", "telegraph", "title-credit", "twins", "wapo", "wordpress-block",
      "wordpress-classic", "wordpress-shortcode",
    ])
  func family(_ name: String) throws {
    let fragment = try #require(readFile(folderOf(#filePath) + "/Golden/Figures/" + name + ".html"))
    let story = try parsePage(page(String(decoding: fragment, as: UTF8.self))).story
    expectGolden(story.dump, named: "Figures/" + name + ".txt")
  }

  /// A story of the harbour with a fragment between its second and third paragraph.
  private func page(_ fragment: String) -> Page {
    let html = """
      <!DOCTYPE html><html lang="en"><head><title>The harbour</title></head><body><article>
      <h1>The harbour is mended</h1>
      <p>The old harbour has been mended for two years, and now the boats come back to the quay.</p>
      <p>Nobody had thought that the walls would hold, the engineers least of all, said the master.</p>
      \(fragment)
      <p>In the spring the market will open again, with stalls along the water and music on Sundays.</p>
      <p>What it costs is not known yet, but the town has said that it will pay for all of it.</p>
      </article></body></html>
      """
    return Page(
      bytes: Array(html.utf8), address: "https://quay.example/news/page.html", format: .html)
  }
}
