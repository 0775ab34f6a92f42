/// The names of elements that the parser has something to say about; all others are `other`.
enum HTMLTag: UInt8, CaseIterable, Sendable {
  /// No element: a run of text.
  case text
  /// An element whose name is not in this list.
  case other
  case a, abbr, acronym, address, area, article, aside, audio, b, base, bdi, bdo, big
  case blockquote, body, br, button, canvas, caption, center, cite, code, col, colgroup, data, dd
  case del, details, dfn, dialog, dir, div, dl, dt, em, embed, fieldset, figcaption, figure, font
  case footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html, i
  case iframe, img, input, ins, kbd, label, legend, li, link, main, map, mark, math, menu, meta
  case nav, noframes, noscript, object, ol, optgroup, option, p, param, picture, plaintext, pre, q
  case rp, rt, ruby, s, samp, script, section, select, small, source, span, strike, strong, style
  case sub, summary, sup, svg, table, tbody, td, template, textarea, tfoot, th, thead, time, title
  case tr, track, tt, u, ul, `var`, video, wbr, xmp
  case ampImg, ampVideo, ampIframe

  /// The name in lower case, as in the page.
  var name: String {
    switch self {
    case .ampImg: "amp-img"
    case .ampVideo: "amp-video"
    case .ampIframe: "amp-iframe"
    default: "\(self)"
    }
  }
}

// MARK: - What the HTML standard says of elements

extension HTMLTag {
  /// A set of tags as bits, tested in one step.
  struct Group: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ tags: HTMLTag...) { for tag in tags { insert(tag) } }

    init(_ groups: [Group], and tags: HTMLTag...) {
      for group in groups {
        low |= group.low
        high |= group.high
      }
      for tag in tags { insert(tag) }
    }

    private mutating func insert(_ tag: HTMLTag) {
      let bit = tag.rawValue
      if bit < 64 { low |= 1 << UInt64(bit) } else { high |= 1 << UInt64(bit &- 64) }
    }

    @inline(__always) func contains(_ tag: HTMLTag) -> Bool {
      let bit = tag.rawValue
      return bit < 64 ? low & (1 << UInt64(bit)) != 0 : high & (1 << UInt64(bit & 63)) != 0
    }
  }

  /// Elements without contents.
  static let voids = Group(
    .area, .base, .br, .col, .embed, .frame, .hr, .img, .input, .link, .meta, .param, .source,
    .track, .wbr)
  /// Elements whose contents are text up to their own end tag.
  static let rawTexts = Group(
    .script, .style, .textarea, .title, .xmp, .iframe, .noframes, .plaintext)
  /// Elements that stand inside a line of text.
  static let inlines = Group(
    .text, .a, .abbr, .acronym, .b, .bdi, .bdo, .big, .br, .button, .cite, .code, .data, .del,
    .dfn, .em, .font, .i, .img, .input, .ins, .kbd, .label, .mark, .math, .q, .rp, .rt, .ruby,
    .s, .samp, .select, .small, .span, .strike, .strong, .sub, .sup, .svg, .time, .tt, .u, .var,
    .wbr, .other, .picture, .ampImg, .textarea, .map, .area, .noscript)
  /// Elements that an end tag of another kind does not close: the walls of a table.
  static let walls = Group(.table, .td, .th, .caption, .html, .template)
  /// Inline elements whose end tag may come late or not at all.
  static let formatting = Group(
    .a, .b, .big, .code, .em, .font, .i, .s, .small, .strike, .strong, .tt, .u, .span, .label,
    .sub, .sup, .mark, .ins, .del, .cite, .q, .abbr, .kbd, .var, .samp, .time)
  /// Elements that close an open paragraph when they begin.
  static let closesParagraph = Group(
    .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl, .dd, .dt,
    .fieldset, .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header,
    .hgroup, .hr, .li, .main, .menu, .nav, .ol, .p, .pre, .section, .summary, .table, .ul, .xmp)
  static let headings = Group(.h1, .h2, .h3, .h4, .h5, .h6)
  static let lists = Group(.ul, .ol, .dl, .menu, .dir)
  /// Elements that stay in the head of the page.
  static let headOnly = Group(
    .base, .link, .meta, .title, .style, .script, .template, .noscript, .text)
  /// Elements whose text no reader sees.
  static let unseen = Group(
    .script, .style, .template, .title, .head, .textarea, .noframes, .select, .svg, .math, .iframe,
    .object, .canvas, .audio, .video, .meta, .link, .input, .option, .rp)

  /// 1…6 for a heading.
  var headingLevel: Int? {
    HTMLTag.headings.contains(self) ? Int(rawValue) - Int(HTMLTag.h1.rawValue) + 1 : nil
  }

  var isInline: Bool { HTMLTag.inlines.contains(self) }
}

// MARK: - Names to tags and attributes

/// The attributes that the parser reads; all others are `other`.
enum HTMLAttribute: UInt8, CaseIterable, Sendable {
  case other
  case alt, `class`, colspan, content, datetime, dir, hidden, href, id, itemprop, itemscope
  case itemtype, kind, lang, name, poster, property, rel, role, rowspan, src, srcset, start, style
  case title, type, value, charset, width, height, indent, cite, reversed
  case ariaHidden, xmlLang
  case dataSrc, dataCaption, dataCredit

  /// The name in lower case: `ariaHidden` stands for `aria-hidden`.
  var name: String {
    if self == .xmlLang { return "xml:lang" }
    var out = ""
    for unit in "\(self)".unicodeScalars {
      if ("A"..."Z").contains(unit) {
        out += "-"
        out.unicodeScalars.append(Unicode.Scalar(UInt8(unit.value) | 0x20))
      } else {
        out.unicodeScalars.append(unit)
      }
    }
    return out
  }
}

extension NameTable {
  /// The elements of ``HTMLTag`` by name; `image` is what some pages call `img`.
  static let tags = NameTable(
    HTMLTag.allCases.dropFirst(2).map { ($0.name, $0.rawValue) }
      + [("image", HTMLTag.img.rawValue)])
  /// The attributes of ``HTMLAttribute`` by name.
  static let attributes = NameTable(
    HTMLAttribute.allCases.dropFirst().map { ($0.name, $0.rawValue) })
}
