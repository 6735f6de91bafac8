CREATE TABLE dim_feed (
    feed_key BIGINT NOT NULL,
    feed_id VARCHAR(128) NOT NULL,
    family VARCHAR(48) NOT NULL,
    adapter VARCHAR(48) NOT NULL,
    url VARCHAR(1024) NOT NULL,
    country VARCHAR(2),
    tz_name VARCHAR(80) NOT NULL,
    interval_s INTEGER NOT NULL,
    max_gap_s INTEGER NOT NULL,
    needs_credentials BOOLEAN NOT NULL,
    licence VARCHAR(128),
    attribution VARCHAR(400),
    terms_url VARCHAR(1024),
    notes VARCHAR(800),
    active BOOLEAN NOT NULL,
    PRIMARY KEY (feed_key),
    UNIQUE (feed_id)
) DISTSTYLE ALL;

CREATE TABLE dim_operator (
    operator_sk BIGINT NOT NULL,
    operator_id BIGINT NOT NULL,
    family VARCHAR(48) NOT NULL,
    source_operator_id VARCHAR(128) NOT NULL,
    party_id VARCHAR(8),
    name VARCHAR(400) NOT NULL,
    website VARCHAR(1024),
    hotline VARCHAR(128),
    group_name VARCHAR(400),
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR(64) NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (operator_sk),
    UNIQUE (operator_id, valid_from)
) DISTSTYLE ALL;

CREATE TABLE dim_city (
    city_key BIGINT NOT NULL,
    city_id VARCHAR(128) NOT NULL,
    name VARCHAR(240) NOT NULL,
    district VARCHAR(240),
    state_code VARCHAR(6),
    country VARCHAR(2) NOT NULL,
    ags VARCHAR(8),
    tz_name VARCHAR(80) NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    population INTEGER,
    population_date DATE,
    PRIMARY KEY (city_key),
    UNIQUE (city_id)
) DISTSTYLE ALL;

CREATE TABLE map_city_alias (
    country VARCHAR(2) NOT NULL,
    alias VARCHAR(240) NOT NULL,
    city_key BIGINT NOT NULL,
    city_district VARCHAR(240),
    origin VARCHAR(16) NOT NULL,
    PRIMARY KEY (country, alias)
) DISTSTYLE ALL;

CREATE TABLE dim_status (
    status_key SMALLINT NOT NULL,
    code VARCHAR(48) NOT NULL,
    category VARCHAR(12) NOT NULL,
    is_observed BOOLEAN NOT NULL,
    is_operational BOOLEAN NOT NULL,
    is_occupied BOOLEAN NOT NULL,
    sort_order SMALLINT NOT NULL,
    PRIMARY KEY (status_key),
    UNIQUE (code)
) DISTSTYLE ALL;

CREATE TABLE map_status (
    raw_status_key BIGINT NOT NULL,
    adapter VARCHAR(48) NOT NULL,
    raw_status VARCHAR(800) NOT NULL,
    status_key SMALLINT NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    map_version VARCHAR(400),
    PRIMARY KEY (raw_status_key)
) DISTSTYLE ALL;

CREATE TABLE dim_hour (
    hour_utc TIMESTAMP NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    utc_date DATE NOT NULL,
    tz_name VARCHAR(80) NOT NULL,
    local_ts TIMESTAMP NOT NULL,
    local_date DATE NOT NULL,
    local_hour SMALLINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    hour_of_week SMALLINT NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    is_dst BOOLEAN NOT NULL,
    PRIMARY KEY (hour_utc, tz_name)
) DISTSTYLE ALL COMPOUND SORTKEY (hour_utc);

CREATE TABLE dim_date (
    local_date DATE NOT NULL,
    year SMALLINT NOT NULL,
    quarter SMALLINT NOT NULL,
    month SMALLINT NOT NULL,
    iso_week SMALLINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    is_weekend BOOLEAN NOT NULL,
    season VARCHAR(8) NOT NULL,
    PRIMARY KEY (local_date)
) DISTSTYLE ALL COMPOUND SORTKEY (local_date);

