// swift-tools-version: 6.2
import PackageDescription

// MARK: - Settings

let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

/// For the rooms without C: there an unsafe pointer is a compile error.
let pure: [SwiftSetting] = common + [.strictMemorySafety()]

// MARK: - Themes

/// Compiled into the program, which then finds them wherever it is installed and started.
let themes = [
  "contrast", "dusk", "ember", "frost", "graphite", "harbour", "lamplight", "linen", "monochrome",
  "moss", "morning", "night-desk", "noon", "sepia", "terminal",
]

// MARK: - Package

let package = Package(
  name: "courant",
  products: [
    .executable(name: "courant", targets: ["courant"]),
    .executable(name: "courant-bench", targets: ["courant-bench"]),
  ],
  targets: [
    // C libraries, each seen by one layer only.
    .systemLibrary(name: "CFriBidi", pkgConfig: "fribidi", providers: [.apt(["libfribidi-dev"])]),
    // Only the bench links libxml2, to measure it by itself.
    .systemLibrary(name: "CLibXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    // libxml2 and uchardet, loaded on first use: a package configuration would link them.
    .target(
      name: "CPageLibraries",
      cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    // libcurl and zlib, loaded on first use. It declares what it uses and needs no headers of theirs.
    .target(name: "CCurl"),
    // ncursesw.pc has preprocessor definitions, which SwiftPM refuses with a warning.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    // The layers, from the ground up. Arrows point down.
    .target(name: "Stories", swiftSettings: pure),
    .target(name: "Writing", dependencies: ["Stories"], swiftSettings: pure),
    .target(name: "Files", dependencies: ["Stories"], swiftSettings: common),
    .target(name: "Threads", swiftSettings: common),
    .target(name: "Matching", dependencies: ["Threads", "CPCRE2"], swiftSettings: common),
    .target(name: "Queries", dependencies: ["Stories", "Matching"], swiftSettings: pure),
    .target(
      name: "Parsing", dependencies: ["Stories", "CPageLibraries"],
      swiftSettings: common + [.strictMemorySafety()]),
    .target(
      name: "Storage",
      dependencies: ["Stories", "Queries", "Matching", "Files", "Threads", "CSQLite", "CZstd"],
      swiftSettings: common + [.strictMemorySafety()]),
    .target(
      name: "Network", dependencies: ["Stories", "Threads", "CCurl"],
      swiftSettings: common + [.strictMemorySafety()]),
    .target(name: "Bidi", dependencies: ["CFriBidi"], swiftSettings: common),
    .target(name: "Display", dependencies: ["Stories", "Matching", "Bidi"], swiftSettings: pure),
    .target(
      name: "Settings",
      dependencies: ["Stories", "Display", "Matching", "Files", "Parsing", "CYAML"],
      resources: themes.map { .embedInCode("../../Themes/\($0).yaml") }, swiftSettings: common),
    .target(
      name: "Terminal", dependencies: ["Stories", "Display", "Threads", "CNcurses"],
      swiftSettings: common),
    .target(
      name: "App",
      dependencies: ["Stories", "Queries", "Storage", "Display", "Matching", "Settings"],
      swiftSettings: pure + [.defaultIsolation(MainActor.self)]),
    .target(
      name: "Intake",
      dependencies: ["Stories", "Parsing", "Storage", "Files", "Threads", "Network"],
      swiftSettings: common),
    .executableTarget(
      name: "courant",
      dependencies: [
        "Stories", "Writing", "Parsing", "Queries", "Storage", "Display", "Matching", "Files",
        "Settings", "Terminal", "App", "Intake", "Threads", "Network",
      ],
      exclude: ["Linking"],
      resources: [.embedInCode("Welcome.html")],
      swiftSettings: common,
      // The program brings Swift's library along: calls into it cost a twentieth less of parsing, and
      // it starts where no Swift is installed. Tests share one library with the tools that run them.
      // It brings most C libraries along too, which makes it start faster: see Linking.
      linkerSettings: [
        .unsafeFlags(
          [
            "-static-stdlib", "-use-ld=lld", "-Xclang-linker",
            "--config=\(Context.packageDirectory)/Sources/courant/Linking/clang.cfg",
          ], .when(configuration: .release))
      ]),
    // The floor that the bench compares with; nothing else uses it.
    .executableTarget(
      name: "bench-floor", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .executableTarget(
      name: "courant-bench",
      dependencies: [
        "Stories", "Parsing", "Queries", "Storage", "Display", "Matching", "Files", "Network",
        "CLibXML", "CPty", "TestServer", "courant", "bench-floor",
      ],
      swiftSettings: common),

    // Tests.
    // Programs for Tests/Fuzz/run; built plainly they try files instead.
    .target(
      name: "FuzzChecks", dependencies: ["Parsing", "Stories", "Writing"],
      path: "Tests/Fuzz/Checks", swiftSettings: common),
    .executableTarget(
      name: "fuzz-html", dependencies: ["FuzzChecks", "Parsing"], path: "Tests/Fuzz/HTML",
      swiftSettings: common),
    .executableTarget(
      name: "fuzz-text", dependencies: ["FuzzChecks", "Parsing"], path: "Tests/Fuzz/Text",
      swiftSettings: common),
    .executableTarget(
      name: "fuzz-feed", dependencies: ["FuzzChecks"], path: "Tests/Fuzz/Feed",
      swiftSettings: common),
    .testTarget(
      name: "SeedTests", dependencies: ["TestSupport", "courant"], swiftSettings: common),
    .testTarget(name: "QueriesTests", dependencies: ["Queries"], swiftSettings: common),
    .target(
      name: "TestSupport", dependencies: ["CSQLite"], path: "Tests/Support/TestSupport",
      swiftSettings: common),
    .executableTarget(
      name: "storage-probe", dependencies: ["Stories", "Queries", "Storage", "Files"],
      path: "Tests/Support/storage-probe", swiftSettings: common),
    .testTarget(
      name: "ParsingTests", dependencies: ["Parsing", "Stories", "TestSupport", "FuzzChecks"],
      exclude: ["Golden", "Text", "Threads"], swiftSettings: common),
    .testTarget(
      name: "FeedTests", dependencies: ["Parsing", "Stories", "TestSupport", "FuzzChecks"],
      exclude: ["Golden"], swiftSettings: common),
    .testTarget(
      name: "IntakeTests",
      dependencies: [
        "Stories", "Parsing", "Storage", "Files", "Intake", "Threads", "Network", "TestSupport",
        "TestServer",
      ],
      swiftSettings: common),
    .target(
      name: "TestServer", dependencies: ["Threads"], path: "Tests/Support/TestServer",
      swiftSettings: common),
    // Answers lookups of names under `.test`, in place of the system's `getaddrinfo`.
    .target(name: "TestNames", path: "Tests/Support/TestNames"),
    // Fetches an address with a libcurl of the caller's choice, which a process can load only once.
    .executableTarget(
      name: "network-probe", dependencies: ["Network", "Stories"],
      path: "Tests/Support/network-probe", swiftSettings: common),
    .testTarget(
      name: "NetworkTests",
      dependencies: [
        "Network", "Stories", "Threads", "TestServer", "TestNames", "TestSupport", "network-probe",
      ],
      swiftSettings: common),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: common),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Stories", "Queries", "Matching", "Storage", "Files", "TestSupport", "CSQLite",
        "storage-probe",
      ],
      exclude: ["Libraries"], swiftSettings: common),
    .systemLibrary(name: "CPty"),
    .systemLibrary(
      name: "CVTerm", path: "Tests/Support/CVTerm", pkgConfig: "vterm",
      providers: [.apt(["libvterm-dev"])]),
    .target(
      name: "TerminalKit", dependencies: ["TestSupport", "CPty", "CVTerm"],
      path: "Tests/Support/TerminalKit", swiftSettings: common),
    .executableTarget(
      name: "console-probe", dependencies: ["Display", "Terminal"],
      path: "Tests/Support/console-probe", swiftSettings: common),
    .testTarget(
      name: "SettingsTests",
      dependencies: ["Settings", "Display", "Files", "Parsing", "TestSupport"],
      swiftSettings: common),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "Terminal", "Display", "Files", "Settings", "TerminalKit", "TestSupport", "console-probe",
      ],
      swiftSettings: common),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "App", "Stories", "Queries", "Storage", "Display", "Settings", "TestSupport",
      ],
      exclude: ["Scripts"], swiftSettings: common + [.defaultIsolation(MainActor.self)]),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "courant", "App", "Display", "Files", "Intake", "Parsing", "Settings", "Stories",
        "Storage", "Terminal", "Threads", "Writing", "TerminalKit", "TestSupport", "TestServer",
      ],
      swiftSettings: common),
    .testTarget(
      name: "WritingTests", dependencies: ["Stories", "Writing", "TestSupport"],
      exclude: ["Golden"], swiftSettings: common),
    .testTarget(name: "StoriesTests", dependencies: ["Stories"], swiftSettings: common),
    .systemLibrary(name: "CWideCharacters", path: "Tests/Support/CWideCharacters"),
    .testTarget(
      name: "DisplayTests",
      dependencies: ["Display", "Stories", "Matching", "TestSupport", "CWideCharacters"],
      exclude: ["Golden"], swiftSettings: common),
    .testTarget(name: "MatchingTests", dependencies: ["Matching"], swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)
