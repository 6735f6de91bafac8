"""The grammar gate: SQLFluff's Redshift dialect and the deny-list over statements.

Reads a JSON list of statements, writes a JSON list of findings: {"statement": …, "finding": …}. With --self-test it
first shows that each entry of the deny-list refuses its own case and takes its counterpart, and that SQLFluff refuses
what is no SQL.
"""

import json
import re
import sys

from sqlfluff.core import FluffConfig, Linter

import denylist
from sql_text import bare, code

# What SQLFluff 4.5 cannot parse and Redshift's manual has, by the first words.
UNKNOWN_TO_SQLFLUFF = [("ANALYZE",)]


def linter():
    return Linter(config=FluffConfig(overrides={"dialect": "redshift", "templater": "raw", "large_file_skip_byte_limit": 0}))


def findings(sql, parser):
    found = [f"deny-list: {entry['id']}" for entry in denylist.refused(sql)]
    words = tuple(item.word for item in code(sql)[:1])
    if words not in UNKNOWN_TO_SQLFLUFF:
        # One empty line at the end is what the parser wants of a file.
        found += [f"SQLFluff: {fault.desc()}" for fault in parser.parse_string(sql.strip() + ";\n").violations]
    return found


def self_test(parser):
    wrong = denylist.unproven()
    for sql in ("CREATE TABLE t (a BIGINT) DISTSTYLE SOME", "SELECT FROM WHERE", "INSERT INTO t VALUES (1", "COPY t FROM STDIN"):
        if not findings(sql, parser):
            wrong.append(f"the gate takes: {sql}")
    return wrong


def main():
    parser = linter()
    report = []
    if "--self-test" in sys.argv:
        report += [{"statement": "the gate itself", "finding": finding} for finding in self_test(parser)]
    seen = set()
    for sql in json.load(sys.stdin):
        # Statements that differ in their literals only have one grammar.
        shape = re.sub(r"\d+", "0", bare(sql))
        if shape in seen:
            continue
        seen.add(shape)
        report += [{"statement": sql, "finding": finding} for finding in findings(sql, parser)]
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
