import Testing

@Suite struct RoomTests {
    @Test(arguments: RoomTable.rooms)
    func `a room imports only what the table allows`(room: Room) throws {
        let allowed = room.ours.union(room.packages).union(RoomTable.system)
        for file in try Tree.files(below: "Sources/\(room.name)", suffixes: [".swift"]) {
            for module in imports(in: file) where module != room.name {
                #expect(allowed.contains(module), "\(file.path) imports \(module), which the table does not allow")
            }
        }
    }

    @Test func `every folder of Sources stands in the table`() throws {
        let known = RoomTable.shims.union(RoomTable.rooms.map(\.name))
        for folder in try Tree.folders(in: "Sources") {
            #expect(known.contains(folder), "Sources/\(folder) is no room of the table")
        }
    }

    @Test func `the table has no cycle: a room imports only rooms above it`() {
        var above = RoomTable.shims
        for room in RoomTable.rooms {
            #expect(room.ours.subtracting(above).isEmpty, "\(room.name) imports \(room.ours.subtracting(above))")
            above.insert(room.name)
        }
    }

    @Test(arguments: [
        ("import Foundation", ["Foundation"]),
        ("public import ChargingModel", ["ChargingModel"]),
        ("@testable internal import struct Warehouse.Slice", ["Warehouse"]),
        ("    @preconcurrency import NIOCore  // reason", ["NIOCore"]),
        ("// import Hummingbird", []),
        ("let important = 1", []),
    ])
    func `imports are found in every form`(line: String, expected: [String]) {
        #expect(imports(in: Tree.File(path: "x.swift", text: line)) == expected)
    }

    @Test(arguments: ["Sources", "Tests"])
    func `no file is longer than 500 lines`(folder: String) throws {
        for file in try Tree.files(below: folder, suffixes: [".swift", ".c", ".cpp", ".h"]) {
            #expect(file.lines.count <= 501, "\(file.path) has \(file.lines.count - 1) lines: split it")
        }
    }

    @Test(arguments: ["Sources", "Tests"])
    func `nothing is forced`(folder: String) throws {
        let forced = ["try" + "!", "as" + "! "]
        for file in try Tree.files(below: folder, suffixes: [".swift"]) {
            for word in forced {
                #expect(!file.text.contains(word), "\(file.path) contains \(word)")
            }
        }
    }

    /// The modules that a file imports, in its order.
    private func imports(in file: Tree.File) -> [String] {
        file.lines.compactMap { line in
            let form =
                /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)/
            return line.firstMatch(of: form).map { String($0.1) }
        }
    }
}
