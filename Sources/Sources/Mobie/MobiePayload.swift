// The names are the file's, so they are not in camel case.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The fields of a station (`data[]`): a row of the file of locations, with its points.
///
/// Made up, in the shape of the export; every value is a text:
///
///     {"location_id": "XYZ-00001", "party_id": "ABC", "address": "Rua Nova 1", "city": "Vila Nova",
///      "lat": "38.7", "lon": "-9.1", "last_updated": "2021-04-06T18:14:25Z", "voltage_level": "BTN", "evses": []}
enum MobieStationField: Int, WireField {
    case location_id, party_id, address, city, lat, lon, last_updated, voltage_level, evses

    static let names = WireNames(of: Self.self)
}

/// The fields of a point (`evses[]`): a row of the file of points.
///
///     {"evse_id": "PT*ABC*XYZ*00001*01", "status": "AVAILABLE", "last_updated": "2021-04-06T09:45:14Z",
///      "connectors": []}
enum MobiePointField: Int, WireField {
    case evse_id, status, last_updated, connectors

    static let names = WireNames(of: Self.self)
}

/// The fields of a connector (`evses[].connectors[]`): an element of the JSON text in the file of points.
///
///     {"id": "XYZ-00001-01-01", "standard": "IEC_62196_T2", "format": "SOCKET", "power_type": "AC_3_PHASE",
///      "max_voltage": "400", "max_amperage": "32", "max_electric_power": "22000",
///      "last_updated": "2021-04-06T09:45:14Z"}
enum MobieConnectorField: Int, WireField {
    case id, standard, format, power_type, max_voltage, max_amperage, max_electric_power, last_updated

    static let names = WireNames(of: Self.self)
}