CREATE TABLE dim_holiday (
    local_date DATE NOT NULL,
    country VARCHAR(2) NOT NULL,
    state_code VARCHAR(6) NOT NULL,
    name VARCHAR(160) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    PRIMARY KEY (local_date, country, state_code, kind, name)
) DISTSTYLE ALL;

CREATE TABLE dim_charging_station (
    station_sk BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_station_id VARCHAR(256) NOT NULL,
    operator_id BIGINT NOT NULL,
    city_key BIGINT NOT NULL,
    city_id VARCHAR(128) NOT NULL,
    city_name VARCHAR(240) NOT NULL,
    name VARCHAR(400),
    address VARCHAR(400),
    postal_code VARCHAR(16),
    country VARCHAR(2) NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    geo_cell VARCHAR(16),
    tz_name VARCHAR(80) NOT NULL,
    access_type VARCHAR(48),
    parking_type VARCHAR(48),
    is_roaming BOOLEAN,
    owner_name VARCHAR(400),
    help_phone VARCHAR(128),
    open_24_7 BOOLEAN,
    opening_hours SUPER,
    hours_key BIGINT NOT NULL,
    directions SUPER,
    facilities SUPER,
    extra SUPER,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR(64) NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (station_sk),
    UNIQUE (station_id, valid_from)
) DISTSTYLE ALL COMPOUND SORTKEY (station_id, valid_from);

CREATE TABLE dim_charging_point (
    point_sk BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    source_point_key BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_point_id VARCHAR(256) NOT NULL,
    evse_id VARCHAR(128),
    evse_key BIGINT,
    connector_hash VARCHAR(64),
    reported_at TIMESTAMP,
    physical_reference VARCHAR(128),
    floor_level VARCHAR(16),
    point_position VARCHAR(256),
    station_position VARCHAR(256),
    parking_spaces VARCHAR(256),
    public_comment VARCHAR(800),
    vehicle_type VARCHAR(48),
    is_roaming BOOLEAN,
    capabilities SUPER,
    capability_set_key BIGINT NOT NULL,
    is_reservable BOOLEAN,
    tariff_ids SUPER,
    has_remote_start BOOLEAN,
    has_rfid BOOLEAN,
    has_plug_and_charge BOOLEAN,
    parking_restrictions SUPER,
    max_power_kw DOUBLE PRECISION,
    current_type VARCHAR(8),
    power_class VARCHAR(12),
    connector_count SMALLINT,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    extra SUPER,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR(64) NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (point_sk),
    UNIQUE (point_id, valid_from)
) DISTSTYLE ALL COMPOUND SORTKEY (point_id, valid_from);

CREATE TABLE dim_connector (
    connector_sk BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_connector_id VARCHAR(256) NOT NULL,
    standard VARCHAR(80) NOT NULL,
    format VARCHAR(12),
    power_type VARCHAR(16),
    voltage_v INTEGER,
    amperage_a INTEGER,
    max_power_kw DOUBLE PRECISION,
    tariff_ids SUPER,
    terms_url VARCHAR(1024),
    extra SUPER,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR(64) NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (connector_sk),
    UNIQUE (connector_id, valid_from)
) DISTSTYLE ALL COMPOUND SORTKEY (connector_id, valid_from);

CREATE TABLE map_opening_hours (
    hours_key BIGINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    open_minute SMALLINT NOT NULL,
    close_minute SMALLINT NOT NULL,
    PRIMARY KEY (hours_key, iso_dow, open_minute)
) DISTSTYLE ALL;

CREATE TABLE map_opening_exception (
    hours_key BIGINT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (hours_key, starts_at, is_open)
) DISTSTYLE ALL;

CREATE TABLE map_capability (
    capability_set_key BIGINT NOT NULL,
    capability VARCHAR(400) NOT NULL,
    PRIMARY KEY (capability_set_key, capability)
) DISTSTYLE ALL;

CREATE TABLE map_rulebook (
    rulebook VARCHAR(16) NOT NULL,
    status_key SMALLINT NOT NULL,
    class VARCHAR(16) NOT NULL,
    alternative_class VARCHAR(16),
    judgement VARCHAR(400),
    version INTEGER NOT NULL,
    PRIMARY KEY (rulebook, status_key)
) DISTSTYLE ALL;

