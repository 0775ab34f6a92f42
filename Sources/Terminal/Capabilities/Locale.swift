import CNcurses
import Glibc

/// Sets the user's locale; whether it is UTF-8.
///
/// Otherwise C.UTF-8 is set for the widths of characters, and only ASCII is sent. A UTF-8 locale that
/// is not installed, as often over ssh, still means that the terminal can show UTF-8.
func setLocale() -> Bool {
  if setlocale(LC_ALL, "") != nil, let name = nl_langinfo(nl_item(CODESET)),
    isUTF8(String(cString: name))
  {
    return true
  }
  setlocale(LC_CTYPE, "C.UTF-8")
  let named = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { (name: String) in
    getenv(name).map { String(cString: $0) }
  }
  let wanted = named.first { !$0.isEmpty } ?? ""
  return wanted.split(separator: ".").dropFirst().first.map { isUTF8(String($0)) } ?? false
}

private func isUTF8(_ codeset: String) -> Bool {
  let plain = codeset.prefix { $0 != "@" }.lowercased()
  return plain == "utf-8" || plain == "utf8"
}
