import Foundation
import TestSupport
import Testing

/// The command with `warehouse = "postgresql://…"`.
@Suite(
    .enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"),
    .enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)")
)
struct PostgresCommandTests {
    private func configure(_ folder: String, password: String, address: String) throws -> [String] {
        try Data("\(password)\nanother line\n".utf8).write(to: URL(fileURLWithPath: folder + "/password"))
        let text = """
            data = "\(folder)/data"
            warehouse = "\(address)"
            [postgres]
            password_file = "\(folder)/password"
            connect_timeout_s = 5
            """
        let path = folder + "/chargehouse.toml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return ["--config", path]
    }

    @Test func `the password comes from its file, and reading needs the tables`() throws {
        let server = try PostgresServer.shared()
        let address = "postgresql://keeper@127.0.0.1:\(server.port)/\(try server.createDatabase())"
        try withTemporaryFolder { folder in
            let options = try configure(folder, password: PostgresServer.password, address: address)
            let before = try Command.output(["status"] + options)
            #expect(before.status == 69)
            #expect(before.error.hasPrefix("error[CHG083]: \(address): there is no warehouse yet"))
            let migration = try Command.output(["migrate"] + options)
            #expect(migration.status == 0, "\(migration.error)")
            #expect(migration.output.hasPrefix("migrated to schema 2"))
            #expect(try Command.output(["migrate"] + options).output.hasSuffix("up to date\n"))
            let query = try Command.output(["query", "SELECT COUNT(*) AS n FROM dim_status", "-o", "csv"] + options)
            #expect(query.output.split(whereSeparator: \.isWhitespace) == ["n", "11"], "\(query.error)")
        }
    }

    @Test func `no password is shown, whatever is wrong`() throws {
        let server = try PostgresServer.shared()
        let database = try server.createDatabase()
        try withTemporaryFolder { folder in
            let address = "postgresql://keeper:s3cret@127.0.0.1:\(server.port)/\(database)"
            let options = try configure(folder, password: "t0psecret", address: address)
            for arguments in [["migrate"], ["status"], ["config"], ["load", "--verbose"]] {
                let result = try Command.output(arguments + options)
                #expect(result.status == (arguments == ["config"] ? 0 : 77), "\(result.error)")
                for secret in ["s3cret", "t0psecret"] {
                    #expect(!result.output.contains(secret), "\(arguments)")
                    #expect(!result.error.contains(secret), "\(arguments)")
                }
            }
        }
    }

    @Test func `an engine that is not there, and a password file that is not, are errors of the configuration`() throws
    {
        try withTemporaryFolder { folder in
            let unknown = try configure(folder, password: "x", address: "mysql://ada@localhost/x")
            let engine = try Command.output(["status"] + unknown)
            #expect(engine.status == 78)
            #expect(engine.error.contains("error[CHG088]: warehouse: \"mysql://…\" names no engine"))
            let options = try configure(folder, password: "x", address: "postgresql://keeper@127.0.0.1/x")
            try FileManager.default.removeItem(atPath: folder + "/password")
            let missing = try Command.output(["status"] + options)
            #expect(missing.status == 77)
            #expect(missing.error.contains("error[CHG082]"))
        }
    }
}
