import Cleaning
import Foundation
import ObjectStore
import RawArchive

/// Where raw packs and flat files lie beside the data folder, and how their stores are reached.
struct StoreSettings: Sendable {
    /// Where sealed packs go: `s3://bucket/prefix`, or a folder.
    var archive: String?
    /// Where flat files go in place of the data folder.
    var slices: String?
    /// Room for copies of packs.
    var cacheBytes = StoredPacks.defaultCacheBytes
    /// Region, endpoint and profile of buckets.
    var buckets = ObjectStoreSettings()
}

extension SettingsFile {
    /// The table `[archive]`.
    struct Archive: Codable {
        var store: String?
        var cacheMegabytes: Int?

        enum CodingKeys: String, CodingKey {
            case store
            case cacheMegabytes = "cache_mb"
        }
    }

    /// The table `[slices]`.
    struct Slices: Codable {
        var store: String?
    }

    /// The table `[object_store]`.
    struct Buckets: Codable {
        var region: String?
        var endpoint: String?
        var profile: String?
    }

    /// Puts the file's values over the defaults.
    func applyStores(to stores: inout StoreSettings) {
        stores.archive = archive?.store ?? stores.archive
        stores.cacheBytes = archive?.cacheMegabytes.map { max(0, $0) << 20 } ?? stores.cacheBytes
        stores.slices = slices?.store ?? stores.slices
        stores.buckets.region = objectStore?.region ?? stores.buckets.region
        stores.buckets.endpoint = objectStore?.endpoint ?? stores.buckets.endpoint
        stores.buckets.profile = objectStore?.profile ?? stores.buckets.profile
    }
}

extension Settings {
    /// The raw archive as this machine knows it, without a look at its store.
    var archive: RawArchive {
        let stored = stores.archive.map { _ in
            StoredPacks(folder: dataFolder + "/cache/raw", maximumCacheBytes: stores.cacheBytes)
        }
        return RawArchive(root: dataFolder + "/raw", stored: stored)
    }

    /// The raw archive with its store, where it has one, for the time of `body`.
    ///
    /// - Throws: `ObjectStoreError` where the store cannot be read, and what `body` throws.
    func withArchive<Value>(_ body: (RawArchive) async throws -> Value) async throws -> Value {
        guard let address = stores.archive else { return try await body(archive) }
        return try await withStore(address) { try await body(archive.connected(to: $0)) }
    }

    /// What the load log calls the place of flat files.
    var flatName: String { stores.slices ?? flatPath }

    /// The flat files, for the time of `body`.
    ///
    /// - Throws: `ObjectStoreError` where their store cannot be read, and what `body` throws.
    func withSlices<Value>(_ body: (SliceStore) async throws -> Value) async throws -> Value {
        guard flatFolder == nil, let address = stores.slices else {
            return try await body(
                SliceStore(root: flatFolder?.path ?? flatPath, recordedRoot: flatFolder?.recorded ?? flatPath)
            )
        }
        let copies = SliceStore(root: dataFolder + "/cache/flat", recordedRoot: address)
        return try await withStore(address) { store in
            // Another endpoint than AWS is ours alone.
            try await body(copies.connected(to: store, isBucketOfEngines: stores.buckets.endpoint == nil))
        }
    }

    /// Opens a store of the configuration.
    func withStore<Value>(_ address: String, _ body: (any ObjectStore) async throws -> Value) async throws -> Value {
        try await withObjectStore(
            at: StoreLocation(address),
            settings: stores.buckets,
            environment: ProcessInfo.processInfo.environment,
            body
        )
    }
}
