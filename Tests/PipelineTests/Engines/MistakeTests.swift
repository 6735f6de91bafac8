import ChargingModel
import EngineTestSupport
import Foundation
import TestSupport
import Testing
import Warehouse

/// What an operator sees who has configured a thing wrong: what it is about, what was found, and what to do.
@Suite(
    .serialized,
    .enabled(if: Command.newest != nil, "the command is not built: swift build --product chargehouse")
)
struct MistakeTests {
    /// A wrong configuration, and what the command says to it.
    struct Mistake: CustomTestStringConvertible {
        let testDescription: String
        let kind: EngineKind
        var changes: [String: String] = [:]
        var command = ["migrate"]
        let exitCode: ChargingModel.ExitCode
        let code: String
        /// Words of the error, its last line among them.
        let words: [String]
    }

    static let mistakes = [
        Mistake(
            testDescription: "a wrong password",
            kind: .redshift,
            changes: ["password-of-loader": "password-that-is-wrong"],
            exitCode: .noPermission,
            code: "CHG013",
            words: ["redshift://loader@127.0.0.1", "password authentication failed", "redshift.password_file"]
        ),
        Mistake(
            testDescription: "no such database",
            kind: .redshift,
            changes: ["/dev?": "/nowhere?"],
            exitCode: .noPermission,
            code: "CHG013",
            words: ["/nowhere", "does not exist", "check user, database and password"]
        ),
        Mistake(
            testDescription: "no such database",
            kind: .postgreSQL,
            changes: ["keeper@/": "keeper@/nowhere_"],
            exitCode: .noPermission,
            code: "CHG013",
            words: ["/nowhere_", "does not exist", "check user, database and password"]
        ),
        Mistake(
            testDescription: "nobody listens",
            kind: .postgreSQL,
            changes: ["&port=": "&port=1"],
            exitCode: .unavailable,
            code: "CHG019",
            words: ["no connection", "check that the server runs"]
        ),
        Mistake(
            testDescription: "a host that no name server knows",
            kind: .redshift,
            changes: ["127.0.0.1": "nowhere.invalid"],
            exitCode: .unavailable,
            code: "CHG019",
            words: ["could not translate host name", "check that the server runs"]
        ),
        Mistake(
            testDescription: "encryption wanted and not offered",
            kind: .redshift,
            changes: ["sslmode=disable": "sslmode=require"],
            exitCode: .unavailable,
            code: "CHG019",
            words: ["server does not support SSL", "sslmode"]
        ),
        Mistake(
            testDescription: "no stage",
            kind: .redshift,
            changes: ["stage =": "# stage ="],
            exitCode: .configuration,
            code: "CHG089",
            words: ["redshift.stage", "s3://bucket/prefix"]
        ),
        Mistake(
            testDescription: "somebody else's role",
            kind: .redshift,
            changes: ["chargehouse-copy": "somebody-elses"],
            command: ["load"],
            exitCode: .noPermission,
            code: "CHG013",
            words: ["role/somebody-elses", "not authorized to assume", "redshift.iam_role"]
        ),
        Mistake(
            testDescription: "a bucket in another region",
            kind: .redshift,
            changes: ["iam_role": "stage_region = \"us-west-1\"\niam_role"],
            command: ["load"],
            exitCode: .noPermission,
            code: "CHG0",
            words: ["region"]
        ),
        Mistake(
            testDescription: "a bucket that is not there",
            kind: .redshift,
            changes: ["s3://chargehouse-stage": "s3://no-such-bucket"],
            command: ["load"],
            exitCode: .configuration,
            code: "CHG093",
            words: ["no-such-bucket"]
        ),
    ].filter { EngineKind.present.contains($0.kind) }

