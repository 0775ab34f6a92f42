/// The character references of HTML 4 and the common ones of HTML 5, by name.
///
/// Contract: reads one reference at a time from valid UTF-8, in time bounded by its length. Unknown
/// names are no references.
enum CharacterReferences {
  /// Names in the table that pages write without a semicolon: those of Latin 1.
  static func mayLackSemicolon(_ scalar: UInt32) -> Bool {
    scalar < 0x100 && (scalar >= 0xA0 || [0x22, 0x26, 0x3C, 0x3E].contains(scalar))
  }

  /// Reads the reference whose `&` stands before `start`: its scalar, and its length after the `&`.
  ///
  /// A name without a semicolon is read where browsers do: not in attributes, for "&copy2" in an
  /// address is no copyright sign.
  static func reference(
    in bytes: Span<UInt8>, at start: Int, end: Int, _ inAttribute: Bool
  ) -> (scalar: UInt32, length: Int)? {
    guard start < end else { return nil }
    if bytes[start] == 0x23 { return number(in: bytes, at: start + 1, end: end) }
    var at = start
    while at < end, at - start < 9, bytes[at].isAlphanumeric { at += 1 }
    let hasSemicolon = at < end && bytes[at] == 0x3B
    if inAttribute, !hasSemicolon { return nil }
    guard let scalar = scalar(named: bytes.extracting(start..<at)) else { return nil }
    if hasSemicolon { return (scalar, at - start + 1) }
    return mayLackSemicolon(scalar) ? (scalar, at - start) : nil
  }

