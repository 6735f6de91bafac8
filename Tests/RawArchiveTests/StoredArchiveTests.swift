import ChargingModel
import Foundation
import ObjectStore
import RawArchive
import TestSupport
import Testing

/// Where the packs of a test are stored.
enum ArchiveStore: CaseIterable, Sendable {
    case folder
    case bucket

    static let usable: [ArchiveStore] = BucketServer.runs ? [.folder, .bucket] : [.folder]

    func with(_ folder: String, _ body: (any ObjectStore) async throws -> Void) async throws {
        switch self {
        case .folder: try await body(FolderStore(root: folder + "/store"))
        case .bucket:
            let location = try StoreLocation(BucketServer.newAddress())
            let environment = try BucketServer.shared().environment
            try await withObjectStore(
                at: location,
                settings: ObjectStoreSettings(),
                environment: environment
            ) { store in try await body(store) }
        }
    }
}

/// Sealed packs in an object store, and an archive that reads them from there.
@Suite struct StoredArchiveTests {
    /// The archive of a machine that shares nothing with others but the store.
    private func machine(_ name: String, _ fixture: ArchiveFixture, cacheBytes: Int = 1 << 30) -> RawArchive {
        RawArchive(
            root: "\(fixture.folder)/\(name)/raw",
            stored: StoredPacks(folder: "\(fixture.folder)/\(name)/cache", maximumCacheBytes: cacheBytes)
        )
    }

    private func write(_ captures: [Capture], to archive: RawArchive) throws {
        let writer = try archive.openWriter(WriterOptions(durability: .operatingSystem))
        for capture in captures { _ = try writer.append(capture) }
        try writer.close()
    }

    private func captures(_ fixture: ArchiveFixture, _ count: Int) -> [Capture] {
        (0..<count).map { fixture.capture($0, fixture.body($0)) }
    }

