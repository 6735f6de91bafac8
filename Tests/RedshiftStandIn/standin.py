"""A stand-in for Amazon Redshift: a wire proxy before PostgreSQL 15, with S3 by moto. For tests, not for volume.

The first line of the output is a JSON object: port, S3 endpoint, database, users. Ends with its input.
What it can and cannot prove: docs/guide/redshift.md.
"""

import json
import logging
import sys
import threading

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.server import MotoRequestHandler
from werkzeug.serving import make_server

from server import PostgreSQL
from session import Proxy

REGION = "eu-central-1"
BUCKET = "chargehouse-stage"
USERS = {"loader": "a password/with signs", "reader": "another password/with signs"}


class OneAtATime:
    """moto, one request at a time: it looks for an object and then writes it, which S3 does in one step."""

    def __init__(self):
        self.app = DomainDispatcherApplication(create_backend_app)
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            return list(self.app(environ, start_response))


class Cluster:
    """The server, the object store and the system tables behind all sessions."""

    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        s3 = make_server("127.0.0.1", 0, OneAtATime(), threaded=True, request_handler=MotoRequestHandler)
        threading.Thread(target=s3.serve_forever, daemon=True).start()
        self.endpoint = f"http://127.0.0.1:{s3.server_port}"
        self.region = REGION
        self.store = boto3.client(
            "s3", endpoint_url=self.endpoint, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x"
        )
        self.store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.server = PostgreSQL(USERS)
        # What clients sent, a line of JSON each: for the grammar gate.
        self.log = open(f"{self.server.folder}/statements.jsonl", "a", encoding="utf-8")
        self.lock = threading.Lock()
        self.copies = 0

    def next_copy(self):
        with self.lock:
            self.copies += 1
            return self.copies

    def note_statement(self, sql):
        with self.lock:
            self.log.write(json.dumps(sql) + "\n")
            self.log.flush()

    def note_errors(self, copy_id, faults):
        """Written outside of the client's transaction: a rollback leaves them."""
        if not faults:
            return
        with self.server.owner() as connection:
            for address, line, raw, fault in faults:
                column = fault.column
                width = str(column.width) if column and column.width else ""
                connection.cursor().execute(
                    "INSERT INTO stl_load_errors (userid, slice, starttime, query, filename, line_number, colname, type,"
                    " col_length, position, raw_line, raw_field_value, err_code, err_reason)"
                    " VALUES (100, 0, getdate(), %s, %s, %s, %s, %s, %s, 0, %s, %s, %s, %s)",
                    [
                        copy_id, address, line, column.name if column else "", column.type if column else "", width,
                        printable(raw)[:1024], printable(fault.value or "")[:1024], fault.number, fault.reason[:100],
                    ],
                )

    def note_files(self, copy_id, scanned):
        with self.server.owner() as connection:
            for address, lines in scanned:
                connection.cursor().execute(
                    "INSERT INTO stl_load_commits VALUES (%s, %s, %s, getdate())", [copy_id, address, lines]
                )


def printable(text):
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def main():
    cluster = Cluster()
    proxy = Proxy(cluster)
    try:
        facts = {
            "port": proxy.port, "database": cluster.server.database, "s3": cluster.endpoint, "bucket": BUCKET,
            "region": REGION, "users": USERS, "statements": cluster.log.name,
            "role": "arn:aws:iam::123456789012:role/chargehouse-copy",
        }
        print(json.dumps(facts), flush=True)
        sys.stdin.read()
    finally:
        cluster.server.stop()


if __name__ == "__main__":
    main()
