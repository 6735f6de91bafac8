CREATE TABLE dim_feed (
    feed_key BIGINT NOT NULL,
    feed_id TEXT COLLATE "C" NOT NULL,
    family TEXT COLLATE "C" NOT NULL,
    adapter TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C",
    tz_name TEXT COLLATE "C" NOT NULL,
    interval_s INTEGER NOT NULL,
    max_gap_s INTEGER NOT NULL,
    needs_credentials BOOLEAN NOT NULL,
    licence TEXT COLLATE "C",
    attribution TEXT COLLATE "C",
    terms_url TEXT COLLATE "C",
    notes TEXT COLLATE "C",
    active BOOLEAN NOT NULL,
    PRIMARY KEY (feed_key),
    UNIQUE (feed_id)
);

COMMENT ON TABLE dim_feed IS 'One row per feed: one endpoint that is polled.';

COMMENT ON COLUMN dim_feed.feed_key IS 'Hash of feed_id';

COMMENT ON COLUMN dim_feed.feed_id IS 'Name of the feed, for example chargecloud/koeln';

COMMENT ON COLUMN dim_feed.family IS 'Feed family, the name space of the source''s ids';

COMMENT ON COLUMN dim_feed.adapter IS 'Adapter that reads it';

COMMENT ON COLUMN dim_feed.url IS 'Address that is polled';

COMMENT ON COLUMN dim_feed.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN dim_feed.tz_name IS 'IANA time zone of its stations';

COMMENT ON COLUMN dim_feed.interval_s IS 'Seconds between polls';

COMMENT ON COLUMN dim_feed.max_gap_s IS 'Longest gap between good polls over which a status is held';

COMMENT ON COLUMN dim_feed.needs_credentials IS 'Whether it wants a key or token';

COMMENT ON COLUMN dim_feed.licence IS 'Licence of the data';

COMMENT ON COLUMN dim_feed.attribution IS 'Text that the licence wants shown';

COMMENT ON COLUMN dim_feed.terms_url IS 'Web address of the terms';

COMMENT ON COLUMN dim_feed.notes IS 'Remarks';

COMMENT ON COLUMN dim_feed.active IS 'Whether it is polled now';

CREATE TABLE dim_operator (
    operator_sk BIGINT NOT NULL,
    operator_id BIGINT NOT NULL,
    family TEXT COLLATE "C" NOT NULL,
    source_operator_id TEXT COLLATE "C" NOT NULL,
    party_id TEXT COLLATE "C",
    name TEXT COLLATE "C" NOT NULL,
    website TEXT COLLATE "C",
    hotline TEXT COLLATE "C",
    group_name TEXT COLLATE "C",
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (operator_sk),
    UNIQUE (operator_id, valid_from),
    CHECK (valid_to > valid_from),
    EXCLUDE USING gist (int8range(operator_id, operator_id, '[]') WITH &&, tstzrange(valid_from, valid_to) WITH &&)
);

CREATE UNIQUE INDEX dim_operator_current ON dim_operator (operator_id) WHERE is_current;

COMMENT ON TABLE dim_operator IS 'One row per version of an operator (CPO).';

COMMENT ON COLUMN dim_operator.operator_sk IS 'Hash of operator_id and valid_from';

COMMENT ON COLUMN dim_operator.operator_id IS 'Hash of family and source_operator_id';

COMMENT ON COLUMN dim_operator.family IS 'Feed family, the name space of the source''s ids';

COMMENT ON COLUMN dim_operator.source_operator_id IS 'The feed''s own id of the operator; its name where it gives none';

COMMENT ON COLUMN dim_operator.party_id IS 'OCPI party id';

COMMENT ON COLUMN dim_operator.name IS 'Name of the operator';

COMMENT ON COLUMN dim_operator.website IS 'Web address';

COMMENT ON COLUMN dim_operator.hotline IS 'Telephone number';

COMMENT ON COLUMN dim_operator.group_name IS 'Group that the operator belongs to';

COMMENT ON COLUMN dim_operator.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN dim_operator.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN dim_operator.is_current IS 'Whether the version is open';

COMMENT ON COLUMN dim_operator.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN dim_operator.change_mask IS 'Bits of what changed: 1 name, 2 place, 4 operator, 8 power, 16 hours, 32 capabilities, 64 relation, 128 details';

COMMENT ON COLUMN dim_operator.last_seen IS 'Slot of the last poll that showed the object';

COMMENT ON COLUMN dim_operator.first_load_id IS 'Load that made the version';

CREATE TABLE dim_city (
    city_key BIGINT NOT NULL,
    city_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    district TEXT COLLATE "C",
    state_code TEXT COLLATE "C",
    country TEXT COLLATE "C" NOT NULL,
    ags TEXT COLLATE "C",
    tz_name TEXT COLLATE "C" NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    population INTEGER,
    population_date DATE,
    PRIMARY KEY (city_key),
    UNIQUE (city_id)
);

COMMENT ON TABLE dim_city IS 'One row per city: those of the lists of places, and every other one that a loaded station names.';

COMMENT ON COLUMN dim_city.city_key IS 'Hash of city_id';

COMMENT ON COLUMN dim_city.city_id IS 'Country and name of the city in small letters: de/köln';

COMMENT ON COLUMN dim_city.name IS 'Name of the city; as the feed writes it where no list has the city';

COMMENT ON COLUMN dim_city.district IS 'District that the city belongs to (Kreis) or is (kreisfreie Stadt)';

COMMENT ON COLUMN dim_city.state_code IS 'ISO 3166-2';

COMMENT ON COLUMN dim_city.country IS 'ISO 3166-1 alpha-2; ZZ where the feed gives none';

COMMENT ON COLUMN dim_city.ags IS 'German municipality key';

COMMENT ON COLUMN dim_city.tz_name IS 'IANA time zone';

COMMENT ON COLUMN dim_city.lat IS 'Degrees north, WGS 84: the middle of the city''s area';

COMMENT ON COLUMN dim_city.lon IS 'Degrees east, WGS 84: the middle of the city''s area';

COMMENT ON COLUMN dim_city.population IS 'Inhabitants';

COMMENT ON COLUMN dim_city.population_date IS 'Day that population stands for';

CREATE TABLE map_city_alias (
    country TEXT COLLATE "C" NOT NULL,
    alias TEXT COLLATE "C" NOT NULL,
    city_key BIGINT NOT NULL,
    city_district TEXT COLLATE "C",
    origin TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (country, alias)
);

COMMENT ON TABLE map_city_alias IS 'One row per country and spelling of a city: those of the lists of places, and every other one that a feed wrote.';

COMMENT ON COLUMN map_city_alias.country IS 'ISO 3166-1 alpha-2; ZZ where the feed gives none';

COMMENT ON COLUMN map_city_alias.alias IS 'The spelling, as the list or the feed writes it';

COMMENT ON COLUMN map_city_alias.city_key IS 'What it means (dim_city)';

COMMENT ON COLUMN map_city_alias.city_district IS 'Part of the city that the spelling names: Bad Cannstatt';

COMMENT ON COLUMN map_city_alias.origin IS 'Who says so: built-in, configuration, or feed: no list has it, so that it is a city of its own';

CREATE TABLE dim_status (
    status_key SMALLINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    is_observed BOOLEAN NOT NULL,
    is_operational BOOLEAN NOT NULL,
    is_occupied BOOLEAN NOT NULL,
    sort_order SMALLINT NOT NULL,
    PRIMARY KEY (status_key),
    UNIQUE (code)
);

COMMENT ON TABLE dim_status IS 'One row per status.';

COMMENT ON COLUMN dim_status.status_key IS 'Number of the status; never renumbered';

COMMENT ON COLUMN dim_status.code IS 'OCPI''s nine in camel case, absent, unobserved';

COMMENT ON COLUMN dim_status.category IS 'free, occupied, reserved, down, unknown, outside, absent, unobserved';

COMMENT ON COLUMN dim_status.is_observed IS 'Whether its time belongs to the denominator of utilization';

COMMENT ON COLUMN dim_status.is_operational IS 'Whether the object works: free, occupied or reserved';

COMMENT ON COLUMN dim_status.is_occupied IS 'Whether its category is occupied';

COMMENT ON COLUMN dim_status.sort_order IS 'Place in lists and legends';

CREATE TABLE map_status (
    raw_status_key BIGINT NOT NULL,
    adapter TEXT COLLATE "C" NOT NULL,
    raw_status TEXT COLLATE "C" NOT NULL,
    status_key SMALLINT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (raw_status_key)
);

COMMENT ON TABLE map_status IS 'One row per status text of an adapter.';

COMMENT ON COLUMN map_status.raw_status_key IS 'Hash of adapter and raw_status';

COMMENT ON COLUMN map_status.adapter IS 'Adapter that met the text';

COMMENT ON COLUMN map_status.raw_status IS 'The feed''s own text, verbatim';

