"""What the stand-in for Redshift must do, through a client that is not ours (libpq by psycopg2)."""

import gzip
import json
import subprocess
import sys
import threading
import unittest
from pathlib import Path

import boto3
import psycopg2

import denylist
from sql_text import statements

ROLE = "IAM_ROLE 'arn:aws:iam::123456789012:role/chargehouse-copy'"
OPTIONS = f"{ROLE} CSV GZIP MANIFEST IGNOREHEADER 1 NULL AS '\\\\N' COMPUPDATE OFF STATUPDATE OFF"
DAY = "utc_date = DATE '2026-03-01' AND feed_key = 7"


def setUpModule():
    """The stand-in as others start it: a process of its own."""
    global process, facts, store
    process = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("standin.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    facts = json.loads(process.stdout.readline())
    store = boto3.client(
        "s3", endpoint_url=facts["s3"], region_name=facts["region"], aws_access_key_id="x", aws_secret_access_key="x"
    )


def tearDownModule():
    process.communicate()


class Case(unittest.TestCase):
    def setUp(self):
        self.connection = self.connect()
        self.number = getattr(Case, "count", 0)
        Case.count = self.number + 1
        self.table = f"fact_{self.number}"
        self.run_sql(
            f"CREATE TABLE {self.table} (utc_date DATE NOT NULL ENCODE az64, feed_key BIGINT NOT NULL,"
            " name VARCHAR(8) ENCODE zstd, is_on BOOLEAN, n SMALLINT, at TIMESTAMP, extra SUPER,"
            " PRIMARY KEY (utc_date, feed_key)) DISTKEY (feed_key) COMPOUND SORTKEY (utc_date)"
        )

    def tearDown(self):
        self.connection.close()

    def connect(self, user="loader"):
        connection = psycopg2.connect(
            host="127.0.0.1", port=facts["port"], dbname="dev", user=user, password=facts["users"][user]
        )
        connection.autocommit = True
        return connection

    def run_sql(self, sql, connection=None):
        cursor = (connection or self.connection).cursor()
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None

    def put(self, name, text):
        store.put_object(Bucket=facts["bucket"], Key=name, Body=text)

    def manifest(self, rows, name="a", **changes):
        """A gzipped file with rows and its manifest; returns the manifest's address."""
        key = f"{self.table}/{name}"
        data = gzip.compress(("utc_date,feed_key,name,is_on,n,at,extra\n" + rows).encode())
        self.put(key + ".csv.gz", data)
        entry = {"url": f"s3://{facts['bucket']}/{key}.csv.gz", "mandatory": True, "meta": {"content_length": len(data)}}
        entry.update(changes)
        self.put(key + ".json", json.dumps({"entries": [entry]}))
        return f"s3://{facts['bucket']}/{key}.json"

    def copy(self, address, table=None, options=OPTIONS, connection=None):
        self.run_sql(f"COPY {table or self.table} FROM '{address}' {options}", connection)

    def load(self, address, connection=None, commit=True):
        run = lambda sql: self.run_sql(sql, connection)
        run("BEGIN")
        run(f"CREATE TEMP TABLE stg (LIKE {self.table})")
        self.copy(address, "stg", connection=connection)
        run(f"DELETE FROM {self.table} WHERE {DAY}")
        run(f"INSERT INTO {self.table} SELECT * FROM stg")
        run("DROP TABLE stg")
        if commit:
            run("COMMIT")

    def rows(self):
        return self.run_sql(f"SELECT * FROM {self.table} ORDER BY utc_date, feed_key, name")

    def failure(self, sql, connection=None):
        with self.assertRaises(psycopg2.Error) as caught:
            self.run_sql(sql, connection)
        return caught.exception

    def load_errors(self):
        return self.run_sql(
            "SELECT line_number, colname, err_code, raw_field_value, filename FROM stl_load_errors"
            " WHERE query = pg_last_copy_id() ORDER BY line_number"
        )


class LoadTests(Case):
    good = "2026-03-01,7,ä b,true,3,2026-03-01 10:20:00,\"{\"\"a\"\": 1}\"\n2026-03-01,7,\\N,\\N,\\N,\\N,\\N\n"

    def test_load_reload_and_the_version(self):
        address = self.manifest(self.good)
        self.load(address)
        first = self.rows()
        self.load(address)
        self.assertEqual(first, self.rows())
        self.assertEqual(len(first), 2)
        self.assertEqual([row[2] for row in first], ["ä b", None])
        self.assertEqual(self.connection.info.parameter_status("server_version"), "8.0.2")

    def test_a_kill_before_commit_leaves_the_old_rows_and_the_next_load_heals(self):
        self.load(self.manifest(self.good))
        before = self.rows()
        address = self.manifest("2026-03-01,7,new,true,3,\\N,\\N\n", "b")
        victim = self.connect()
        self.load(address, victim, commit=False)
        victim.close()
        self.assertEqual(before, self.rows())
        self.run_sql(f"INSERT INTO {self.table} SELECT * FROM {self.table}")  # blind: no key stops it
        self.assertEqual(len(self.rows()), 4)
        self.load(address)
        self.assertEqual([row[2] for row in self.rows()], ["new"])

    def test_write_skew_gives_1023(self):
        self.load(self.manifest(self.good))
        other = self.connect()
        for connection in (self.connection, other):
            self.run_sql("BEGIN", connection)
            self.run_sql(f"SELECT SUM(n) FROM {self.table}", connection)
        self.run_sql(f"INSERT INTO {self.table} (utc_date, feed_key) VALUES (DATE '2026-03-02', 1)")
        self.run_sql(f"INSERT INTO {self.table} (utc_date, feed_key) VALUES (DATE '2026-03-02', 2)", other)
        self.run_sql("COMMIT")
        fault = self.failure("COMMIT", other)
        self.assertEqual((fault.pgcode, fault.diag.message_primary), ("XX000", "1023"))
        self.assertIn("Serializable isolation violation on table", fault.diag.message_detail)

    def test_the_lock_makes_writers_wait_instead(self):
        other = self.connect()
        self.run_sql("BEGIN")
        self.run_sql(f"LOCK TABLE {self.table}")
        self.run_sql("BEGIN", other)
        self.run_sql("SET statement_timeout = 50", other)
        self.assertEqual(self.failure(f"LOCK TABLE {self.table}", other).pgcode, "57014")


class CopyTests(Case):
    def check_refused(self, row, code, column):
        address = self.manifest("2026-03-01,7,ok,true,3,\\N,\\N\n" + row + "\n")
        self.run_sql("BEGIN")
        with self.assertRaises(psycopg2.Error) as caught:
            self.copy(address)
        self.assertEqual(
            caught.exception.diag.message_primary,
            f"Load into table '{self.table}' failed.  Check 'stl_load_errors' system table for details.",
        )
        self.assertEqual(self.failure("SELECT 1").pgcode, "25P02")
        self.run_sql("ROLLBACK")
        errors = self.load_errors()  # they outlive the transaction
        self.assertEqual([(row[1], row[2]) for row in errors], [(column, code)])
        self.assertEqual(errors[0][0], 3)
        self.assertTrue(errors[0][4].endswith(".csv.gz"))
        self.assertEqual(self.rows(), [])

    def test_1202_extra_column(self):
        self.check_refused("2026-03-01,7,a,true,3,\\N,\\N,more", 1202, "")

    def test_1204_bytes_not_characters(self):
        self.check_refused("2026-03-01,7,äöüäö,true,3,\\N,\\N", 1204, "name")

    def test_1206_time(self):
        self.check_refused("2026-03-01,7,a,true,3,2026-03-01T10:20:00Z,\\N", 1206, "at")

    def test_1206_date(self):
        self.check_refused("2026-02-30,7,a,true,3,\\N,\\N", 1206, "utc_date")

    def test_1207_digit(self):
        self.check_refused("2026-03-01,x,a,true,3,\\N,\\N", 1207, "feed_key")

    def test_1210_boolean(self):
        self.check_refused("2026-03-01,7,a,maybe,3,\\N,\\N", 1210, "is_on")

    def test_1213_null(self):
        self.check_refused("2026-03-01,\\N,a,true,3,\\N,\\N", 1213, "feed_key")

    def test_1214_too_few(self):
        self.check_refused("2026-03-01,7,a", 1214, "")

    def test_1216_overflow(self):
        self.check_refused("2026-03-01,7,a,true,32768,\\N,\\N", 1216, "n")

    def test_1224_super(self):
        self.check_refused('2026-03-01,7,a,true,3,\\N,"{"', 1224, "extra")

    def test_maxerror_skips_and_notes(self):
        address = self.manifest("2026-03-01,7,a,true,3,\\N,\\N\n2026-03-01,7,a,maybe,3,\\N,\\N\n")
        self.copy(address, options=OPTIONS + " MAXERROR 1")
        self.assertEqual(len(self.rows()), 1)
        self.assertEqual([row[2] for row in self.load_errors()], [1210])
        self.assertEqual(self.run_sql("SELECT pg_last_copy_count()"), [(1,)])

    def test_noload_truncatecolumns_emptyasnull(self):
        address = self.manifest('2026-03-01,7,äöüäö,true,3,\\N,\\N\n2026-03-01,8,"",true,,\\N,\\N\n')
        self.copy(address, options=OPTIONS + " NOLOAD TRUNCATECOLUMNS")
        self.assertEqual(self.rows(), [])
        self.copy(address, options=OPTIONS + " TRUNCATECOLUMNS")
        self.assertEqual([(row[2], row[4]) for row in self.rows()], [("äöüä", 3), ("", None)])
        self.copy(address, options=OPTIONS + " TRUNCATECOLUMNS EMPTYASNULL")
        self.assertEqual(len([row for row in self.rows() if row[2] is None]), 1)

    def test_the_manifest_and_the_role(self):
        def refused(address, options=OPTIONS):
            return str(self.failure(f"COPY {self.table} FROM '{address}' {options}"))

        row = "2026-03-01,7,a,true,3,\\N,\\N\n"
        gone = f"s3://{facts['bucket']}/gone.csv.gz"
        self.assertIn("Mandatory url is not present", refused(self.manifest(row, "m", url=gone)))
        self.copy(self.manifest(row, "o", url=gone, mandatory=False))  # silently nothing
        self.assertEqual(self.rows(), [])
        self.assertIn("content_length", refused(self.manifest(row, "l", meta={"content_length": 1})))
        self.assertIn("NoSuchKey", refused(f"s3://{facts['bucket']}/no.json"))
        self.assertIn("NoSuchBucket", refused("s3://no-such-bucket/no.json"))
        good = self.manifest(row)
        self.assertIn("IAM_ROLE is required", refused(good, "CSV GZIP MANIFEST"))
        other = ROLE.replace("chargehouse-copy", "other")
        self.assertIn("not authorized to assume IAM Role", refused(good, OPTIONS.replace(ROLE, other)))
        self.assertIn("PermanentRedirect", refused(good, OPTIONS + " REGION 'us-west-1'"))

    def test_unload_and_copy_are_inverse(self):
        self.load(self.manifest(LoadTests.good))
        target = f"s3://{facts['bucket']}/{self.table}/out_"
        query = f"SELECT utc_date, feed_key, name FROM {self.table} WHERE name = ''ä b''"
        self.run_sql(f"UNLOAD ('{query}') TO '{target}' {ROLE} CSV GZIP HEADER PARALLEL OFF")
        self.copy(target, f"{self.table} (utc_date, feed_key, name)", f"{ROLE} CSV GZIP IGNOREHEADER 1")
        self.assertEqual([row[2] for row in self.rows()], ["ä b", "ä b", None])


class GrammarTests(Case):
    def test_the_deny_list_refuses_and_a_refusal_fails_the_transaction(self):
        self.assertEqual(denylist.unproven(), [])
        for entry in denylist.PATTERNS:
            with self.subTest(entry["id"]):
                self.run_sql("BEGIN")
                self.assertEqual(self.failure(entry["refuses"]).pgcode, "42601")
                self.assertEqual(self.failure("SELECT 1").pgcode, "25P02")
                self.run_sql("ROLLBACK")

    def test_texts_are_split_outside_of_literals(self):
        text = "SELECT ';'; -- a; b\nSELECT $$;$$ /* ; */; ;SELECT \";\" FROM t"
        self.assertEqual(len(statements(text)), 3)
        self.assertEqual(self.run_sql("SELECT 1; SELECT ';'"), [(";",)])

    def test_truncate_commits_and_vacuum_does_nothing(self):
        self.load(self.manifest(LoadTests.good))
        self.run_sql("BEGIN")
        self.run_sql(f"TRUNCATE {self.table}")
        self.run_sql("ROLLBACK")
        self.assertEqual(self.rows(), [])
        self.run_sql(f"VACUUM {self.table}")
        self.run_sql(f"ANALYZE {self.table} PREDICATE COLUMNS")

    def test_begin_is_serializable(self):
        self.run_sql("BEGIN")
        self.assertEqual(self.run_sql("SHOW transaction_isolation"), [("serializable",)])
        self.run_sql("ROLLBACK")

    def test_a_transaction_that_reads_only_writes_nothing(self):
        self.run_sql("BEGIN READ ONLY")
        self.assertEqual(self.failure(f"DELETE FROM {self.table}").pgcode, "25006")
        self.run_sql("ROLLBACK")

    def test_widths_are_bytes_in_inserts_casts_and_like(self):
        fault = self.failure(f"INSERT INTO {self.table} (utc_date, feed_key, name) VALUES (DATE '2026-03-01', 1, 'äöüäö')")
        self.assertEqual(fault.pgcode, "22001")
        self.run_sql(f"CREATE TEMP TABLE w (LIKE {self.table})")
        self.assertEqual(
            self.failure("INSERT INTO w (utc_date, feed_key, name) VALUES (DATE '2026-03-01', 1, 'äöüäö')").pgcode, "22001"
        )
        self.assertEqual(self.run_sql("SELECT CAST('äöü' AS VARCHAR(5)), CAST('😀😀' AS VARCHAR(7))"), [("äö", "😀")])
        self.assertEqual(self.failure("CREATE TABLE w2 (a VARCHAR(65536))").pgcode, "42601")

    def test_functions_of_redshift(self):
        self.assertEqual(
            self.run_sql(
                "SELECT DATEDIFF(hour, TIMESTAMP '2026-03-01 10:59:59', TIMESTAMP '2026-03-01 11:00:00'),"
                " DATEDIFF(second, TIMESTAMP '2026-03-01 10:00:00', TIMESTAMP '2026-03-02 10:00:01'),"
                " DATEADD(hour, -1, TIMESTAMP '2026-03-01 00:00:00') = TIMESTAMP '2026-02-28 23:00:00',"
                " NVL(NULL, 2), LEN('äb'), STRTOL('ff', 16), IS_VALID_JSON('{'), JSON_SERIALIZE(JSON_PARSE('[1]')),"
                " CONVERT_TIMEZONE('Europe/Berlin', TIMESTAMP '2026-03-01 00:00:00') = TIMESTAMP '2026-03-01 01:00:00',"
                " SYSDATE > TIMESTAMP '2026-01-01 00:00:00'"
            ),
            [(1, 86401, True, 2, 2, 255, False, "[1]", True, True)],
        )
        self.assertEqual(
            self.run_sql(f"SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) FROM {self.table}"), [(None,)]
        )
        self.run_sql(f"CREATE VIEW v_{self.table} AS SELECT * FROM public.{self.table} WITH NO SCHEMA BINDING")

    def test_a_wrong_password_and_a_missing_right_are_refused(self):
        with self.assertRaises(psycopg2.OperationalError):
            psycopg2.connect(host="127.0.0.1", port=facts["port"], dbname="dev", user="loader", password="wrong")
        self.assertEqual(self.failure(f"SELECT * FROM {self.table}", self.connect("reader")).pgcode, "42501")

    def test_a_cancelled_statement_ends(self):
        threading.Timer(0.3, self.connection.cancel).start()
        fault = self.failure("SELECT COUNT(*) FROM pg_class a, pg_class b, pg_class c, pg_class d, pg_class e")
        self.assertEqual(fault.pgcode, "57014")


if __name__ == "__main__":
    unittest.main()
