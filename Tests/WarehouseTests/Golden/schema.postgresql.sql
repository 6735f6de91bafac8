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
    map_version TEXT COLLATE "C",
    PRIMARY KEY (raw_status_key)
);

COMMENT ON TABLE map_status IS 'One row per status text of an adapter.';

COMMENT ON COLUMN map_status.raw_status_key IS 'Hash of adapter and raw_status';

COMMENT ON COLUMN map_status.adapter IS 'Adapter that met the text';

COMMENT ON COLUMN map_status.raw_status IS 'The feed''s own text, verbatim';

COMMENT ON COLUMN map_status.status_key IS 'What it is mapped to (dim_status)';

COMMENT ON COLUMN map_status.first_seen IS 'Slot of the first poll that showed it';

COMMENT ON COLUMN map_status.map_version IS 'Status map that read the text: names and versions of its files';

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

CREATE TABLE map_rulebook (
    rulebook TEXT COLLATE "C" NOT NULL,
    status_key SMALLINT NOT NULL,
    class TEXT COLLATE "C" NOT NULL,
    alternative_class TEXT COLLATE "C",
    judgement TEXT COLLATE "C",
    version INTEGER NOT NULL,
    PRIMARY KEY (rulebook, status_key)
);

COMMENT ON TABLE map_rulebook IS 'One row per rulebook and status: the class in which the rulebook counts the status.';

COMMENT ON COLUMN map_rulebook.rulebook IS 'default, market, uk_2023 or nevi_cec';

COMMENT ON COLUMN map_rulebook.status_key IS 'Status (dim_status)';

COMMENT ON COLUMN map_rulebook.class IS 'Class in the rulebook''s own words';

COMMENT ON COLUMN map_rulebook.alternative_class IS 'Class by the other reading, where the rulebook leaves room for two';

COMMENT ON COLUMN map_rulebook.judgement IS 'Why this reading was chosen';

COMMENT ON COLUMN map_rulebook.version IS 'Version of the table; a new one replaces the rows at the next load';

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

COMMENT ON TABLE agg_point_hour IS 'One row per charging point and UTC hour, of feeds polled at least once an hour; copies (etl_point_copy) are not counted again.';

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

COMMENT ON COLUMN agg_point_hour.open_observed_s IS 'Observed seconds in opening hours; not told counts as always open';

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

COMMENT ON COLUMN etl_poll.raw_uri IS 'Pack of the raw answer, below the archive''s folder';

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
    adapter TEXT COLLATE "C",
    mapping_version INTEGER,
    status_map TEXT COLLATE "C",
    rules_version INTEGER,
    inputs TEXT COLLATE "C",
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

COMMENT ON COLUMN etl_load.reason IS 'Why it was loaded again; left out of comparisons';

COMMENT ON COLUMN etl_load.adapter IS 'Adapter that read the raw answers';

COMMENT ON COLUMN etl_load.mapping_version IS 'Version of the adapter''s mapping';

COMMENT ON COLUMN etl_load.status_map IS 'Names and versions of the status map''s files';

COMMENT ON COLUMN etl_load.rules_version IS 'Version of the cleaning rules';

COMMENT ON COLUMN etl_load.inputs IS 'A digest for each part of the input';

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
    reject_id BIGINT NOT NULL,
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
    occurrences INTEGER NOT NULL,
    PRIMARY KEY (reject_id)
);

CREATE INDEX etl_reject_order ON etl_reject USING brin (utc_date);

COMMENT ON TABLE etl_reject IS 'One row per slice, rule and record that was rejected, or noticed.';

COMMENT ON COLUMN etl_reject.reject_id IS 'Hash of load_id, severity, rule, entity, source_id and message';

COMMENT ON COLUMN etl_reject.load_id IS 'Load that wrote the row (etl_load)';

COMMENT ON COLUMN etl_reject.utc_date IS 'UTC day';

COMMENT ON COLUMN etl_reject.feed_key IS 'Feed (dim_feed)';

COMMENT ON COLUMN etl_reject.slot_utc IS 'Slot of the first occurrence';

COMMENT ON COLUMN etl_reject.severity IS 'reject, or finding where the record was kept';

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
    PRIMARY KEY (check_id, feed_key, utc_date)
);

COMMENT ON TABLE etl_quality_result IS 'One row per quality rule, feed and UTC day: the newest result of `check`.';

COMMENT ON COLUMN etl_quality_result.load_id IS 'Load that was judged (etl_load); 0 for the whole warehouse';

COMMENT ON COLUMN etl_quality_result.utc_date IS 'UTC day; the newest day where the rule is about a feed or the whole warehouse';

COMMENT ON COLUMN etl_quality_result.feed_key IS 'Feed (dim_feed); 0 for the whole warehouse';

COMMENT ON COLUMN etl_quality_result.check_id IS 'Rule (docs/methods/quality.md)';

COMMENT ON COLUMN etl_quality_result.status IS 'ok, skipped, warning or failed';

COMMENT ON COLUMN etl_quality_result.observed IS 'What was found';

COMMENT ON COLUMN etl_quality_result.expected IS 'What was expected';

COMMENT ON COLUMN etl_quality_result.detail IS 'Deviation, limit and an example';

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

CREATE SCHEMA {mart};

CREATE VIEW {mart}.meta AS
SELECT 1 AS mart_version,
    v.schema_version AS schema_version,
    l.first_day AS first_day,
    l.last_day AS last_day,
    p.data_as_of AS data_as_of
FROM (SELECT MAX(version) AS schema_version FROM {schema}.etl_schema_version) v
CROSS JOIN (SELECT MIN(slice_date) AS first_day, MAX(slice_date) AS last_day FROM {schema}.etl_load) l
CROSS JOIN (SELECT MAX(slot_utc) AS data_as_of FROM {schema}.etl_poll WHERE is_chosen) p;

COMMENT ON VIEW {mart}.meta IS 'One row: what this mart is and how far its data reaches.';

COMMENT ON COLUMN {mart}.meta.mart_version IS 'Version of the mart''s views';

COMMENT ON COLUMN {mart}.meta.schema_version IS 'Version of the warehouse''s schema';

COMMENT ON COLUMN {mart}.meta.first_day IS 'First UTC day that is loaded; NULL: nothing is';

COMMENT ON COLUMN {mart}.meta.last_day IS 'Last UTC day that is loaded; NULL: nothing is';

COMMENT ON COLUMN {mart}.meta.data_as_of IS 'Slot of the newest good poll; NULL: no poll';

CREATE VIEW {mart}.charging_station AS
SELECT d.station_id AS station_id,
    d.station_sk AS station_sk,
    d.feed_key AS feed_key,
    d.operator_id AS operator_id,
    d.city_key AS city_key,
    d.source_station_id AS source_station_id,
    d.name AS name,
    d.address AS address,
    d.postal_code AS postal_code,
    d.city_name AS city_name,
    d.country AS country,
    d.lat AS lat,
    d.lon AS lon,
    d.tz_name AS tz_name,
    d.access_type AS access_type,
    d.parking_type AS parking_type,
    d.is_roaming AS is_roaming,
    d.owner_name AS owner_name,
    d.help_phone AS help_phone,
    d.open_24_7 AS open_24_7,
    d.valid_from AS valid_from,
    d.valid_to AS valid_to,
    d.is_current AS is_current,
    d.last_seen AS last_seen
FROM {schema}.dim_charging_station d
JOIN (SELECT station_id, MAX(valid_from) AS newest_from FROM {schema}.dim_charging_station GROUP BY station_id) n
    ON n.station_id = d.station_id AND n.newest_from = d.valid_from;

COMMENT ON VIEW {mart}.charging_station IS 'One row per charging station, as it is now, or as it was last where its id came to stand for another one.';

COMMENT ON COLUMN {mart}.charging_station.station_id IS 'Hash of feed family and source_station_id';

COMMENT ON COLUMN {mart}.charging_station.station_sk IS 'Hash of station_id and valid_from';

COMMENT ON COLUMN {mart}.charging_station.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.charging_station.operator_id IS 'Operator (operator)';

COMMENT ON COLUMN {mart}.charging_station.city_key IS 'City (city)';

COMMENT ON COLUMN {mart}.charging_station.source_station_id IS 'The feed''s own id of the station';

COMMENT ON COLUMN {mart}.charging_station.name IS 'Name of the station; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.address IS 'Street and number; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.postal_code IS 'Postal code; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.city_name IS 'Name of the city as the feed writes it; the feed''s name where it gives none';

COMMENT ON COLUMN {mart}.charging_station.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN {mart}.charging_station.lat IS 'Degrees north, WGS 84; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.lon IS 'Degrees east, WGS 84; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.tz_name IS 'IANA time zone of the place';

COMMENT ON COLUMN {mart}.charging_station.access_type IS 'Who may use the station; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.parking_type IS 'OCPI parking type; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.is_roaming IS 'Whether roaming is offered; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.owner_name IS 'Owner of the place; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.help_phone IS 'Telephone number for help on the spot; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.open_24_7 IS 'Whether the station is open around the clock; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN {mart}.charging_station.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN {mart}.charging_station.is_current IS 'Whether the version is open';

COMMENT ON COLUMN {mart}.charging_station.last_seen IS 'Slot of the last poll that showed the object';

CREATE VIEW {mart}.charging_station_version AS
SELECT d.station_id AS station_id,
    d.station_sk AS station_sk,
    d.feed_key AS feed_key,
    d.operator_id AS operator_id,
    d.city_key AS city_key,
    d.source_station_id AS source_station_id,
    d.name AS name,
    d.address AS address,
    d.postal_code AS postal_code,
    d.city_name AS city_name,
    d.country AS country,
    d.lat AS lat,
    d.lon AS lon,
    d.tz_name AS tz_name,
    d.access_type AS access_type,
    d.parking_type AS parking_type,
    d.is_roaming AS is_roaming,
    d.owner_name AS owner_name,
    d.help_phone AS help_phone,
    d.open_24_7 AS open_24_7,
    d.valid_from AS valid_from,
    d.valid_to AS valid_to,
    d.is_current AS is_current,
    d.last_seen AS last_seen
FROM {schema}.dim_charging_station d;

COMMENT ON VIEW {mart}.charging_station_version IS 'One row per version of a charging station: as it was.';

COMMENT ON COLUMN {mart}.charging_station_version.station_id IS 'Hash of feed family and source_station_id';

COMMENT ON COLUMN {mart}.charging_station_version.station_sk IS 'Hash of station_id and valid_from';

COMMENT ON COLUMN {mart}.charging_station_version.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.charging_station_version.operator_id IS 'Operator (operator)';

COMMENT ON COLUMN {mart}.charging_station_version.city_key IS 'City (city)';

COMMENT ON COLUMN {mart}.charging_station_version.source_station_id IS 'The feed''s own id of the station';

COMMENT ON COLUMN {mart}.charging_station_version.name IS 'Name of the station; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.address IS 'Street and number; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.postal_code IS 'Postal code; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.city_name IS 'Name of the city as the feed writes it; the feed''s name where it gives none';