    private func all(_ archive: RawArchive, _ fixture: ArchiveFixture) async throws -> [ArchivedCapture] {
        var captures: [ArchivedCapture] = []
        try await archive.read(fixture.feed, fixture.day, verifyingDigests: true) { captures.append($0) }
        return captures
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            #expect((error as? any DescribedError)?.remedy != nil, "\(error)")
            return (error as? any DescribedError)?.code
        }
    }

    @Test(arguments: ArchiveStore.usable)
    func `a machine with an empty disk reads what another one has sealed and stored`(kind: ArchiveStore) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try await kind.with(fixture.folder) { store in
            let one = machine("one", fixture)
            try write(captures(fixture, 12), to: one)
            let before = try await all(one, fixture)
            let live = try one.digest(fixture.feed, fixture.day)
            let sealed = try one.seal(fixture.feed, fixture.day, at: fixture.sealTime)
            let connected = try await one.connected(to: store)
            #expect(try await connected.push(fixture.feed, fixture.day) == .stored)
            #expect(try await connected.push(fixture.feed, fixture.day) == .wasStored)

            let two = try await machine("two", fixture).connected(to: store)
            #expect(try two.feeds() == [fixture.feed] && two.days(of: fixture.feed) == [fixture.day])
            let pack = try #require(try two.packs().first)
            #expect(pack.isStored && pack.isSealed && !pack.isLocal && pack.bytes == sealed.bytes)
            #expect(try two.digest(fixture.feed, fixture.day) == live)
            #expect(try await all(two, fixture) == before)
            #expect(try await two.verify(fixture.feed, fixture.day).findings.isEmpty)
            #expect(try await two.pull(fixture.feed, fixture.day))
            #expect(try two.packs().first?.isLocal == true)
            #expect(try RawArchive(root: two.root).packs().map(\.polls) == [12])
        }
    }

    @Test(arguments: ArchiveStore.usable)
    func `a pack is removed here only when the store has it, and then it is read from there`(
        kind: ArchiveStore
    ) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try await kind.with(fixture.folder) { store in
            let archive = try await machine("one", fixture).connected(to: store)
            try write(captures(fixture, 5), to: archive)
            let before = try await all(archive, fixture)
            try archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
            #expect(await code { try await archive.removeLocal(fixture.feed, fixture.day) } == "CHG111")
            try await archive.push(fixture.feed, fixture.day)
            try await archive.removeLocal(fixture.feed, fixture.day)
            #expect(try archive.packs().map(\.isLocal) == [false])
            #expect(try await all(archive, fixture) == before)
            // One more poll beside it would hide the stored ones.
            #expect(await code { try write([fixture.capture(30, [1])], to: archive) } == "CHG112")
            #expect(try await archive.pull(fixture.feed, fixture.day))
            try write([fixture.capture(30, [1])], to: archive)
            #expect(try await all(archive, fixture).count == 6)
        }
    }

    @Test(arguments: ArchiveStore.usable)
    func `another pack of a day is refused, and takes the place where that is asked for`(
        kind: ArchiveStore
    ) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try await kind.with(fixture.folder) { store in
            let one = try await machine("one", fixture).connected(to: store)
            try write(captures(fixture, 3), to: one)
            try one.seal(fixture.feed, fixture.day, at: fixture.sealTime)
            try await one.push(fixture.feed, fixture.day)
            let reader = machine("reader", fixture)
            #expect(try await all(reader.connected(to: store), fixture).count == 3)

            // The same machine, late raw.
            try write([fixture.capture(9, [9])], to: one)
            try one.seal(fixture.feed, fixture.day, at: fixture.sealTime)
            #expect(await code { try await one.push(fixture.feed, fixture.day) } == "CHG111")
            #expect(try await all(reader.connected(to: store), fixture).count == 3)
            #expect(try await one.push(fixture.feed, fixture.day, replacing: true) == .replaced)
            #expect(try await all(reader.connected(to: store), fixture).count == 4)
            #expect(try await store.list(prefix: "").objects.count == 2)
        }
    }

    @Test func `a push that died before the manifest is not seen, and the next one ends it`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let store = FolderStore(root: fixture.folder + "/store")
        let one = try await machine("one", fixture).connected(to: store)
        try write(captures(fixture, 3), to: one)
        let manifest = try one.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        try await one.push(fixture.feed, fixture.day)
        let key = try ObjectKey("\(fixture.feed)/2026/\(fixture.day).manifest.json")
        try await store.delete(key)
        let two = try await machine("two", fixture).connected(to: store)
        #expect(try two.packs().isEmpty)
        let again = try await one.connected(to: store)
        #expect(try again.packs().map(\.isStored) == [false])
        #expect(try await again.push(fixture.feed, fixture.day) == .stored)
        let digits = manifest.sha256.description.prefix(16)
        let keys = try await store.list(prefix: "").objects.map(\.key.text)
        #expect(keys == ["\(fixture.feed)/2026/\(fixture.day).\(digits).warc.zst", key.text])
    }

    enum Damage: CaseIterable, Sendable {
        case cut, changed, gone, badManifest
    }

    @Test(arguments: Damage.allCases)
    func `a damaged object is told with the next step, and nothing of it is used`(damage: Damage) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let store = FolderStore(root: fixture.folder + "/store")
        let one = try await machine("one", fixture).connected(to: store)
        try write(captures(fixture, 3), to: one)
        try one.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        try await one.push(fixture.feed, fixture.day)
        let keys = try await store.list(prefix: "").objects.map(\.key)
        let pack = try #require(keys.first { $0.text.hasSuffix(".warc.zst") })
        let manifest = try #require(keys.first { $0.text.hasSuffix(".json") })
        var bytes = try await store.get(pack).bytes
        bytes[bytes.count / 2] ^= 1
        switch damage {
        case .cut: try await store.put(ObjectContent(Array(bytes.dropLast(7))), at: pack)
        case .changed: try await store.put(ObjectContent(bytes), at: pack)
        case .gone: try await store.delete(pack)
        case .badManifest: try await store.put(ObjectContent(Array("{}".utf8)), at: manifest)
        }
        let found = await code {
            let two = try await machine("two", fixture).connected(to: store)
            _ = try await all(two, fixture)
        }
        let expected: [Damage: String] = [
            .cut: "CHG110", .changed: "CHG110", .gone: "CHG092", .badManifest: "CHG046",
        ]
        #expect(found == expected[damage])
        #expect(
            !FileManager.default.fileExists(
                atPath: "\(fixture.folder)/two/cache/\(fixture.feed)/2026/\(fixture.day).warc.zst"
            )
        )
    }

    @Test func `the folder of copies stays within its bound, and heals`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let store = FolderStore(root: fixture.folder + "/store")
        let one = try await machine("one", fixture).connected(to: store)
        var sizes: [Int] = []
        let days = (0..<6).map { fixture.day.advanced(by: $0) }
        for (index, day) in days.enumerated() {
            var capture = fixture.capture(0, fixture.body(index, bytes: 60_000))
            capture.poll.slot = day.start
            try write([capture], to: one)
            sizes.append(try one.seal(fixture.feed, day, at: day.end).bytes)
            try await one.push(fixture.feed, day)
        }
        let bound = 3 * (sizes.max() ?? 0)
        let two = try await machine("two", fixture, cacheBytes: bound).connected(to: store)
        for day in days + days.reversed() {
            try await two.read(fixture.feed, day) { _ in }
            let cached = try FileManager.default.subpathsOfDirectory(atPath: fixture.folder + "/two/cache")
                .filter { $0.hasSuffix(".warc.zst") }
            #expect((1...3).contains(cached.count))
        }
        // With room for none of them, readers at the same time still get whole packs.
        let three = try await machine("three", fixture, cacheBytes: 1).connected(to: store)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for day in days + days.reversed() {
                group.addTask { try await three.read(fixture.feed, day, verifyingDigests: true) { _ in }.polls }
            }
            for try await polls in group { #expect(polls == 1) }
        }
        // A copy that somebody has changed is fetched again.
        let copy = "\(fixture.folder)/two/cache/\(fixture.feed)/2026/\(fixture.day).warc.zst"
        try fixture.put([1, 2, 3], at: copy)
        #expect(try await two.read(fixture.feed, fixture.day) { _ in }.polls == 1)
    }

    @Test(
        .enabled(if: BucketServer.runs, "\(BucketServer.skipReason)"),
        arguments: [
            ("missing bucket", "CHG093"), ("unreachable", "CHG096"), ("no credentials", "CHG094"),
        ]
    )
    func `a store that cannot be used is told with the next step`(fault: String, expected: String) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        var environment = try BucketServer.shared().environment
        environment["HOME"] = fixture.folder
        environment["AWS_EC2_METADATA_DISABLED"] = "true"
        var address = BucketServer.newAddress()
        var settings = ObjectStoreSettings()
        settings.limits.maximumAttempts = 1
        switch fault {
        case "missing bucket": address = "s3://no-such-bucket/raw"
        case "unreachable": environment["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9"
        default: environment["AWS_ACCESS_KEY_ID"] = nil
        }
        let found = await code {
            try await withObjectStore(at: StoreLocation(address), settings: settings, environment: environment) {
                store in
                _ = try await machine("one", fixture).connected(to: store)
            }
        }
        #expect(found == expected)
    }
}
