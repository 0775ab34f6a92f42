/// A text as it is compared: lower case, without accents, dashes and quotes made plain.
package func folded(_ text: String) -> String {
  String(decoding: FoldedText(Array(text.utf8), isLower: true).bytes, as: UTF8.self)
}