COMMENT ON COLUMN {mart}.charging_station_version.country IS 'ISO 3166-1 alpha-2';

COMMENT ON COLUMN {mart}.charging_station_version.lat IS 'Degrees north, WGS 84; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.lon IS 'Degrees east, WGS 84; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.tz_name IS 'IANA time zone of the place';

COMMENT ON COLUMN {mart}.charging_station_version.access_type IS 'Who may use the station; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.parking_type IS 'OCPI parking type; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.is_roaming IS 'Whether roaming is offered; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.owner_name IS 'Owner of the place; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.help_phone IS 'Telephone number for help on the spot; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.open_24_7 IS 'Whether the station is open around the clock; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_station_version.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN {mart}.charging_station_version.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN {mart}.charging_station_version.is_current IS 'Whether the version is open';

COMMENT ON COLUMN {mart}.charging_station_version.last_seen IS 'Slot of the last poll that showed the object';

CREATE VIEW {mart}.charging_point AS
SELECT d.point_id AS point_id,
    d.point_sk AS point_sk,
    d.station_id AS station_id,
    d.feed_key AS feed_key,
    d.source_point_id AS source_point_id,
    d.evse_id AS evse_id,
    d.physical_reference AS physical_reference,
    d.floor_level AS floor_level,
    d.parking_spaces AS parking_spaces,
    d.vehicle_type AS vehicle_type,
    d.is_roaming AS is_roaming,
    d.is_reservable AS is_reservable,
    d.has_remote_start AS has_remote_start,
    d.has_rfid AS has_rfid,
    d.has_plug_and_charge AS has_plug_and_charge,
    d.max_power_kw AS max_power_kw,
    d.current_type AS current_type,
    d.power_class AS power_class,
    d.connector_count AS connector_count,
    d.lat AS lat,
    d.lon AS lon,
    d.valid_from AS valid_from,
    d.valid_to AS valid_to,
    d.is_current AS is_current,
    d.last_seen AS last_seen
FROM {schema}.dim_charging_point d
JOIN (SELECT point_id, MAX(valid_from) AS newest_from FROM {schema}.dim_charging_point GROUP BY point_id) n
    ON n.point_id = d.point_id AND n.newest_from = d.valid_from;

COMMENT ON VIEW {mart}.charging_point IS 'One row per charging point, as it is now, or as it was last where its id came to stand for another one.';

COMMENT ON COLUMN {mart}.charging_point.point_id IS 'Charging point, durable: source_point_key, or another where the id was re-used';

COMMENT ON COLUMN {mart}.charging_point.point_sk IS 'Hash of point_id and valid_from';

COMMENT ON COLUMN {mart}.charging_point.station_id IS 'Charging station (charging_station)';

COMMENT ON COLUMN {mart}.charging_point.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.charging_point.source_point_id IS 'The feed''s own id of the point (uid)';

COMMENT ON COLUMN {mart}.charging_point.evse_id IS 'Printed EVSE id; can be shared or re-used, so it is no key; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.physical_reference IS 'Mark on the device; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.floor_level IS 'Floor; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.parking_spaces IS 'Parking spaces that the point serves; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.vehicle_type IS 'Kind of vehicle served; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.is_roaming IS 'Whether roaming is offered; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.is_reservable IS 'Whether it can be reserved; volatile, makes no version; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.has_remote_start IS 'Whether charging can be started remotely; NULL: no capabilities given';

COMMENT ON COLUMN {mart}.charging_point.has_rfid IS 'Whether an RFID card is read; NULL: no capabilities given';

COMMENT ON COLUMN {mart}.charging_point.has_plug_and_charge IS 'Whether ISO 15118 plug and charge works; NULL: no capabilities given';

COMMENT ON COLUMN {mart}.charging_point.max_power_kw IS 'Largest power of its connectors; NULL: no connector says its power';

COMMENT ON COLUMN {mart}.charging_point.current_type IS 'AC, DC or AC+DC; NULL: no connector says its power type';

COMMENT ON COLUMN {mart}.charging_point.power_class IS 'Class of max_power_kw; NULL: max_power_kw is NULL';

COMMENT ON COLUMN {mart}.charging_point.connector_count IS 'Connectors of the point; NULL: not known';

COMMENT ON COLUMN {mart}.charging_point.lat IS 'Degrees north of its station, WGS 84; makes no version; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.lon IS 'Degrees east of its station, WGS 84; makes no version; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN {mart}.charging_point.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN {mart}.charging_point.is_current IS 'Whether the version is open';

COMMENT ON COLUMN {mart}.charging_point.last_seen IS 'Slot of the last poll that showed the object';

CREATE VIEW {mart}.charging_point_version AS
SELECT d.point_id AS point_id,
    d.point_sk AS point_sk,
    d.station_id AS station_id,
    d.feed_key AS feed_key,
    d.source_point_id AS source_point_id,
    d.evse_id AS evse_id,
    d.physical_reference AS physical_reference,
    d.floor_level AS floor_level,
    d.parking_spaces AS parking_spaces,
    d.vehicle_type AS vehicle_type,
    d.is_roaming AS is_roaming,
    d.is_reservable AS is_reservable,
    d.has_remote_start AS has_remote_start,
    d.has_rfid AS has_rfid,
    d.has_plug_and_charge AS has_plug_and_charge,
    d.max_power_kw AS max_power_kw,
    d.current_type AS current_type,
    d.power_class AS power_class,
    d.connector_count AS connector_count,
    d.lat AS lat,
    d.lon AS lon,
    d.valid_from AS valid_from,
    d.valid_to AS valid_to,
    d.is_current AS is_current,
    d.last_seen AS last_seen
FROM {schema}.dim_charging_point d;

COMMENT ON VIEW {mart}.charging_point_version IS 'One row per version of a charging point: as it was.';

COMMENT ON COLUMN {mart}.charging_point_version.point_id IS 'Charging point, durable: source_point_key, or another where the id was re-used';

COMMENT ON COLUMN {mart}.charging_point_version.point_sk IS 'Hash of point_id and valid_from';

COMMENT ON COLUMN {mart}.charging_point_version.station_id IS 'Charging station (charging_station)';

COMMENT ON COLUMN {mart}.charging_point_version.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.charging_point_version.source_point_id IS 'The feed''s own id of the point (uid)';

COMMENT ON COLUMN {mart}.charging_point_version.evse_id IS 'Printed EVSE id; can be shared or re-used, so it is no key; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.physical_reference IS 'Mark on the device; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.floor_level IS 'Floor; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.parking_spaces IS 'Parking spaces that the point serves; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.vehicle_type IS 'Kind of vehicle served; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.is_roaming IS 'Whether roaming is offered; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.is_reservable IS 'Whether it can be reserved; volatile, makes no version; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.has_remote_start IS 'Whether charging can be started remotely; NULL: no capabilities given';

COMMENT ON COLUMN {mart}.charging_point_version.has_rfid IS 'Whether an RFID card is read; NULL: no capabilities given';

COMMENT ON COLUMN {mart}.charging_point_version.has_plug_and_charge IS 'Whether ISO 15118 plug and charge works; NULL: no capabilities given';

COMMENT ON COLUMN {mart}.charging_point_version.max_power_kw IS 'Largest power of its connectors; NULL: no connector says its power';

COMMENT ON COLUMN {mart}.charging_point_version.current_type IS 'AC, DC or AC+DC; NULL: no connector says its power type';

COMMENT ON COLUMN {mart}.charging_point_version.power_class IS 'Class of max_power_kw; NULL: max_power_kw is NULL';

COMMENT ON COLUMN {mart}.charging_point_version.connector_count IS 'Connectors of the point; NULL: not known';

COMMENT ON COLUMN {mart}.charging_point_version.lat IS 'Degrees north of its station, WGS 84; makes no version; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.lon IS 'Degrees east of its station, WGS 84; makes no version; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.charging_point_version.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN {mart}.charging_point_version.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN {mart}.charging_point_version.is_current IS 'Whether the version is open';

COMMENT ON COLUMN {mart}.charging_point_version.last_seen IS 'Slot of the last poll that showed the object';

CREATE VIEW {mart}.connector AS
SELECT d.connector_id AS connector_id,
    d.connector_sk AS connector_sk,
    d.point_id AS point_id,
    d.station_id AS station_id,
    d.feed_key AS feed_key,
    d.source_connector_id AS source_connector_id,
    d.standard AS standard,
    d.format AS format,
    d.power_type AS power_type,
    d.voltage_v AS voltage_v,
    d.amperage_a AS amperage_a,
    d.max_power_kw AS max_power_kw,
    d.terms_url AS terms_url,
    d.valid_from AS valid_from,
    d.valid_to AS valid_to,
    d.is_current AS is_current,
    d.last_seen AS last_seen
FROM {schema}.dim_connector d
JOIN (SELECT connector_id, MAX(valid_from) AS newest_from FROM {schema}.dim_connector GROUP BY connector_id) n
    ON n.connector_id = d.connector_id AND n.newest_from = d.valid_from;

COMMENT ON VIEW {mart}.connector IS 'One row per connector, as it is now, or as it was last where its id came to stand for another one.';

COMMENT ON COLUMN {mart}.connector.connector_id IS 'Hash of feed family, point and source_connector_id';

COMMENT ON COLUMN {mart}.connector.connector_sk IS 'Hash of connector_id and valid_from';

COMMENT ON COLUMN {mart}.connector.point_id IS 'Charging point (charging_point)';

COMMENT ON COLUMN {mart}.connector.station_id IS 'Charging station (charging_station)';

COMMENT ON COLUMN {mart}.connector.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.connector.source_connector_id IS 'The feed''s own id of the connector';

COMMENT ON COLUMN {mart}.connector.standard IS 'OCPI name of the plug; unknown where the feed gave none';

COMMENT ON COLUMN {mart}.connector.format IS 'SOCKET or CABLE; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector.power_type IS 'OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector.voltage_v IS 'Voltage; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector.amperage_a IS 'Current; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector.max_power_kw IS 'Largest power; NULL: neither given nor derivable';

COMMENT ON COLUMN {mart}.connector.terms_url IS 'Web address of the terms; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN {mart}.connector.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN {mart}.connector.is_current IS 'Whether the version is open';

COMMENT ON COLUMN {mart}.connector.last_seen IS 'Slot of the last poll that showed the object';

CREATE VIEW {mart}.connector_version AS
SELECT d.connector_id AS connector_id,
    d.connector_sk AS connector_sk,
    d.point_id AS point_id,
    d.station_id AS station_id,
    d.feed_key AS feed_key,
    d.source_connector_id AS source_connector_id,
    d.standard AS standard,
    d.format AS format,
    d.power_type AS power_type,
    d.voltage_v AS voltage_v,
    d.amperage_a AS amperage_a,
    d.max_power_kw AS max_power_kw,
    d.terms_url AS terms_url,
    d.valid_from AS valid_from,
    d.valid_to AS valid_to,
    d.is_current AS is_current,
    d.last_seen AS last_seen
