import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

struct LibraryTests {
    @Test func `a missing library says how to install it`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/libduckdb.so"
            let error = #expect(throws: WarehouseError.self) {
                try DuckDBLibrary.locate(environment: [DuckDBLibrary.environmentName: path], workingDirectory: folder)
            }
            #expect(error?.kind == .libraryMissing)
            #expect(error?.remedy == "make setup")
            #expect(error?.detail.contains(path) == true)
        }
    }

    @Test func `a file that is no library is named`() throws {
        try withTemporaryFolder { folder in
            try GzipFile.write("no library", to: folder + "/libduckdb.so")
            let error = #expect(throws: WarehouseError.self) { try DuckDBLibrary(path: folder + "/libduckdb.so") }
            #expect(error?.kind == .libraryUnusable)
            #expect(error?.subject == folder + "/libduckdb.so")
            #expect(error?.detail.isEmpty == false)
        }
    }

    @Test func `a wheel's file wants the CPython library of its name, the official one none`() {
        #expect(
            DuckDBLibrary.companions(of: "/x/_duckdb.cpython-311-x86_64-linux-gnu.so") == ["libpython3.11.so.1.0"]
        )
        #expect(DuckDBLibrary.companions(of: "/usr/lib/libduckdb.so") == [nil])
    }

    @Test(arguments: [("v1.1.3", false), ("v1.2.0", true), ("v2.0.0", true), ("v1.10.1", true), ("v0.9.2", false)])
    func `versions from 1.2 on are taken`(version: String, isSupported: Bool) {
        #expect(DuckDBLibrary.isSupported(version: version) == isSupported)
    }

    @Test func `set-up's folders come before the system's`() throws {
        try withTemporaryFolder { folder in
            let candidates = DuckDBLibrary.candidates(
                environment: ["XDG_DATA_HOME": folder],
                workingDirectory: folder
            )
            #expect(candidates.first == "/usr/local/lib/libduckdb.so")
        }
    }
}