CREATE TABLE fact_point_status (
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    point_id BIGINT NOT NULL ENCODE az64,
    point_sk BIGINT NOT NULL ENCODE az64,
    station_sk BIGINT NOT NULL ENCODE az64,
    status_key SMALLINT NOT NULL ENCODE az64,
    raw_status_key BIGINT ENCODE az64,
    valid_from TIMESTAMP NOT NULL ENCODE az64,
    valid_to TIMESTAMP NOT NULL ENCODE az64,
    observations SMALLINT NOT NULL ENCODE az64,
    start_reason SMALLINT NOT NULL ENCODE az64,
    end_reason SMALLINT NOT NULL ENCODE az64,
    source_time TIMESTAMP ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    parking_sensor_status VARCHAR(48) ENCODE zstd,
    PRIMARY KEY (feed_key, point_id, valid_from)
) DISTSTYLE KEY DISTKEY (point_id) COMPOUND SORTKEY (utc_date, point_id);

CREATE TABLE fact_connector_status (
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    connector_id BIGINT NOT NULL ENCODE az64,
    connector_sk BIGINT NOT NULL ENCODE az64,
    point_id BIGINT NOT NULL ENCODE az64,
    station_sk BIGINT NOT NULL ENCODE az64,
    status_key SMALLINT NOT NULL ENCODE az64,
    raw_status_key BIGINT ENCODE az64,
    valid_from TIMESTAMP NOT NULL ENCODE az64,
    valid_to TIMESTAMP NOT NULL ENCODE az64,
    observations SMALLINT NOT NULL ENCODE az64,
    start_reason SMALLINT NOT NULL ENCODE az64,
    end_reason SMALLINT NOT NULL ENCODE az64,
    source_time TIMESTAMP ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    PRIMARY KEY (feed_key, connector_id, valid_from)
) DISTSTYLE KEY DISTKEY (point_id) COMPOUND SORTKEY (utc_date, connector_id);

CREATE TABLE fact_open_time (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    hours_key BIGINT NOT NULL,
    opens_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    load_id BIGINT NOT NULL,
    PRIMARY KEY (feed_key, utc_date, hours_key, opens_at)
) DISTSTYLE ALL COMPOUND SORTKEY (utc_date);

CREATE TABLE agg_point_hour (
    hour_utc TIMESTAMP NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    point_id BIGINT NOT NULL ENCODE az64,
    station_sk BIGINT NOT NULL ENCODE az64,
    free_s SMALLINT NOT NULL ENCODE az64,
    occupied_s SMALLINT NOT NULL ENCODE az64,
    reserved_s SMALLINT NOT NULL ENCODE az64,
    down_s SMALLINT NOT NULL ENCODE az64,
    unknown_s SMALLINT NOT NULL ENCODE az64,
    outside_s SMALLINT NOT NULL ENCODE az64,
    absent_s SMALLINT NOT NULL ENCODE az64,
    unobserved_s SMALLINT NOT NULL ENCODE az64,
    open_observed_s SMALLINT NOT NULL ENCODE az64,
    open_occupied_s SMALLINT NOT NULL ENCODE az64,
    changes SMALLINT NOT NULL ENCODE az64,
    session_starts SMALLINT NOT NULL ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    PRIMARY KEY (feed_key, point_id, hour_utc)
) DISTSTYLE KEY DISTKEY (point_id) COMPOUND SORTKEY (hour_utc, point_id);

CREATE TABLE etl_poll (
    poll_id BIGINT NOT NULL ENCODE az64,
    feed_key BIGINT NOT NULL ENCODE az64,
    utc_date DATE NOT NULL ENCODE raw,
    slot_utc TIMESTAMP NOT NULL ENCODE az64,
    requested_at TIMESTAMP NOT NULL ENCODE az64,
    finished_at TIMESTAMP ENCODE az64,
    outcome VARCHAR(16) NOT NULL ENCODE zstd,
    http_status SMALLINT ENCODE az64,
    bytes BIGINT ENCODE az64,
    raw_sha256 VARCHAR(128) ENCODE zstd,
    raw_uri VARCHAR(1024) ENCODE zstd,
    same_as_previous BOOLEAN ENCODE zstd,
    stations INTEGER ENCODE az64,
    points INTEGER ENCODE az64,
    connectors INTEGER ENCODE az64,
    error VARCHAR(800) ENCODE zstd,
    collector VARCHAR(128) ENCODE zstd,
    attempts SMALLINT NOT NULL ENCODE az64,
    is_chosen BOOLEAN NOT NULL ENCODE zstd,
    source_time TIMESTAMP ENCODE az64,
    page_count SMALLINT NOT NULL ENCODE az64,
    PRIMARY KEY (poll_id)
) DISTSTYLE EVEN COMPOUND SORTKEY (utc_date, feed_key);

