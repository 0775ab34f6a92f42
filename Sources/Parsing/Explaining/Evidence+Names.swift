extension Evidence {
  /// The words for what an element's names say of it, as in the table of words.
  var names: [String] {
    let all: [(Evidence, String)] = [
      (.ad, "ad"), (.share, "share"), (.menu, "menu"), (.related, "related"), (.popup, "popup"),
      (.newsletter, "newsletter"), (.cookie, "cookie"), (.paywall, "paywall"),
      (.author, "author"), (.comments, "comments"), (.breadcrumb, "breadcrumb"), (.date, "date"),
      (.footer, "footer"), (.tags, "tags"), (.sidebar, "sidebar"), (.hidden, "hidden"),
      (.article, "article"), (.body, "body"), (.caption, "caption"), (.title, "title"),
      (.standfirst, "standfirst"), (.bio, "bio"), (.quote, "quote"), (.meta, "meta"),
      (.credit, "credit"), (.gallery, "gallery"), (.embed, "embed"), (.byline, "byline"),
      (.note, "note"), (.disclaimer, "disclaimer"), (.screenReader, "heard"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
