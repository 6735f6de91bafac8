extension ReplayedCapture {
    /// Takes over a capture that the strict reader read.
    package init(_ capture: ArchivedCapture) {
        self.init(
            poll: capture.poll,
            pages: capture.pages.map { Page(body: $0.body[...], byteCount: $0.body.count) },
            digests: capture.digests
        )
    }
}

extension ReplayedCapture.Page {
    /// A page whose body is there.
    package init(_ body: ArraySlice<UInt8>) {
        self.init(body: body, byteCount: body.count)
    }
}