CREATE TABLE etl_load (
    load_id BIGINT NOT NULL ENCODE az64,
    target VARCHAR(16) NOT NULL ENCODE zstd,
    feed_key BIGINT NOT NULL ENCODE az64,
    slice_date DATE NOT NULL ENCODE raw,
    input_hash VARCHAR(128) NOT NULL ENCODE zstd,
    code_version VARCHAR(80) NOT NULL ENCODE zstd,
    schema_version INTEGER NOT NULL ENCODE az64,
    status VARCHAR(12) NOT NULL ENCODE zstd,
    run_id VARCHAR(256) ENCODE zstd,
    started_at TIMESTAMP NOT NULL ENCODE az64,
    finished_at TIMESTAMP ENCODE az64,
    rows_in BIGINT ENCODE az64,
    rows_out BIGINT ENCODE az64,
    rows_deleted BIGINT ENCODE az64,
    rows_rejected BIGINT ENCODE az64,
    rows_read BIGINT NOT NULL ENCODE az64,
    rows_kept BIGINT NOT NULL ENCODE az64,
    reason VARCHAR(240) ENCODE zstd,
    adapter VARCHAR(48) ENCODE zstd,
    mapping_version INTEGER ENCODE az64,
    status_map VARCHAR(400) ENCODE zstd,
    rules_version INTEGER ENCODE az64,
    inputs VARCHAR(800) ENCODE zstd,
    manifest_uri VARCHAR(1024) ENCODE zstd,
    host VARCHAR(128) ENCODE zstd,
    PRIMARY KEY (feed_key, slice_date)
) DISTSTYLE EVEN COMPOUND SORTKEY (slice_date, feed_key);

CREATE TABLE etl_point_copy (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    counted_feed_key BIGINT NOT NULL,
    counted_point_id BIGINT NOT NULL,
    PRIMARY KEY (utc_date, feed_key, point_id)
) DISTSTYLE ALL COMPOUND SORTKEY (utc_date);

CREATE TABLE etl_reject (
    reject_id BIGINT NOT NULL ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    slot_utc TIMESTAMP NOT NULL ENCODE az64,
    severity VARCHAR(8) NOT NULL ENCODE zstd,
    rule_id VARCHAR(80) NOT NULL ENCODE zstd,
    entity VARCHAR(16) NOT NULL ENCODE zstd,
    source_id VARCHAR(256) ENCODE zstd,
    raw_sha256 VARCHAR(128) NOT NULL ENCODE zstd,
    json_pointer VARCHAR(512) ENCODE zstd,
    message VARCHAR(800) NOT NULL ENCODE zstd,
    fragment VARCHAR(8000) ENCODE zstd,
    occurrences INTEGER NOT NULL ENCODE az64,
    PRIMARY KEY (reject_id)
) DISTSTYLE EVEN COMPOUND SORTKEY (utc_date);

CREATE TABLE etl_quality_result (
    load_id BIGINT NOT NULL ENCODE az64,
    utc_date DATE NOT NULL ENCODE az64,
    feed_key BIGINT NOT NULL ENCODE az64,
    check_id VARCHAR(128) NOT NULL ENCODE zstd,
    status VARCHAR(8) NOT NULL ENCODE zstd,
    observed DOUBLE PRECISION ENCODE zstd,
    expected DOUBLE PRECISION ENCODE zstd,
    detail VARCHAR(800) ENCODE zstd,
    PRIMARY KEY (check_id, feed_key, utc_date)
) DISTSTYLE EVEN;

