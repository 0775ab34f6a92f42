extension FeedDiscovery {
  /// The feeds that a `Link` header names (RFC 8288): `<address>; rel="alternate"; type="…"`.
  package static func feeds(inLinkHeader header: String, page: String?) -> [Found] {
    LinkHeader.links(in: header).compactMap { link in
      let relations = link.parameters["rel"]?.lowercased().split(separator: " ") ?? []
      guard isFeed(relations: relations, type: link.parameters["type"]),
        let address = FeedAddress.resolved(link.address, page)
      else { return nil }
      return Found(address, title: link.parameters["title"]?.trimmedOfSpace)
    }
  }
}

/// Reads `Link` headers (RFC 8288, section 3).
enum LinkHeader {
  struct Link: Equatable {
    var address: String
    /// By name in lower case; of several of one name the first.
    var parameters: [String: String]
  }

  /// More links of one header are left out.
  private static let limit = 50

  /// The links of a header; what is malformed ends them.
  static func links(in header: String) -> [Link] {
    var rest = Array(header.unicodeScalars)[...]
    var links: [Link] = []
    while links.count < limit {
      rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
      guard rest.first == "<", let end = rest.firstIndex(of: ">") else { break }
      var link = Link(address: text(rest[(rest.startIndex + 1)..<end]), parameters: [:])
      rest = rest[(end + 1)...]
      while let (name, value) = parameter(&rest) {
        if link.parameters[name] == nil { link.parameters[name] = value }
      }
      links.append(link)
    }
    return links
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// Reads `; name="value"` or `; name=value`; `nil` where the next link or the end follows.
  private static func parameter(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) -> (name: String, value: String)? {
    rest = rest.drop { $0 == " " || $0 == "\t" }
    guard rest.first == ";" else { return nil }
    rest = rest.drop { $0 == " " || $0 == "\t" || $0 == ";" }
    let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "," && $0 != " " }
    rest = rest.dropFirst(name.count).drop { $0 == " " }
    guard rest.first == "=" else { return (text(name).lowercased(), "") }
    rest = rest.dropFirst().drop { $0 == " " }
    var value: [Unicode.Scalar] = []
    if rest.first == "\"" {
      rest = rest.dropFirst()
      while let scalar = rest.popFirst(), scalar != "\"" {
        value.append(scalar == "\\" ? rest.popFirst() ?? scalar : scalar)
      }
    } else {
      value = Array(rest.prefix { $0 != ";" && $0 != "," && $0 != " " })
      rest = rest.dropFirst(value.count)
    }
    return (text(name).lowercased(), text(value[...]))
  }
}
