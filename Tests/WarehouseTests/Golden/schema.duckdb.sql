CREATE TABLE dim_feed (
    feed_key BIGINT NOT NULL,
    feed_id VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    adapter VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    country VARCHAR,
    tz_name VARCHAR NOT NULL,
    interval_s INTEGER NOT NULL,
    max_gap_s INTEGER NOT NULL,
    needs_credentials BOOLEAN NOT NULL,
    licence VARCHAR,
    attribution VARCHAR,
    terms_url VARCHAR,
    notes VARCHAR,
    active BOOLEAN NOT NULL
);

CREATE TABLE dim_operator (
    operator_sk BIGINT NOT NULL,
    operator_id BIGINT NOT NULL,
    family VARCHAR NOT NULL,
    source_operator_id VARCHAR NOT NULL,
    party_id VARCHAR,
    name VARCHAR NOT NULL,
    website VARCHAR,
    hotline VARCHAR,
    group_name VARCHAR,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL
);

CREATE TABLE dim_city (
    city_key BIGINT NOT NULL,
    city_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    district VARCHAR,
    state_code VARCHAR,
    country VARCHAR NOT NULL,
    ags VARCHAR,
    tz_name VARCHAR NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    population INTEGER,
    population_date DATE
);

CREATE TABLE map_city_alias (
    country VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    city_key BIGINT NOT NULL,
    city_district VARCHAR,
    origin VARCHAR NOT NULL
);

CREATE TABLE dim_status (
    status_key SMALLINT NOT NULL,
    code VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    is_observed BOOLEAN NOT NULL,
    is_operational BOOLEAN NOT NULL,
    is_occupied BOOLEAN NOT NULL,
    sort_order SMALLINT NOT NULL
);

CREATE TABLE map_status (
    raw_status_key BIGINT NOT NULL,
    adapter VARCHAR NOT NULL,
    raw_status VARCHAR NOT NULL,
    status_key SMALLINT NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    map_version VARCHAR
);

CREATE TABLE dim_hour (
    hour_utc TIMESTAMP NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    utc_date DATE NOT NULL,
    tz_name VARCHAR NOT NULL,
    local_ts TIMESTAMP NOT NULL,
    local_date DATE NOT NULL,
    local_hour SMALLINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    hour_of_week SMALLINT NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    is_dst BOOLEAN NOT NULL
);

CREATE TABLE dim_date (
    local_date DATE NOT NULL,
    year SMALLINT NOT NULL,
    quarter SMALLINT NOT NULL,
    month SMALLINT NOT NULL,
    iso_week SMALLINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    is_weekend BOOLEAN NOT NULL,
    season VARCHAR NOT NULL
);

CREATE TABLE dim_holiday (
    local_date DATE NOT NULL,
    country VARCHAR NOT NULL,
    state_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);

CREATE TABLE dim_charging_station (
    station_sk BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_station_id VARCHAR NOT NULL,
    operator_id BIGINT NOT NULL,
    city_key BIGINT NOT NULL,
    city_id VARCHAR NOT NULL,
    city_name VARCHAR NOT NULL,
    name VARCHAR,
    address VARCHAR,
    postal_code VARCHAR,
    country VARCHAR NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    geo_cell VARCHAR,
    tz_name VARCHAR NOT NULL,
    access_type VARCHAR,
    parking_type VARCHAR,
    is_roaming BOOLEAN,
    owner_name VARCHAR,
    help_phone VARCHAR,
    open_24_7 BOOLEAN,
    opening_hours VARCHAR,
    hours_key BIGINT NOT NULL,
    directions VARCHAR,
    facilities VARCHAR,
    extra VARCHAR,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL
);

CREATE TABLE dim_charging_point (
    point_sk BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    source_point_key BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_point_id VARCHAR NOT NULL,
    evse_id VARCHAR,
    evse_key BIGINT,
    connector_hash VARCHAR,
    reported_at TIMESTAMP,
    physical_reference VARCHAR,
    floor_level VARCHAR,
    point_position VARCHAR,
    station_position VARCHAR,
    parking_spaces VARCHAR,
    public_comment VARCHAR,
    vehicle_type VARCHAR,
    is_roaming BOOLEAN,
    capabilities VARCHAR,
    capability_set_key BIGINT NOT NULL,
    is_reservable BOOLEAN,
    tariff_ids VARCHAR,
    has_remote_start BOOLEAN,
    has_rfid BOOLEAN,
    has_plug_and_charge BOOLEAN,
    parking_restrictions VARCHAR,
    max_power_kw DOUBLE,
    current_type VARCHAR,
    power_class VARCHAR,
    connector_count SMALLINT,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    extra VARCHAR,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL
);