CREATE TABLE etl_schema_version (
    version INTEGER NOT NULL,
    name VARCHAR(240) NOT NULL,
    checksum VARCHAR(128) NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    code_version VARCHAR(80) NOT NULL,
    PRIMARY KEY (version)
) DISTSTYLE ALL;

CREATE TABLE etl_operator_version (
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    operator_id BIGINT NOT NULL ENCODE az64,
    operator_sk BIGINT NOT NULL ENCODE az64,
    seen_from TIMESTAMP NOT NULL ENCODE az64,
    seen_to TIMESTAMP NOT NULL ENCODE az64,
    settles_at TIMESTAMP NOT NULL ENCODE az64,
    attr_hash VARCHAR(64) NOT NULL ENCODE zstd,
    family VARCHAR(48) NOT NULL ENCODE zstd,
    source_operator_id VARCHAR(128) NOT NULL ENCODE zstd,
    party_id VARCHAR(8) ENCODE zstd,
    name VARCHAR(400) NOT NULL ENCODE zstd,
    website VARCHAR(1024) ENCODE zstd,
    hotline VARCHAR(128) ENCODE zstd,
    group_name VARCHAR(400) ENCODE zstd,
    PRIMARY KEY (feed_key, utc_date, operator_id, seen_from)
) DISTSTYLE EVEN COMPOUND SORTKEY (utc_date, feed_key);

CREATE TABLE etl_station_version (
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    station_id BIGINT NOT NULL ENCODE az64,
    station_sk BIGINT NOT NULL ENCODE az64,
    seen_from TIMESTAMP NOT NULL ENCODE az64,
    seen_to TIMESTAMP NOT NULL ENCODE az64,
    settles_at TIMESTAMP NOT NULL ENCODE az64,
    attr_hash VARCHAR(64) NOT NULL ENCODE zstd,
    source_station_id VARCHAR(256) NOT NULL ENCODE zstd,
    operator_id BIGINT NOT NULL ENCODE az64,
    city_key BIGINT NOT NULL ENCODE az64,
    city_id VARCHAR(128) NOT NULL ENCODE zstd,
    city_name VARCHAR(240) NOT NULL ENCODE zstd,
    name VARCHAR(400) ENCODE zstd,
    address VARCHAR(400) ENCODE zstd,
    postal_code VARCHAR(16) ENCODE zstd,
    country VARCHAR(2) NOT NULL ENCODE zstd,
    lat DECIMAL(9,6) ENCODE az64,
    lon DECIMAL(9,6) ENCODE az64,
    geo_cell VARCHAR(16) ENCODE zstd,
    tz_name VARCHAR(80) NOT NULL ENCODE zstd,
    access_type VARCHAR(48) ENCODE zstd,
    parking_type VARCHAR(48) ENCODE zstd,
    is_roaming BOOLEAN ENCODE zstd,
    owner_name VARCHAR(400) ENCODE zstd,
    help_phone VARCHAR(128) ENCODE zstd,
    open_24_7 BOOLEAN ENCODE zstd,
    opening_hours SUPER ENCODE zstd,
    hours_key BIGINT NOT NULL ENCODE az64,
    directions SUPER ENCODE zstd,
    facilities SUPER ENCODE zstd,
    extra SUPER ENCODE zstd,
    PRIMARY KEY (feed_key, utc_date, station_id, seen_from)
) DISTSTYLE EVEN COMPOUND SORTKEY (utc_date, feed_key);

