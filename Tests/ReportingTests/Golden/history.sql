WITH versions AS (
SELECT 'operator' AS entity, 1 AS position, d.operator_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.operator_id ORDER BY d.valid_from) AS number
FROM dim_operator d WHERE d.family IN (SELECT f.family FROM dim_feed f WHERE f.feed_id = ?)
UNION ALL
SELECT 'station' AS entity, 2 AS position, d.station_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.station_id ORDER BY d.valid_from) AS number
FROM dim_charging_station d WHERE d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)
UNION ALL
SELECT 'point' AS entity, 3 AS position, d.point_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.point_id ORDER BY d.valid_from) AS number
FROM dim_charging_point d WHERE d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)
UNION ALL
SELECT 'connector' AS entity, 4 AS position, d.connector_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.connector_id ORDER BY d.valid_from) AS number
FROM dim_connector d WHERE d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)
)
SELECT x.entity, COUNT(DISTINCT x.object_id) AS objects,
    COUNT(*) AS versions, COUNT(DISTINCT CASE WHEN x.number > 1 THEN x.object_id END) AS changed_objects,
    SUM(CASE WHEN x.number > 1 THEN 1 ELSE 0 END) AS changes,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 1) <> 0 THEN 1 ELSE 0 END) AS name,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 2) <> 0 THEN 1 ELSE 0 END) AS place,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 4) <> 0 THEN 1 ELSE 0 END) AS operator,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 8) <> 0 THEN 1 ELSE 0 END) AS power,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 16) <> 0 THEN 1 ELSE 0 END) AS hours,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 32) <> 0 THEN 1 ELSE 0 END) AS capabilities,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 64) <> 0 THEN 1 ELSE 0 END) AS relation,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 128) <> 0 THEN 1 ELSE 0 END) AS details,
    SUM(CASE WHEN x.number > 1 AND x.change_mask = 0 THEN 1 ELSE 0 END) AS other
FROM versions x
GROUP BY x.entity, x.position
ORDER BY x.position;

WITH versions AS (
SELECT 'operator' AS entity, 1 AS position, d.operator_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.operator_id ORDER BY d.valid_from) AS number
FROM dim_operator d WHERE d.family IN (SELECT f.family FROM dim_feed f WHERE f.feed_id = ?)
UNION ALL
SELECT 'station' AS entity, 2 AS position, d.station_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.station_id ORDER BY d.valid_from) AS number
FROM dim_charging_station d WHERE d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)
UNION ALL
SELECT 'point' AS entity, 3 AS position, d.point_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.point_id ORDER BY d.valid_from) AS number
FROM dim_charging_point d WHERE d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)
UNION ALL
SELECT 'connector' AS entity, 4 AS position, d.connector_id AS object_id, d.valid_from, d.change_mask,
    ROW_NUMBER() OVER (PARTITION BY d.connector_id ORDER BY d.valid_from) AS number
FROM dim_connector d WHERE d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)
)
SELECT SUBSTRING(CAST(x.valid_from AS VARCHAR), 1, 7) AS month, x.entity, COUNT(DISTINCT x.object_id) AS objects,
    COUNT(*) AS versions, COUNT(DISTINCT CASE WHEN x.number > 1 THEN x.object_id END) AS changed_objects,
    SUM(CASE WHEN x.number > 1 THEN 1 ELSE 0 END) AS changes,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 1) <> 0 THEN 1 ELSE 0 END) AS name,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 2) <> 0 THEN 1 ELSE 0 END) AS place,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 4) <> 0 THEN 1 ELSE 0 END) AS operator,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 8) <> 0 THEN 1 ELSE 0 END) AS power,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 16) <> 0 THEN 1 ELSE 0 END) AS hours,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 32) <> 0 THEN 1 ELSE 0 END) AS capabilities,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 64) <> 0 THEN 1 ELSE 0 END) AS relation,
    SUM(CASE WHEN x.number > 1 AND (x.change_mask & 128) <> 0 THEN 1 ELSE 0 END) AS details,
    SUM(CASE WHEN x.number > 1 AND x.change_mask = 0 THEN 1 ELSE 0 END) AS other
FROM versions x
GROUP BY SUBSTRING(CAST(x.valid_from AS VARCHAR), 1, 7), x.entity, x.position
ORDER BY SUBSTRING(CAST(x.valid_from AS VARCHAR), 1, 7), x.position;
