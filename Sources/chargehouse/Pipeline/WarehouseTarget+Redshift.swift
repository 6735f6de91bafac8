import ChargingModel
import Foundation
import Warehouse
import WarehousePostgres
import WarehouseRedshift

extension WarehouseTarget {
    /// Connects to the cluster.
    ///
    /// - Throws: ``WarehouseError``, or a configuration error without a stage, or where a reader finds no warehouse.
    static func openRedshift(_ text: Secret, readOnly: Bool, settings: Settings) async throws -> RedshiftEngine {
        let environment = ProcessInfo.processInfo.environment
        let library = try PostgresLibrary.locate(environment: environment)
        var options = settings.redshift.options
        options.password = try settings.redshift.passwordFile.map(password)
        options.isReadOnly = readOnly
        let engine = try await RedshiftEngine.open(
            address: RedshiftAddress(text.exposed, library: library),
            library: library,
            stage: settings.redshift.openStage(environment: environment),
            options: options,
            clock: RedshiftClock(
                sleep: { try await Task.sleep(for: $0) },
                unit: { Double.random(in: 0..<1) },
                token: { UUID().uuidString.lowercased() }
            )
        )
        do {
            if readOnly, try await WarehouseMigrator.version(of: engine) == 0 {
                throw missing(
                    engine.address.description,
                    "the tables of chargehouse in schema \(engine.address.schema)"
                )
            }
        } catch {
            try await engine.close()
            throw error
        }
        return engine
    }
}