CREATE TABLE etl_point_version (
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    point_id BIGINT NOT NULL ENCODE az64,
    point_sk BIGINT NOT NULL ENCODE az64,
    seen_from TIMESTAMP NOT NULL ENCODE az64,
    seen_to TIMESTAMP NOT NULL ENCODE az64,
    settles_at TIMESTAMP NOT NULL ENCODE az64,
    attr_hash VARCHAR(64) NOT NULL ENCODE zstd,
    station_id BIGINT NOT NULL ENCODE az64,
    source_point_id VARCHAR(256) NOT NULL ENCODE zstd,
    evse_id VARCHAR(128) ENCODE zstd,
    evse_key BIGINT ENCODE az64,
    connector_hash VARCHAR(64) ENCODE zstd,
    reported_at TIMESTAMP ENCODE az64,
    physical_reference VARCHAR(128) ENCODE zstd,
    floor_level VARCHAR(16) ENCODE zstd,
    point_position VARCHAR(256) ENCODE zstd,
    station_position VARCHAR(256) ENCODE zstd,
    parking_spaces VARCHAR(256) ENCODE zstd,
    public_comment VARCHAR(800) ENCODE zstd,
    vehicle_type VARCHAR(48) ENCODE zstd,
    is_roaming BOOLEAN ENCODE zstd,
    capabilities SUPER ENCODE zstd,
    capability_set_key BIGINT NOT NULL ENCODE az64,
    is_reservable BOOLEAN ENCODE zstd,
    tariff_ids SUPER ENCODE zstd,
    has_remote_start BOOLEAN ENCODE zstd,
    has_rfid BOOLEAN ENCODE zstd,
    has_plug_and_charge BOOLEAN ENCODE zstd,
    parking_restrictions SUPER ENCODE zstd,
    max_power_kw DOUBLE PRECISION ENCODE zstd,
    current_type VARCHAR(8) ENCODE zstd,
    power_class VARCHAR(12) ENCODE zstd,
    connector_count SMALLINT ENCODE az64,
    lat DECIMAL(9,6) ENCODE az64,
    lon DECIMAL(9,6) ENCODE az64,
    extra SUPER ENCODE zstd,
    reuse_point_id BIGINT NOT NULL ENCODE az64,
    PRIMARY KEY (feed_key, utc_date, point_id, seen_from)
) DISTSTYLE EVEN COMPOUND SORTKEY (utc_date, feed_key);

CREATE TABLE etl_connector_version (
    utc_date DATE NOT NULL ENCODE raw,
    feed_key BIGINT NOT NULL ENCODE az64,
    load_id BIGINT NOT NULL ENCODE az64,
    connector_id BIGINT NOT NULL ENCODE az64,
    connector_sk BIGINT NOT NULL ENCODE az64,
    seen_from TIMESTAMP NOT NULL ENCODE az64,
    seen_to TIMESTAMP NOT NULL ENCODE az64,
    settles_at TIMESTAMP NOT NULL ENCODE az64,
    attr_hash VARCHAR(64) NOT NULL ENCODE zstd,
    point_id BIGINT NOT NULL ENCODE az64,
    station_id BIGINT NOT NULL ENCODE az64,
    source_connector_id VARCHAR(256) NOT NULL ENCODE zstd,
    standard VARCHAR(80) NOT NULL ENCODE zstd,
    format VARCHAR(12) ENCODE zstd,
    power_type VARCHAR(16) ENCODE zstd,
    voltage_v INTEGER ENCODE az64,
    amperage_a INTEGER ENCODE az64,
    max_power_kw DOUBLE PRECISION ENCODE zstd,
    tariff_ids SUPER ENCODE zstd,
    terms_url VARCHAR(1024) ENCODE zstd,
    extra SUPER ENCODE zstd,
    PRIMARY KEY (feed_key, utc_date, connector_id, seen_from)
) DISTSTYLE EVEN COMPOUND SORTKEY (utc_date, feed_key);

CREATE VIEW bridge_station_hours (station_sk, iso_dow, open_minute, close_minute) AS
SELECT d.station_sk, h.iso_dow, h.open_minute, h.close_minute
FROM {schema}.dim_charging_station d JOIN {schema}.map_opening_hours h ON h.hours_key = d.hours_key WITH NO SCHEMA BINDING;

CREATE VIEW bridge_station_exception (station_sk, starts_at, ends_at, is_open) AS
SELECT d.station_sk, h.starts_at, h.ends_at, h.is_open
FROM {schema}.dim_charging_station d JOIN {schema}.map_opening_exception h ON h.hours_key = d.hours_key WITH NO SCHEMA BINDING;

CREATE VIEW bridge_point_capability (point_sk, capability) AS
SELECT d.point_sk, c.capability
FROM {schema}.dim_charging_point d JOIN {schema}.map_capability c ON c.capability_set_key = d.capability_set_key WITH NO SCHEMA BINDING;

