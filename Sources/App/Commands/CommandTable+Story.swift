// The rows for what is done inside a story: its search, its parts and its thread.
extension CommandTable {
  static let search = [
    entry(
      .search, .search, "search", "Search in text, captions and comments, while you type",
      in: [], story: "/"),
    entry(.searchBackward, .search, "search backward", "Search backward", in: [], story: "?"),
    entry(.nextMatch, .search, "next match", "Next match", in: [], story: "n"),
    entry(.previousMatch, .search, "previous match", "Previous match", in: [], story: "N"),
    entry(
      .hideMatches, .search, "hide matches",
      "Take away the marks of the search; again, show them again", in: [],
      story: "g/"),
  ]

  static let parts = [
    entry(
      .nextSection, .parts, "section", "Next section, or next top-level comment", in: [],
      story: "]]"),
    entry(
      .previousSection, .parts, "section", "Previous section, or top-level comment", in: [],
      story: "[["),
    entry(.nextFigure, .parts, "figure", "Next figure", in: [], story: "]i"),
    entry(.previousFigure, .parts, "figure", "Previous figure", in: [], story: "[i"),
    entry(.nextLink, .parts, "link", "Next link: Enter opens it", in: [], story: "]l Tab"),
    entry(.previousLink, .parts, "link", "Previous link", in: [], story: "[l S-Tab"),
    entry(
      .hints, .parts, "link letters",
      "Letters over links and pictures: type one to open it, in capitals to copy it", in: [],
      story: "f"),
    entry(
      .copyHint, .parts, "copy by letter", "The same, to copy the address", in: [], story: "gy"),
    entry(
      .linkList, .parts, "links", "All links to choose from, with their addresses", in: [],
      story: "L"),
    entry(.figureList, .parts, "figures", "All figures to choose from", in: [], story: "F"),
    entry(
      .showPlace, .parts, "show", "In the list of links: go to where the link stands", in: [],
      picker: "Tab"),
    entry(
      .openLink, .parts, "open in browser", "Open the chosen link, or the story, in a browser",
      "o", in: [.list, .story, .picker]),
    entry(
      .copyLink, .parts, "copy link", "Copy the address of the chosen link, or of the story", "y",
      in: [.list, .story, .picker]),
    entry(
      .outline, .parts, "outline", "Headings, figures and comments to choose from", in: [],
      story: "O"),
    entry(
      .setMark, .parts, "set mark", "With a letter: mark this place, for this run and later ones",
      "M", in: [.list, .story]),
    entry(
      .goToMark, .parts, "go to mark", "With a letter: go to that mark; '' goes back and forth",
      "'", in: [.list, .story]),
    entry(.marks, .parts, "marks", "All marks to choose from", "g'", in: [.list, .story]),
    entry(
      .copyStory, .parts, "copy story", "Copy the story's headline and address", "Y",
      in: [.list, .story]),
    entry(
      .mailStory, .parts, "mail story", "Write a mail with the story's headline and address", "gm",
      in: [.list, .story]),
    entry(
      .pipe, .parts, "pipe", "Give the story's text to a program, on its standard input", "|",
      in: [.list, .story]),
    entry(
      .jumpBack, .parts, "jump back", "Back to where the last jump began, also in another story",
      "^O [j", in: [.list, .story]),
    entry(
      .jumpForward, .parts, "jump forward", "Forward again along the jumps", "]j",
      in: [.list, .story]),
    entry(
      .position, .parts, "where", "Say where this is: headline, source, address, line", "^G",
      in: [.list, .story]),
  ]

  static let thread = [
    entry(
      .thread, .thread, "thread", "To the thread, and back to where you read", in: [],
      story: "c"),
    entry(.nextComment, .thread, "next comment", "Next comment", in: [], story: ")"),
    entry(.previousComment, .thread, "previous comment", "Previous comment", in: [], story: "("),
    entry(
      .nextSibling, .thread, "next sibling",
      "Next comment of the same parent; in the text, next paragraph", in: [], story: "}"),
    entry(
      .previousSibling, .thread, "previous sibling",
      "Previous comment of the same parent; in the text, previous paragraph", in: [], story: "{"),
    entry(.parent, .thread, "parent", "To the comment this one answers", in: [], story: "p"),
    entry(.root, .thread, "root", "To the top-level comment of this branch", in: [], story: "P"),
    entry(
      .nextNew, .thread, "new comment", "Next comment that is new since the last visit", in: [],
      story: "]n"),
    entry(.previousNew, .thread, "new comment", "Previous new comment", in: [], story: "[n"),
    entry(
      .fold, .thread, "fold this", "Fold or unfold this comment", in: [], story: "za",
      picker: "za"),
    entry(
      .foldBranch, .thread, "fold branch", "Fold the whole branch from here", in: [], story: "zp"),
    entry(.foldAll, .thread, "fold all", "Fold all comments", in: [], story: "zM", picker: "zM"),
    entry(
      .unfoldAll, .thread, "unfold all", "Unfold all comments", in: [], story: "zR", picker: "zR"),
    entry(
      .foldMore, .thread, "fold more", "Fold one level more", in: [], story: "zm",
      picker: "h Left zm"),
    entry(
      .foldLess, .thread, "fold less", "Fold one level less", in: [], story: "zr",
      picker: "l Right zr"),
    entry(
      .sortComments, .thread, "by time", "Comments oldest first; again newest first, as published",
      in: [], story: "zt"),
    entry(
      .onlyComments, .thread, "only comments",
      "Only comments with these words or by author:NAME, while you type", in: [], story: "&"),
    entry(
      .reply, .thread, "reply", "Answer this comment, in your editor; kept in your library only",
      in: [], story: "r"),
    entry(
      .writeComment, .thread, "write", "Write a comment that answers the story itself", in: [],
      story: "R"),
    entry(.editComment, .thread, "edit", "Change a comment of your own", in: [], story: "e"),
    entry(
      .deleteComment, .thread, "delete comment",
      "Delete a comment of your own; undo brings it back",
      in: [], story: "X"),
    entry(.depth1, .thread, "top level", "Show the thread one level deep", in: [], story: "z1"),
    entry(.depth2, .thread, "2 deep", "Show the thread 2 levels deep", in: [], story: "z2"),
    entry(.depth3, .thread, "3 deep", "Show the thread 3 levels deep", in: [], story: "z3"),
    entry(.depth4, .thread, "4 deep", "Show the thread 4 levels deep", in: [], story: "z4"),
    entry(.depth5, .thread, "5 deep", "Show the thread 5 levels deep", in: [], story: "z5"),
    entry(.depth6, .thread, "6 deep", "Show the thread 6 levels deep", in: [], story: "z6"),
    entry(.depth7, .thread, "7 deep", "Show the thread 7 levels deep", in: [], story: "z7"),
    entry(.depth8, .thread, "8 deep", "Show the thread 8 levels deep", in: [], story: "z8"),
    entry(.depth9, .thread, "9 deep", "Show the thread 9 levels deep", in: [], story: "z9"),
  ]
}