COMMENT ON COLUMN map_status.status_key IS 'What it is mapped to (dim_status)';

COMMENT ON COLUMN map_status.first_seen IS 'Slot of the first poll that showed it';

CREATE TABLE dim_hour (
    hour_utc TIMESTAMPTZ NOT NULL,
    hour_end TIMESTAMPTZ NOT NULL,
    utc_date DATE NOT NULL,
    tz_name TEXT COLLATE "C" NOT NULL,
    local_ts TIMESTAMP NOT NULL,
    local_date DATE NOT NULL,
    local_hour SMALLINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    hour_of_week SMALLINT NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    is_dst BOOLEAN NOT NULL,
    PRIMARY KEY (hour_utc, tz_name)
);

COMMENT ON TABLE dim_hour IS 'One row per UTC hour and time zone: local time without time-zone functions.';

COMMENT ON COLUMN dim_hour.hour_utc IS 'Start of the hour';

COMMENT ON COLUMN dim_hour.hour_end IS 'End of the hour, exclusive';

COMMENT ON COLUMN dim_hour.utc_date IS 'UTC day of the hour';

COMMENT ON COLUMN dim_hour.tz_name IS 'IANA time zone, or UTC';

COMMENT ON COLUMN dim_hour.local_ts IS 'What local clocks show at hour_utc; occurs twice when clocks go back';

COMMENT ON COLUMN dim_hour.local_date IS 'Local day';

COMMENT ON COLUMN dim_hour.local_hour IS 'Local hour, 0 to 23';

COMMENT ON COLUMN dim_hour.iso_dow IS 'Local day of the ISO week: 1 Monday to 7 Sunday';

COMMENT ON COLUMN dim_hour.hour_of_week IS 'Local hour of the week: 0 is Monday 00:00, 167 Sunday 23:00';

COMMENT ON COLUMN dim_hour.utc_offset_s IS 'Seconds that local time is ahead of UTC';

COMMENT ON COLUMN dim_hour.is_dst IS 'Whether daylight saving time applies';

CREATE TABLE dim_date (
    local_date DATE NOT NULL,
    year SMALLINT NOT NULL,
    quarter SMALLINT NOT NULL,
    month SMALLINT NOT NULL,
    iso_week SMALLINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    is_weekend BOOLEAN NOT NULL,
    season TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (local_date)
);

COMMENT ON TABLE dim_date IS 'One row per calendar day.';

COMMENT ON COLUMN dim_date.local_date IS 'The day';

COMMENT ON COLUMN dim_date.year IS 'Calendar year';

COMMENT ON COLUMN dim_date.quarter IS '1 to 4';

COMMENT ON COLUMN dim_date.month IS '1 to 12';

COMMENT ON COLUMN dim_date.iso_week IS 'ISO 8601 week, 1 to 53';

COMMENT ON COLUMN dim_date.iso_dow IS '1 Monday to 7 Sunday';

COMMENT ON COLUMN dim_date.is_weekend IS 'Saturday or Sunday';

COMMENT ON COLUMN dim_date.season IS 'Meteorological season of the northern half: winter, spring, summer, autumn';

CREATE TABLE dim_holiday (
    local_date DATE NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    state_code TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (local_date, country, state_code, kind, name)
);

COMMENT ON TABLE dim_holiday IS 'One row per holiday, state and day, for the years of loaded days.';

COMMENT ON COLUMN dim_holiday.local_date IS 'The day, local';

COMMENT ON COLUMN dim_holiday.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN dim_holiday.state_code IS 'ISO 3166-2';

COMMENT ON COLUMN dim_holiday.name IS 'Name of the holiday, in the language of the country';

COMMENT ON COLUMN dim_holiday.kind IS 'public: in the whole state; partial: in some of its municipalities';

CREATE TABLE dim_charging_station (
    station_sk BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_station_id TEXT COLLATE "C" NOT NULL,
    operator_id BIGINT NOT NULL,
    city_key BIGINT NOT NULL,
    city_id TEXT COLLATE "C" NOT NULL,
    city_name TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C",
    address TEXT COLLATE "C",
    postal_code TEXT COLLATE "C",
    country TEXT COLLATE "C" NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    geo_cell TEXT COLLATE "C",
    tz_name TEXT COLLATE "C" NOT NULL,
    access_type TEXT COLLATE "C",
    parking_type TEXT COLLATE "C",
    is_roaming BOOLEAN,
    owner_name TEXT COLLATE "C",
    help_phone TEXT COLLATE "C",
    open_24_7 BOOLEAN,
    opening_hours JSONB,
    hours_key BIGINT NOT NULL,
    directions JSONB,
    facilities JSONB,
    extra JSONB,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (station_sk),
    UNIQUE (station_id, valid_from),
    CHECK (valid_to > valid_from),
    EXCLUDE USING gist (int8range(station_id, station_id, '[]') WITH &&, tstzrange(valid_from, valid_to) WITH &&)
);

CREATE UNIQUE INDEX dim_charging_station_current ON dim_charging_station (station_id) WHERE is_current;

COMMENT ON TABLE dim_charging_station IS 'One row per version of a charging station.';

COMMENT ON COLUMN dim_charging_station.station_sk IS 'Hash of station_id and valid_from';

COMMENT ON COLUMN dim_charging_station.station_id IS 'Hash of feed family and source_station_id';

COMMENT ON COLUMN dim_charging_station.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN dim_charging_station.source_station_id IS 'The feed''s own id of the station';

COMMENT ON COLUMN dim_charging_station.operator_id IS 'Operator (dim_operator)';

COMMENT ON COLUMN dim_charging_station.city_key IS 'City (dim_city)';

COMMENT ON COLUMN dim_charging_station.city_id IS 'Country and name of the city in small letters: de/köln';

COMMENT ON COLUMN dim_charging_station.city_name IS 'Name of the city as the feed writes it; the feed''s name where it gives none';

COMMENT ON COLUMN dim_charging_station.name IS 'Name of the station';

COMMENT ON COLUMN dim_charging_station.address IS 'Street and number';

COMMENT ON COLUMN dim_charging_station.postal_code IS 'Postal code';

COMMENT ON COLUMN dim_charging_station.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN dim_charging_station.lat IS 'Degrees north, WGS 84';

COMMENT ON COLUMN dim_charging_station.lon IS 'Degrees east, WGS 84';

COMMENT ON COLUMN dim_charging_station.geo_cell IS 'Cell of a grid, for joins by place';

COMMENT ON COLUMN dim_charging_station.tz_name IS 'IANA time zone of the place';

COMMENT ON COLUMN dim_charging_station.access_type IS 'Who may use the station';

COMMENT ON COLUMN dim_charging_station.parking_type IS 'OCPI parking type';

COMMENT ON COLUMN dim_charging_station.is_roaming IS 'Whether roaming is offered';

COMMENT ON COLUMN dim_charging_station.owner_name IS 'Owner of the place';

COMMENT ON COLUMN dim_charging_station.help_phone IS 'Telephone number for help on the spot';

COMMENT ON COLUMN dim_charging_station.open_24_7 IS 'Whether the station is open around the clock';

COMMENT ON COLUMN dim_charging_station.opening_hours IS 'The feed''s opening times';

COMMENT ON COLUMN dim_charging_station.hours_key IS 'Set of opening hours (map_opening_hours); one key stands for "not told"';

COMMENT ON COLUMN dim_charging_station.directions IS 'List of language and text';

COMMENT ON COLUMN dim_charging_station.facilities IS 'List of OCPI facilities';

COMMENT ON COLUMN dim_charging_station.extra IS 'Object of the feed''s fields that have no column';

COMMENT ON COLUMN dim_charging_station.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN dim_charging_station.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN dim_charging_station.is_current IS 'Whether the version is open';

COMMENT ON COLUMN dim_charging_station.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN dim_charging_station.change_mask IS 'Bits of what changed: 1 name, 2 place, 4 operator, 8 power, 16 hours, 32 capabilities, 64 relation, 128 details';

COMMENT ON COLUMN dim_charging_station.last_seen IS 'Slot of the last poll that showed the object';

COMMENT ON COLUMN dim_charging_station.first_load_id IS 'Load that made the version';

CREATE TABLE dim_charging_point (
    point_sk BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    source_point_key BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_point_id TEXT COLLATE "C" NOT NULL,
    evse_id TEXT COLLATE "C",
    evse_key BIGINT,
    connector_hash TEXT COLLATE "C",
    reported_at TIMESTAMPTZ,
    physical_reference TEXT COLLATE "C",
    floor_level TEXT COLLATE "C",
    point_position TEXT COLLATE "C",
    station_position TEXT COLLATE "C",
    parking_spaces TEXT COLLATE "C",
    public_comment TEXT COLLATE "C",
    vehicle_type TEXT COLLATE "C",
    is_roaming BOOLEAN,
    capabilities JSONB,
    capability_set_key BIGINT NOT NULL,
    is_reservable BOOLEAN,
    tariff_ids JSONB,
    has_remote_start BOOLEAN,
    has_rfid BOOLEAN,
    has_plug_and_charge BOOLEAN,
    parking_restrictions JSONB,
    max_power_kw DOUBLE PRECISION,
    current_type TEXT COLLATE "C",
    power_class TEXT COLLATE "C",
    connector_count SMALLINT,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    extra JSONB,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (point_sk),
    UNIQUE (point_id, valid_from),
    CHECK (valid_to > valid_from),
    EXCLUDE USING gist (int8range(point_id, point_id, '[]') WITH &&, tstzrange(valid_from, valid_to) WITH &&)
);

