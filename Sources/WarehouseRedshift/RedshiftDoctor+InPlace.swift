import Foundation
import ObjectStore
import Warehouse

extension RedshiftDoctor {
    /// Copies a flat file with a header from where it lies in the bucket, as slices in a bucket are loaded.
    func fileIsCopiedInPlace(_ engine: RedshiftEngine) async throws -> String {
        let stage = engine.stage
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(schema)-\(UUID().uuidString).csv.gz").path
        try GzipPart.writeFlatFile("id,note\n1,\"a,b\"\n2,\\N\n", to: path)
        defer { GzipPart.remove(path) }
        let key = try ObjectKey("\(schema)/in-place.csv.gz")
        let columns = [ColumnDefinition("id", .bigint), ColumnDefinition("note", .text(40))]
        let load = BulkLoad(table: "doctor_place", columns: columns, files: ["\(stage.location)/\(key)"])
        try await withObjectStore(at: stage.location, settings: stage.settings, environment: stage.environment) {
            store in
            try await store.put(ObjectContent(file: path), at: key)
            do {
                try await engine.transact([
                    .statement("CREATE TABLE doctor_place (id BIGINT, note VARCHAR(80))"), .bulkLoad(load),
                ])
            } catch {
                await stage.remove([key], from: store)
                throw error
            }
            await stage.remove([key], from: store)
        }
        let rows = try await engine.query("SELECT id, note FROM doctor_place ORDER BY id").rows
        guard rows == [[.integer(1), .text("a,b")], [.integer(2), .null]] else {
            throw Unexpected(description: "\(rows) (expected two rows, without the header)")
        }
        return "\(rows.count) rows equal, the header left out"
    }
}
