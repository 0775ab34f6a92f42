import CYAML

/// The version of libyaml that the program runs with.
package var yamlVersion: String {
  yaml_get_version_string().map { String(cString: $0) } ?? "unknown"
}
