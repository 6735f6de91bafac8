import Foundation
import Synchronization

/// Progress of long work on standard error: one line that is overwritten on a terminal, a line each tenth in a pipe.
final class ProgressLine: Sendable {
    private struct State {
        var tenth = -1
        var lastDrawn = ContinuousClock.now - .seconds(1)
    }

    private let label: String
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let state = Mutex(State())

    init(_ label: String, isQuiet: Bool) {
        self.label = label
        self.isQuiet = isQuiet
        isTerminal = Console.isTerminal
    }

    func update(_ done: Int, of all: Int, _ detail: String = "") {
        guard !isQuiet, all > 0 else { return }
        let shouldDraw = state.withLock { state in
            let tenth = done * 10 / all
            let now = ContinuousClock.now
            let isDue = isTerminal ? now - state.lastDrawn >= .milliseconds(100) || done == all : tenth > state.tenth
            if isDue {
                state.tenth = tenth
                state.lastDrawn = now
            }
            return isDue
        }
        guard shouldDraw else { return }
        let text = "\(label)  \(done * 100 / all) %  \(detail)"
        guard isTerminal else { return Console.note(text) }
        FileHandle.standardError.write(Data(("\r\u{1B}[K" + text + (done >= all ? "\n" : "")).utf8))
    }
}
