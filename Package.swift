// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "chargehouse",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "chargehouse", targets: ["chargehouse"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Values only; no input or output.
        .target(
            name: "ChargingModel",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")]
        ),

        // Feed protocols: how to ask, how to decode. Descriptors are data.
        .target(name: "CSIMDJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(
            name: "Sources",
            dependencies: ["ChargingModel", "CSIMDJSON"],
            exclude: ["Places/README.md"],
            resources: [
                .embedInCode("Feeds/chargecloud.json"), .embedInCode("Feeds/mobie.json"),
                .embedInCode("Places/places.json"), .embedInCode("StatusMaps/chargecloud_status.json"),
                .embedInCode("StatusMaps/mobie_status.json"),
            ]
        ),

        // Objects under keys: a local folder or S3.
        .target(
            name: "ObjectStore",
            dependencies: [
                "ChargingModel",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),

        // Raw answers, first and for ever.
        .systemLibrary(
            name: "CZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]
        ),
        .target(name: "RawArchive", dependencies: ["ChargingModel", "CZstd", "ObjectStore"]),
        .target(
            name: "Acquisition",
            dependencies: [
                "ChargingModel", "RawArchive", "Sources",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),

        // Raw answers to flat files of status intervals.
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(
            name: "CDeflate",
            pkgConfig: "libdeflate",
            providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]
        ),
        .target(name: "Cleaning", dependencies: ["CDeflate", "ChargingModel", "ObjectStore", "RawArchive", "Sources"]),

        // Flat files to a star schema.
        .target(
            name: "Warehouse",
            dependencies: ["ChargingModel", "Cleaning"],
            resources: [.embedInCode("Maps/rulebooks.json"), .embedInCode("Migrations/m0001_duckdb.sql")]
        ),
        .target(
            name: "CDuckDB",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        .target(name: "WarehouseDuckDB", dependencies: ["CDuckDB", "CZlib", "ChargingModel", "Warehouse"]),
        .target(
            name: "CPostgres",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        .target(name: "WarehousePostgres", dependencies: ["CPostgres", "CZlib", "ChargingModel", "Warehouse"]),
        .target(
            name: "WarehouseRedshift",
            dependencies: ["CZlib", "ChargingModel", "ObjectStore", "Warehouse", "WarehousePostgres"]
        ),

        // Star schema to answers.
        .target(name: "Analytics", dependencies: ["ChargingModel", "Warehouse"]),
        .target(name: "Reporting", dependencies: ["Analytics", "ChargingModel"]),

        // From answers back to raw bytes.
        .target(
            name: "Lineage",
            dependencies: ["Analytics", "ChargingModel", "Cleaning", "RawArchive", "Sources", "Warehouse"]
        ),

        // A charging world with known truth.
        .target(
            name: "Simulation",
            dependencies: [
                "ChargingModel",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),

        .executableTarget(
            name: "chargehouse",
            dependencies: [
                "Acquisition", "Analytics", "ChargingModel", "Cleaning", "Lineage", "ObjectStore", "RawArchive",
                "Reporting", "Simulation", "Sources", "Warehouse", "WarehouseDuckDB", "WarehousePostgres",
                "WarehouseRedshift",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "TOMLKit", package: "TOMLKit"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),

        .target(name: "TestSupport", dependencies: ["ChargingModel"], path: "Tests/Support"),
        .target(
            name: "EngineTestSupport",
            dependencies: [
                "ChargingModel", "ObjectStore", "TestSupport", "Warehouse", "WarehouseDuckDB", "WarehousePostgres",
                "WarehouseRedshift",
            ],
            path: "Tests/EngineSupport"
        ),
        .testTarget(name: "ArchitectureTests", dependencies: ["ChargingModel", "TestSupport"]),
        .testTarget(name: "ChargingModelTests", dependencies: ["ChargingModel", "TestSupport"]),
        .testTarget(
            name: "SourcesTests",
            dependencies: ["ChargingModel", "Sources", "TestSupport"],
            exclude: ["Fixtures", "Golden"]
        ),
        .testTarget(
            name: "ObjectStoreTests",
            dependencies: [
                "ChargingModel", "ObjectStore", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Python"]
        ),
        .testTarget(
            name: "RawArchiveTests",
            dependencies: ["ChargingModel", "ObjectStore", "RawArchive", "TestSupport"]
        ),
        .testTarget(
            name: "AcquisitionTests",
            dependencies: [
                "Acquisition", "ChargingModel", "RawArchive", "Sources", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "CleaningTests",
            dependencies: ["ChargingModel", "Cleaning", "RawArchive", "Sources", "TestSupport"],
            exclude: ["Corpus"]
        ),
        .testTarget(
            name: "WarehouseTests",
            dependencies: ["ChargingModel", "Cleaning", "TestSupport", "Warehouse"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "WarehouseDuckDBTests",
            dependencies: ["ChargingModel", "TestSupport", "Warehouse", "WarehouseDuckDB"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "WarehousePostgresTests",
            dependencies: ["ChargingModel", "TestSupport", "Warehouse", "WarehousePostgres"]
        ),
        .testTarget(
            name: "WarehouseRedshiftTests",
            dependencies: [
                "ChargingModel", "Cleaning", "ObjectStore", "RawArchive", "Sources", "TestSupport", "Warehouse",
                "WarehousePostgres", "WarehouseRedshift",
            ],
            exclude: ["Golden"]
        ),
        .testTarget(name: "SimulationTests", dependencies: ["ChargingModel", "Simulation", "TestSupport"]),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Analytics", "ChargingModel", "Reporting", "TestSupport", "Warehouse", "WarehouseDuckDB"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Analytics", "ChargingModel", "Cleaning", "EngineTestSupport", "Lineage", "ObjectStore", "RawArchive",
                "Reporting", "Simulation", "Sources", "TestSupport", "Warehouse", "WarehouseDuckDB",
                "WarehousePostgres", "WarehouseRedshift",
                "chargehouse",
            ],
            exclude: ["Golden", "Python"]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// The documentation tool, only for `make docs`: nothing else needs it.
if Context.environment["DOCS"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

for target in package.targets where target.type != .system {
    switch target.name {
    case "CSIMDJSON", "CDuckDB", "CPostgres":
        continue
    default:
        target.swiftSettings = [
            .enableUpcomingFeature("ExistentialAny"),  // SE-0335
            .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
            .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
            .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
            .strictMemorySafety(),
            .treatAllWarnings(as: .error),
        ]
    }
}
