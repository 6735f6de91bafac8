import ChargingModel
import TestSupport
import Testing
import Warehouse
import WarehousePostgres

struct TextTests {
    @Test(arguments: [
        ("SELECT ?", "SELECT $1", 1), ("a = ? AND b IN (?, ?)", "a = $1 AND b IN ($2, $3)", 3),
        ("SELECT 1", "SELECT 1", 0),
        ("SELECT '?', \"?\", 'it''s ?', ?", "SELECT '?', \"?\", 'it''s ?', $1", 1),
        ("SELECT 1 -- why?\n, ?", "SELECT 1 -- why?\n, $1", 1),
        ("SELECT /* what? */ ? - ?", "SELECT /* what? */ $1 - $2", 2),
        ("? '", "$1 '", 1), ("/*", "/*", 0),
    ])
    func `marks are numbered outside literals, names and comments`(sql: String, text: String, count: Int) {
        let found = numberingParameters(sql)
        #expect(found.text == text)
        #expect(found.count == count)
    }

    @Test(arguments: [
        (#"{"bb": 1, "a": [1, {"d": null, "cc": true}], "": {}}"#, #"{"":{},"a":[1,{"cc":true,"d":null}],"bb":1}"#),
        (#"[]"#, "[]"), (#""a: \"b\", c""#, #""a: \"b\", c""#), ("-1.50", "-1.50"),
        (#"{"ü": "\b\f\n", "z": "\u0001", "a\"b": "x\\"}"#, #"{"a\"b":"x\\","z":"\u0001","ü":"\u0008\u000c\n"}"#),
    ])
    func `jsonb is written as the flat files write JSON`(text: String, canonical: String) {
        #expect(canonicalJSON(text) == canonical)
    }
}

struct LibraryTests {
    @Test func `a missing library says how to install it`() {
        let error = #expect(throws: WarehouseError.self) {
            try PostgresLibrary.locate(environment: [PostgresLibrary.environmentName: "/nowhere/libpq.so.5"])
        }
        #expect(error?.kind == .libraryMissing)
        #expect(error?.remedy?.contains("apt-get install libpq5") == true)
        #expect(error?.detail.contains("/nowhere/libpq.so.5") == true)
    }

    @Test func `a file that is no library is named`() throws {
        try withTemporaryFolder { folder in
            try GzipFile.write("no library", to: folder + "/libpq.so.5")
            let error = #expect(throws: WarehouseError.self) { try PostgresLibrary(path: folder + "/libpq.so.5") }
            #expect(error?.kind == .libraryUnusable)
            #expect(error?.subject == folder + "/libpq.so.5")
        }
    }
}

@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct AddressTests {
    @Test(arguments: [
        (
            "postgresql://ada:s3cret@db.example.org:5433/charging?sslmode=require",
            "postgresql://ada@db.example.org:5433/charging"
        ),
        ("postgres://db/charging", "postgresql://db/charging"),
        ("postgresql:///charging?host=/run/pg&user=ada&password=s3cret", "postgresql://ada@/charging?host=/run/pg"),
    ])
    func `an address is shown without its password`(text: String, shown: String) throws {
        let address = try PostgresAddress(text, library: TestServer.library())
        #expect(address.description == shown)
        #expect(!"\(address) \(String(reflecting: address))".contains("s3cret"))
    }

    @Test(arguments: ["postgresql://ada:s3cret@[::1/x", "postgresql://ada:s3cret@h/d?nonsense=1"])
    func `an address that cannot be read is refused and not repeated`(text: String) throws {
        let library = try TestServer.library()
        let error = #expect(throws: WarehouseError.self) { try PostgresAddress(text, library: library) }
        #expect(error?.kind == .openFailed)
        #expect(error?.description.contains("s3cret") == false)
    }
}