CREATE UNIQUE INDEX dim_charging_point_current ON dim_charging_point (point_id) WHERE is_current;

COMMENT ON TABLE dim_charging_point IS 'One row per version of a charging point (EVSE).';

COMMENT ON COLUMN dim_charging_point.point_sk IS 'Hash of point_id and valid_from';

COMMENT ON COLUMN dim_charging_point.point_id IS 'Charging point, durable: source_point_key, or another where the id was re-used';

COMMENT ON COLUMN dim_charging_point.source_point_key IS 'Hash of family and source_point_id: the point''s id unless it was re-used';

COMMENT ON COLUMN dim_charging_point.station_id IS 'Charging station (dim_charging_station)';

COMMENT ON COLUMN dim_charging_point.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN dim_charging_point.source_point_id IS 'The feed''s own id of the point (uid)';

COMMENT ON COLUMN dim_charging_point.evse_id IS 'Printed EVSE id; can be shared or re-used, so it is no key';

COMMENT ON COLUMN dim_charging_point.evse_key IS 'Hash of the EVSE id without separators: matches one point over feeds and records';

COMMENT ON COLUMN dim_charging_point.connector_hash IS 'Hash over the connectors and what they are; makes no version';

COMMENT ON COLUMN dim_charging_point.reported_at IS 'The source''s own time of the newest record; makes no version';

COMMENT ON COLUMN dim_charging_point.physical_reference IS 'Mark on the device';

COMMENT ON COLUMN dim_charging_point.floor_level IS 'Floor';

COMMENT ON COLUMN dim_charging_point.point_position IS 'Place of the point at the station';

COMMENT ON COLUMN dim_charging_point.station_position IS 'Place of the station';

COMMENT ON COLUMN dim_charging_point.parking_spaces IS 'Parking spaces that the point serves';

COMMENT ON COLUMN dim_charging_point.public_comment IS 'Remark for users';

COMMENT ON COLUMN dim_charging_point.vehicle_type IS 'Kind of vehicle served';

COMMENT ON COLUMN dim_charging_point.is_roaming IS 'Whether roaming is offered';

COMMENT ON COLUMN dim_charging_point.capabilities IS 'Sorted list of OCPI capabilities';

COMMENT ON COLUMN dim_charging_point.capability_set_key IS 'Set of capabilities (map_capability)';

COMMENT ON COLUMN dim_charging_point.is_reservable IS 'Whether it can be reserved; volatile, makes no version';

COMMENT ON COLUMN dim_charging_point.tariff_ids IS 'List of tariff ids; volatile, makes no version';

COMMENT ON COLUMN dim_charging_point.has_remote_start IS 'Whether charging can be started remotely';

COMMENT ON COLUMN dim_charging_point.has_rfid IS 'Whether an RFID card is read';

COMMENT ON COLUMN dim_charging_point.has_plug_and_charge IS 'Whether ISO 15118 plug and charge works';

COMMENT ON COLUMN dim_charging_point.parking_restrictions IS 'List of OCPI parking restrictions';

COMMENT ON COLUMN dim_charging_point.max_power_kw IS 'Largest power of its connectors';

COMMENT ON COLUMN dim_charging_point.current_type IS 'AC, DC or AC+DC';

COMMENT ON COLUMN dim_charging_point.power_class IS 'Class of max_power_kw';

COMMENT ON COLUMN dim_charging_point.connector_count IS 'Connectors of the point';

COMMENT ON COLUMN dim_charging_point.lat IS 'Degrees north of its station, WGS 84; makes no version';

COMMENT ON COLUMN dim_charging_point.lon IS 'Degrees east of its station, WGS 84; makes no version';

COMMENT ON COLUMN dim_charging_point.extra IS 'Object of the feed''s fields that have no column';

COMMENT ON COLUMN dim_charging_point.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN dim_charging_point.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN dim_charging_point.is_current IS 'Whether the version is open';

COMMENT ON COLUMN dim_charging_point.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN dim_charging_point.change_mask IS 'Bits of what changed: 1 name, 2 place, 4 operator, 8 power, 16 hours, 32 capabilities, 64 relation, 128 details';

COMMENT ON COLUMN dim_charging_point.last_seen IS 'Slot of the last poll that showed the object';

COMMENT ON COLUMN dim_charging_point.first_load_id IS 'Load that made the version';

CREATE TABLE dim_connector (
    connector_sk BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    source_connector_id TEXT COLLATE "C" NOT NULL,
    standard TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C",
    power_type TEXT COLLATE "C",
    voltage_v INTEGER,
    amperage_a INTEGER,
    max_power_kw DOUBLE PRECISION,
    tariff_ids JSONB,
    terms_url TEXT COLLATE "C",
    extra JSONB,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ NOT NULL,
    is_current BOOLEAN NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    change_mask BIGINT NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    first_load_id BIGINT NOT NULL,
    PRIMARY KEY (connector_sk),
    UNIQUE (connector_id, valid_from),
    CHECK (valid_to > valid_from),
    EXCLUDE USING gist (int8range(connector_id, connector_id, '[]') WITH &&, tstzrange(valid_from, valid_to) WITH &&)
);

CREATE UNIQUE INDEX dim_connector_current ON dim_connector (connector_id) WHERE is_current;

COMMENT ON TABLE dim_connector IS 'One row per version of a connector.';

COMMENT ON COLUMN dim_connector.connector_sk IS 'Hash of connector_id and valid_from';

COMMENT ON COLUMN dim_connector.connector_id IS 'Hash of feed family, point and source_connector_id';

COMMENT ON COLUMN dim_connector.point_id IS 'Charging point (dim_charging_point)';

COMMENT ON COLUMN dim_connector.station_id IS 'Charging station (dim_charging_station)';

COMMENT ON COLUMN dim_connector.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN dim_connector.source_connector_id IS 'The feed''s own id of the connector';

COMMENT ON COLUMN dim_connector.standard IS 'OCPI name of the plug; unknown where the feed gave none';

COMMENT ON COLUMN dim_connector.format IS 'SOCKET or CABLE';

COMMENT ON COLUMN dim_connector.power_type IS 'OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …';

COMMENT ON COLUMN dim_connector.voltage_v IS 'Voltage';

COMMENT ON COLUMN dim_connector.amperage_a IS 'Current';

COMMENT ON COLUMN dim_connector.max_power_kw IS 'Largest power';

COMMENT ON COLUMN dim_connector.tariff_ids IS 'List of tariff ids; volatile, makes no version';

COMMENT ON COLUMN dim_connector.terms_url IS 'Web address of the terms';

COMMENT ON COLUMN dim_connector.extra IS 'Object of the feed''s fields that have no column';

COMMENT ON COLUMN dim_connector.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN dim_connector.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN dim_connector.is_current IS 'Whether the version is open';

COMMENT ON COLUMN dim_connector.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN dim_connector.change_mask IS 'Bits of what changed: 1 name, 2 place, 4 operator, 8 power, 16 hours, 32 capabilities, 64 relation, 128 details';

COMMENT ON COLUMN dim_connector.last_seen IS 'Slot of the last poll that showed the object';

COMMENT ON COLUMN dim_connector.first_load_id IS 'Load that made the version';

CREATE TABLE map_opening_hours (
    hours_key BIGINT NOT NULL,
    iso_dow SMALLINT NOT NULL,
    open_minute SMALLINT NOT NULL,
    close_minute SMALLINT NOT NULL,
    PRIMARY KEY (hours_key, iso_dow, open_minute)
);

COMMENT ON TABLE map_opening_hours IS 'One row per set of opening hours, weekday and stretch of time in which a station is open.';

COMMENT ON COLUMN map_opening_hours.hours_key IS 'Hash of the feed''s opening times';

COMMENT ON COLUMN map_opening_hours.iso_dow IS 'Local day of the ISO week: 1 Monday to 7 Sunday';

COMMENT ON COLUMN map_opening_hours.open_minute IS 'Minutes after local midnight, 0 to 1439';

COMMENT ON COLUMN map_opening_hours.close_minute IS 'Minutes after local midnight, exclusive, at most 1440';

CREATE TABLE map_opening_exception (
    hours_key BIGINT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (hours_key, starts_at, is_open)
);

COMMENT ON TABLE map_opening_exception IS 'One row per set of opening hours and stretch of time in which a station is open or closed by exception.';