FROM {schema}.dim_connector d;

COMMENT ON VIEW {mart}.connector_version IS 'One row per version of a connector: as it was.';

COMMENT ON COLUMN {mart}.connector_version.connector_id IS 'Hash of feed family, point and source_connector_id';

COMMENT ON COLUMN {mart}.connector_version.connector_sk IS 'Hash of connector_id and valid_from';

COMMENT ON COLUMN {mart}.connector_version.point_id IS 'Charging point (charging_point)';

COMMENT ON COLUMN {mart}.connector_version.station_id IS 'Charging station (charging_station)';

COMMENT ON COLUMN {mart}.connector_version.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.connector_version.source_connector_id IS 'The feed''s own id of the connector';

COMMENT ON COLUMN {mart}.connector_version.standard IS 'OCPI name of the plug; unknown where the feed gave none';

COMMENT ON COLUMN {mart}.connector_version.format IS 'SOCKET or CABLE; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector_version.power_type IS 'OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector_version.voltage_v IS 'Voltage; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector_version.amperage_a IS 'Current; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector_version.max_power_kw IS 'Largest power; NULL: neither given nor derivable';

COMMENT ON COLUMN {mart}.connector_version.terms_url IS 'Web address of the terms; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.connector_version.valid_from IS 'Slot of the first poll that showed these values';

COMMENT ON COLUMN {mart}.connector_version.valid_to IS 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open';

COMMENT ON COLUMN {mart}.connector_version.is_current IS 'Whether the version is open';

COMMENT ON COLUMN {mart}.connector_version.last_seen IS 'Slot of the last poll that showed the object';

CREATE VIEW {mart}.operator AS
SELECT d.operator_id AS operator_id,
    d.family AS family,
    d.source_operator_id AS source_operator_id,
    d.party_id AS party_id,
    d.name AS name,
    d.website AS website,
    d.hotline AS hotline,
    d.group_name AS group_name
FROM {schema}.dim_operator d
JOIN (SELECT operator_id, MAX(valid_from) AS newest_from FROM {schema}.dim_operator GROUP BY operator_id) n
    ON n.operator_id = d.operator_id AND n.newest_from = d.valid_from;

COMMENT ON VIEW {mart}.operator IS 'One row per operator (CPO), under its current name.';

COMMENT ON COLUMN {mart}.operator.operator_id IS 'Hash of family and source_operator_id';

COMMENT ON COLUMN {mart}.operator.family IS 'Feed family, the name space of the source''s ids';

COMMENT ON COLUMN {mart}.operator.source_operator_id IS 'The feed''s own id of the operator; its name where it gives none';

COMMENT ON COLUMN {mart}.operator.party_id IS 'OCPI party id; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.operator.name IS 'Name of the operator';

COMMENT ON COLUMN {mart}.operator.website IS 'Web address; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.operator.hotline IS 'Telephone number; NULL: the feed gave none';

COMMENT ON COLUMN {mart}.operator.group_name IS 'Group that the operator belongs to; NULL: none known';

CREATE VIEW {mart}.city AS
SELECT d.city_key AS city_key,
    d.city_id AS city_id,
    d.name AS name,
    d.district AS district,
    d.state_code AS state_code,
    d.country AS country,
    d.ags AS ags,
    d.tz_name AS tz_name,
    d.lat AS lat,
    d.lon AS lon,
    d.population AS population,
    d.population_date AS population_date
FROM {schema}.dim_city d;

COMMENT ON VIEW {mart}.city IS 'One row per city.';

COMMENT ON COLUMN {mart}.city.city_key IS 'Hash of city_id';

COMMENT ON COLUMN {mart}.city.city_id IS 'Country and name of the city in small letters: de/köln';

COMMENT ON COLUMN {mart}.city.name IS 'Name of the city; as the feed writes it where no list has the city';

COMMENT ON COLUMN {mart}.city.district IS 'District that the city belongs to (Kreis) or is (kreisfreie Stadt); NULL: not known';

COMMENT ON COLUMN {mart}.city.state_code IS 'ISO 3166-2; NULL: not known';

COMMENT ON COLUMN {mart}.city.country IS 'ISO 3166-1 alpha-2; ZZ where the feed gives none';

COMMENT ON COLUMN {mart}.city.ags IS 'German municipality key; NULL: not in Germany, or not known';

COMMENT ON COLUMN {mart}.city.tz_name IS 'IANA time zone';

COMMENT ON COLUMN {mart}.city.lat IS 'Degrees north, WGS 84: the middle of the city''s area; NULL: not known';

COMMENT ON COLUMN {mart}.city.lon IS 'Degrees east, WGS 84: the middle of the city''s area; NULL: not known';

COMMENT ON COLUMN {mart}.city.population IS 'Inhabitants; NULL: no sourced figure';

COMMENT ON COLUMN {mart}.city.population_date IS 'Day that population stands for; NULL: population is NULL';

CREATE VIEW {mart}.feed AS
SELECT d.feed_key AS feed_key,
    d.feed_id AS feed_id,
    d.family AS family,
    d.adapter AS adapter,
    d.country AS country,
    d.tz_name AS tz_name,
    d.interval_s AS interval_s,
    d.max_gap_s AS max_gap_s,
    d.licence AS licence,
    d.attribution AS attribution,
    d.terms_url AS terms_url,
    d.active AS active
FROM {schema}.dim_feed d;

COMMENT ON VIEW {mart}.feed IS 'One row per feed: one endpoint that is polled.';

COMMENT ON COLUMN {mart}.feed.feed_key IS 'Hash of feed_id';

COMMENT ON COLUMN {mart}.feed.feed_id IS 'Name of the feed, for example chargecloud/koeln';

COMMENT ON COLUMN {mart}.feed.family IS 'Feed family, the name space of the source''s ids';

COMMENT ON COLUMN {mart}.feed.adapter IS 'Adapter that reads it';

COMMENT ON COLUMN {mart}.feed.country IS 'ISO 3166-1 alpha-2; NULL: more than one country';

COMMENT ON COLUMN {mart}.feed.tz_name IS 'IANA time zone of its stations';

COMMENT ON COLUMN {mart}.feed.interval_s IS 'Seconds between polls';

COMMENT ON COLUMN {mart}.feed.max_gap_s IS 'Longest gap between good polls over which a status is held';

COMMENT ON COLUMN {mart}.feed.licence IS 'Licence of the data; NULL: none stated';

COMMENT ON COLUMN {mart}.feed.attribution IS 'Text that the licence wants shown; NULL: none wanted';

COMMENT ON COLUMN {mart}.feed.terms_url IS 'Web address of the terms; NULL: none known';

COMMENT ON COLUMN {mart}.feed.active IS 'Whether it is polled now';

CREATE VIEW {mart}.status AS
SELECT d.status_key AS status_key,
    d.code AS code,
    d.category AS category,
    d.is_observed AS is_observed,
    d.is_operational AS is_operational,
    d.is_occupied AS is_occupied,
    d.sort_order AS sort_order
FROM {schema}.dim_status d;

COMMENT ON VIEW {mart}.status IS 'One row per status.';

COMMENT ON COLUMN {mart}.status.status_key IS 'Number of the status; never renumbered';

COMMENT ON COLUMN {mart}.status.code IS 'OCPI''s nine in camel case, absent, unobserved';

COMMENT ON COLUMN {mart}.status.category IS 'free, occupied, reserved, down, unknown, outside, absent, unobserved';

COMMENT ON COLUMN {mart}.status.is_observed IS 'Whether its time belongs to the denominator of utilization';

COMMENT ON COLUMN {mart}.status.is_operational IS 'Whether the object works: free, occupied or reserved';

COMMENT ON COLUMN {mart}.status.is_occupied IS 'Whether its category is occupied';

COMMENT ON COLUMN {mart}.status.sort_order IS 'Place in lists and legends';

CREATE VIEW {mart}.local_date AS
SELECT d.local_date AS local_date,
    d.year AS year,
    d.quarter AS quarter,
    d.month AS month,
    d.iso_week AS iso_week,
    d.iso_dow AS iso_dow,
    d.is_weekend AS is_weekend,
    d.season AS season,
    CAST(EXTRACT(DAY FROM d.local_date) AS SMALLINT) AS day_of_month
FROM {schema}.dim_date d;

COMMENT ON VIEW {mart}.local_date IS 'One row per calendar day.';

COMMENT ON COLUMN {mart}.local_date.local_date IS 'The day';

COMMENT ON COLUMN {mart}.local_date.year IS 'Calendar year';

COMMENT ON COLUMN {mart}.local_date.quarter IS '1 to 4';

COMMENT ON COLUMN {mart}.local_date.month IS '1 to 12';

COMMENT ON COLUMN {mart}.local_date.iso_week IS 'ISO 8601 week, 1 to 53';

COMMENT ON COLUMN {mart}.local_date.iso_dow IS '1 Monday to 7 Sunday';

COMMENT ON COLUMN {mart}.local_date.is_weekend IS 'Saturday or Sunday';

COMMENT ON COLUMN {mart}.local_date.season IS 'Meteorological season of the northern half: winter, spring, summer, autumn';

COMMENT ON COLUMN {mart}.local_date.day_of_month IS '1 to 31';

CREATE VIEW {mart}.status_start_date AS
SELECT d.local_date AS start_date,
    d.year AS start_year,
    d.quarter AS start_quarter,
    d.month AS start_month,
    d.iso_week AS start_iso_week,
    d.iso_dow AS start_iso_dow,
    d.is_weekend AS start_is_weekend,
    d.season AS start_season,
    CAST(EXTRACT(DAY FROM d.local_date) AS SMALLINT) AS start_day_of_month
FROM {schema}.dim_date d;

COMMENT ON VIEW {mart}.status_start_date IS 'One row per calendar day, as the day on which a status starts.';

COMMENT ON COLUMN {mart}.status_start_date.start_date IS 'The day';

COMMENT ON COLUMN {mart}.status_start_date.start_year IS 'Calendar year';

COMMENT ON COLUMN {mart}.status_start_date.start_quarter IS '1 to 4';

COMMENT ON COLUMN {mart}.status_start_date.start_month IS '1 to 12';

COMMENT ON COLUMN {mart}.status_start_date.start_iso_week IS 'ISO 8601 week, 1 to 53';

COMMENT ON COLUMN {mart}.status_start_date.start_iso_dow IS '1 Monday to 7 Sunday';

COMMENT ON COLUMN {mart}.status_start_date.start_is_weekend IS 'Saturday or Sunday';

COMMENT ON COLUMN {mart}.status_start_date.start_season IS 'Meteorological season of the northern half: winter, spring, summer, autumn';

COMMENT ON COLUMN {mart}.status_start_date.start_day_of_month IS '1 to 31';

CREATE VIEW {mart}.status_end_date AS
SELECT d.local_date AS end_date,
    d.year AS end_year,
    d.quarter AS end_quarter,
    d.month AS end_month,
    d.iso_week AS end_iso_week,
    d.iso_dow AS end_iso_dow,
    d.is_weekend AS end_is_weekend,
    d.season AS end_season,
    CAST(EXTRACT(DAY FROM d.local_date) AS SMALLINT) AS end_day_of_month
