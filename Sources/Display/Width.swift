/// How many columns a text takes on the screen: the sum of its scalars' widths.
package func displayWidth(of text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 1) }
}
