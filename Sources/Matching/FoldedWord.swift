/// The text folded for comparison: lower case, without diacritics, with ASCII dashes and quotes.
package func folded(_ text: String) -> String {
  String(decoding: FoldedSearchText(Array(text.utf8), isLower: true).bytes, as: UTF8.self)
}