CREATE VIEW status_chargingpoints (id_status_cp, id_chargingpoint, query_time, status_cp, status_parkingsensor) AS
SELECT MD5(COALESCE(o.evse_id, '') || '|' || o.source_point_id || '|' || CAST(p.slot_utc AS VARCHAR(32))),
    COALESCE(o.evse_id, o.source_point_id), p.slot_utc, m.raw_status, f.parking_sensor_status
FROM {schema}.etl_poll p
JOIN {schema}.fact_point_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
    AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
JOIN {schema}.dim_status s ON s.status_key = f.status_key
JOIN {schema}.dim_charging_point o ON o.point_sk = f.point_sk
LEFT JOIN {schema}.map_status m ON m.raw_status_key = f.raw_status_key
WHERE p.is_chosen AND s.category NOT IN ('absent', 'unobserved') WITH NO SCHEMA BINDING;

CREATE VIEW status_connectors (id_status_connector, id_connector, query_time, status_connector) AS
SELECT MD5(c.source_connector_id || '|' || CAST(p.slot_utc AS VARCHAR(32))), c.source_connector_id,
    p.slot_utc, m.raw_status
FROM {schema}.etl_poll p
JOIN {schema}.fact_connector_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
    AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
JOIN {schema}.dim_status s ON s.status_key = f.status_key
JOIN {schema}.dim_connector c ON c.connector_sk = f.connector_sk
LEFT JOIN {schema}.map_status m ON m.raw_status_key = f.raw_status_key
WHERE p.is_chosen AND s.category NOT IN ('absent', 'unobserved') WITH NO SCHEMA BINDING;

CREATE VIEW charging_station (id_cs, name, address, city, postal_code, country, owner, roaming, latitude, longitude, operator_name, operator_hotline, open_24_7) AS
SELECT d.source_station_id, d.name, d.address, d.city_name, d.postal_code, d.country, d.owner_name, d.is_roaming,
    d.lat, d.lon, o.name, o.hotline, d.open_24_7
FROM {schema}.dim_charging_station d
LEFT JOIN {schema}.dim_operator o ON o.operator_id = d.operator_id AND o.is_current
WHERE d.is_current WITH NO SCHEMA BINDING;

CREATE VIEW charging_point (id_cp, id_cs, charging_station_position, roaming, physical_reference, cp_parking_space_numbers, cp_position, vehicle_type, floor_level) AS
SELECT COALESCE(d.evse_id, d.source_point_id), s.source_station_id, d.station_position, d.is_roaming,
    d.physical_reference, d.parking_spaces, d.point_position, d.vehicle_type, d.floor_level
FROM {schema}.dim_charging_point d
LEFT JOIN {schema}.dim_charging_station s ON s.station_id = d.station_id AND s.is_current
WHERE d.is_current WITH NO SCHEMA BINDING;

CREATE VIEW connector (id_connector, id_cp, format, power_type, ampere, max_power, voltage, standard) AS
SELECT c.source_connector_id, COALESCE(p.evse_id, p.source_point_id), c.format, c.power_type, c.amperage_a,
    c.max_power_kw, c.voltage_v, c.standard
FROM {schema}.dim_connector c
LEFT JOIN {schema}.dim_charging_point p ON p.point_id = c.point_id AND p.is_current
WHERE c.is_current WITH NO SCHEMA BINDING;

CREATE VIEW time (query_time, hour, day, week, month, year, weekday) AS
SELECT DISTINCT p.slot_utc, h.local_hour, EXTRACT(DAY FROM h.local_date), d.iso_week, d.month, d.year,
    MOD(h.iso_dow, 7)
FROM {schema}.etl_poll p
JOIN {schema}.dim_feed f ON f.feed_key = p.feed_key
JOIN {schema}.dim_hour h ON h.utc_date = p.utc_date AND h.tz_name = f.tz_name
    AND h.hour_utc <= p.slot_utc AND h.hour_end > p.slot_utc
JOIN {schema}.dim_date d ON d.local_date = h.local_date
WHERE p.is_chosen WITH NO SCHEMA BINDING;