COMMENT ON COLUMN map_opening_exception.hours_key IS 'Hash of the feed''s opening times';

COMMENT ON COLUMN map_opening_exception.starts_at IS 'Start of the exception';

COMMENT ON COLUMN map_opening_exception.ends_at IS 'End of the exception, exclusive';

COMMENT ON COLUMN map_opening_exception.is_open IS 'Whether the station is open then; a closing wins over an opening';

CREATE TABLE map_capability (
    capability_set_key BIGINT NOT NULL,
    capability TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (capability_set_key, capability)
);

COMMENT ON TABLE map_capability IS 'One row per set of capabilities and capability.';

COMMENT ON COLUMN map_capability.capability_set_key IS 'Hash of the set';

COMMENT ON COLUMN map_capability.capability IS 'OCPI capability, for example RFID_READER';

CREATE TABLE fact_point_status (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    point_sk BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    status_key SMALLINT NOT NULL,
    raw_status_key BIGINT,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ NOT NULL,
    observations SMALLINT NOT NULL,
    start_reason SMALLINT NOT NULL,
    end_reason SMALLINT NOT NULL,
    source_time TIMESTAMPTZ,
    load_id BIGINT NOT NULL,
    parking_sensor_status TEXT COLLATE "C",
    PRIMARY KEY (utc_date, feed_key, point_id, valid_from),
    CHECK (valid_to > valid_from)
) PARTITION BY RANGE (utc_date);

COMMENT ON TABLE fact_point_status IS 'One row per charging point and run of equal status within a UTC day and a version.';

COMMENT ON COLUMN fact_point_status.utc_date IS 'UTC day';

COMMENT ON COLUMN fact_point_status.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN fact_point_status.point_id IS 'Charging point, durable';

COMMENT ON COLUMN fact_point_status.point_sk IS 'Charging point as it was (dim_charging_point)';

COMMENT ON COLUMN fact_point_status.station_sk IS 'Charging station as it was (dim_charging_station)';

COMMENT ON COLUMN fact_point_status.status_key IS 'Status (dim_status)';

COMMENT ON COLUMN fact_point_status.raw_status_key IS 'The feed''s own text (map_status)';

COMMENT ON COLUMN fact_point_status.valid_from IS 'Start of the interval';

COMMENT ON COLUMN fact_point_status.valid_to IS 'End of the interval, exclusive; at most the end of the UTC day';

COMMENT ON COLUMN fact_point_status.observations IS 'Good polls that showed the status';

COMMENT ON COLUMN fact_point_status.start_reason IS '1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text';

COMMENT ON COLUMN fact_point_status.end_reason IS '1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text';

COMMENT ON COLUMN fact_point_status.source_time IS 'The source''s own stamp of the status; never trusted';

COMMENT ON COLUMN fact_point_status.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN fact_point_status.parking_sensor_status IS 'What the parking sensor said';

CREATE TABLE fact_connector_status (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    connector_sk BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    status_key SMALLINT NOT NULL,
    raw_status_key BIGINT,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ NOT NULL,
    observations SMALLINT NOT NULL,
    start_reason SMALLINT NOT NULL,
    end_reason SMALLINT NOT NULL,
    source_time TIMESTAMPTZ,
    load_id BIGINT NOT NULL,
    PRIMARY KEY (utc_date, feed_key, connector_id, valid_from),
    CHECK (valid_to > valid_from)
) PARTITION BY RANGE (utc_date);

COMMENT ON TABLE fact_connector_status IS 'One row per connector and run of equal status within a UTC day and a version.';

COMMENT ON COLUMN fact_connector_status.utc_date IS 'UTC day';

COMMENT ON COLUMN fact_connector_status.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN fact_connector_status.connector_id IS 'Connector, durable';

COMMENT ON COLUMN fact_connector_status.connector_sk IS 'Connector as it was (dim_connector)';

COMMENT ON COLUMN fact_connector_status.point_id IS 'Charging point, durable';

COMMENT ON COLUMN fact_connector_status.station_sk IS 'Charging station as it was (dim_charging_station)';

COMMENT ON COLUMN fact_connector_status.status_key IS 'Status (dim_status)';

COMMENT ON COLUMN fact_connector_status.raw_status_key IS 'The feed''s own text (map_status)';

COMMENT ON COLUMN fact_connector_status.valid_from IS 'Start of the interval';

COMMENT ON COLUMN fact_connector_status.valid_to IS 'End of the interval, exclusive; at most the end of the UTC day';

COMMENT ON COLUMN fact_connector_status.observations IS 'Good polls that showed the status';

COMMENT ON COLUMN fact_connector_status.start_reason IS '1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text';

COMMENT ON COLUMN fact_connector_status.end_reason IS '1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text';

COMMENT ON COLUMN fact_connector_status.source_time IS 'The source''s own stamp of the status; never trusted';

COMMENT ON COLUMN fact_connector_status.load_id IS 'Load that wrote the row (etl_load)';

CREATE TABLE fact_open_time (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    hours_key BIGINT NOT NULL,
    opens_at TIMESTAMPTZ NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL,
    load_id BIGINT NOT NULL,
    PRIMARY KEY (feed_key, utc_date, hours_key, opens_at)
);

CREATE INDEX fact_open_time_order ON fact_open_time USING brin (utc_date);

COMMENT ON TABLE fact_open_time IS 'One row per feed, UTC day, set of opening hours with limits, and stretch in which it is open.';

COMMENT ON COLUMN fact_open_time.utc_date IS 'UTC day';

COMMENT ON COLUMN fact_open_time.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN fact_open_time.hours_key IS 'Set of opening hours (map_opening_hours)';

COMMENT ON COLUMN fact_open_time.opens_at IS 'Start, exceptions and clock changes applied';

COMMENT ON COLUMN fact_open_time.closes_at IS 'End, exclusive; at most the end of the UTC day';

COMMENT ON COLUMN fact_open_time.load_id IS 'Load that wrote the row (etl_load)';

CREATE TABLE agg_point_hour (
    hour_utc TIMESTAMPTZ NOT NULL,
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
    load_id BIGINT NOT NULL,
    PRIMARY KEY (hour_utc, feed_key, point_id)
) PARTITION BY RANGE (hour_utc);

COMMENT ON TABLE agg_point_hour IS 'One row per charging point and UTC hour; copies (etl_point_copy) are not counted again.';

COMMENT ON COLUMN agg_point_hour.hour_utc IS 'Start of the hour';

COMMENT ON COLUMN agg_point_hour.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN agg_point_hour.point_id IS 'Charging point, durable';

COMMENT ON COLUMN agg_point_hour.station_sk IS 'Charging station as it was (dim_charging_station)';

COMMENT ON COLUMN agg_point_hour.free_s IS 'Seconds free';

COMMENT ON COLUMN agg_point_hour.occupied_s IS 'Seconds occupied';

COMMENT ON COLUMN agg_point_hour.reserved_s IS 'Seconds reserved';

COMMENT ON COLUMN agg_point_hour.down_s IS 'Seconds out of order or inoperative';

COMMENT ON COLUMN agg_point_hour.unknown_s IS 'Seconds in which the feed said unknown';

COMMENT ON COLUMN agg_point_hour.outside_s IS 'Seconds planned or removed';

COMMENT ON COLUMN agg_point_hour.absent_s IS 'Seconds in which the feed worked and did not show the point';

COMMENT ON COLUMN agg_point_hour.unobserved_s IS 'Seconds without a usable poll';

COMMENT ON COLUMN agg_point_hour.open_observed_s IS 'Observed seconds in opening hours; hours not told count as always open';

COMMENT ON COLUMN agg_point_hour.open_occupied_s IS 'Seconds occupied in opening hours';

COMMENT ON COLUMN agg_point_hour.changes IS 'Status changes that start in the hour';

COMMENT ON COLUMN agg_point_hour.session_starts IS 'Inferred sessions that start in the hour';

COMMENT ON COLUMN agg_point_hour.load_id IS 'Load that wrote the row (etl_load)';

CREATE TABLE etl_poll (
    poll_id BIGINT NOT NULL,
    feed_key BIGINT NOT NULL,
    utc_date DATE NOT NULL,
    slot_utc TIMESTAMPTZ NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome TEXT COLLATE "C" NOT NULL,
    http_status SMALLINT,
    bytes BIGINT,
    raw_sha256 TEXT COLLATE "C",
    raw_uri TEXT COLLATE "C",
    same_as_previous BOOLEAN,
    stations INTEGER,
    points INTEGER,
    connectors INTEGER,
    error TEXT COLLATE "C",
    collector TEXT COLLATE "C",
    attempts SMALLINT NOT NULL,
    is_chosen BOOLEAN NOT NULL,
    source_time TIMESTAMPTZ,
    page_count SMALLINT NOT NULL,
    PRIMARY KEY (poll_id)
);

CREATE INDEX etl_poll_order ON etl_poll (utc_date, feed_key);

