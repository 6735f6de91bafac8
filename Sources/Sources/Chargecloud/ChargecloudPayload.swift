// The names are the wire's, so they are not in camel case.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The fields of a station, on surfaces A and B (`data[]`) and C (`items[]`).
///
/// Made up, in the shape of surface A:
///
///     {"id": "4711", "name": "Marktplatz 1 ", "status": "active", "address": "Marktplatz 1", "city": "Musterstadt",
///      "postal_code": "01234", "country": "DE", "directions": "", "comment": "",
///      "coordinates": {"latitude": "50.1", "longitude": "8.6"}, "distance_in_m": "0",
///      "operator": {"operatorId": "MST", "name": "Stadtwerke Musterstadt", "hotline": null},
///      "opening_times": {"twentyfourseven": true}, "owner": null, "roaming": false, "evses": [],
///      "tariffZones": ["1"]}
///
/// Surface C has no `comment`, `distance_in_m`, `owner`, `roaming`, `status` and `tariffZones`, and adds the last ones.
enum ChargecloudStationField: Int, WireField {
    case id, name, status, address, city, postal_code, country, directions, comment, coordinates, distance_in_m
    case `operator`, opening_times, owner, roaming, evses, tariffZones
    case party_id, country_code, publish, time_zone, charging_when_closed, help_phone, energy_mix, last_updated

    static let names = WireNames(of: Self.self)
}

/// The fields of a point (`evses[]`).
///
/// Made up, in the shape of surface A:
///
///     {"uid": "8154", "id": "DE*MST*E0001*001", "status": "AVAILABLE", "reservable": true,
///      "capabilities": ["RFID_READER", "RESERVABLE"], "physical_reference": "", "floor_level": "",
///      "vehicle_type": "four_wheeled", "chargePointPosition": null, "chargePointPublicComment": null,
///      "chargePointParkingSpaceNumbers": "01", "chargingStationPosition": " ", "roaming": false, "connectors": []}
///
/// On surface C the EVSE id is `evse_id`, and the last ones are added. `parkingsensor_status` was met in 2021 only.
enum ChargecloudPointField: Int, WireField {
    case uid, id, status, reservable, capabilities, physical_reference, floor_level, vehicle_type
    case chargePointPosition, chargePointPublicComment, chargePointParkingSpaceNumbers, chargingStationPosition
    case roaming, connectors, parkingsensor_status
    case accepted_service_providers, evse_id, last_updated, tariffs

    static let names = WireNames(of: Self.self)
}

/// The fields of a connector (`evses[].connectors[]`).
///
/// Made up, in the shape of surface A and then C:
///
///     {"id": "99001", "status": "AVAILABLE", "standard": "IEC_62196_T2", "format": "SOCKET",
///      "power_type": "AC_3_PHASE", "ampere": "32", "voltage": "400", "max_power": 22, "tariff_id": null}
///
///     {"format": "SOCKET", "id": "99001", "last_updated": "2026-01-01T00:00:00.000Z", "max_amperage": 32,
///      "max_electric_power": 22000, "max_voltage": 400, "power_type": "AC_3_PHASE", "standard": "IEC_62196_T2"}
enum ChargecloudConnectorField: Int, WireField {
    case id, status, standard, format, power_type, ampere, voltage, max_power, tariff_id
    case last_updated, max_amperage, max_electric_power, max_voltage, tariff_ids

    static let names = WireNames(of: Self.self)
}

/// The fields of `operator`: {"operatorId": "MST", "name": "Stadtwerke Musterstadt", "hotline": null, "website": ""}.
enum ChargecloudOperatorField: Int, WireField {
    case operatorId, name, hotline, website

    static let names = WireNames(of: Self.self)
}

/// The fields of `coordinates`: {"latitude": "50.1", "longitude": "8.6"}.
enum ChargecloudCoordinatesField: Int, WireField {
    case latitude, longitude

    static let names = WireNames(of: Self.self)
}