FROM {schema}.dim_date d;

COMMENT ON VIEW {mart}.status_end_date IS 'One row per calendar day, as the day on which a status ends.';

COMMENT ON COLUMN {mart}.status_end_date.end_date IS 'The day';

COMMENT ON COLUMN {mart}.status_end_date.end_year IS 'Calendar year';

COMMENT ON COLUMN {mart}.status_end_date.end_quarter IS '1 to 4';

COMMENT ON COLUMN {mart}.status_end_date.end_month IS '1 to 12';

COMMENT ON COLUMN {mart}.status_end_date.end_iso_week IS 'ISO 8601 week, 1 to 53';

COMMENT ON COLUMN {mart}.status_end_date.end_iso_dow IS '1 Monday to 7 Sunday';

COMMENT ON COLUMN {mart}.status_end_date.end_is_weekend IS 'Saturday or Sunday';

COMMENT ON COLUMN {mart}.status_end_date.end_season IS 'Meteorological season of the northern half: winter, spring, summer, autumn';

COMMENT ON COLUMN {mart}.status_end_date.end_day_of_month IS '1 to 31';

CREATE VIEW {mart}.local_hour AS
SELECT h.hour_of_week AS hour_of_week,
    h.iso_dow AS iso_dow,
    h.local_hour AS local_hour,
    CASE WHEN h.iso_dow >= 6 THEN TRUE ELSE FALSE END AS is_weekend
FROM {schema}.dim_hour h GROUP BY h.hour_of_week, h.iso_dow, h.local_hour;

COMMENT ON VIEW {mart}.local_hour IS 'One row per local hour of the week that occurs in the loaded days.';

COMMENT ON COLUMN {mart}.local_hour.hour_of_week IS 'Local hour of the week: 0 is Monday 00:00, 167 Sunday 23:00';

COMMENT ON COLUMN {mart}.local_hour.iso_dow IS 'Local day of the ISO week: 1 Monday to 7 Sunday';

COMMENT ON COLUMN {mart}.local_hour.local_hour IS 'Local hour, 0 to 23';

COMMENT ON COLUMN {mart}.local_hour.is_weekend IS 'Saturday or Sunday';

CREATE VIEW {mart}.point_status AS
SELECT f.utc_date AS utc_date,
    f.feed_key AS feed_key,
    f.point_id AS point_id,
    f.point_sk AS point_sk,
    st.station_id AS station_id,
    st.station_sk AS station_sk,
    st.city_key AS city_key,
    st.operator_id AS operator_id,
    f.status_key AS status_key,
    f.valid_from AS valid_from,
    f.valid_to AS valid_to,
    b.local_date AS start_date,
    b.hour_of_week AS start_hour_of_week,
    e.local_date AS end_date,
    CAST(CAST(EXTRACT(EPOCH FROM (f.valid_to - f.valid_from)) AS BIGINT) AS INTEGER) AS duration_s,
    f.observations AS observations,
    f.start_reason AS start_reason,
    f.end_reason AS end_reason
FROM {schema}.fact_point_status f
JOIN {schema}.dim_charging_station st ON st.station_sk = f.station_sk
JOIN {schema}.dim_hour b ON b.utc_date = f.utc_date AND b.tz_name = st.tz_name
    AND b.hour_utc <= f.valid_from AND b.hour_end > f.valid_from
JOIN {schema}.dim_hour e ON e.utc_date = f.utc_date AND e.tz_name = st.tz_name
    AND e.hour_utc < f.valid_to AND e.hour_end >= f.valid_to
LEFT JOIN {schema}.etl_point_copy y ON y.utc_date = f.utc_date AND y.feed_key = f.feed_key AND y.point_id = f.point_id
WHERE y.point_id IS NULL;

COMMENT ON VIEW {mart}.point_status IS 'One row per charging point and run of equal status within a UTC day and a version.';

COMMENT ON COLUMN {mart}.point_status.utc_date IS 'UTC day';

COMMENT ON COLUMN {mart}.point_status.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.point_status.point_id IS 'Charging point, durable';

COMMENT ON COLUMN {mart}.point_status.point_sk IS 'Charging point as it was (charging_point)';

COMMENT ON COLUMN {mart}.point_status.station_id IS 'Charging station, durable';

COMMENT ON COLUMN {mart}.point_status.station_sk IS 'Charging station as it was (charging_station_version)';

COMMENT ON COLUMN {mart}.point_status.city_key IS 'City of the station at the time (city)';

COMMENT ON COLUMN {mart}.point_status.operator_id IS 'Operator of the station at the time (operator)';

COMMENT ON COLUMN {mart}.point_status.status_key IS 'Status (status)';

COMMENT ON COLUMN {mart}.point_status.valid_from IS 'Start of the interval';

COMMENT ON COLUMN {mart}.point_status.valid_to IS 'End of the interval, exclusive; at most the end of the UTC day';

COMMENT ON COLUMN {mart}.point_status.start_date IS 'Local day of the start (status_start_date)';

COMMENT ON COLUMN {mart}.point_status.start_hour_of_week IS 'Local hour of the week of the start (local_hour)';

COMMENT ON COLUMN {mart}.point_status.end_date IS 'Local day of the last second (status_end_date)';

COMMENT ON COLUMN {mart}.point_status.duration_s IS 'Its length';

COMMENT ON COLUMN {mart}.point_status.observations IS 'Good polls that showed the status';

COMMENT ON COLUMN {mart}.point_status.start_reason IS '1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text';

COMMENT ON COLUMN {mart}.point_status.end_reason IS '1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text';

CREATE VIEW {mart}.connector_status AS
SELECT f.utc_date AS utc_date,
    f.feed_key AS feed_key,
    f.connector_id AS connector_id,
    f.connector_sk AS connector_sk,
    f.point_id AS point_id,
    st.station_id AS station_id,
    st.station_sk AS station_sk,
    st.city_key AS city_key,
    st.operator_id AS operator_id,
    f.status_key AS status_key,
    f.valid_from AS valid_from,
    f.valid_to AS valid_to,
    b.local_date AS start_date,
    b.hour_of_week AS start_hour_of_week,
    e.local_date AS end_date,
    CAST(CAST(EXTRACT(EPOCH FROM (f.valid_to - f.valid_from)) AS BIGINT) AS INTEGER) AS duration_s,
    f.observations AS observations,
    f.start_reason AS start_reason,
    f.end_reason AS end_reason
FROM {schema}.fact_connector_status f
JOIN {schema}.dim_charging_station st ON st.station_sk = f.station_sk
JOIN {schema}.dim_hour b ON b.utc_date = f.utc_date AND b.tz_name = st.tz_name
    AND b.hour_utc <= f.valid_from AND b.hour_end > f.valid_from
JOIN {schema}.dim_hour e ON e.utc_date = f.utc_date AND e.tz_name = st.tz_name
    AND e.hour_utc < f.valid_to AND e.hour_end >= f.valid_to
LEFT JOIN {schema}.etl_point_copy y ON y.utc_date = f.utc_date AND y.feed_key = f.feed_key AND y.point_id = f.point_id
WHERE y.point_id IS NULL;

COMMENT ON VIEW {mart}.connector_status IS 'One row per connector and run of equal status within a UTC day and a version.';

COMMENT ON COLUMN {mart}.connector_status.utc_date IS 'UTC day';

COMMENT ON COLUMN {mart}.connector_status.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.connector_status.connector_id IS 'Connector, durable';

COMMENT ON COLUMN {mart}.connector_status.connector_sk IS 'Connector as it was (connector)';

COMMENT ON COLUMN {mart}.connector_status.point_id IS 'Charging point, durable';

COMMENT ON COLUMN {mart}.connector_status.station_id IS 'Charging station, durable';

COMMENT ON COLUMN {mart}.connector_status.station_sk IS 'Charging station as it was (charging_station_version)';

COMMENT ON COLUMN {mart}.connector_status.city_key IS 'City of the station at the time (city)';

COMMENT ON COLUMN {mart}.connector_status.operator_id IS 'Operator of the station at the time (operator)';

COMMENT ON COLUMN {mart}.connector_status.status_key IS 'Status (status)';

COMMENT ON COLUMN {mart}.connector_status.valid_from IS 'Start of the interval';

COMMENT ON COLUMN {mart}.connector_status.valid_to IS 'End of the interval, exclusive; at most the end of the UTC day';

COMMENT ON COLUMN {mart}.connector_status.start_date IS 'Local day of the start (status_start_date)';

COMMENT ON COLUMN {mart}.connector_status.start_hour_of_week IS 'Local hour of the week of the start (local_hour)';

COMMENT ON COLUMN {mart}.connector_status.end_date IS 'Local day of the last second (status_end_date)';

COMMENT ON COLUMN {mart}.connector_status.duration_s IS 'Its length';

COMMENT ON COLUMN {mart}.connector_status.observations IS 'Good polls that showed the status';

COMMENT ON COLUMN {mart}.connector_status.start_reason IS '1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text';

COMMENT ON COLUMN {mart}.connector_status.end_reason IS '1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text';

CREATE VIEW {mart}.point_hour AS
SELECT h.utc_date AS utc_date,
    h.hour_utc AS hour_utc,
    a.feed_key AS feed_key,
    a.point_id AS point_id,
    st.station_id AS station_id,
    st.station_sk AS station_sk,
    st.city_key AS city_key,
    st.operator_id AS operator_id,
    h.local_date AS local_date,
    h.hour_of_week AS hour_of_week,
    CAST(a.free_s + a.occupied_s + a.reserved_s + a.down_s + a.unknown_s AS INTEGER) AS observed_s,
    CAST(a.free_s AS INTEGER) AS free_s,
    CAST(a.occupied_s AS INTEGER) AS occupied_s,
    CAST(a.reserved_s AS INTEGER) AS reserved_s,
    CAST(a.down_s AS INTEGER) AS down_s,
    CAST(a.unknown_s AS INTEGER) AS unknown_s,
    CAST(a.outside_s AS INTEGER) AS outside_s,
    CAST(a.absent_s AS INTEGER) AS absent_s,
    CAST(a.unobserved_s AS INTEGER) AS unobserved_s,
    CAST(a.open_observed_s AS INTEGER) AS open_observed_s,
    CAST(a.open_occupied_s AS INTEGER) AS open_occupied_s,
    CAST(a.changes AS INTEGER) AS changes
FROM {schema}.agg_point_hour a
JOIN {schema}.dim_charging_station st ON st.station_sk = a.station_sk
JOIN {schema}.dim_hour h ON h.hour_utc = a.hour_utc AND h.tz_name = st.tz_name;

COMMENT ON VIEW {mart}.point_hour IS 'One row per charging point and UTC hour, of feeds polled at least once an hour.';

COMMENT ON COLUMN {mart}.point_hour.utc_date IS 'UTC day of the hour';

COMMENT ON COLUMN {mart}.point_hour.hour_utc IS 'Start of the hour';

