-- What Redshift has and PostgreSQL 15 lacks. In pg_catalog, so that it is found whatever the search path is.
CREATE FUNCTION pg_catalog.getdate() RETURNS timestamp STABLE LANGUAGE sql
    AS $$ SELECT date_trunc('second', CAST(clock_timestamp() AT TIME ZONE 'UTC' AS timestamp)) $$;
CREATE FUNCTION pg_catalog.convert_timezone(source text, target text, t timestamp) RETURNS timestamp IMMUTABLE
    LANGUAGE sql AS $$ SELECT (t AT TIME ZONE source) AT TIME ZONE target $$;
CREATE FUNCTION pg_catalog.convert_timezone(target text, t timestamp) RETURNS timestamp IMMUTABLE
    LANGUAGE sql AS $$ SELECT (t AT TIME ZONE 'UTC') AT TIME ZONE target $$;
CREATE FUNCTION pg_catalog.dateadd(unit text, n bigint, t timestamp) RETURNS timestamp IMMUTABLE LANGUAGE sql
    AS $$ SELECT t + n * CAST('1 ' || unit AS interval) $$;
-- Counts the boundaries between two times, not whole units.
CREATE FUNCTION pg_catalog.datediff(unit text, a timestamp, b timestamp) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
    SELECT CAST(CASE unit
        WHEN 'year' THEN extract(year FROM b) - extract(year FROM a)
        WHEN 'quarter' THEN 4 * (extract(year FROM b) - extract(year FROM a))
            + extract(quarter FROM b) - extract(quarter FROM a)
        WHEN 'month' THEN 12 * (extract(year FROM b) - extract(year FROM a)) + extract(month FROM b) - extract(month FROM a)
        ELSE extract(epoch FROM date_trunc(unit, b) - date_trunc(unit, a)) / CASE unit
            WHEN 'week' THEN 604800 WHEN 'day' THEN 86400 WHEN 'hour' THEN 3600 WHEN 'minute' THEN 60
            WHEN 'second' THEN 1 WHEN 'millisecond' THEN 0.001 ELSE 0.000001 END
        END AS bigint) $$;
CREATE FUNCTION pg_catalog.nvl(a anyelement, b anyelement) RETURNS anyelement IMMUTABLE LANGUAGE sql
    AS $$ SELECT coalesce(a, b) $$;
CREATE FUNCTION pg_catalog.len(a text) RETURNS int IMMUTABLE LANGUAGE sql AS $$ SELECT length(a) $$;
CREATE FUNCTION pg_catalog.json_parse(a text) RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$ SELECT CAST(a AS jsonb) $$;
CREATE FUNCTION pg_catalog.json_serialize(a jsonb) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT CAST(a AS text) $$;
CREATE FUNCTION pg_catalog.is_valid_json(a text) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$
    BEGIN RETURN jsonb_typeof(CAST(a AS jsonb)) = 'object'; EXCEPTION WHEN others THEN RETURN FALSE; END $$;
CREATE FUNCTION pg_catalog.strtol(a text, base int) RETURNS bigint IMMUTABLE LANGUAGE plpgsql AS $$
    DECLARE n bigint := 0; c text;
    BEGIN
        FOREACH c IN ARRAY string_to_array(lower(a), NULL) LOOP
            n := n * base + strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1;
        END LOOP;
        RETURN n;
    END $$;
-- A cast to VARCHAR(n): the longest beginning of at most n bytes.
CREATE FUNCTION pg_catalog.redshift_cut(a text, n int) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
    DECLARE b text := left(a, n);
    BEGIN
        WHILE octet_length(b) > n LOOP b := left(b, length(b) - greatest(1, (octet_length(b) - n) / 4)); END LOOP;
        RETURN b;
    END $$;
CREATE TABLE pg_catalog.stl_load_errors (userid int, slice int, tbl int, starttime timestamp, session int, query int,
    filename text, line_number bigint, colname text, type text, col_length text, position int, raw_line text,
    raw_field_value text, err_code int, err_reason text);
CREATE TABLE pg_catalog.stl_load_commits (query int, filename text, lines_scanned bigint, curtime timestamp);
GRANT SELECT ON pg_catalog.stl_load_errors, pg_catalog.stl_load_commits TO PUBLIC;
