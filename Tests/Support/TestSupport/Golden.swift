package import Testing

import Glibc

/// Compares text with the golden file `NAME` in the folder `Golden` beside the calling test file.
///
/// With `RECORD_GOLDEN` set the file is written anew and the test fails once, so that a recording
/// is never mistaken for a pass. `named` may hold slashes; folders are made when recording.
package func expectGolden(
  _ text: String, named name: String, folder: String = "Golden", filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = folderOf(filePath) + "/" + folder + "/" + name
  if getenv("RECORD_GOLDEN") != nil {
    makeFolders(folderOf(path))
    let wrote = writeFile(path, Array(text.utf8))
    Issue.record(
      wrote ? "Recorded \(path); run again without RECORD_GOLDEN." : "Cannot write \(path).",
      sourceLocation: sourceLocation)
    return
  }
  guard let bytes = readFile(path) else {
    Issue.record(
      "No golden file \(path); record it with RECORD_GOLDEN=1.", sourceLocation: sourceLocation)
    return
  }
  let wanted = String(decoding: bytes, as: UTF8.self)
  guard wanted != text else { return }
  Issue.record(
    "\(name) differs.\n\(firstDifference(wanted: wanted, got: text))",
    sourceLocation: sourceLocation)
}

/// The first line in which two texts differ, with two lines around it, for a test's message.
package func firstDifference(wanted: String, got: String) -> String {
  let wantedLines = wanted.split(separator: "\n", omittingEmptySubsequences: false)
  let gotLines = got.split(separator: "\n", omittingEmptySubsequences: false)
  var row = 0
  while row < min(wantedLines.count, gotLines.count), wantedLines[row] == gotLines[row] { row += 1 }
  func excerpt(_ lines: [Substring], _ mark: String) -> String {
    (max(0, row - 2)..<max(0, min(lines.count, row + 3))).map { index in
      "\(index == row ? mark : " ") \(index + 1): \(lines[index])"
    }.joined(separator: "\n")
  }
  return "wanted:\n\(excerpt(wantedLines, "-"))\ngot:\n\(excerpt(gotLines, "+"))"
}