COMMENT ON TABLE etl_poll IS 'One row per poll.';

COMMENT ON COLUMN etl_poll.poll_id IS 'Hash of feed, slot and requested_at';

COMMENT ON COLUMN etl_poll.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_poll.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_poll.slot_utc IS 'Scheduled time: the time of its observations';

COMMENT ON COLUMN etl_poll.requested_at IS 'When the request was sent';

COMMENT ON COLUMN etl_poll.finished_at IS 'When the answer was complete';

COMMENT ON COLUMN etl_poll.outcome IS 'ok, or why the answer was not used';

COMMENT ON COLUMN etl_poll.http_status IS 'HTTP status';

COMMENT ON COLUMN etl_poll.bytes IS 'Size of the body';

COMMENT ON COLUMN etl_poll.raw_sha256 IS 'Digest of the body';

COMMENT ON COLUMN etl_poll.raw_uri IS 'Pack and place of the raw answer';

COMMENT ON COLUMN etl_poll.same_as_previous IS 'Whether the body is the previous one''s';

COMMENT ON COLUMN etl_poll.stations IS 'Stations in the answer';

COMMENT ON COLUMN etl_poll.points IS 'Charging points in the answer';

COMMENT ON COLUMN etl_poll.connectors IS 'Connectors in the answer';

COMMENT ON COLUMN etl_poll.error IS 'What went wrong';

COMMENT ON COLUMN etl_poll.collector IS 'Machine that polled';

COMMENT ON COLUMN etl_poll.attempts IS 'Requests that were sent';

COMMENT ON COLUMN etl_poll.is_chosen IS 'Whether it makes the observations of its slot';

COMMENT ON COLUMN etl_poll.source_time IS 'The source''s own stamp of the answer';

COMMENT ON COLUMN etl_poll.page_count IS 'Pages of the answer';

CREATE TABLE etl_load (
    load_id BIGINT NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    feed_key BIGINT NOT NULL,
    slice_date DATE NOT NULL,
    input_hash TEXT COLLATE "C" NOT NULL,
    code_version TEXT COLLATE "C" NOT NULL,
    schema_version INTEGER NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    run_id TEXT COLLATE "C",
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    rows_in BIGINT,
    rows_out BIGINT,
    rows_deleted BIGINT,
    rows_rejected BIGINT,
    rows_read BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    reason TEXT COLLATE "C",
    manifest_uri TEXT COLLATE "C",
    host TEXT COLLATE "C",
    PRIMARY KEY (feed_key, slice_date)
);

CREATE INDEX etl_load_order ON etl_load (slice_date, feed_key);

COMMENT ON TABLE etl_load IS 'One row per slice (feed and UTC day) that is loaded.';

COMMENT ON COLUMN etl_load.load_id IS 'Hash of feed, day and input_hash';

COMMENT ON COLUMN etl_load.target IS 'Engine';

COMMENT ON COLUMN etl_load.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_load.slice_date IS 'UTC day of the slice';

COMMENT ON COLUMN etl_load.input_hash IS 'Hash of raw digests, carry-in, versions and configuration';

COMMENT ON COLUMN etl_load.code_version IS 'Version of Chargehouse';

COMMENT ON COLUMN etl_load.schema_version IS 'Version of this schema';

COMMENT ON COLUMN etl_load.status IS 'loaded, failed or missing_raw';

COMMENT ON COLUMN etl_load.run_id IS 'Name of the run, from a scheduler';

COMMENT ON COLUMN etl_load.started_at IS 'Start of the load; left out of comparisons';

COMMENT ON COLUMN etl_load.finished_at IS 'End of the load; left out of comparisons';

COMMENT ON COLUMN etl_load.rows_in IS 'Rows in the flat files';

COMMENT ON COLUMN etl_load.rows_out IS 'Rows written';

COMMENT ON COLUMN etl_load.rows_deleted IS 'Rows of the former load';

COMMENT ON COLUMN etl_load.rows_rejected IS 'Records rejected';

COMMENT ON COLUMN etl_load.rows_read IS 'Records read: kept and rejected';

COMMENT ON COLUMN etl_load.rows_kept IS 'Records kept';

COMMENT ON COLUMN etl_load.reason IS 'Why it was loaded again, or failed';

COMMENT ON COLUMN etl_load.manifest_uri IS 'Manifest of the flat files';

COMMENT ON COLUMN etl_load.host IS 'Machine that loaded; left out of comparisons';

CREATE TABLE etl_point_copy (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    counted_feed_key BIGINT NOT NULL,
    counted_point_id BIGINT NOT NULL,
    PRIMARY KEY (utc_date, feed_key, point_id)
);

COMMENT ON TABLE etl_point_copy IS 'One row per UTC day, feed and charging point that is another record of a point that is counted.';

COMMENT ON COLUMN etl_point_copy.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_point_copy.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_point_copy.point_id IS 'Charging point that is not counted on the day';

COMMENT ON COLUMN etl_point_copy.counted_feed_key IS 'Feed of the record that is counted';

COMMENT ON COLUMN etl_point_copy.counted_point_id IS 'Charging point that is counted';

CREATE TABLE etl_reject (
    load_id BIGINT NOT NULL,
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    slot_utc TIMESTAMPTZ NOT NULL,
    severity TEXT COLLATE "C" NOT NULL,
    rule_id TEXT COLLATE "C" NOT NULL,
    entity TEXT COLLATE "C" NOT NULL,
    source_id TEXT COLLATE "C",
    raw_sha256 TEXT COLLATE "C" NOT NULL,
    json_pointer TEXT COLLATE "C",
    message TEXT COLLATE "C" NOT NULL,
    fragment TEXT COLLATE "C",
    occurrences INTEGER NOT NULL
);

CREATE INDEX etl_reject_order ON etl_reject USING brin (utc_date);

COMMENT ON TABLE etl_reject IS 'One row per slice, rule and record that was rejected, or noticed.';

COMMENT ON COLUMN etl_reject.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_reject.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_reject.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_reject.slot_utc IS 'Slot of the first occurrence';

COMMENT ON COLUMN etl_reject.severity IS 'reject or notice';

COMMENT ON COLUMN etl_reject.rule_id IS 'Rule (docs/reference/rejects.md)';

COMMENT ON COLUMN etl_reject.entity IS 'station, point or connector';

COMMENT ON COLUMN etl_reject.source_id IS 'The record''s own id';

COMMENT ON COLUMN etl_reject.raw_sha256 IS 'Digest of the answer';

COMMENT ON COLUMN etl_reject.json_pointer IS 'Place in the answer, RFC 6901';

COMMENT ON COLUMN etl_reject.message IS 'What was found and what was expected';

COMMENT ON COLUMN etl_reject.fragment IS 'The record as the feed wrote it';

COMMENT ON COLUMN etl_reject.occurrences IS 'How often in the slice';

CREATE TABLE etl_quality_result (
    load_id BIGINT NOT NULL,
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    check_id TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    observed DOUBLE PRECISION,
    expected DOUBLE PRECISION,
    detail TEXT COLLATE "C",
    PRIMARY KEY (load_id, check_id, feed_key, utc_date)
);

COMMENT ON TABLE etl_quality_result IS 'One row per load and quality check.';

COMMENT ON COLUMN etl_quality_result.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_quality_result.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_quality_result.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_quality_result.check_id IS 'Name of the check';

COMMENT ON COLUMN etl_quality_result.status IS 'ok, warning or failed';

COMMENT ON COLUMN etl_quality_result.observed IS 'What was found';

COMMENT ON COLUMN etl_quality_result.expected IS 'What was expected';

COMMENT ON COLUMN etl_quality_result.detail IS 'Explanation';

CREATE TABLE etl_schema_version (
    version INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    checksum TEXT COLLATE "C" NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL,
    code_version TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (version)
);

COMMENT ON TABLE etl_schema_version IS 'One row per migration that was applied.';

COMMENT ON COLUMN etl_schema_version.version IS 'Number of the migration';

COMMENT ON COLUMN etl_schema_version.name IS 'Name of the migration';

COMMENT ON COLUMN etl_schema_version.checksum IS 'SHA-256 of its statements';

COMMENT ON COLUMN etl_schema_version.applied_at IS 'When it was applied';

COMMENT ON COLUMN etl_schema_version.code_version IS 'Version of Chargehouse that applied it';

CREATE TABLE etl_operator_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    operator_id BIGINT NOT NULL,
    operator_sk BIGINT NOT NULL,
    seen_from TIMESTAMPTZ NOT NULL,
    seen_to TIMESTAMPTZ NOT NULL,
    settles_at TIMESTAMPTZ NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    family TEXT COLLATE "C" NOT NULL,
    source_operator_id TEXT COLLATE "C" NOT NULL,
    party_id TEXT COLLATE "C",
    name TEXT COLLATE "C" NOT NULL,
    website TEXT COLLATE "C",
    hotline TEXT COLLATE "C",
    group_name TEXT COLLATE "C",
    PRIMARY KEY (feed_key, utc_date, operator_id, seen_from)
);