    @Test(arguments: mistakes)
    func `a wrong configuration is named, with what to do, and changes nothing`(mistake: Mistake) async throws {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder, days: 2)
            let place = try await WarehousePlace.make(mistake.kind, in: folder)
            let right = try Self.command(place, of: month, in: folder)
            #expect(try right(["migrate", "--quiet"]).status == 0)
            try Data("wrong\n".utf8).write(to: URL(fileURLWithPath: folder + "/password-that-is-wrong"))
            let wrong = try Self.command(place, of: month, in: folder, changes: mistake.changes)
            let answer = try wrong(mistake.command + ["--quiet"])
            #expect(answer.status == mistake.exitCode.rawValue, "\(answer.error)")
            #expect(answer.error.hasPrefix("error[\(mistake.code)"), "\(answer.error)")
            #expect(answer.error.contains("\n  next: "), "\(answer.error)")
            for word in mistake.words { #expect(answer.error.contains(word), "\(answer.error)") }
            #expect(!answer.error.contains("wrong\n"))
            for table in try await place.fingerprints() where table.table.hasPrefix("fact") {
                #expect(table.rows == 0)
            }
        }
    }

    @Test(arguments: EngineKind.present)
    func `a warehouse of a newer version is refused by whoever would write`(kind: EngineKind) async throws {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder, days: 2)
            let place = try await WarehousePlace.make(kind, in: folder)
            let command = try Self.command(place, of: month, in: folder)
            #expect(try command(["migrate"]).status == 0)
            try await place.withEngine { engine in
                try await engine.transact([.statement("UPDATE etl_schema_version SET version = 99 WHERE version = 2")])
            }
            for arguments in [["migrate"], ["load", "--quiet"]] {
                let answer = try command(arguments)
                #expect(answer.status == ChargingModel.ExitCode.configuration.rawValue)
                #expect(answer.error.hasPrefix("error[CHG017]: warehouse: schema version 99"), "\(answer.error)")
                #expect(answer.error.contains("\n  kept: nothing was changed\n  next: use the newer chargehouse"))
            }
        }
    }

    @Test(.enabled(if: EngineKind.postgreSQL.isPresent, "\(PostgresServer.skipReason)"))
    func `a PostgreSQL user without the right to create, or to insert, is told what to be granted`() async throws {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder, days: 2)
            let server = try PostgresServer.shared()
            let place = try await WarehousePlace.make(.postgreSQL, in: folder)
            let role = "visitor_of_\(place.name)"
            try server.psql("CREATE ROLE \(role) LOGIN")
            let visitor = try Self.command(place, of: month, in: folder, changes: ["keeper@": "\(role)@"])
            let owner = try Self.command(place, of: month, in: folder)
            Self.expectDenial(try visitor(["migrate"]), naming: "schema public")
            #expect(try owner(["load", "--quiet"]).status == 0)
            let before = try await place.fingerprints()
            Self.expectDenial(try visitor(["load", "--quiet"]), naming: "permission denied")
            try server.psql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role)", database: place.name)
            #expect(try visitor(["status"]).status == 0)
            try server.psql("DELETE FROM etl_load", database: place.name)
            Self.expectDenial(try visitor(["load", "--quiet"]), naming: "permission denied")
            #expect(try owner(["load", "--quiet"]).status == 0)
            #expect(try await place.fingerprints() == before)
        }
    }

    private static func expectDenial(_ answer: (status: Int32, output: String, error: String), naming word: String) {
        #expect(answer.status == ChargingModel.ExitCode.noPermission.rawValue, "\(answer.error)")
        #expect(
            answer.error.contains("(SQLSTATE 42501)\n  kept: nothing was changed\n  next: GRANT"),
            "\(answer.error)"
        )
        #expect(answer.error.contains(word), "\(answer.error)")
    }

    /// The command with the corrected month's archive and a place.
    static func command(
        _ place: WarehousePlace,
        of month: CorrectedMonth,
        in folder: String,
        file: String? = nil,
        changes: [String: String] = [:]
    ) throws -> PlacedCommand {
        let descriptors = folder + "/feeds.json"
        try JSONEncoder().encode(month.feeds).write(to: URL(fileURLWithPath: descriptors))
        let keys = "data = \"\(month.corrected.workshop.folder)\"\nfeeds = [\"\(descriptors)\"]"
        let part = changes.isEmpty ? "right" : "wrong"
        return try PlacedCommand(place, keys: keys, in: folder, file: file ?? "\(part).toml", changes: changes)
    }
}
