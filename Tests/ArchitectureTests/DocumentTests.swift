import ChargingModel
import Testing

@Suite struct DocumentTests {
    @Test func `every package is explained in the list of dependencies`() throws {
        let manifest = try #require(try Tree.file("Package.swift")).text
        let list = try #require(try Tree.file("docs/dependencies.md")).text
        let packages = manifest.matches(of: /url: "https:\/\/github\.com\/[^\/"]+\/([^\/"]+)"/).map { String($0.1) }
        #expect(!packages.isEmpty)
        for package in packages {
            #expect(list.contains("| `\(package)` |"), "docs/dependencies.md does not explain \(package)")
        }
    }

    @Test func `every decision record has its sections and a number of its own`() throws {
        let sections = ["Context", "Options", "Decision", "Consequences", "How we will know it was wrong"]
        let records = try Tree.files(below: "docs/decisions", suffixes: [".md"])
        #expect(!records.isEmpty)
        for (index, record) in records.enumerated() {
            let number = "000\(index + 1)".suffix(4)
            #expect(
                record.path.hasPrefix("docs/decisions/\(number)-"),
                "\(record.path) should have the number \(number)"
            )
            #expect(record.text.contains("\nStatus: "), "\(record.path) does not state its status")
            for section in sections {
                #expect(record.text.contains("\n## \(section)\n"), "\(record.path) has no section \(section)")
            }
        }
    }

    @Test func `the list of exit codes is that of the program`() throws {
        let list = try #require(try Tree.file("docs/reference/exit-codes.md")).text
        let listed = list.matches(of: /\n\| (\d+) \|/).compactMap { Int32($0.1) }
        #expect(listed == ExitCode.allCases.map(\.rawValue))
    }

    @Test func `the list of errors is that of the program`() throws {
        let list = try #require(try Tree.file("docs/reference/errors.md")).text
        let listed = list.matches(of: /\n\| (CHG\d{3}) \|/).map { String($0.1) }
        var thrown: Set<String> = []
        for file in try Tree.files(below: "Sources", suffixes: [".swift"]) {
            let code = file.lines.filter { !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") }
            thrown.formUnion(code.flatMap { $0.matches(of: /"(CHG\d{3})"/).map { String($0.1) } })
        }
        #expect(Set(listed).count == listed.count, "a code is listed twice")
        #expect(thrown.subtracting(listed).sorted() == [], "codes that docs/reference/errors.md does not list")
        #expect(Set(listed).subtracting(thrown).sorted() == [], "codes that nothing throws")
    }

    @Test func `relative links in documents lead to files`() throws {
        for file in try Tree.committed() where file.path.hasSuffix(".md") && !file.path.contains("/Fixtures/") {
            let folder = file.path.split(separator: "/").dropLast()
            for link in file.text.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                let target = resolved(String(link.1), from: folder)
                #expect(Tree.exists(target), "\(file.path) links to \(link.1), which does not exist")
            }
        }
    }

    @Test func `no committed file names a package registry or a developer's folder`() throws {
        let hosts = ["pypi" + ".org", "python" + "hosted.org", "crates" + ".io", "npmjs" + ".", "golang" + ".org"]
        let folder = /(?:^|[\s"'`(=:,])\/(?:ho[m]e|ro[o]t|Us[e]rs|wo[r]k)\//.anchorsMatchLineEndings()
        for file in try Tree.committed() {
            for host in hosts { #expect(!file.text.contains(host), "\(file.path) contains \(host)") }
            #expect(file.text.firstMatch(of: folder) == nil, "\(file.path) names a folder of one machine")
        }
    }

    /// The path that a link means, relative to the package's folder.
    private func resolved(_ link: String, from folder: ArraySlice<Substring>) -> String {
        var components = folder
        for component in link.split(separator: "/") where component != "." {
            if component == ".." { components = components.dropLast() } else { components.append(component) }
        }
        return components.joined(separator: "/")
    }
}