CREATE INDEX etl_operator_version_object ON etl_operator_version (operator_id);

COMMENT ON TABLE etl_operator_version IS 'One row per operator, slice and run of equal attributes: what the slice saw.';

COMMENT ON COLUMN etl_operator_version.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_operator_version.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_operator_version.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_operator_version.operator_id IS 'The operator, durable';

COMMENT ON COLUMN etl_operator_version.operator_sk IS 'Key of the version that starts with the run, if one does';

COMMENT ON COLUMN etl_operator_version.seen_from IS 'Slot of the first poll of the run';

COMMENT ON COLUMN etl_operator_version.seen_to IS 'Slot of the last poll of the run';

COMMENT ON COLUMN etl_operator_version.settles_at IS 'Where the former values return by then, the run was flapping and makes no version';

COMMENT ON COLUMN etl_operator_version.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN etl_operator_version.family IS 'Feed family, the name space of the source''s ids';

COMMENT ON COLUMN etl_operator_version.source_operator_id IS 'The feed''s own id of the operator; its name where it gives none';

COMMENT ON COLUMN etl_operator_version.party_id IS 'OCPI party id';

COMMENT ON COLUMN etl_operator_version.name IS 'Name of the operator';

COMMENT ON COLUMN etl_operator_version.website IS 'Web address';

COMMENT ON COLUMN etl_operator_version.hotline IS 'Telephone number';

COMMENT ON COLUMN etl_operator_version.group_name IS 'Group that the operator belongs to';

CREATE TABLE etl_station_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    station_sk BIGINT NOT NULL,
    seen_from TIMESTAMPTZ NOT NULL,
    seen_to TIMESTAMPTZ NOT NULL,
    settles_at TIMESTAMPTZ NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    source_station_id TEXT COLLATE "C" NOT NULL,
    operator_id BIGINT NOT NULL,
    city_key BIGINT NOT NULL,
    city_id TEXT COLLATE "C" NOT NULL,
    city_name TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C",
    address TEXT COLLATE "C",
    postal_code TEXT COLLATE "C",
    country TEXT COLLATE "C" NOT NULL,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    geo_cell TEXT COLLATE "C",
    tz_name TEXT COLLATE "C" NOT NULL,
    access_type TEXT COLLATE "C",
    parking_type TEXT COLLATE "C",
    is_roaming BOOLEAN,
    owner_name TEXT COLLATE "C",
    help_phone TEXT COLLATE "C",
    open_24_7 BOOLEAN,
    opening_hours JSONB,
    hours_key BIGINT NOT NULL,
    directions JSONB,
    facilities JSONB,
    extra JSONB,
    PRIMARY KEY (feed_key, utc_date, station_id, seen_from)
);

CREATE INDEX etl_station_version_object ON etl_station_version (station_id);

COMMENT ON TABLE etl_station_version IS 'One row per station, slice and run of equal attributes: what the slice saw.';

COMMENT ON COLUMN etl_station_version.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_station_version.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_station_version.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_station_version.station_id IS 'The station, durable';

COMMENT ON COLUMN etl_station_version.station_sk IS 'Key of the version that starts with the run, if one does';

COMMENT ON COLUMN etl_station_version.seen_from IS 'Slot of the first poll of the run';

COMMENT ON COLUMN etl_station_version.seen_to IS 'Slot of the last poll of the run';

COMMENT ON COLUMN etl_station_version.settles_at IS 'Where the former values return by then, the run was flapping and makes no version';

COMMENT ON COLUMN etl_station_version.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN etl_station_version.source_station_id IS 'The feed''s own id of the station';

COMMENT ON COLUMN etl_station_version.operator_id IS 'Operator (dim_operator)';

COMMENT ON COLUMN etl_station_version.city_key IS 'City (dim_city)';

COMMENT ON COLUMN etl_station_version.city_id IS 'Country and name of the city in small letters: de/köln';

COMMENT ON COLUMN etl_station_version.city_name IS 'Name of the city as the feed writes it; the feed''s name where it gives none';

COMMENT ON COLUMN etl_station_version.name IS 'Name of the station';

COMMENT ON COLUMN etl_station_version.address IS 'Street and number';

COMMENT ON COLUMN etl_station_version.postal_code IS 'Postal code';

COMMENT ON COLUMN etl_station_version.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN etl_station_version.lat IS 'Degrees north, WGS 84';

COMMENT ON COLUMN etl_station_version.lon IS 'Degrees east, WGS 84';

COMMENT ON COLUMN etl_station_version.geo_cell IS 'Cell of a grid, for joins by place';

COMMENT ON COLUMN etl_station_version.tz_name IS 'IANA time zone of the place';

COMMENT ON COLUMN etl_station_version.access_type IS 'Who may use the station';

COMMENT ON COLUMN etl_station_version.parking_type IS 'OCPI parking type';

COMMENT ON COLUMN etl_station_version.is_roaming IS 'Whether roaming is offered';

COMMENT ON COLUMN etl_station_version.owner_name IS 'Owner of the place';

COMMENT ON COLUMN etl_station_version.help_phone IS 'Telephone number for help on the spot';

COMMENT ON COLUMN etl_station_version.open_24_7 IS 'Whether the station is open around the clock';

COMMENT ON COLUMN etl_station_version.opening_hours IS 'The feed''s opening times';

COMMENT ON COLUMN etl_station_version.hours_key IS 'Set of opening hours (map_opening_hours); one key stands for "not told"';

COMMENT ON COLUMN etl_station_version.directions IS 'List of language and text';

COMMENT ON COLUMN etl_station_version.facilities IS 'List of OCPI facilities';

COMMENT ON COLUMN etl_station_version.extra IS 'Object of the feed''s fields that have no column';

CREATE TABLE etl_point_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    point_id BIGINT NOT NULL,
    point_sk BIGINT NOT NULL,
    seen_from TIMESTAMPTZ NOT NULL,
    seen_to TIMESTAMPTZ NOT NULL,
    settles_at TIMESTAMPTZ NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    station_id BIGINT NOT NULL,
    source_point_id TEXT COLLATE "C" NOT NULL,
    evse_id TEXT COLLATE "C",
    evse_key BIGINT,
    connector_hash TEXT COLLATE "C",
    reported_at TIMESTAMPTZ,
    physical_reference TEXT COLLATE "C",
    floor_level TEXT COLLATE "C",
    point_position TEXT COLLATE "C",
    station_position TEXT COLLATE "C",
    parking_spaces TEXT COLLATE "C",
    public_comment TEXT COLLATE "C",
    vehicle_type TEXT COLLATE "C",
    is_roaming BOOLEAN,
    capabilities JSONB,
    capability_set_key BIGINT NOT NULL,
    is_reservable BOOLEAN,
    tariff_ids JSONB,
    has_remote_start BOOLEAN,
    has_rfid BOOLEAN,
    has_plug_and_charge BOOLEAN,
    parking_restrictions JSONB,
    max_power_kw DOUBLE PRECISION,
    current_type TEXT COLLATE "C",
    power_class TEXT COLLATE "C",
    connector_count SMALLINT,
    lat DECIMAL(9,6),
    lon DECIMAL(9,6),
    extra JSONB,
    reuse_point_id BIGINT NOT NULL,
    PRIMARY KEY (feed_key, utc_date, point_id, seen_from)
);

CREATE INDEX etl_point_version_object ON etl_point_version (point_id);

COMMENT ON TABLE etl_point_version IS 'One row per point, slice and run of equal attributes: what the slice saw.';

COMMENT ON COLUMN etl_point_version.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_point_version.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_point_version.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_point_version.point_id IS 'The point, durable';

COMMENT ON COLUMN etl_point_version.point_sk IS 'Key of the version that starts with the run, if one does';

COMMENT ON COLUMN etl_point_version.seen_from IS 'Slot of the first poll of the run';

COMMENT ON COLUMN etl_point_version.seen_to IS 'Slot of the last poll of the run';

COMMENT ON COLUMN etl_point_version.settles_at IS 'Where the former values return by then, the run was flapping and makes no version';

COMMENT ON COLUMN etl_point_version.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN etl_point_version.station_id IS 'Charging station (dim_charging_station)';

COMMENT ON COLUMN etl_point_version.source_point_id IS 'The feed''s own id of the point (uid)';

COMMENT ON COLUMN etl_point_version.evse_id IS 'Printed EVSE id; can be shared or re-used, so it is no key';

COMMENT ON COLUMN etl_point_version.evse_key IS 'Hash of the EVSE id without separators: matches one point over feeds and records';

COMMENT ON COLUMN etl_point_version.connector_hash IS 'Hash over the connectors and what they are; makes no version';

COMMENT ON COLUMN etl_point_version.reported_at IS 'The source''s own time of the newest record; makes no version';

COMMENT ON COLUMN etl_point_version.physical_reference IS 'Mark on the device';

