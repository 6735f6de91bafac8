import Foundation
import ObjectStore
import TestSupport
import Testing

/// What only a folder has: links, names that are folders, and what other programs leave there.
@Suite struct FolderStoreTests {
    private func withStore(_ body: (FolderStore, String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await body(FolderStore(root: folder + "/store/"), folder)
        }
    }

    @Test func `a folder that is not there is empty, and the first put creates it`() async throws {
        try await withStore { store, folder in
            #expect(try await store.keys() == [])
            try await store.delete("a")
            #expect(!FileManager.default.fileExists(atPath: folder + "/store"))
            try await store.put("x", at: "a/b")
            #expect(try String(contentsOfFile: folder + "/store/a/b", encoding: .utf8) == "x")
        }
    }

    @Test func `no unfinished file stays, and one of a killed writer is not listed`() async throws {
        try await withStore { store, folder in
            try await store.put("x", at: "a/b")
            _ = try await store.putIfAbsent("y", at: "a/b")
            _ = try await store.putIfAbsent("y", at: "a/c")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/store/a").sorted()
            #expect(names == ["b", "c"])
            try "half".write(toFile: folder + "/store/a/.chargehouse-part-1", atomically: false, encoding: .utf8)
            #expect(try await store.list(prefix: "") == store.list(prefix: "a"))
            #expect(try await store.keys() == ["a/b", "a/c"])
            #expect(throws: ObjectStoreError.self) { try ObjectKey("a/.chargehouse-part-1") }
        }
    }

    @Test func `a delete removes the folders that it empties, and only those`() async throws {
        try await withStore { store, folder in
            try await store.put("x", at: "a/b/c/d")
            try await store.put("x", at: "a/e")
            try await store.delete("a/b/c/d")
            #expect(!FileManager.default.fileExists(atPath: folder + "/store/a/b"))
            #expect(try await store.keys() == ["a/e"])
            try await store.delete("a/e")
            #expect(FileManager.default.fileExists(atPath: folder + "/store"))
            try await store.put("now an object", at: "a")
            #expect(try await store.text("a") == "now an object")
        }
    }

    @Test func `writers and deleters of one folder do not get in each other's way`() async throws {
        try await withStore { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for round in 0..<20 {
                            try await store.put("\(round)", at: "a/b/\(writer)")
                            try await store.delete("a/b/\(writer)")
                        }
                        try await store.put("last", at: "a/b/\(writer)")
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.keys().count == 8)
        }
    }

    @Test func `a key that goes on behind another one is refused`() async throws {
        try await withStore { store, _ in
            try await store.put("x", at: "a/b")
            for write in [
                { try await store.put("y", at: "a/b/c") }, { try await store.put("y", at: "a") },
                { _ = try await store.putIfAbsent("y", at: "a/b/c") },
                { _ = try await store.putIfAbsent("y", at: "a") },
            ] {
                let error = await #expect(throws: ObjectStoreError.self) { try await write() }
                #expect(error?.errorCode == .badRequest)
                #expect(error?.detail.contains("no key can go on behind another key") == true)
            }
            #expect(try await store.keys() == ["a/b"])
            #expect(try await store.text("a/b") == "x")
        }
    }

    @Test func `links are not followed out of the store`() async throws {
        try await withStore { store, folder in
            try await store.put("x", at: "a/b")
            try "secret".write(toFile: folder + "/outside", atomically: true, encoding: .utf8)
            let files = FileManager.default
            try files.createSymbolicLink(atPath: folder + "/store/file", withDestinationPath: folder + "/outside")
            try files.createSymbolicLink(atPath: folder + "/store/up", withDestinationPath: folder)
            let listing = try await store.list(prefix: "")
            #expect(listing.objects.map(\.key.text) == ["a/b"])
            #expect(listing.skipped == ["file", "up"])
            for key in ["file", "up/outside"] {
                let error = await #expect(throws: ObjectStoreError.self) { try await store.text(key) }
                #expect(error?.errorCode == .notFound)
            }
            let error = await #expect(throws: ObjectStoreError.self) { try await store.put("y", at: "up/new") }
            #expect(error?.errorCode == .badRequest)
            #expect(!files.fileExists(atPath: folder + "/new"))
            try await store.delete("up/outside")
            #expect(try String(contentsOfFile: folder + "/outside", encoding: .utf8) == "secret")
            // A put replaces the link itself, not what it leads to.
            try await store.put("y", at: "file")
            #expect(try String(contentsOfFile: folder + "/outside", encoding: .utf8) == "secret")
        }
    }

    @Test func `what the system refuses is told with its own words`() async throws {
        try await withTemporaryFolder { folder in
            try "x".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
            let store = FolderStore(root: folder + "/file")
            let error = await #expect(throws: ObjectStoreError.self) { try await store.put("y", at: "a") }
            #expect(error?.errorCode == .writeFailed)
            let missing = #expect(throws: ObjectStoreError.self) { try ObjectContent(file: folder + "/none") }
            #expect(missing?.errorCode == .readFailed)
            #expect(missing?.detail.contains("No such file") == true)
            #expect(throws: ObjectStoreError.self) { try ObjectContent(file: folder) }
        }
    }

    @Test func `a file that becomes shorter while it is sent is an error, and leaves nothing`() async throws {
        try await withStore { store, folder in
            try Data(repeating: 7, count: 3_000_000).write(to: URL(fileURLWithPath: folder + "/source"))
            let content = try ObjectContent(file: folder + "/source")
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/source"))
            try handle.truncate(atOffset: 2_000_000)
            try handle.close()
            let error = await #expect(throws: ObjectStoreError.self) {
                try await store.put(content, at: try ObjectKey("a"))
            }
            #expect(error?.errorCode == .readFailed)
            #expect(error?.detail.contains("it ends at byte 2000000") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/store") == [])
        }
    }
}