COMMENT ON COLUMN {mart}.point_hour.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.point_hour.point_id IS 'Charging point, durable';

COMMENT ON COLUMN {mart}.point_hour.station_id IS 'Charging station, durable';

COMMENT ON COLUMN {mart}.point_hour.station_sk IS 'Charging station as it was (charging_station_version)';

COMMENT ON COLUMN {mart}.point_hour.city_key IS 'City of the station at the time (city)';

COMMENT ON COLUMN {mart}.point_hour.operator_id IS 'Operator of the station at the time (operator)';

COMMENT ON COLUMN {mart}.point_hour.local_date IS 'Local day';

COMMENT ON COLUMN {mart}.point_hour.hour_of_week IS 'Local hour of the week: 0 is Monday 00:00, 167 Sunday 23:00';

COMMENT ON COLUMN {mart}.point_hour.observed_s IS 'Seconds free, occupied, reserved, down or unknown: below utilization';

COMMENT ON COLUMN {mart}.point_hour.free_s IS 'Seconds free';

COMMENT ON COLUMN {mart}.point_hour.occupied_s IS 'Seconds occupied';

COMMENT ON COLUMN {mart}.point_hour.reserved_s IS 'Seconds reserved';

COMMENT ON COLUMN {mart}.point_hour.down_s IS 'Seconds out of order or inoperative';

COMMENT ON COLUMN {mart}.point_hour.unknown_s IS 'Seconds in which the feed said unknown';

COMMENT ON COLUMN {mart}.point_hour.outside_s IS 'Seconds planned or removed';

COMMENT ON COLUMN {mart}.point_hour.absent_s IS 'Seconds in which the feed worked and did not show the point';

COMMENT ON COLUMN {mart}.point_hour.unobserved_s IS 'Seconds without a usable poll';

COMMENT ON COLUMN {mart}.point_hour.open_observed_s IS 'Observed seconds in opening hours; not told counts as always open';

COMMENT ON COLUMN {mart}.point_hour.open_occupied_s IS 'Seconds occupied in opening hours';

COMMENT ON COLUMN {mart}.point_hour.changes IS 'Status changes that start in the hour';

CREATE VIEW {mart}.point_day AS
SELECT h.local_date AS local_date,
    a.feed_key AS feed_key,
    a.point_id AS point_id,
    st.station_id AS station_id,
    st.station_sk AS station_sk,
    st.city_key AS city_key,
    st.operator_id AS operator_id,
    CAST(SUM(a.free_s + a.occupied_s + a.reserved_s + a.down_s + a.unknown_s) AS INTEGER) AS observed_s,
    CAST(SUM(a.free_s) AS INTEGER) AS free_s,
    CAST(SUM(a.occupied_s) AS INTEGER) AS occupied_s,
    CAST(SUM(a.reserved_s) AS INTEGER) AS reserved_s,
    CAST(SUM(a.down_s) AS INTEGER) AS down_s,
    CAST(SUM(a.unknown_s) AS INTEGER) AS unknown_s,
    CAST(SUM(a.outside_s) AS INTEGER) AS outside_s,
    CAST(SUM(a.absent_s) AS INTEGER) AS absent_s,
    CAST(SUM(a.unobserved_s) AS INTEGER) AS unobserved_s,
    CAST(SUM(a.open_observed_s) AS INTEGER) AS open_observed_s,
    CAST(SUM(a.open_occupied_s) AS INTEGER) AS open_occupied_s,
    CAST(SUM(a.changes) AS INTEGER) AS changes
FROM {schema}.agg_point_hour a
JOIN {schema}.dim_charging_station st ON st.station_sk = a.station_sk
JOIN {schema}.dim_hour h ON h.hour_utc = a.hour_utc AND h.tz_name = st.tz_name
GROUP BY h.local_date, a.feed_key, a.point_id, st.station_id, st.station_sk, st.city_key, st.operator_id;

COMMENT ON VIEW {mart}.point_day IS 'One row per charging point, local day and station version, of feeds polled at least once an hour.';

COMMENT ON COLUMN {mart}.point_day.local_date IS 'Local day';

COMMENT ON COLUMN {mart}.point_day.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.point_day.point_id IS 'Charging point, durable';

COMMENT ON COLUMN {mart}.point_day.station_id IS 'Charging station, durable';

COMMENT ON COLUMN {mart}.point_day.station_sk IS 'Charging station as it was (charging_station_version)';

COMMENT ON COLUMN {mart}.point_day.city_key IS 'City of the station at the time (city)';

COMMENT ON COLUMN {mart}.point_day.operator_id IS 'Operator of the station at the time (operator)';

COMMENT ON COLUMN {mart}.point_day.observed_s IS 'Seconds free, occupied, reserved, down or unknown: below utilization';

COMMENT ON COLUMN {mart}.point_day.free_s IS 'Seconds free';

COMMENT ON COLUMN {mart}.point_day.occupied_s IS 'Seconds occupied';

COMMENT ON COLUMN {mart}.point_day.reserved_s IS 'Seconds reserved';

COMMENT ON COLUMN {mart}.point_day.down_s IS 'Seconds out of order or inoperative';

COMMENT ON COLUMN {mart}.point_day.unknown_s IS 'Seconds in which the feed said unknown';

COMMENT ON COLUMN {mart}.point_day.outside_s IS 'Seconds planned or removed';

COMMENT ON COLUMN {mart}.point_day.absent_s IS 'Seconds in which the feed worked and did not show the point';

COMMENT ON COLUMN {mart}.point_day.unobserved_s IS 'Seconds without a usable poll';

COMMENT ON COLUMN {mart}.point_day.open_observed_s IS 'Observed seconds in opening hours; not told counts as always open';

COMMENT ON COLUMN {mart}.point_day.open_occupied_s IS 'Seconds occupied in opening hours';

COMMENT ON COLUMN {mart}.point_day.changes IS 'Status changes that start in the hour';

CREATE VIEW {mart}.poll AS
SELECT p.poll_id AS poll_id,
    p.feed_key AS feed_key,
    p.utc_date AS utc_date,
    p.slot_utc AS slot_utc,
    h.local_date AS local_date,
    h.hour_of_week AS hour_of_week,
    p.requested_at AS requested_at,
    p.finished_at AS finished_at,
    p.outcome AS outcome,
    p.http_status AS http_status,
    p.bytes AS bytes,
    p.same_as_previous AS same_as_previous,
    p.is_chosen AS is_chosen,
    CASE WHEN p.is_chosen THEN 1 ELSE 0 END AS good_polls,
    p.stations AS stations,
    p.points AS points,
    p.connectors AS connectors,
    p.attempts AS attempts
FROM {schema}.etl_poll p
JOIN {schema}.dim_feed f ON f.feed_key = p.feed_key
LEFT JOIN {schema}.dim_hour h ON h.utc_date = p.utc_date AND h.tz_name = f.tz_name
    AND h.hour_utc <= p.slot_utc AND h.hour_end > p.slot_utc;

COMMENT ON VIEW {mart}.poll IS 'One row per poll.';

COMMENT ON COLUMN {mart}.poll.poll_id IS 'Hash of feed, slot and requested_at';

COMMENT ON COLUMN {mart}.poll.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.poll.utc_date IS 'UTC day';

COMMENT ON COLUMN {mart}.poll.slot_utc IS 'Scheduled time: the time of its observations';

COMMENT ON COLUMN {mart}.poll.local_date IS 'Local day of the slot; NULL: no hours of the day are loaded';

COMMENT ON COLUMN {mart}.poll.hour_of_week IS 'Local hour of the week of the slot; NULL: no hours of the day are loaded';

COMMENT ON COLUMN {mart}.poll.requested_at IS 'When the request was sent';

COMMENT ON COLUMN {mart}.poll.finished_at IS 'When the answer was complete; NULL: no complete answer';

COMMENT ON COLUMN {mart}.poll.outcome IS 'ok, or why the answer was not used';

COMMENT ON COLUMN {mart}.poll.http_status IS 'HTTP status; NULL: no answer';

COMMENT ON COLUMN {mart}.poll.bytes IS 'Size of the body; NULL: no body';

COMMENT ON COLUMN {mart}.poll.same_as_previous IS 'Whether the body is the previous one''s; NULL: no body';

COMMENT ON COLUMN {mart}.poll.is_chosen IS 'Whether it makes the observations of its slot';

COMMENT ON COLUMN {mart}.poll.good_polls IS '1 where the poll makes observations, else 0';

COMMENT ON COLUMN {mart}.poll.stations IS 'Stations in the answer; NULL: answer not used';

COMMENT ON COLUMN {mart}.poll.points IS 'Charging points in the answer; NULL: answer not used';

COMMENT ON COLUMN {mart}.poll.connectors IS 'Connectors in the answer; NULL: answer not used';

COMMENT ON COLUMN {mart}.poll.attempts IS 'Requests that were sent';

CREATE VIEW {mart}.feed_quality AS
SELECT l.feed_key AS feed_key,
    l.slice_date AS utc_date,
    CAST(CAST(FLOOR(86400.0 / f.interval_s) AS INTEGER) AS INTEGER) AS scheduled_polls,
    CAST(COALESCE(p.polls, 0) AS INTEGER) AS polls,
    CAST(COALESCE(p.good_polls, 0) AS INTEGER) AS good_polls,
    CAST(l.rows_read AS INTEGER) AS records_read,
    CAST(l.rows_kept AS INTEGER) AS records_kept,
    CAST(COALESCE(l.rows_rejected, 0) AS INTEGER) AS records_rejected,
    CAST(COALESCE(q.checks_ok, 0) AS INTEGER) AS checks_ok,
    CAST(COALESCE(q.checks_warning, 0) AS INTEGER) AS checks_warning,
    CAST(COALESCE(q.checks_failed, 0) AS INTEGER) AS checks_failed
FROM {schema}.etl_load l
JOIN {schema}.dim_feed f ON f.feed_key = l.feed_key
LEFT JOIN (SELECT feed_key, utc_date, COUNT(*) AS polls,
        SUM(CASE WHEN is_chosen THEN 1 ELSE 0 END) AS good_polls
    FROM {schema}.etl_poll GROUP BY feed_key, utc_date) p ON p.feed_key = l.feed_key AND p.utc_date = l.slice_date
LEFT JOIN (SELECT feed_key, utc_date, SUM(CASE WHEN status = 'ok' THEN 1 ELSE 0 END) AS checks_ok,
        SUM(CASE WHEN status = 'warning' THEN 1 ELSE 0 END) AS checks_warning,
        SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS checks_failed
    FROM {schema}.etl_quality_result GROUP BY feed_key, utc_date) q
    ON q.feed_key = l.feed_key AND q.utc_date = l.slice_date;

COMMENT ON VIEW {mart}.feed_quality IS 'One row per feed and UTC day that is loaded.';

COMMENT ON COLUMN {mart}.feed_quality.feed_key IS 'Feed (feed)';

COMMENT ON COLUMN {mart}.feed_quality.utc_date IS 'UTC day';