COMMENT ON COLUMN etl_point_version.floor_level IS 'Floor';

COMMENT ON COLUMN etl_point_version.point_position IS 'Place of the point at the station';

COMMENT ON COLUMN etl_point_version.station_position IS 'Place of the station';

COMMENT ON COLUMN etl_point_version.parking_spaces IS 'Parking spaces that the point serves';

COMMENT ON COLUMN etl_point_version.public_comment IS 'Remark for users';

COMMENT ON COLUMN etl_point_version.vehicle_type IS 'Kind of vehicle served';

COMMENT ON COLUMN etl_point_version.is_roaming IS 'Whether roaming is offered';

COMMENT ON COLUMN etl_point_version.capabilities IS 'Sorted list of OCPI capabilities';

COMMENT ON COLUMN etl_point_version.capability_set_key IS 'Set of capabilities (map_capability)';

COMMENT ON COLUMN etl_point_version.is_reservable IS 'Whether it can be reserved; volatile, makes no version';

COMMENT ON COLUMN etl_point_version.tariff_ids IS 'List of tariff ids; volatile, makes no version';

COMMENT ON COLUMN etl_point_version.has_remote_start IS 'Whether charging can be started remotely';

COMMENT ON COLUMN etl_point_version.has_rfid IS 'Whether an RFID card is read';

COMMENT ON COLUMN etl_point_version.has_plug_and_charge IS 'Whether ISO 15118 plug and charge works';

COMMENT ON COLUMN etl_point_version.parking_restrictions IS 'List of OCPI parking restrictions';

COMMENT ON COLUMN etl_point_version.max_power_kw IS 'Largest power of its connectors';

COMMENT ON COLUMN etl_point_version.current_type IS 'AC, DC or AC+DC';

COMMENT ON COLUMN etl_point_version.power_class IS 'Class of max_power_kw';

COMMENT ON COLUMN etl_point_version.connector_count IS 'Connectors of the point';

COMMENT ON COLUMN etl_point_version.lat IS 'Degrees north of its station, WGS 84; makes no version';

COMMENT ON COLUMN etl_point_version.lon IS 'Degrees east of its station, WGS 84; makes no version';

COMMENT ON COLUMN etl_point_version.extra IS 'Object of the feed''s fields that have no column';

COMMENT ON COLUMN etl_point_version.reuse_point_id IS 'Durable id of the point if its source id stands for another point from the run on';

CREATE TABLE etl_connector_version (
    utc_date DATE NOT NULL,
    feed_key BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    connector_sk BIGINT NOT NULL,
    seen_from TIMESTAMPTZ NOT NULL,
    seen_to TIMESTAMPTZ NOT NULL,
    settles_at TIMESTAMPTZ NOT NULL,
    attr_hash TEXT COLLATE "C" NOT NULL,
    point_id BIGINT NOT NULL,
    station_id BIGINT NOT NULL,
    source_connector_id TEXT COLLATE "C" NOT NULL,
    standard TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C",
    power_type TEXT COLLATE "C",
    voltage_v INTEGER,
    amperage_a INTEGER,
    max_power_kw DOUBLE PRECISION,
    tariff_ids JSONB,
    terms_url TEXT COLLATE "C",
    extra JSONB,
    PRIMARY KEY (feed_key, utc_date, connector_id, seen_from)
);

CREATE INDEX etl_connector_version_object ON etl_connector_version (connector_id);

COMMENT ON TABLE etl_connector_version IS 'One row per connector, slice and run of equal attributes: what the slice saw.';

COMMENT ON COLUMN etl_connector_version.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_connector_version.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_connector_version.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_connector_version.connector_id IS 'The connector, durable';

COMMENT ON COLUMN etl_connector_version.connector_sk IS 'Key of the version that starts with the run, if one does';

COMMENT ON COLUMN etl_connector_version.seen_from IS 'Slot of the first poll of the run';

COMMENT ON COLUMN etl_connector_version.seen_to IS 'Slot of the last poll of the run';

COMMENT ON COLUMN etl_connector_version.settles_at IS 'Where the former values return by then, the run was flapping and makes no version';

COMMENT ON COLUMN etl_connector_version.attr_hash IS 'Hash over the attributes that make a version';

COMMENT ON COLUMN etl_connector_version.point_id IS 'Charging point (dim_charging_point)';

COMMENT ON COLUMN etl_connector_version.station_id IS 'Charging station (dim_charging_station)';

COMMENT ON COLUMN etl_connector_version.source_connector_id IS 'The feed''s own id of the connector';

COMMENT ON COLUMN etl_connector_version.standard IS 'OCPI name of the plug; unknown where the feed gave none';

COMMENT ON COLUMN etl_connector_version.format IS 'SOCKET or CABLE';

COMMENT ON COLUMN etl_connector_version.power_type IS 'OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …';

COMMENT ON COLUMN etl_connector_version.voltage_v IS 'Voltage';

COMMENT ON COLUMN etl_connector_version.amperage_a IS 'Current';

COMMENT ON COLUMN etl_connector_version.max_power_kw IS 'Largest power';

COMMENT ON COLUMN etl_connector_version.tariff_ids IS 'List of tariff ids; volatile, makes no version';

COMMENT ON COLUMN etl_connector_version.terms_url IS 'Web address of the terms';

COMMENT ON COLUMN etl_connector_version.extra IS 'Object of the feed''s fields that have no column';

CREATE VIEW bridge_station_hours (station_sk, iso_dow, open_minute, close_minute) AS
SELECT d.station_sk, h.iso_dow, h.open_minute, h.close_minute
FROM dim_charging_station d JOIN map_opening_hours h ON h.hours_key = d.hours_key;

COMMENT ON VIEW bridge_station_hours IS 'One row per version of a station and stretch of a weekday in which it is open.';

COMMENT ON COLUMN bridge_station_hours.station_sk IS 'Version of the station (dim_charging_station)';

COMMENT ON COLUMN bridge_station_hours.iso_dow IS 'Local day of the ISO week: 1 Monday to 7 Sunday';

COMMENT ON COLUMN bridge_station_hours.open_minute IS 'Minutes after local midnight, 0 to 1439';

COMMENT ON COLUMN bridge_station_hours.close_minute IS 'Minutes after local midnight, exclusive, at most 1440';

CREATE VIEW bridge_station_exception (station_sk, starts_at, ends_at, is_open) AS
SELECT d.station_sk, h.starts_at, h.ends_at, h.is_open
FROM dim_charging_station d JOIN map_opening_exception h ON h.hours_key = d.hours_key;

COMMENT ON VIEW bridge_station_exception IS 'One row per version of a station and stretch of time in which it is open or closed by exception.';

COMMENT ON COLUMN bridge_station_exception.station_sk IS 'Version of the station (dim_charging_station)';

COMMENT ON COLUMN bridge_station_exception.starts_at IS 'Start of the exception, UTC';

COMMENT ON COLUMN bridge_station_exception.ends_at IS 'End of the exception, exclusive, UTC';

COMMENT ON COLUMN bridge_station_exception.is_open IS 'Whether the station is open then; a closing wins over an opening';

CREATE VIEW bridge_point_capability (point_sk, capability) AS
SELECT d.point_sk, c.capability
FROM dim_charging_point d JOIN map_capability c ON c.capability_set_key = d.capability_set_key;

COMMENT ON VIEW bridge_point_capability IS 'One row per version of a charging point and capability.';

COMMENT ON COLUMN bridge_point_capability.point_sk IS 'Version of the charging point (dim_charging_point)';

COMMENT ON COLUMN bridge_point_capability.capability IS 'OCPI capability, for example RFID_READER';

CREATE VIEW status_chargingpoints (id_status_cp, id_chargingpoint, query_time, status_cp, status_parkingsensor) AS
SELECT MD5(COALESCE(o.evse_id, '') || '|' || o.source_point_id || '|' || CAST(p.slot_utc AT TIME ZONE 'UTC' AS VARCHAR(32))),
    COALESCE(o.evse_id, o.source_point_id), p.slot_utc, m.raw_status, f.parking_sensor_status
FROM etl_poll p
JOIN fact_point_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
    AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
JOIN dim_status s ON s.status_key = f.status_key
JOIN dim_charging_point o ON o.point_sk = f.point_sk
LEFT JOIN map_status m ON m.raw_status_key = f.raw_status_key
WHERE p.is_chosen AND s.category NOT IN ('absent', 'unobserved');

COMMENT ON VIEW status_chargingpoints IS 'One row per good poll and charging point in its answer: the row-per-poll snapshots, from intervals.';

COMMENT ON COLUMN status_chargingpoints.id_status_cp IS 'Hash (MD5) of id_chargingpoint, source id and query_time';

COMMENT ON COLUMN status_chargingpoints.id_chargingpoint IS 'EVSE id; the feed''s own id where it gives none';

COMMENT ON COLUMN status_chargingpoints.query_time IS 'Slot of the poll, UTC';