  /// A text without markup with its references written out.
  static func decoded(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0x26) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      if text[at] == 0x26,
        let found = reference(in: text.span, at: at + 1, end: text.count, false),
        let scalar = Unicode.Scalar(found.scalar)
      {
        out.append(contentsOf: UTF8.encode(scalar) ?? .init())
        at += 1 + found.length
      } else {
        out.append(text[at])
        at += 1
      }
    }
    return out
  }

  private static func number(
    in bytes: Span<UInt8>, at start: Int, end: Int
  ) -> (scalar: UInt32, length: Int)? {
    var at = start
    let isHex = at < end && bytes[at] | 0x20 == 0x78
    if isHex { at += 1 }
    let digits = at
    var value: UInt32 = 0
    while at < end, let digit = bytes[at].hexDigit, isHex || digit < 10 {
      value = min(value &* (isHex ? 16 : 10) &+ digit, 0x110000)
      at += 1
    }
    guard at > digits else { return nil }
    if at < end, bytes[at] == 0x3B { at += 1 }
    return (repaired(value), at - start + 1)
  }

  static func scalar(named name: Span<UInt8>) -> UInt32? {
    guard name.count >= 2, name.count <= 8, let index = index.find(name) else {
      return second.find(name).map { values[256 + Int($0)] }
    }
    return values[Int(index)]
  }

  /// The scalar a number stands for: numbers 80…9F are read as Windows-1252, as browsers do.
  static func repaired(_ number: UInt32) -> UInt32 {
    switch number {
    case 0x80...0x9F: windows1252[Int(number - 0x80)]
    case 0, 0xD800...0xDFFF, 0x110000...: 0xFFFD
    default: number
    }
  }

  /// The upper controls as Windows-1252 has them; 0xFFFD where it has nothing.
  static let windows1252: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  // Two tables, for a table's value is one byte.
  private static let index = NameTable(
    pairs.prefix(256).enumerated().map { ($1.0, UInt8(truncatingIfNeeded: $0)) })
  private static let second = NameTable(
    pairs.dropFirst(256).enumerated().map { ($1.0, UInt8(truncatingIfNeeded: $0)) })
  private static let values = pairs.map(\.1)

  private static let pairs: [(String, UInt32)] = table.split(separator: ",").compactMap { entry in
    let parts = entry.split(whereSeparator: { $0 == " " || $0 == "\n" })
    guard parts.count == 2, let scalar = UInt32(parts[1], radix: 16) else { return nil }
    return (String(parts[0]), scalar)
  }

  private static let table = """
    AElig C6, Aacute C1, Abreve 102, Acirc C2, Agrave C0, Alpha 391, Amacr 100, Aogon 104,
    Aring C5, Atilde C3, Auml C4, Beta 392, Cacute 106, Ccaron 10C, Ccedil C7, Chi 3A7,
    Dagger 2021, Delta 394, Dstrok 110, ETH D0, Eacute C9, Ecaron 11A, Ecirc CA, Egrave C8,
    Emacr 112, Eogon 118, Epsilon 395, Eta 397, Euml CB, Gamma 393, Gbreve 11E, Iacute CD,
    Icirc CE, Idot 130, Igrave CC, Iota 399, Iuml CF, Kappa 39A, Lambda 39B, Lstrok 141, Mu 39C,
    Nacute 143, NewLine A, Ntilde D1, Nu 39D, OElig 152, Oacute D3, Ocirc D4, Odblac 150,
    Ograve D2, Omega 3A9, Omicron 39F, Oslash D8, Otilde D5, Ouml D6, Phi 3A6, Pi 3A0, Prime 2033,
    Psi 3A8, Rcaron 158, Rho 3A1, Sacute 15A, Scaron 160, Scedil 15E, Sigma 3A3, THORN DE, Tab 9,
    Tau 3A4, Theta 398, Uacute DA, Ucirc DB, Udblac 170, Ugrave D9, Upsilon 3A5, Uring 16E,
    Uuml DC, Xi 39E, Yacute DD, Yuml 178, Zacute 179, Zcaron 17D, Zdot 17B, Zeta 396, aacute E1,
    abreve 103, acirc E2, acute B4, aelig E6, agrave E0, alefsym 2135, alpha 3B1, amacr 101,
    amp 26, and 2227, ang 2220, aogon 105, apos 27, aring E5, ast 2A, asymp 2248, atilde E3,
    auml E4, bdquo 201E, beta 3B2, brvbar A6, bsol 5C, bull 2022, cacute 107, cap 2229, ccaron 10D,
    ccedil E7, cedil B8, cent A2, check 2713, chi 3C7, circ 2C6, clubs 2663, colon 3A, comma 2C,
    commat 40, cong 2245, copy A9, copysr 2117, crarr 21B5, cup 222A, curren A4, dArr 21D3,
    dagger 2020, darr 2193, dash 2010, dcaron 10F, deg B0, delta 3B4, diams 2666, divide F7,
    dollar 24, dstrok 111, eacute E9, ecaron 11B, ecirc EA, egrave E8, emacr 113, empty 2205,
    emsp 2003, ensp 2002, eogon 119, epsilon 3B5, equals 3D, equiv 2261, eta 3B7, eth F0, euml EB,
    euro 20AC, excl 21, exist 2203, fnof 192, forall 2200, frac12 BD, frac14 BC, frac34 BE,
    frasl 2044, gamma 3B3, gbreve 11F, ge 2265, grave 60, gt 3E, hArr 21D4, hairsp 200A, half BD,
    harr 2194, hearts 2665, hellip 2026, horbar 2015, hyphen 2010, iacute ED, icirc EE, iexcl A1,
    igrave EC, imacr 12B, image 2111, imath 131, infin 221E, inodot 131, int 222B, iota 3B9,
    iquest BF, isin 2208, iuml EF, kappa 3BA, lArr 21D0, lambda 3BB, lang 2329, laquo AB,
    larr 2190, lbrace 7B, lbrack 5B, lceil 2308, lcub 7B, ldquo 201C, ldquor 201E, le 2264,
    lfloor 230A, lowast 2217, lowbar 5F, loz 25CA, lpar 28, lrm 200E, lsaquo 2039, lsqb 5B,
    lsquo 2018, lsquor 201A, lstrok 142, lt 3C, macr AF, mdash 2014, micro B5, middot B7,
    minus 2212, mldr 2026, mu 3BC, nabla 2207, nacute 144, nbsp A0, ncaron 148, ndash 2013,
    ne 2260, ni 220B, not AC, notin 2209, nsub 2284, ntilde F1, nu 3BD, num 23, numsp 2007,
    oacute F3, ocirc F4, odblac 151, oelig 153, ograve F2, oline 203E, omacr 14D, omega 3C9,
    omicron 3BF, oplus 2295, or 2228, ordf AA, ordm BA, oslash F8, otilde F5, otimes 2297, ouml F6,
    para B6, part 2202, percnt 25, period 2E, permil 2030, perp 22A5, phi 3C6, phone 260E, pi 3C0,
    piv 3D6, plus 2B, plusmn B1, pound A3, prime 2032, prod 220F, prop 221D, psi 3C8, puncsp 2008,
    quest 3F, quot 22, rArr 21D2, radic 221A, rang 232A, raquo BB, rarr 2192, rbrace 7D, rbrack 5D,
    rcaron 159, rceil 2309, rcub 7D, rdquo 201D, rdquor 201D, real 211C, reg AE, rfloor 230B,
    rho 3C1, rlm 200F, rpar 29, rsaquo 203A, rsqb 5D, rsquo 2019, rsquor 2019, sacute 15B,
    sbquo 201A, scaron 161, scedil 15F, sdot 22C5, sect A7, semi 3B, shy AD, sigma 3C3, sigmaf 3C2,
    sim 223C, sol 2F, spades 2660, star 2606, starf 2605, sub 2282, sube 2286, sum 2211, sup 2283,
    sup1 B9, sup2 B2, sup3 B3, supe 2287, szlig DF, tau 3C4, tcaron 165, there4 2234, theta 3B8,
    thetasym 3D1, thinsp 2009, thorn FE, tilde 2DC, times D7, trade 2122, uArr 21D1, uacute FA,
    uarr 2191, ucirc FB, udblac 171, ugrave F9, umacr 16B, uml A8, upsih 3D2, upsilon 3C5,
    uring 16F, uuml FC, verbar 7C, vert 7C, weierp 2118, xi 3BE, yacute FD, yen A5, yuml FF,
    zacute 17A, zcaron 17E, zdot 17C, zeta 3B6, zwj 200D, zwnj 200C
    """
}
