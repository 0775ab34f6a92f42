import CPCRE2

/// The version of PCRE2 that the program runs with.
package var pcreVersion: String {
  let size = pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), nil)
  guard size > 0 else { return "unknown" }
  var text = [UInt8](repeating: 0, count: Int(size))
  pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), &text)
  return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
}