COMMENT ON COLUMN status_chargingpoints.status_cp IS 'The feed''s own text';

COMMENT ON COLUMN status_chargingpoints.status_parkingsensor IS 'What the parking sensor said; NULL where there is none';

CREATE VIEW status_connectors (id_status_connector, id_connector, query_time, status_connector) AS
SELECT MD5(c.source_connector_id || '|' || CAST(p.slot_utc AT TIME ZONE 'UTC' AS VARCHAR(32))), c.source_connector_id,
    p.slot_utc, m.raw_status
FROM etl_poll p
JOIN fact_connector_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
    AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
JOIN dim_status s ON s.status_key = f.status_key
JOIN dim_connector c ON c.connector_sk = f.connector_sk
LEFT JOIN map_status m ON m.raw_status_key = f.raw_status_key
WHERE p.is_chosen AND s.category NOT IN ('absent', 'unobserved');

COMMENT ON VIEW status_connectors IS 'One row per good poll and connector in its answer: the row-per-poll snapshots, from intervals.';

COMMENT ON COLUMN status_connectors.id_status_connector IS 'Hash (MD5) of id_connector and query_time';

COMMENT ON COLUMN status_connectors.id_connector IS 'The feed''s own id';

COMMENT ON COLUMN status_connectors.query_time IS 'Slot of the poll, UTC';

COMMENT ON COLUMN status_connectors.status_connector IS 'The feed''s own text';

CREATE VIEW charging_station (id_cs, name, address, city, postal_code, country, owner, roaming, latitude, longitude, operator_name, operator_hotline, open_24_7) AS
SELECT d.source_station_id, d.name, d.address, d.city_name, d.postal_code, d.country, d.owner_name, d.is_roaming,
    d.lat, d.lon, o.name, o.hotline, d.open_24_7
FROM dim_charging_station d
LEFT JOIN dim_operator o ON o.operator_id = d.operator_id AND o.is_current
WHERE d.is_current;

COMMENT ON VIEW charging_station IS 'One row per charging station, as it is now.';

COMMENT ON COLUMN charging_station.id_cs IS 'The feed''s own id';

COMMENT ON COLUMN charging_station.name IS 'Name of the station';

COMMENT ON COLUMN charging_station.address IS 'Street and number';

COMMENT ON COLUMN charging_station.city IS 'City as the feed writes it';

COMMENT ON COLUMN charging_station.postal_code IS 'Postal code';

COMMENT ON COLUMN charging_station.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN charging_station.owner IS 'Owner of the place';

COMMENT ON COLUMN charging_station.roaming IS 'Whether roaming is offered';

COMMENT ON COLUMN charging_station.latitude IS 'Degrees north, WGS 84';

COMMENT ON COLUMN charging_station.longitude IS 'Degrees east, WGS 84';

COMMENT ON COLUMN charging_station.operator_name IS 'Name of the operator';

COMMENT ON COLUMN charging_station.operator_hotline IS 'Telephone number of the operator';

COMMENT ON COLUMN charging_station.open_24_7 IS 'Whether the station is open around the clock; NULL where the feed does not say';

CREATE VIEW charging_point (id_cp, id_cs, charging_station_position, roaming, physical_reference, cp_parking_space_numbers, cp_position, vehicle_type, floor_level) AS
SELECT COALESCE(d.evse_id, d.source_point_id), s.source_station_id, d.station_position, d.is_roaming,
    d.physical_reference, d.parking_spaces, d.point_position, d.vehicle_type, d.floor_level
FROM dim_charging_point d
LEFT JOIN dim_charging_station s ON s.station_id = d.station_id AND s.is_current
WHERE d.is_current;

COMMENT ON VIEW charging_point IS 'One row per charging point, as it is now.';

COMMENT ON COLUMN charging_point.id_cp IS 'EVSE id; the feed''s own id where it gives none';

COMMENT ON COLUMN charging_point.id_cs IS 'The feed''s own id of the station';

COMMENT ON COLUMN charging_point.charging_station_position IS 'Place of the station';

COMMENT ON COLUMN charging_point.roaming IS 'Whether roaming is offered';

COMMENT ON COLUMN charging_point.physical_reference IS 'Mark on the device';

COMMENT ON COLUMN charging_point.cp_parking_space_numbers IS 'Parking spaces that the point serves';

COMMENT ON COLUMN charging_point.cp_position IS 'Place of the point at the station';

COMMENT ON COLUMN charging_point.vehicle_type IS 'Kind of vehicle served';

COMMENT ON COLUMN charging_point.floor_level IS 'Floor';

CREATE VIEW connector (id_connector, id_cp, format, power_type, ampere, max_power, voltage, standard) AS
SELECT c.source_connector_id, COALESCE(p.evse_id, p.source_point_id), c.format, c.power_type, c.amperage_a,
    c.max_power_kw, c.voltage_v, c.standard
FROM dim_connector c
LEFT JOIN dim_charging_point p ON p.point_id = c.point_id AND p.is_current
WHERE c.is_current;

COMMENT ON VIEW connector IS 'One row per connector, as it is now.';

COMMENT ON COLUMN connector.id_connector IS 'The feed''s own id';

COMMENT ON COLUMN connector.id_cp IS 'EVSE id of the charging point; the feed''s own id where it gives none';

COMMENT ON COLUMN connector.format IS 'SOCKET or CABLE';

COMMENT ON COLUMN connector.power_type IS 'OCPI power type';

COMMENT ON COLUMN connector.ampere IS 'Current, A';

COMMENT ON COLUMN connector.max_power IS 'Largest power, kW';

COMMENT ON COLUMN connector.voltage IS 'Voltage, V';

COMMENT ON COLUMN connector.standard IS 'OCPI name of the plug';

CREATE VIEW time (query_time, hour, day, week, month, year, weekday) AS
SELECT DISTINCT p.slot_utc, h.local_hour, EXTRACT(DAY FROM h.local_date), d.iso_week, d.month, d.year,
    MOD(h.iso_dow, 7)
FROM etl_poll p
JOIN dim_feed f ON f.feed_key = p.feed_key
JOIN dim_hour h ON h.utc_date = p.utc_date AND h.tz_name = f.tz_name
    AND h.hour_utc <= p.slot_utc AND h.hour_end > p.slot_utc
JOIN dim_date d ON d.local_date = h.local_date
WHERE p.is_chosen;

COMMENT ON VIEW time IS 'One row per slot with a good poll and time zone of its feeds; its parts are local time.';

COMMENT ON COLUMN time.query_time IS 'Slot, UTC';

COMMENT ON COLUMN time.hour IS 'Local hour, 0 to 23';

COMMENT ON COLUMN time.day IS 'Local day of the month';

COMMENT ON COLUMN time.week IS 'ISO week of the local day';

COMMENT ON COLUMN time.month IS 'Local month';

COMMENT ON COLUMN time.year IS 'Local year';

COMMENT ON COLUMN time.weekday IS 'Local day of the week, 0 Sunday to 6 Saturday';

INSERT INTO dim_status
(status_key, code, category, is_observed, is_operational, is_occupied, sort_order)
SELECT CAST(1 AS SMALLINT), 'available', 'free', TRUE, TRUE, FALSE, CAST(1 AS SMALLINT)
UNION ALL SELECT CAST(2 AS SMALLINT), 'charging', 'occupied', TRUE, TRUE, TRUE, CAST(2 AS SMALLINT)
UNION ALL SELECT CAST(3 AS SMALLINT), 'blocked', 'occupied', TRUE, TRUE, TRUE, CAST(3 AS SMALLINT)
UNION ALL SELECT CAST(4 AS SMALLINT), 'reserved', 'reserved', TRUE, TRUE, FALSE, CAST(4 AS SMALLINT)
UNION ALL SELECT CAST(5 AS SMALLINT), 'inoperative', 'down', TRUE, FALSE, FALSE, CAST(5 AS SMALLINT)
UNION ALL SELECT CAST(6 AS SMALLINT), 'outOfOrder', 'down', TRUE, FALSE, FALSE, CAST(6 AS SMALLINT)
UNION ALL SELECT CAST(7 AS SMALLINT), 'planned', 'outside', FALSE, FALSE, FALSE, CAST(7 AS SMALLINT)
UNION ALL SELECT CAST(8 AS SMALLINT), 'removed', 'outside', FALSE, FALSE, FALSE, CAST(8 AS SMALLINT)
UNION ALL SELECT CAST(9 AS SMALLINT), 'unknown', 'unknown', TRUE, FALSE, FALSE, CAST(9 AS SMALLINT)
UNION ALL SELECT CAST(10 AS SMALLINT), 'absent', 'absent', FALSE, FALSE, FALSE, CAST(10 AS SMALLINT)
UNION ALL SELECT CAST(11 AS SMALLINT), 'unobserved', 'unobserved', FALSE, FALSE, FALSE, CAST(11 AS SMALLINT);
