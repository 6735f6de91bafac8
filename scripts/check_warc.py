#!/usr/bin/env python3
"""Reads a plain WARC with warcio and prints each record's type and the SHA-256 of its payload.

Usage: zstd -dc pack.warc.zst > pack.warc; check_warc.py pack.warc
Exits with 1 where a block or payload digest that the file claims is wrong. Needs warcio (tested with 1.8.1).
"""
import hashlib
import sys

from warcio.archiveiterator import ArchiveIterator


def main(path):
    failures = 0
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, check_digests=True):
            payload = record.content_stream().read()
            print(record.rec_type, hashlib.sha256(payload).hexdigest())
            if record.digest_checker.passed is False:
                print(record.digest_checker.problems, file=sys.stderr)
                failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
