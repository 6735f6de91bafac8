"""Readers of what `publish` writes that are not ours: an older DuckDB, and ODBC. Prints JSON."""

import datetime
import decimal
import json
import sys
from pathlib import Path

SUMS = "SELECT COUNT(*), SUM(observed_s), SUM(occupied_s), COUNT(DISTINCT point_id) FROM "


def old_duckdb():
    sys.path.insert(0, str(Path(sys.prefix) / "duckdb-1.4"))
    import duckdb

    return duckdb


def numbers(connection, source):
    return [int(value) for value in connection.execute(SUMS + source).fetchone()]


def snapshot(path):
    duckdb = old_duckdb()
    connection = duckdb.connect(path, read_only=True)
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart' ORDER BY 1").fetchall()
    for (view,) in views:
        connection.execute(f"SELECT * FROM mart.{view} LIMIT 1").fetchall()
    return {"version": duckdb.__version__, "views": len(views), "sums": numbers(connection, "mart.point_hour")}


def hold(path):
    """Keeps a snapshot open until a line comes, and reads it before and after."""
    connection = old_duckdb().connect(path, read_only=True)
    before = numbers(connection, "mart.point_hour")
    print(json.dumps({"sums": before}), flush=True)
    sys.stdin.readline()
    return {"sums": numbers(connection, "mart.point_hour")}


def parquet(folder):
    files = f"read_parquet('{folder}/point_hour/**/*.parquet', hive_partitioning = true)"
    connection = old_duckdb().connect()
    months = connection.execute(f"SELECT DISTINCT year, month FROM {files} ORDER BY 1, 2").fetchall()
    return {"months": [f"{year}-{int(month):02}" for year, month in months], "sums": numbers(connection, files)}


KINDS = {
    bool: "boolean",
    int: "integer",
    float: "double",
    str: "text",
    decimal.Decimal: "decimal",
    datetime.date: "date",
    datetime.datetime: "timestamp",
}


def odbc(settings, *queries):
    """The kinds of the columns and the rows of each query, as pyodbc maps the types that the driver tells."""
    import pyodbc

    drivers = sorted(Path("/usr/lib").glob("*/odbc/psqlodbcw.so"))
    driver = str(drivers[0]) if drivers else "PostgreSQL Unicode"
    cursor = pyodbc.connect(f"Driver={driver};{settings}").cursor()
    answers = []
    for sql in queries:
        cursor.execute(sql)
        kinds = {column[0]: KINDS[column[1]] for column in cursor.description}
        answers.append({"kinds": kinds, "rows": [[str(value) for value in row] for row in cursor.fetchall()]})
    return {"answers": answers}


print(json.dumps({"snapshot": snapshot, "hold": hold, "parquet": parquet, "odbc": odbc}[sys.argv[1]](*sys.argv[2:])))