CREATE TABLE dim_connector (
    connector_sk BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_connector_id VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    format VARCHAR,
    power_type VARCHAR,
    voltage_v INTEGER,
    amperage_a INTEGER,
    max_power_kw DOUBLE,
    tariff_ids VARCHAR,
    terms_url VARCHAR,
    extra VARCHAR,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash VARCHAR NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMP NOT NULL,
    first_load_id BIGINT NOT NULL
);

CREATE TABLE map_opening_hours (
    hours_key BIGINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    open_minute SMALLINT NOT NULL,
    close_minute SMALLINT NOT NULL
);

CREATE TABLE map_opening_exception (
    hours_key BIGINT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    is_open BOOLEAN NOT NULL
);

CREATE TABLE map_capability (
    capability_set_key BIGINT NOT NULL,
    capability VARCHAR NOT NULL
);

CREATE TABLE map_rulebook (
    rulebook VARCHAR NOT NULL,
    status_key SMALLINT NOT NULL,
    class VARCHAR NOT NULL,
    alternative_class VARCHAR,
    judgement VARCHAR,
    version INTEGER NOT NULL
);

CREATE TABLE fact_point_status (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    point_sk BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    status_key SMALLINT NOT NULL,
    raw_status_key BIGINT,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    observations SMALLINT NOT NULL,
    start_reason SMALLINT NOT NULL,
    end_reason SMALLINT NOT NULL,
    source_time TIMESTAMP,
    load_id BIGINT NOT NULL,
    parking_sensor_status VARCHAR
);

CREATE TABLE fact_connector_status (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    connector_sk BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    status_key SMALLINT NOT NULL,
    raw_status_key BIGINT,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    observations SMALLINT NOT NULL,
    start_reason SMALLINT NOT NULL,
    end_reason SMALLINT NOT NULL,
    source_time TIMESTAMP,
    load_id BIGINT NOT NULL
);

CREATE TABLE fact_open_time (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    hours_key BIGINT NOT NULL,
    opens_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    load_id BIGINT NOT NULL
);

CREATE TABLE agg_point_hour (
    hour_utc TIMESTAMP NOT NULL,
    feed_key BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    free_s SMALLINT NOT NULL,
    occupied_s SMALLINT NOT NULL,
    reserved_s SMALLINT NOT NULL,
    down_s SMALLINT NOT NULL,
    unknown_s SMALLINT NOT NULL,
    outside_s SMALLINT NOT NULL,
    absent_s SMALLINT NOT NULL,
    unobserved_s SMALLINT NOT NULL,
    open_observed_s SMALLINT NOT NULL,
    open_occupied_s SMALLINT NOT NULL,
    changes SMALLINT NOT NULL,
    session_starts SMALLINT NOT NULL,
    load_id BIGINT NOT NULL
);

CREATE TABLE etl_poll (
    poll_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    utc_date DATE NOT NULL,
    slot_utc TIMESTAMP NOT NULL,
    requested_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    outcome VARCHAR NOT NULL,
    http_status SMALLINT,
    bytes BIGINT,
    raw_sha256 VARCHAR,
    raw_uri VARCHAR,
    same_as_previous BOOLEAN,
    stations INTEGER,
    points INTEGER,
    connectors INTEGER,
    error VARCHAR,
    collector VARCHAR,
    attempts SMALLINT NOT NULL,
    is_chosen BOOLEAN NOT NULL,
    source_time TIMESTAMP,
    page_count SMALLINT NOT NULL
);

CREATE TABLE etl_load (
    load_id BIGINT NOT NULL,
    target VARCHAR NOT NULL,
    feed_key BIGINT NOT NULL,
    slice_date DATE NOT NULL,
    input_hash VARCHAR NOT NULL,
    code_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    run_id VARCHAR,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    rows_in BIGINT,
    rows_out BIGINT,
    rows_deleted BIGINT,
    rows_rejected BIGINT,
    rows_read BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    reason VARCHAR,
    adapter VARCHAR,
    mapping_version INTEGER,
    status_map VARCHAR,
    rules_version INTEGER,
    inputs VARCHAR,
    manifest_uri VARCHAR,
    host VARCHAR
);

