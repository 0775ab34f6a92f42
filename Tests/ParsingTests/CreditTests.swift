import Stories
import Testing

@testable import Parsing

@Suite("Captions and credits")
struct CreditTests {
  @Test(
    "A credit is split from its caption",
    arguments: [
      (
        "A boat. [Image credit: First Last/VCG/Getty Images]", "A boat.",
        "First Last/VCG/Getty Images"
      ),
      (
        "A boat lies in the bay. (AP Photo/First Last)", "A boat lies in the bay.",
        "AP Photo/First Last"
      ),
      ("A boat (First Last/AFP/Getty Images)", "A boat", "First Last/AFP/Getty Images"),
      ("First Last/Pool/Sputnik/Reuters/File", "", "First Last/Pool/Sputnik/Reuters/File"),
      (
        "A boat. Photo: First Last/Anadolu via Getty Images", "A boat.",
        "First Last/Anadolu via Getty Images"
      ),
      ("Ein Boot. Foto: dpa", "Ein Boot.", "dpa"),
      ("Ein Boot im Hafen. Bild: First Last", "Ein Boot im Hafen.", "First Last"),
      ("A boat. © 2024 First Last", "A boat.", "First Last"),
      ("A boat lies in the bay.Reuters", "A boat lies in the bay.", "Reuters"),
      (
        "A boat lies in the bay. | First Last/AP Photo", "A boat lies in the bay.",
        "First Last/AP Photo"
      ),
      ("A boat lies in the bay. (Far Bay Office)", "A boat lies in the bay.", "Far Bay Office"),
      ("Image source, AFP", "", "AFP"),
      ("Image source, First Last", "", "First Last"),
      ("Image caption, A boat lies in the bay", "A boat lies in the bay", nil),
      ("A boat. Credit: First Last. All rights reserved.", "A boat.", "First Last"),
      ("부두의 배. 사진: 연합뉴스", "부두의 배.", "연합뉴스"),
      ("A boat, said the owner to Reuters.", "A boat, said the owner to Reuters.", nil),
      (
        "The minister (left) and the mayor (right)", "The minister (left) and the mayor (right)",
        nil
      ),
      ("The chair of the party (CDU)", "The chair of the party (CDU)", nil),
      ("A boat. Photograph: First Last/AFP", "A boat.", "First Last/AFP"),
      ("A boat. Courtesy of Far Bay", "A boat.", "Far Bay"),
      ("A boat. First Last via Getty Images", "A boat.", "First Last via Getty Images"),
      ("A boat on the pa", "A boat on the pa", nil),
      ("Photo by First Last on Unsplash", "", "First Last on Unsplash"),
    ] as [(String, String, String?)])
  func split(text: String, caption: String, credit: String?) {
    let split = splitCredit([Phrase(text)])
    #expect(split.caption.text == caption)
    #expect(split.credit == credit)
  }

  @Test("A caption of a megabyte is split at its end in no time")
  func huge() {
    let long = String(repeating: "a boat (", count: 130_000) + " Photo: First Last"
    #expect(splitCredit([Phrase(long)]).credit == "First Last")
  }
}
