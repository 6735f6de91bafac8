internal import ChargingModel

/// What a writer remembers of a pack: the bodies that can be revisited and the validators of each URL.
struct PackIndex {
    struct LastAnswer {
        var digest: ContentDigest
        var eTag: String?
        var lastModified: String?
    }

    /// Most URLs remembered; feeds have one or a few.
    static let maximumURLs = 1_024

    var bodies = RetainedBodies()
    private var answers: [String: LastAnswer] = [:]

    /// The last answer with HTTP 200 of a URL whose body can still be revisited.
    func lastAnswer(_ url: String) -> LastAnswer? {
        guard let answer = answers[url], bodies.contains(answer.digest) else { return nil }
        return answer
    }

    /// Takes note of an answer whose body is kept.
    mutating func note(url: String, status: Int, headers: [HeaderField], digest: ContentDigest) {
        guard status == 200 else { return }
        if answers.count >= Self.maximumURLs { answers.removeAll() }
        let value = { (name: String) in headers.first { isSameName($0.name, name) }?.value }
        answers[url] = LastAnswer(digest: digest, eTag: value("ETag"), lastModified: value("Last-Modified"))
    }
}
