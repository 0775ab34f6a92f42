/// The Unicode line breaking algorithm (UAX #14, Unicode 15.0) as a state machine over classes.
///
/// Numbers are kept whole as in example 7 of the standard's section 8.2, which is also how its test
/// file has them. Where `isTailored`, these rules are laid over the standard's:
///
/// - A hyphen or slash ends a row only inside a word: not in `-5`, `--option`, `//` or `/etc`.
/// - A dash between numbers ends none: 1914–1918. An em dash begins none.
/// - A stop that begins a word may begin a row: `.profile`, `/etc`. French `mot !` stays together.
/// - As of Unicode 16, a curly quote between ideographs leaves the break at its outer side, and a
///   closing quote does not hold a bracket after a space.
package struct BreakRules {
  var isTailored = true
  private var last = BreakClass.start
  /// What stood before `last`; a space if there was one between.
  private var before = BreakClass.start
  private var hadSpace = false
  private var hadJoiner = false
  /// Whether the hyphen or slash that is `last` stands behind a word.
  private var isInWord = false
  private var number = Number.none
  private var hasOddRegional = false

  /// How much of LB25's number has been read: its digits, or also the bracket that closes it.
  private enum Number: UInt8 { case none, digits, closed }

  package init(isTailored: Bool = true) { self.isTailored = isTailored }

  /// Whether the text so far ends in a letter, so that a letter after it changes nothing.
  @inline(__always)
  var isAfterLetter: Bool { last == .letter && !hadSpace && !hadJoiner }

  /// Whether a row may end before a character of this class, which then belongs to the text.
  ///
  /// `next` is the class of the character after it, evaluated only where a rule needs lookahead. The
  /// caller handles mandatory breaks (LB4, LB5) and starts with new rules after one.
  @inline(__always)
  package mutating func breaks(before raw: BreakClass, next: () -> BreakClass) -> Bool {
    switch (raw, last) {
    case (.space, _):
      (hadSpace, hadJoiner, number) = (true, false, .none)
      return false
    // Fast path for most text.
    case (.letter, .letter), (.hebrew, .hebrew), (.ideograph, .ideograph):
      guard !hadJoiner else { break }
      let allows = hadSpace || raw == .ideograph
      before = hadSpace ? .space : raw
      (hadSpace, hasOddRegional) = (false, false)
      return allows
    default: break
    }
    return decide(raw, next: next)
  }

  private mutating func decide(_ raw: BreakClass, next: () -> BreakClass) -> Bool {
    var kind = raw == .complex ? .letter : raw
    if kind == .mark || kind == .zeroWidthJoiner {
      let isJoiner = kind == .zeroWidthJoiner
      // LB9 and LB10: a mark is part of its base, and a letter without one.
      if !hadSpace, last != .start, last != .zeroWidthSpace {
        hadJoiner = isJoiner
        return false
      }
      kind = .letter
      defer { hadJoiner = isJoiner }
      return take(kind, next: next)
    }
    return take(kind, next: next)
  }

  private mutating func take(_ kind: BreakClass, next: () -> BreakClass) -> Bool {
    let allows = hadSpace ? afterSpace(kind, next) : !hadJoiner && directly(kind, next)
    switch kind {
    case .digit: number = .digits
    case .slash, .infix: if number == .closed { number = .none }
    case .closing, .wideClosing, .roundClosing: number = number == .digits ? .closed : .none
    default: number = .none
    }
    if kind == .hyphen || kind == .slash {
      isInWord = !hadSpace && (last.isOfWord || last == .hyphen && kind == .hyphen && isInWord)
    }
    hasOddRegional = kind == .regional && (hadSpace || last != .regional || !hasOddRegional)
    before = hadSpace ? .space : last
    (last, hadSpace, hadJoiner) = (kind, false, false)
    return allows
  }

  // MARK: - The rules, in the standard's order

  private func afterSpace(_ kind: BreakClass, _ next: () -> BreakClass) -> Bool {
    if last == .start { return isTailored ? false : kind != .zeroWidthSpace && !kind.isStop }
    if last == .zeroWidthSpace { return kind != .zeroWidthSpace }
    switch kind {
    case .zeroWidthSpace, .wordJoiner: return false
    case .exclamation, .infix, .slash:
      return isTailored && next().isOfWord
    case .closing, .wideClosing, .roundClosing: return false
    case .closingQuote where isTailored: return next().isOfWord && !last.isOpening
    default: break
    }
    switch last {
    case .opening, .wideOpening: return false
    case .quote, .closingQuote:
      return isTailored || kind != .opening && kind != .wideOpening
    case .openingQuote:
      return isTailored ? !before.isBeforeOpening : kind != .opening && kind != .wideOpening
    case .closing, .wideClosing, .roundClosing: return kind != .nonstarter
    case .emDash: return kind != .emDash
    default: return true
    }
  }

  private func directly(_ kind: BreakClass, _ next: () -> BreakClass) -> Bool {
    switch (last, kind) {
    case (.start, _), (_, .zeroWidthSpace): return false
    case (.zeroWidthSpace, _): return true
    case (_, .wordJoiner), (.wordJoiner, _), (.glue, _): return false
    case (.breakAfter, .glue), (.hyphen, .glue): return true
    case (_, .glue), (_, .closing), (_, .wideClosing), (_, .roundClosing), (_, .exclamation),
      (_, .infix), (_, .slash), (.opening, _), (.wideOpening, _):
      return false
    case (.emDash, .emDash): return false
    case (_, .openingQuote): return isTailored && last.isEastAsian && next().isEastAsian
    case (_, .quote), (_, .closingQuote), (.quote, _), (.openingQuote, _): return false
    case (.closingQuote, _): return isTailored && before.isEastAsian && kind.isEastAsian
    case (.object, _), (_, .object): return true
    case (_, .breakAfter), (_, .hyphen), (_, .nonstarter), (.breakBefore, _): return false
    case (_, .emDash) where isTailored: return false
    case (.hyphen, _) where before == .hebrew, (.breakAfter, _) where before == .hebrew:
      return false
    case (.hyphen, .digit), (_, .ellipsis): return false
    case (.hyphen, _): return !isTailored || isInWord
    case (.slash, .hebrew): return false
    case (.slash, .digit) where number == .digits: return false
    case (.slash, _): return !isTailored || isInWord
    case (.breakAfter, .digit): return !isTailored || before != .digit
    default: return !last.holds(kind) && !isNumber(kind, next) && !isPair(kind)
    }
  }

  /// LB25: signs, brackets, digits and what stands between them are one number.
  private func isNumber(_ kind: BreakClass, _ next: () -> BreakClass) -> Bool {
    switch kind {
    case .digit:
      number == .digits || last == .prefix || last == .postfix || isTailored && last == .infix
    case .prefix, .postfix: number != .none
    case .opening, .wideOpening:
      (last == .prefix || last == .postfix) && next() == .digit
    default: false
    }
  }

  /// LB30a: two regional indicators make a flag.
  private func isPair(_ kind: BreakClass) -> Bool {
    kind == .regional && last == .regional && hasOddRegional
  }
}