COMMENT ON COLUMN {mart}.feed_quality.scheduled_polls IS 'Slots of a whole day';

COMMENT ON COLUMN {mart}.feed_quality.polls IS 'Polls of the day';

COMMENT ON COLUMN {mart}.feed_quality.good_polls IS 'Polls that make observations';

COMMENT ON COLUMN {mart}.feed_quality.records_read IS 'Records read: kept and rejected';

COMMENT ON COLUMN {mart}.feed_quality.records_kept IS 'Records kept';

COMMENT ON COLUMN {mart}.feed_quality.records_rejected IS 'Records rejected';

COMMENT ON COLUMN {mart}.feed_quality.checks_ok IS 'Quality rules that hold, of the newest check';

COMMENT ON COLUMN {mart}.feed_quality.checks_warning IS 'Quality rules that warn';

COMMENT ON COLUMN {mart}.feed_quality.checks_failed IS 'Quality rules that failed';

CREATE VIEW {mart}.dictionary AS
SELECT CAST(x.view_name AS VARCHAR(64)) AS view_name,
    x.ordinal AS ordinal,
    CAST(x.column_name AS VARCHAR(64)) AS column_name,
    CAST(x.meaning AS VARCHAR(400)) AS meaning
FROM (SELECT 'meta' AS view_name, 1 AS ordinal, 'mart_version' AS column_name, 'Version of the mart''s views' AS meaning
    UNION ALL SELECT 'meta', 2, 'schema_version', 'Version of the warehouse''s schema'
    UNION ALL SELECT 'meta', 3, 'first_day', 'First UTC day that is loaded; NULL: nothing is'
    UNION ALL SELECT 'meta', 4, 'last_day', 'Last UTC day that is loaded; NULL: nothing is'
    UNION ALL SELECT 'meta', 5, 'data_as_of', 'Slot of the newest good poll; NULL: no poll'
    UNION ALL SELECT 'charging_station', 1, 'station_id', 'Hash of feed family and source_station_id'
    UNION ALL SELECT 'charging_station', 2, 'station_sk', 'Hash of station_id and valid_from'
    UNION ALL SELECT 'charging_station', 3, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'charging_station', 4, 'operator_id', 'Operator (operator)'
    UNION ALL SELECT 'charging_station', 5, 'city_key', 'City (city)'
    UNION ALL SELECT 'charging_station', 6, 'source_station_id', 'The feed''s own id of the station'
    UNION ALL SELECT 'charging_station', 7, 'name', 'Name of the station; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 8, 'address', 'Street and number; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 9, 'postal_code', 'Postal code; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 10, 'city_name', 'Name of the city as the feed writes it; the feed''s name where it gives none'
    UNION ALL SELECT 'charging_station', 11, 'country', 'ISO 3166-1 alpha-2'
    UNION ALL SELECT 'charging_station', 12, 'lat', 'Degrees north, WGS 84; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 13, 'lon', 'Degrees east, WGS 84; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 14, 'tz_name', 'IANA time zone of the place'
    UNION ALL SELECT 'charging_station', 15, 'access_type', 'Who may use the station; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 16, 'parking_type', 'OCPI parking type; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 17, 'is_roaming', 'Whether roaming is offered; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 18, 'owner_name', 'Owner of the place; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 19, 'help_phone', 'Telephone number for help on the spot; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 20, 'open_24_7', 'Whether the station is open around the clock; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station', 21, 'valid_from', 'Slot of the first poll that showed these values'
    UNION ALL SELECT 'charging_station', 22, 'valid_to', 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open'
    UNION ALL SELECT 'charging_station', 23, 'is_current', 'Whether the version is open'
    UNION ALL SELECT 'charging_station', 24, 'last_seen', 'Slot of the last poll that showed the object'
    UNION ALL SELECT 'charging_station_version', 1, 'station_id', 'Hash of feed family and source_station_id'
    UNION ALL SELECT 'charging_station_version', 2, 'station_sk', 'Hash of station_id and valid_from'
    UNION ALL SELECT 'charging_station_version', 3, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'charging_station_version', 4, 'operator_id', 'Operator (operator)'
    UNION ALL SELECT 'charging_station_version', 5, 'city_key', 'City (city)'
    UNION ALL SELECT 'charging_station_version', 6, 'source_station_id', 'The feed''s own id of the station'
    UNION ALL SELECT 'charging_station_version', 7, 'name', 'Name of the station; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 8, 'address', 'Street and number; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 9, 'postal_code', 'Postal code; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 10, 'city_name', 'Name of the city as the feed writes it; the feed''s name where it gives none'
    UNION ALL SELECT 'charging_station_version', 11, 'country', 'ISO 3166-1 alpha-2'
    UNION ALL SELECT 'charging_station_version', 12, 'lat', 'Degrees north, WGS 84; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 13, 'lon', 'Degrees east, WGS 84; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 14, 'tz_name', 'IANA time zone of the place'
    UNION ALL SELECT 'charging_station_version', 15, 'access_type', 'Who may use the station; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 16, 'parking_type', 'OCPI parking type; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 17, 'is_roaming', 'Whether roaming is offered; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 18, 'owner_name', 'Owner of the place; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 19, 'help_phone', 'Telephone number for help on the spot; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 20, 'open_24_7', 'Whether the station is open around the clock; NULL: the feed gave none'
    UNION ALL SELECT 'charging_station_version', 21, 'valid_from', 'Slot of the first poll that showed these values'
    UNION ALL SELECT 'charging_station_version', 22, 'valid_to', 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open'
    UNION ALL SELECT 'charging_station_version', 23, 'is_current', 'Whether the version is open'
    UNION ALL SELECT 'charging_station_version', 24, 'last_seen', 'Slot of the last poll that showed the object'
    UNION ALL SELECT 'charging_point', 1, 'point_id', 'Charging point, durable: source_point_key, or another where the id was re-used'
    UNION ALL SELECT 'charging_point', 2, 'point_sk', 'Hash of point_id and valid_from'
    UNION ALL SELECT 'charging_point', 3, 'station_id', 'Charging station (charging_station)'
    UNION ALL SELECT 'charging_point', 4, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'charging_point', 5, 'source_point_id', 'The feed''s own id of the point (uid)'
    UNION ALL SELECT 'charging_point', 6, 'evse_id', 'Printed EVSE id; can be shared or re-used, so it is no key; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 7, 'physical_reference', 'Mark on the device; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 8, 'floor_level', 'Floor; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 9, 'parking_spaces', 'Parking spaces that the point serves; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 10, 'vehicle_type', 'Kind of vehicle served; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 11, 'is_roaming', 'Whether roaming is offered; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 12, 'is_reservable', 'Whether it can be reserved; volatile, makes no version; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 13, 'has_remote_start', 'Whether charging can be started remotely; NULL: no capabilities given'
    UNION ALL SELECT 'charging_point', 14, 'has_rfid', 'Whether an RFID card is read; NULL: no capabilities given'
    UNION ALL SELECT 'charging_point', 15, 'has_plug_and_charge', 'Whether ISO 15118 plug and charge works; NULL: no capabilities given'
    UNION ALL SELECT 'charging_point', 16, 'max_power_kw', 'Largest power of its connectors; NULL: no connector says its power'
    UNION ALL SELECT 'charging_point', 17, 'current_type', 'AC, DC or AC+DC; NULL: no connector says its power type'
    UNION ALL SELECT 'charging_point', 18, 'power_class', 'Class of max_power_kw; NULL: max_power_kw is NULL'
    UNION ALL SELECT 'charging_point', 19, 'connector_count', 'Connectors of the point; NULL: not known'
    UNION ALL SELECT 'charging_point', 20, 'lat', 'Degrees north of its station, WGS 84; makes no version; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 21, 'lon', 'Degrees east of its station, WGS 84; makes no version; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point', 22, 'valid_from', 'Slot of the first poll that showed these values'
    UNION ALL SELECT 'charging_point', 23, 'valid_to', 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open'
    UNION ALL SELECT 'charging_point', 24, 'is_current', 'Whether the version is open'
    UNION ALL SELECT 'charging_point', 25, 'last_seen', 'Slot of the last poll that showed the object'
    UNION ALL SELECT 'charging_point_version', 1, 'point_id', 'Charging point, durable: source_point_key, or another where the id was re-used'
    UNION ALL SELECT 'charging_point_version', 2, 'point_sk', 'Hash of point_id and valid_from'
    UNION ALL SELECT 'charging_point_version', 3, 'station_id', 'Charging station (charging_station)'
    UNION ALL SELECT 'charging_point_version', 4, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'charging_point_version', 5, 'source_point_id', 'The feed''s own id of the point (uid)'
    UNION ALL SELECT 'charging_point_version', 6, 'evse_id', 'Printed EVSE id; can be shared or re-used, so it is no key; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 7, 'physical_reference', 'Mark on the device; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 8, 'floor_level', 'Floor; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 9, 'parking_spaces', 'Parking spaces that the point serves; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 10, 'vehicle_type', 'Kind of vehicle served; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 11, 'is_roaming', 'Whether roaming is offered; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 12, 'is_reservable', 'Whether it can be reserved; volatile, makes no version; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 13, 'has_remote_start', 'Whether charging can be started remotely; NULL: no capabilities given'
    UNION ALL SELECT 'charging_point_version', 14, 'has_rfid', 'Whether an RFID card is read; NULL: no capabilities given'
    UNION ALL SELECT 'charging_point_version', 15, 'has_plug_and_charge', 'Whether ISO 15118 plug and charge works; NULL: no capabilities given'
    UNION ALL SELECT 'charging_point_version', 16, 'max_power_kw', 'Largest power of its connectors; NULL: no connector says its power'
    UNION ALL SELECT 'charging_point_version', 17, 'current_type', 'AC, DC or AC+DC; NULL: no connector says its power type'
    UNION ALL SELECT 'charging_point_version', 18, 'power_class', 'Class of max_power_kw; NULL: max_power_kw is NULL'
    UNION ALL SELECT 'charging_point_version', 19, 'connector_count', 'Connectors of the point; NULL: not known'
    UNION ALL SELECT 'charging_point_version', 20, 'lat', 'Degrees north of its station, WGS 84; makes no version; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 21, 'lon', 'Degrees east of its station, WGS 84; makes no version; NULL: the feed gave none'
    UNION ALL SELECT 'charging_point_version', 22, 'valid_from', 'Slot of the first poll that showed these values'
    UNION ALL SELECT 'charging_point_version', 23, 'valid_to', 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open'
    UNION ALL SELECT 'charging_point_version', 24, 'is_current', 'Whether the version is open'
    UNION ALL SELECT 'charging_point_version', 25, 'last_seen', 'Slot of the last poll that showed the object'
    UNION ALL SELECT 'connector', 1, 'connector_id', 'Hash of feed family, point and source_connector_id'
    UNION ALL SELECT 'connector', 2, 'connector_sk', 'Hash of connector_id and valid_from'
    UNION ALL SELECT 'connector', 3, 'point_id', 'Charging point (charging_point)'
    UNION ALL SELECT 'connector', 4, 'station_id', 'Charging station (charging_station)'
    UNION ALL SELECT 'connector', 5, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'connector', 6, 'source_connector_id', 'The feed''s own id of the connector'
    UNION ALL SELECT 'connector', 7, 'standard', 'OCPI name of the plug; unknown where the feed gave none'
    UNION ALL SELECT 'connector', 8, 'format', 'SOCKET or CABLE; NULL: the feed gave none'
    UNION ALL SELECT 'connector', 9, 'power_type', 'OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …; NULL: the feed gave none'
    UNION ALL SELECT 'connector', 10, 'voltage_v', 'Voltage; NULL: the feed gave none'
    UNION ALL SELECT 'connector', 11, 'amperage_a', 'Current; NULL: the feed gave none'
    UNION ALL SELECT 'connector', 12, 'max_power_kw', 'Largest power; NULL: neither given nor derivable'
    UNION ALL SELECT 'connector', 13, 'terms_url', 'Web address of the terms; NULL: the feed gave none'
    UNION ALL SELECT 'connector', 14, 'valid_from', 'Slot of the first poll that showed these values'
    UNION ALL SELECT 'connector', 15, 'valid_to', 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open'
    UNION ALL SELECT 'connector', 16, 'is_current', 'Whether the version is open'
    UNION ALL SELECT 'connector', 17, 'last_seen', 'Slot of the last poll that showed the object'
    UNION ALL SELECT 'connector_version', 1, 'connector_id', 'Hash of feed family, point and source_connector_id'
    UNION ALL SELECT 'connector_version', 2, 'connector_sk', 'Hash of connector_id and valid_from'
    UNION ALL SELECT 'connector_version', 3, 'point_id', 'Charging point (charging_point)'
    UNION ALL SELECT 'connector_version', 4, 'station_id', 'Charging station (charging_station)'
    UNION ALL SELECT 'connector_version', 5, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'connector_version', 6, 'source_connector_id', 'The feed''s own id of the connector'
    UNION ALL SELECT 'connector_version', 7, 'standard', 'OCPI name of the plug; unknown where the feed gave none'
    UNION ALL SELECT 'connector_version', 8, 'format', 'SOCKET or CABLE; NULL: the feed gave none'
    UNION ALL SELECT 'connector_version', 9, 'power_type', 'OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …; NULL: the feed gave none'
    UNION ALL SELECT 'connector_version', 10, 'voltage_v', 'Voltage; NULL: the feed gave none'
    UNION ALL SELECT 'connector_version', 11, 'amperage_a', 'Current; NULL: the feed gave none'
    UNION ALL SELECT 'connector_version', 12, 'max_power_kw', 'Largest power; NULL: neither given nor derivable'
    UNION ALL SELECT 'connector_version', 13, 'terms_url', 'Web address of the terms; NULL: the feed gave none'
    UNION ALL SELECT 'connector_version', 14, 'valid_from', 'Slot of the first poll that showed these values'
    UNION ALL SELECT 'connector_version', 15, 'valid_to', 'End of the version, exclusive; 9999-12-31 00:00:00 while it is open'
    UNION ALL SELECT 'connector_version', 16, 'is_current', 'Whether the version is open'
    UNION ALL SELECT 'connector_version', 17, 'last_seen', 'Slot of the last poll that showed the object'
    UNION ALL SELECT 'operator', 1, 'operator_id', 'Hash of family and source_operator_id'
    UNION ALL SELECT 'operator', 2, 'family', 'Feed family, the name space of the source''s ids'
    UNION ALL SELECT 'operator', 3, 'source_operator_id', 'The feed''s own id of the operator; its name where it gives none'
    UNION ALL SELECT 'operator', 4, 'party_id', 'OCPI party id; NULL: the feed gave none'
    UNION ALL SELECT 'operator', 5, 'name', 'Name of the operator'
    UNION ALL SELECT 'operator', 6, 'website', 'Web address; NULL: the feed gave none'
    UNION ALL SELECT 'operator', 7, 'hotline', 'Telephone number; NULL: the feed gave none'
    UNION ALL SELECT 'operator', 8, 'group_name', 'Group that the operator belongs to; NULL: none known'
    UNION ALL SELECT 'city', 1, 'city_key', 'Hash of city_id'
    UNION ALL SELECT 'city', 2, 'city_id', 'Country and name of the city in small letters: de/köln'
    UNION ALL SELECT 'city', 3, 'name', 'Name of the city; as the feed writes it where no list has the city'
    UNION ALL SELECT 'city', 4, 'district', 'District that the city belongs to (Kreis) or is (kreisfreie Stadt); NULL: not known'
    UNION ALL SELECT 'city', 5, 'state_code', 'ISO 3166-2; NULL: not known'
    UNION ALL SELECT 'city', 6, 'country', 'ISO 3166-1 alpha-2; ZZ where the feed gives none'
    UNION ALL SELECT 'city', 7, 'ags', 'German municipality key; NULL: not in Germany, or not known'
    UNION ALL SELECT 'city', 8, 'tz_name', 'IANA time zone'
    UNION ALL SELECT 'city', 9, 'lat', 'Degrees north, WGS 84: the middle of the city''s area; NULL: not known'
    UNION ALL SELECT 'city', 10, 'lon', 'Degrees east, WGS 84: the middle of the city''s area; NULL: not known'
    UNION ALL SELECT 'city', 11, 'population', 'Inhabitants; NULL: no sourced figure'
    UNION ALL SELECT 'city', 12, 'population_date', 'Day that population stands for; NULL: population is NULL'
    UNION ALL SELECT 'feed', 1, 'feed_key', 'Hash of feed_id'
    UNION ALL SELECT 'feed', 2, 'feed_id', 'Name of the feed, for example chargecloud/koeln'
    UNION ALL SELECT 'feed', 3, 'family', 'Feed family, the name space of the source''s ids'
    UNION ALL SELECT 'feed', 4, 'adapter', 'Adapter that reads it'
    UNION ALL SELECT 'feed', 5, 'country', 'ISO 3166-1 alpha-2; NULL: more than one country'
    UNION ALL SELECT 'feed', 6, 'tz_name', 'IANA time zone of its stations'
    UNION ALL SELECT 'feed', 7, 'interval_s', 'Seconds between polls'
    UNION ALL SELECT 'feed', 8, 'max_gap_s', 'Longest gap between good polls over which a status is held'
    UNION ALL SELECT 'feed', 9, 'licence', 'Licence of the data; NULL: none stated'
    UNION ALL SELECT 'feed', 10, 'attribution', 'Text that the licence wants shown; NULL: none wanted'
    UNION ALL SELECT 'feed', 11, 'terms_url', 'Web address of the terms; NULL: none known'
    UNION ALL SELECT 'feed', 12, 'active', 'Whether it is polled now'
    UNION ALL SELECT 'status', 1, 'status_key', 'Number of the status; never renumbered'
    UNION ALL SELECT 'status', 2, 'code', 'OCPI''s nine in camel case, absent, unobserved'
    UNION ALL SELECT 'status', 3, 'category', 'free, occupied, reserved, down, unknown, outside, absent, unobserved'
    UNION ALL SELECT 'status', 4, 'is_observed', 'Whether its time belongs to the denominator of utilization'
    UNION ALL SELECT 'status', 5, 'is_operational', 'Whether the object works: free, occupied or reserved'
    UNION ALL SELECT 'status', 6, 'is_occupied', 'Whether its category is occupied'
    UNION ALL SELECT 'status', 7, 'sort_order', 'Place in lists and legends'
    UNION ALL SELECT 'local_date', 1, 'local_date', 'The day'
    UNION ALL SELECT 'local_date', 2, 'year', 'Calendar year'
    UNION ALL SELECT 'local_date', 3, 'quarter', '1 to 4'
    UNION ALL SELECT 'local_date', 4, 'month', '1 to 12'
    UNION ALL SELECT 'local_date', 5, 'iso_week', 'ISO 8601 week, 1 to 53'
    UNION ALL SELECT 'local_date', 6, 'iso_dow', '1 Monday to 7 Sunday'
    UNION ALL SELECT 'local_date', 7, 'is_weekend', 'Saturday or Sunday'
    UNION ALL SELECT 'local_date', 8, 'season', 'Meteorological season of the northern half: winter, spring, summer, autumn'
    UNION ALL SELECT 'local_date', 9, 'day_of_month', '1 to 31'
    UNION ALL SELECT 'status_start_date', 1, 'start_date', 'The day'
    UNION ALL SELECT 'status_start_date', 2, 'start_year', 'Calendar year'
    UNION ALL SELECT 'status_start_date', 3, 'start_quarter', '1 to 4'
    UNION ALL SELECT 'status_start_date', 4, 'start_month', '1 to 12'
    UNION ALL SELECT 'status_start_date', 5, 'start_iso_week', 'ISO 8601 week, 1 to 53'
    UNION ALL SELECT 'status_start_date', 6, 'start_iso_dow', '1 Monday to 7 Sunday'
    UNION ALL SELECT 'status_start_date', 7, 'start_is_weekend', 'Saturday or Sunday'
    UNION ALL SELECT 'status_start_date', 8, 'start_season', 'Meteorological season of the northern half: winter, spring, summer, autumn'
    UNION ALL SELECT 'status_start_date', 9, 'start_day_of_month', '1 to 31'
    UNION ALL SELECT 'status_end_date', 1, 'end_date', 'The day'
    UNION ALL SELECT 'status_end_date', 2, 'end_year', 'Calendar year'
    UNION ALL SELECT 'status_end_date', 3, 'end_quarter', '1 to 4'
    UNION ALL SELECT 'status_end_date', 4, 'end_month', '1 to 12'
    UNION ALL SELECT 'status_end_date', 5, 'end_iso_week', 'ISO 8601 week, 1 to 53'
    UNION ALL SELECT 'status_end_date', 6, 'end_iso_dow', '1 Monday to 7 Sunday'
    UNION ALL SELECT 'status_end_date', 7, 'end_is_weekend', 'Saturday or Sunday'
    UNION ALL SELECT 'status_end_date', 8, 'end_season', 'Meteorological season of the northern half: winter, spring, summer, autumn'
    UNION ALL SELECT 'status_end_date', 9, 'end_day_of_month', '1 to 31'
    UNION ALL SELECT 'local_hour', 1, 'hour_of_week', 'Local hour of the week: 0 is Monday 00:00, 167 Sunday 23:00'
    UNION ALL SELECT 'local_hour', 2, 'iso_dow', 'Local day of the ISO week: 1 Monday to 7 Sunday'
    UNION ALL SELECT 'local_hour', 3, 'local_hour', 'Local hour, 0 to 23'
    UNION ALL SELECT 'local_hour', 4, 'is_weekend', 'Saturday or Sunday'
    UNION ALL SELECT 'point_status', 1, 'utc_date', 'UTC day'
    UNION ALL SELECT 'point_status', 2, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'point_status', 3, 'point_id', 'Charging point, durable'
    UNION ALL SELECT 'point_status', 4, 'point_sk', 'Charging point as it was (charging_point)'
    UNION ALL SELECT 'point_status', 5, 'station_id', 'Charging station, durable'
    UNION ALL SELECT 'point_status', 6, 'station_sk', 'Charging station as it was (charging_station_version)'
    UNION ALL SELECT 'point_status', 7, 'city_key', 'City of the station at the time (city)'
    UNION ALL SELECT 'point_status', 8, 'operator_id', 'Operator of the station at the time (operator)'
    UNION ALL SELECT 'point_status', 9, 'status_key', 'Status (status)'
    UNION ALL SELECT 'point_status', 10, 'valid_from', 'Start of the interval'
    UNION ALL SELECT 'point_status', 11, 'valid_to', 'End of the interval, exclusive; at most the end of the UTC day'
    UNION ALL SELECT 'point_status', 12, 'start_date', 'Local day of the start (status_start_date)'
    UNION ALL SELECT 'point_status', 13, 'start_hour_of_week', 'Local hour of the week of the start (local_hour)'
    UNION ALL SELECT 'point_status', 14, 'end_date', 'Local day of the last second (status_end_date)'
    UNION ALL SELECT 'point_status', 15, 'duration_s', 'Its length'
    UNION ALL SELECT 'point_status', 16, 'observations', 'Good polls that showed the status'
    UNION ALL SELECT 'point_status', 17, 'start_reason', '1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text'
    UNION ALL SELECT 'point_status', 18, 'end_reason', '1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text'
    UNION ALL SELECT 'connector_status', 1, 'utc_date', 'UTC day'
    UNION ALL SELECT 'connector_status', 2, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'connector_status', 3, 'connector_id', 'Connector, durable'
    UNION ALL SELECT 'connector_status', 4, 'connector_sk', 'Connector as it was (connector)'
    UNION ALL SELECT 'connector_status', 5, 'point_id', 'Charging point, durable'
    UNION ALL SELECT 'connector_status', 6, 'station_id', 'Charging station, durable'
    UNION ALL SELECT 'connector_status', 7, 'station_sk', 'Charging station as it was (charging_station_version)'
    UNION ALL SELECT 'connector_status', 8, 'city_key', 'City of the station at the time (city)'
    UNION ALL SELECT 'connector_status', 9, 'operator_id', 'Operator of the station at the time (operator)'
    UNION ALL SELECT 'connector_status', 10, 'status_key', 'Status (status)'
    UNION ALL SELECT 'connector_status', 11, 'valid_from', 'Start of the interval'
    UNION ALL SELECT 'connector_status', 12, 'valid_to', 'End of the interval, exclusive; at most the end of the UTC day'
    UNION ALL SELECT 'connector_status', 13, 'start_date', 'Local day of the start (status_start_date)'
    UNION ALL SELECT 'connector_status', 14, 'start_hour_of_week', 'Local hour of the week of the start (local_hour)'
    UNION ALL SELECT 'connector_status', 15, 'end_date', 'Local day of the last second (status_end_date)'
    UNION ALL SELECT 'connector_status', 16, 'duration_s', 'Its length'
    UNION ALL SELECT 'connector_status', 17, 'observations', 'Good polls that showed the status'
    UNION ALL SELECT 'connector_status', 18, 'start_reason', '1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text'
    UNION ALL SELECT 'connector_status', 19, 'end_reason', '1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text'
    UNION ALL SELECT 'point_hour', 1, 'utc_date', 'UTC day of the hour'
    UNION ALL SELECT 'point_hour', 2, 'hour_utc', 'Start of the hour'
    UNION ALL SELECT 'point_hour', 3, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'point_hour', 4, 'point_id', 'Charging point, durable'
    UNION ALL SELECT 'point_hour', 5, 'station_id', 'Charging station, durable'
    UNION ALL SELECT 'point_hour', 6, 'station_sk', 'Charging station as it was (charging_station_version)'
    UNION ALL SELECT 'point_hour', 7, 'city_key', 'City of the station at the time (city)'
    UNION ALL SELECT 'point_hour', 8, 'operator_id', 'Operator of the station at the time (operator)'
    UNION ALL SELECT 'point_hour', 9, 'local_date', 'Local day'
    UNION ALL SELECT 'point_hour', 10, 'hour_of_week', 'Local hour of the week: 0 is Monday 00:00, 167 Sunday 23:00'
    UNION ALL SELECT 'point_hour', 11, 'observed_s', 'Seconds free, occupied, reserved, down or unknown: below utilization'
    UNION ALL SELECT 'point_hour', 12, 'free_s', 'Seconds free'
    UNION ALL SELECT 'point_hour', 13, 'occupied_s', 'Seconds occupied'
    UNION ALL SELECT 'point_hour', 14, 'reserved_s', 'Seconds reserved'
    UNION ALL SELECT 'point_hour', 15, 'down_s', 'Seconds out of order or inoperative'
    UNION ALL SELECT 'point_hour', 16, 'unknown_s', 'Seconds in which the feed said unknown'
    UNION ALL SELECT 'point_hour', 17, 'outside_s', 'Seconds planned or removed'
    UNION ALL SELECT 'point_hour', 18, 'absent_s', 'Seconds in which the feed worked and did not show the point'
    UNION ALL SELECT 'point_hour', 19, 'unobserved_s', 'Seconds without a usable poll'
    UNION ALL SELECT 'point_hour', 20, 'open_observed_s', 'Observed seconds in opening hours; not told counts as always open'
    UNION ALL SELECT 'point_hour', 21, 'open_occupied_s', 'Seconds occupied in opening hours'
    UNION ALL SELECT 'point_hour', 22, 'changes', 'Status changes that start in the hour'
    UNION ALL SELECT 'point_day', 1, 'local_date', 'Local day'
    UNION ALL SELECT 'point_day', 2, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'point_day', 3, 'point_id', 'Charging point, durable'
    UNION ALL SELECT 'point_day', 4, 'station_id', 'Charging station, durable'
    UNION ALL SELECT 'point_day', 5, 'station_sk', 'Charging station as it was (charging_station_version)'
    UNION ALL SELECT 'point_day', 6, 'city_key', 'City of the station at the time (city)'
    UNION ALL SELECT 'point_day', 7, 'operator_id', 'Operator of the station at the time (operator)'
    UNION ALL SELECT 'point_day', 8, 'observed_s', 'Seconds free, occupied, reserved, down or unknown: below utilization'
    UNION ALL SELECT 'point_day', 9, 'free_s', 'Seconds free'
    UNION ALL SELECT 'point_day', 10, 'occupied_s', 'Seconds occupied'
    UNION ALL SELECT 'point_day', 11, 'reserved_s', 'Seconds reserved'
    UNION ALL SELECT 'point_day', 12, 'down_s', 'Seconds out of order or inoperative'
    UNION ALL SELECT 'point_day', 13, 'unknown_s', 'Seconds in which the feed said unknown'
    UNION ALL SELECT 'point_day', 14, 'outside_s', 'Seconds planned or removed'
    UNION ALL SELECT 'point_day', 15, 'absent_s', 'Seconds in which the feed worked and did not show the point'
    UNION ALL SELECT 'point_day', 16, 'unobserved_s', 'Seconds without a usable poll'
    UNION ALL SELECT 'point_day', 17, 'open_observed_s', 'Observed seconds in opening hours; not told counts as always open'
    UNION ALL SELECT 'point_day', 18, 'open_occupied_s', 'Seconds occupied in opening hours'
    UNION ALL SELECT 'point_day', 19, 'changes', 'Status changes that start in the hour'
    UNION ALL SELECT 'poll', 1, 'poll_id', 'Hash of feed, slot and requested_at'
    UNION ALL SELECT 'poll', 2, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'poll', 3, 'utc_date', 'UTC day'
    UNION ALL SELECT 'poll', 4, 'slot_utc', 'Scheduled time: the time of its observations'
    UNION ALL SELECT 'poll', 5, 'local_date', 'Local day of the slot; NULL: no hours of the day are loaded'
    UNION ALL SELECT 'poll', 6, 'hour_of_week', 'Local hour of the week of the slot; NULL: no hours of the day are loaded'
    UNION ALL SELECT 'poll', 7, 'requested_at', 'When the request was sent'
    UNION ALL SELECT 'poll', 8, 'finished_at', 'When the answer was complete; NULL: no complete answer'
    UNION ALL SELECT 'poll', 9, 'outcome', 'ok, or why the answer was not used'
    UNION ALL SELECT 'poll', 10, 'http_status', 'HTTP status; NULL: no answer'
    UNION ALL SELECT 'poll', 11, 'bytes', 'Size of the body; NULL: no body'
    UNION ALL SELECT 'poll', 12, 'same_as_previous', 'Whether the body is the previous one''s; NULL: no body'
    UNION ALL SELECT 'poll', 13, 'is_chosen', 'Whether it makes the observations of its slot'
    UNION ALL SELECT 'poll', 14, 'good_polls', '1 where the poll makes observations, else 0'
    UNION ALL SELECT 'poll', 15, 'stations', 'Stations in the answer; NULL: answer not used'
    UNION ALL SELECT 'poll', 16, 'points', 'Charging points in the answer; NULL: answer not used'
    UNION ALL SELECT 'poll', 17, 'connectors', 'Connectors in the answer; NULL: answer not used'
    UNION ALL SELECT 'poll', 18, 'attempts', 'Requests that were sent'
    UNION ALL SELECT 'feed_quality', 1, 'feed_key', 'Feed (feed)'
    UNION ALL SELECT 'feed_quality', 2, 'utc_date', 'UTC day'
    UNION ALL SELECT 'feed_quality', 3, 'scheduled_polls', 'Slots of a whole day'
    UNION ALL SELECT 'feed_quality', 4, 'polls', 'Polls of the day'
    UNION ALL SELECT 'feed_quality', 5, 'good_polls', 'Polls that make observations'
    UNION ALL SELECT 'feed_quality', 6, 'records_read', 'Records read: kept and rejected'
    UNION ALL SELECT 'feed_quality', 7, 'records_kept', 'Records kept'
    UNION ALL SELECT 'feed_quality', 8, 'records_rejected', 'Records rejected'
    UNION ALL SELECT 'feed_quality', 9, 'checks_ok', 'Quality rules that hold, of the newest check'
    UNION ALL SELECT 'feed_quality', 10, 'checks_warning', 'Quality rules that warn'
    UNION ALL SELECT 'feed_quality', 11, 'checks_failed', 'Quality rules that failed') x;

COMMENT ON VIEW {mart}.dictionary IS 'One row per column of the mart''s other views.';

COMMENT ON COLUMN {mart}.dictionary.view_name IS 'Name of the view';

COMMENT ON COLUMN {mart}.dictionary.ordinal IS 'Place of the column in the view, from 1';

COMMENT ON COLUMN {mart}.dictionary.column_name IS 'Name of the column';

COMMENT ON COLUMN {mart}.dictionary.meaning IS 'What the column holds';

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
