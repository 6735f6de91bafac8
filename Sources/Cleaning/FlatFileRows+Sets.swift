import ChargingModel
import Foundation
import Sources

/// Opening hours and capabilities: each set once a slice, under the key that stations and points name.
extension FlatFileRows {
    /// The opening hours of the slice's stations that are understood, by their key.
    private var openingHours: [(key: StableKey, value: OpeningHours)] {
        var sets: [StableKey: OpeningHours] = [:]
        for history in slice.deriver.stations.values {
            for run in history.runs {
                guard let hours = run.attributes.value.openingHours else { continue }
                let key = run.attributes.setKey ?? keys.openingHours(of: run.attributes.value)
                run.attributes.setKey = key
                sets[key] = hours
            }
        }
        return sets.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func writeOpenTimes(_ csv: inout CSVWriter) {
        let offsets = localOffsets
        for (key, hours) in openingHours where hours != .always {
            for time in hours.times(in: offsets) {
                startRow(&csv)
                csv.field(key)
                csv.field(time.lowerBound)
                csv.field(time.upperBound)
                csv.endRow()
            }
        }
    }

    /// What local clocks of the feed show on the slice's day, by quarters of an hour: no zone changes in between.
    private var localOffsets: [(time: Range<UTCTime>, seconds: Int)] {
        // A descriptor's zone is checked when it is read.
        let zone = TimeZone(identifier: slice.feed.timeZone) ?? .gmt
        let quarter = 900
        var offsets: [(time: Range<UTCTime>, seconds: Int)] = []
        for start in stride(from: 0, to: 86_400, by: quarter) {
            let time = slice.day.start.adding(seconds: start)..<slice.day.start.adding(seconds: start + quarter)
            let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.lowerBound.seconds)))
            if let last = offsets.last, last.seconds == seconds {
                offsets[offsets.count - 1].time = last.time.lowerBound..<time.upperBound
            } else {
                offsets.append((time, seconds))
            }
        }
        return offsets
    }

    func writeOpeningHours(_ csv: inout CSVWriter) {
        for (key, hours) in openingHours {
            for period in hours.week {
                startRow(&csv)
                csv.field(key)
                csv.field(period.isoWeekday)
                csv.field(period.minutes.lowerBound)
                csv.field(period.minutes.upperBound)
                csv.endRow()
            }
        }
    }

    func writeOpeningExceptions(_ csv: inout CSVWriter) {
        for (key, hours) in openingHours {
            let exceptions = hours.openings.map { ($0, true) } + hours.closings.map { ($0, false) }
            for (time, isOpen) in exceptions {
                startRow(&csv)
                csv.field(key)
                csv.field(time.lowerBound)
                csv.field(time.upperBound)
                csv.field(isOpen)
                csv.endRow()
            }
        }
    }

    func writeCapabilities(_ csv: inout CSVWriter) {
        var sets: [StableKey: [String]] = [:]
        for object in slice.deriver.points.objects.values {
            for run in object.history.runs {
                let key = run.attributes.setKey ?? keys.capabilities(of: run.attributes.value.point)
                run.attributes.setKey = key
                sets[key] = run.attributes.value.point.capabilities
            }
        }
        for (key, capabilities) in sets.sorted(by: { $0.key < $1.key }) {
            for capability in capabilities {
                startRow(&csv)
                csv.field(key)
                csv.field(capability)
                csv.endRow()
            }
        }
    }
}