extension BreakClass {
  /// Letters, digits and what stands for a word of its own.
  var isOfWord: Bool {
    switch self {
    case .letter, .hebrew, .digit, .ideograph, .roundClosing, .complex, .openSyllable,
      .closedSyllable:
      true
    default: false
    }
  }

  var isStop: Bool {
    switch self {
    case .exclamation, .infix, .slash, .closing, .wideClosing, .roundClosing, .wordJoiner: true
    default: false
    }
  }

  fileprivate var isOpening: Bool { self == .opening || self == .wideOpening }

  /// What makes a curly quote after it an opening one.
  fileprivate var isBeforeOpening: Bool {
    switch self {
    case .start, .space, .glue, .zeroWidthSpace, .quote, .openingQuote, .closingQuote: true
    default: isOpening
    }
  }

  /// What is written without spaces between words.
  var isEastAsian: Bool {
    switch self {
    case .ideograph, .nonstarter, .wideOpening, .wideClosing, .openSyllable, .closedSyllable: true
    default: false
    }
  }

  private var isLetter: Bool { self == .letter || self == .hebrew }
  private var isSyllable: Bool {
    rawValue >= Self.leadingJamo.rawValue && rawValue <= Self.closedSyllable.rawValue
  }

  /// LB23 to LB30b for two characters side by side: whether no row ends between them.
  fileprivate func holds(_ kind: BreakClass) -> Bool {
    switch (self, kind) {
    case (.letter, .letter), (.letter, .digit), (.digit, .letter), (.digit, .digit): true
    case (.hebrew, _) where kind.isLetter || kind == .digit: true
    case (_, .hebrew) where isLetter || self == .digit: true
    case (.prefix, .ideograph), (.prefix, .emojiBase), (.prefix, .emojiModifier): true
    case (.ideograph, .postfix), (.emojiBase, .postfix), (.emojiModifier, .postfix): true
    case (.prefix, _) where kind.isLetter || kind.isSyllable: true
    case (.postfix, _) where kind.isLetter: true
    case (_, .prefix) where isLetter: true
    case (_, .postfix) where isLetter || isSyllable: true
    case (.leadingJamo, _): kind.isSyllable && kind != .trailingJamo
    case (.vowelJamo, .vowelJamo), (.vowelJamo, .trailingJamo), (.openSyllable, .vowelJamo),
      (.openSyllable, .trailingJamo), (.trailingJamo, .trailingJamo),
      (.closedSyllable, .trailingJamo):
      true
    case (.infix, _) where kind.isLetter: true
    case (_, .opening) where isLetter || self == .digit: true
    case (.roundClosing, _) where kind.isLetter || kind == .digit: true
    case (.emojiBase, .emojiModifier): true
    default: false
    }
  }
}
