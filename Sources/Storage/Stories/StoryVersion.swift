internal import Stories

/// The encoding of a prepared story for a revision, without its page, which is stored beside it
/// compressed.
///
/// Revisions must stay readable: a change of this format needs a new `encodingVersion`.
extension PreparedStory {
  private static let encodingVersion = 1

  /// The story as bytes.
  var encoded: [UInt8] {
    var out = StoryEncoder()
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

  /// Decodes a story and adds its compressed page; `nil` for invalid bytes.
  init?(encoded bytes: [UInt8], original packed: [UInt8]?) {
    var decoder = StoryDecoder(structure: bytes, text: [])
    guard decoder.number() == Self.encodingVersion else { return nil }
    form = decoder.version()
    identity = Identity(
      address: decoder.optional { $0.name() }, content: decoder.optional { $0.data() },
      page: decoder.optional { $0.data() }, form: decoder.data())
    let (title, source, authors) = (decoder.name(), decoder.name(), decoder.name())
    let published = decoder.optional { $0.time() }
    row = StoryRow(
      title: title, source: source, authors: authors, published: published,
      words: decoder.number(), figures: decoder.number(), comments: decoder.number())
    parserVersion = decoder.number()
    isCut = decoder.flag()
    let page = decoder.optional { decoder in
      let facts = Original(
        bytes: [], address: decoder.optional { $0.name() }, name: decoder.optional { $0.name() },
        charset: decoder.optional { $0.name() }, format: decoder.optional { $0.name() })
      return (facts, decoder.number())
    }
    guard decoder.isWhole, (page == nil) == (packed == nil) else { return nil }
    if let (facts, size) = page, let packed {
      original = PackedOriginal(facts: facts, packed: packed, size: size)
    } else {
      original = nil
    }
  }
}

extension StoryEncoder {
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

extension StoryDecoder {
  fileprivate mutating func version() -> StoryForm {
    StoryForm(
      title: name(), structure: data(), text: data(),
      figures: list { decoder in
        StoryForm.FigureRow(
          number: decoder.number(), kind: decoder.name(), structure: decoder.data(),
          caption: decoder.data(), credit: decoder.optional { $0.name() },
          alt: decoder.optional { $0.name() }, image: decoder.optional { $0.name() })
      },
      comments: list { decoder in
        StoryForm.CommentRow(
          parent: decoder.optional { $0.number() }, name: decoder.name(), author: decoder.name(),
          time: decoder.optional { $0.time() },
          marks: UInt8(truncatingIfNeeded: decoder.number()), structure: decoder.data(),
          text: decoder.data())
      })
  }
}
