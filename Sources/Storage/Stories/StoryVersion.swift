internal import Stories

/// A prepared story as one run of bytes, which a revision keeps; its page is kept beside it, for
/// that is packed already.
///
/// Kept bytes are read for ever: a change of this form needs a number of its own in front.
extension PreparedStory {
  private static let encodingVersion = 1

  var encoded: [UInt8] {
    var out = Writer()
    out.number(Self.encodingVersion)
    out.version(form)
    out.optional(identity.address) { $0.name($1) }
    out.optional(identity.content) { $0.data($1) }
    out.optional(identity.page) { $0.data($1) }
    out.data(identity.form)
    for fact in [row.title, row.source, row.authors] { out.name(fact) }
    out.optional(row.published) { $0.time($1) }
    for count in [row.words, row.figures, row.comments, parserVersion] { out.number(count) }
    out.flag(isCut)
    out.optional(original) { out, original in
      let facts = original.facts
      for fact in [facts.address, facts.name, facts.charset, facts.format] {
        out.optional(fact) { $0.name($1) }
      }
      out.number(original.size)
    }
    return out.structure
  }

  /// The story of such bytes; `nil` if they are others.
  init?(encoded bytes: [UInt8], original packed: [UInt8]?) {
    var reader = Reader(structure: bytes, text: [])
    guard reader.number() == Self.encodingVersion else { return nil }
    form = reader.version()
    identity = Identity(
      address: reader.optional { $0.name() }, content: reader.optional { $0.data() },
      page: reader.optional { $0.data() }, form: reader.data())
    let (title, source, authors) = (reader.name(), reader.name(), reader.name())
    let published = reader.optional { $0.time() }
    row = StoryRow(
      title: title, source: source, authors: authors, published: published,
      words: reader.number(), figures: reader.number(), comments: reader.number())
    parserVersion = reader.number()
    isCut = reader.flag()
    let page = reader.optional { reader in
      let facts = Original(
        bytes: [], address: reader.optional { $0.name() }, name: reader.optional { $0.name() },
        charset: reader.optional { $0.name() }, format: reader.optional { $0.name() })
      return (facts, reader.number())
    }
    guard reader.isWhole, (page == nil) == (packed == nil) else { return nil }
    if let (facts, size) = page, let packed {
      original = PackedOriginal(facts: facts, packed: packed, size: size)
    } else {
      original = nil
    }
  }
}

extension Writer {
  fileprivate mutating func version(_ form: StoryForm) {
    name(form.title)
    data(form.structure)
    data(form.text)
    list(form.figures) { out, figure in
      out.number(figure.number)
      out.name(figure.kind)
      out.data(figure.structure)
      out.data(figure.caption)
      for fact in [figure.credit, figure.alt, figure.image] { out.optional(fact) { $0.name($1) } }
    }
    list(form.comments) { out, comment in
      out.optional(comment.parent) { $0.number($1) }
      out.name(comment.name)
      out.name(comment.author)
      out.optional(comment.time) { $0.time($1) }
      out.number(Int(comment.marks))
      out.data(comment.structure)
      out.data(comment.text)
    }
  }
}

extension Reader {
  fileprivate mutating func version() -> StoryForm {
    StoryForm(
      title: name(), structure: data(), text: data(),
      figures: list { reader in
        StoryForm.FigureRow(
          number: reader.number(), kind: reader.name(), structure: reader.data(),
          caption: reader.data(), credit: reader.optional { $0.name() },
          alt: reader.optional { $0.name() }, image: reader.optional { $0.name() })
      },
      comments: list { reader in
        StoryForm.CommentRow(
          parent: reader.optional { $0.number() }, name: reader.name(), author: reader.name(),
          time: reader.optional { $0.time() },
          marks: UInt8(truncatingIfNeeded: reader.number()), structure: reader.data(),
          text: reader.data())
      })
  }
}
