import Files
import Intake
import Parsing
import Storage

/// `courant opml import`: subscribes to the feeds of a list.
struct ListImportVerb {
  var file: Path
  var access: LibraryAccess

  func run() throws(Failure) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes =
        file == "-"
        ? try readBytes(from: 0, name: "standard input")
        : try readFile(file, limit: pageLimit, followLinks: true)
    } catch {
      throw Failure(error.message)
    }
    let name = file == "-" ? "standard input" : file.shown
    guard let list = OPML(bytes) else { throw Failure("\(name): this is no list of feeds (OPML)") }
    let library = try access.open()
    let report = try library.ask { library throws(StorageError) in
      try SubscriptionList(library).add(list)
    }
    guard !report.new.isEmpty || !report.known.isEmpty else {
      throw Failure("\(name): the list names no feed")
    }
    try Output.write(report.words + "\n")
    if !report.new.isEmpty { try Output.write("`courant refresh` fetches them\n") }
  }
}

extension SubscriptionList.Report {
  /// "12 sources subscribed, 3 known already, 4 folders".
  var words: String {
    var parts = [new.count == 1 ? "1 source subscribed" : "\(new.count) sources subscribed"]
    if !known.isEmpty { parts.append("\(known.count) known already") }
    if folders > 0 { parts.append(folders == 1 ? "1 folder" : "\(folders) folders") }
    return parts.joined(separator: ", ")
  }
}

/// `courant opml export`: writes all subscriptions as a list.
struct ListExportVerb {
  var file: Path
  var library: Library

  func run() throws(Failure) {
    let (bytes, count) = try library.ask { library throws(StorageError) in
      let list = try SubscriptionList(library).list()
      return (list.written, list.feeds.count)
    }
    guard file != "-" else { return try Output.write(bytes) }
    do throws(FileError) {
      try writeFile(bytes, to: file)
    } catch {
      throw Failure(error.message)
    }
    let sources = count == 1 ? "1 source" : "\(count) sources"
    try Output.write("\(sources) written to \(file.shown)\n")
  }
}