CREATE TABLE etl_point_copy (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    counted_feed_key BIGINT NOT NULL,
    counted_point_id BIGINT NOT NULL
);

CREATE TABLE etl_reject (
    reject_id BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    slot_utc TIMESTAMP NOT NULL,
    severity VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    source_id VARCHAR,
    raw_sha256 VARCHAR NOT NULL,
    json_pointer VARCHAR,
    message VARCHAR NOT NULL,
    fragment VARCHAR,
    occurrences INTEGER NOT NULL
);

CREATE TABLE etl_quality_result (
    load_id BIGINT NOT NULL,
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    check_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    observed DOUBLE,
    expected DOUBLE,
    detail VARCHAR
);

CREATE TABLE etl_schema_version (
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    code_version VARCHAR NOT NULL
);

CREATE TABLE etl_operator_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL,
    operator_sk BIGINT NOT NULL,
    seen_from TIMESTAMP NOT NULL,
    seen_to TIMESTAMP NOT NULL,
    settles_at TIMESTAMP NOT NULL,
    attr_hash VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    source_operator_id VARCHAR NOT NULL,
    party_id VARCHAR,
    name VARCHAR NOT NULL,
    website VARCHAR,
    hotline VARCHAR,
    group_name VARCHAR
);

CREATE TABLE etl_station_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    seen_from TIMESTAMP NOT NULL,
    seen_to TIMESTAMP NOT NULL,
    settles_at TIMESTAMP NOT NULL,
    attr_hash VARCHAR NOT NULL,
    source_station_id VARCHAR NOT NULL,
    operator_id BIGINT NOT NULL,
    city_key BIGINT NOT NULL,
    city_id VARCHAR NOT NULL,
    city_name VARCHAR NOT NULL,
    name VARCHAR,
    address VARCHAR,
    postal_code VARCHAR,
    country VARCHAR NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    geo_cell VARCHAR,
    tz_name VARCHAR NOT NULL,
    access_type VARCHAR,
    parking_type VARCHAR,
    is_roaming BOOLEAN,
    owner_name VARCHAR,
    help_phone VARCHAR,
    open_24_7 BOOLEAN,
    opening_hours VARCHAR,
    hours_key BIGINT NOT NULL,
    directions VARCHAR,
    facilities VARCHAR,
    extra VARCHAR
);

CREATE TABLE etl_point_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    point_sk BIGINT NOT NULL,
    seen_from TIMESTAMP NOT NULL,
    seen_to TIMESTAMP NOT NULL,
    settles_at TIMESTAMP NOT NULL,
    attr_hash VARCHAR NOT NULL,
    station_id BIGINT NOT NULL,
    source_point_id VARCHAR NOT NULL,
    evse_id VARCHAR,
    evse_key BIGINT,
    connector_hash VARCHAR,
    reported_at TIMESTAMP,
    physical_reference VARCHAR,
    floor_level VARCHAR,
    point_position VARCHAR,
    station_position VARCHAR,
    parking_spaces VARCHAR,
    public_comment VARCHAR,
    vehicle_type VARCHAR,
    is_roaming BOOLEAN,
    capabilities VARCHAR,
    capability_set_key BIGINT NOT NULL,
    is_reservable BOOLEAN,
    tariff_ids VARCHAR,
    has_remote_start BOOLEAN,
    has_rfid BOOLEAN,
    has_plug_and_charge BOOLEAN,
    parking_restrictions VARCHAR,
    max_power_kw DOUBLE,
    current_type VARCHAR,
    power_class VARCHAR,
    connector_count SMALLINT,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    extra VARCHAR,
    reuse_point_id BIGINT NOT NULL
);

CREATE TABLE etl_connector_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    connector_sk BIGINT NOT NULL,
    seen_from TIMESTAMP NOT NULL,
    seen_to TIMESTAMP NOT NULL,
    settles_at TIMESTAMP NOT NULL,
    attr_hash VARCHAR NOT NULL,
    point_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    source_connector_id VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    format VARCHAR,
    power_type VARCHAR,
    voltage_v INTEGER,
    amperage_a INTEGER,
    max_power_kw DOUBLE,
    tariff_ids VARCHAR,
    terms_url VARCHAR,
    extra VARCHAR
);
