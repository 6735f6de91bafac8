"""COPY from S3 and UNLOAD to it, as Redshift reads their options, files and rows."""

import bz2
import csv
import datetime
import gzip
import io
import json
import re
from typing import NamedTuple

from botocore.exceptions import ClientError

from rewriting import Refusal
from sql_text import closing, code, split_at_commas, unquoted

# The roles that a cluster of the stand-in may assume.
ROLES = {"default", "arn:aws:iam::123456789012:role/chargehouse-copy"}
FLAGS = {
    "CSV", "GZIP", "ZSTD", "BZIP2", "MANIFEST", "EMPTYASNULL", "BLANKSASNULL", "NOLOAD", "TRUNCATECOLUMNS", "ESCAPE",
    "REMOVEQUOTES", "ACCEPTANYDATE", "FILLRECORD", "HEADER", "ALLOWOVERWRITE", "PARQUET", "JSON",
}
VALUES = {
    "IAM_ROLE", "REGION", "DELIMITER", "NULL", "IGNOREHEADER", "MAXERROR", "TIMEFORMAT", "DATEFORMAT", "COMPUPDATE",
    "STATUPDATE", "ENCODING", "QUOTE", "PARALLEL", "MAXFILESIZE", "ACCEPTINVCHARS", "FORMAT",
}


class Column(NamedTuple):
    name: str
    type: str
    is_required: bool
    width: int | None


class LoadFault(Exception):
    """A row that a table does not take."""

    def __init__(self, number, reason, column=None, value=None):
        super().__init__(reason)
        self.number, self.reason, self.column, self.value = number, reason, column, value


def options(items):
    """The words after the source: flags, and those with a value."""
    found, index = {}, 0
    while index < len(items):
        word = items[index].word
        if word in ("AS", "WITH"):
            index += 1
        elif word == "FORMAT":
            index += 2 if index + 1 < len(items) and items[index + 1].word == "AS" else 1
        elif word == "NULL":
            index += 2 if items[index + 1].word == "AS" else 1
            found[word], index = unquoted(items[index].text), index + 1
        elif word in VALUES:
            index += 1
            if items[index].word == "AS":
                index += 1
            value = items[index]
            found[word], index = unquoted(value.text) if value.kind == "string" else value.text.lower(), index + 1
        elif word in FLAGS:
            found[word], index = True, index + 1
        else:
            raise Refusal("42601", f'syntax error at or near "{items[index].text}"')
    return found


class CopyCommand:
    """COPY t (columns) FROM 's3://…' options."""

    def __init__(self, sql):
        items = code(sql)
        index = 1
        end = index + 1
        while end < len(items) and items[end].text == ".":
            end += 2
        self.table = "".join(item.text for item in items[index:end])
        self.columns = None
        if items[end].text == "(":
            last = closing(items, end)
            self.columns = [part[0].text for part in split_at_commas(items[end + 1 : last])]
            end = last + 1
        if items[end].word != "FROM" or items[end + 1].kind != "string":
            raise Refusal("42601", f'syntax error at or near "{items[end].text}"')
        self.source = unquoted(items[end + 1].text)
        self.options = options(items[end + 2 :])
        self.check()

    def check(self):
        check_role(self.options)
        if not self.source.startswith("s3://"):
            raise Refusal("0A000", f"the stand-in copies from s3:// only, not from {self.source}")
        for word in ("PARQUET", "JSON"):
            if word in self.options:
                raise Refusal("0A000", f"the stand-in does not read {word}")
        if "CSV" in self.options and ("ESCAPE" in self.options or "REMOVEQUOTES" in self.options):
            raise Refusal("0A000", "CSV is not supported with ESCAPE or REMOVEQUOTES")

    def files(self, store, region):
        """Address and bytes of each file, decompressed."""
        check_region(self.options, region)
        bucket, key = split_address(self.source)
        if "MANIFEST" in self.options:
            addresses = self.entries(store, bucket, key)
        else:
            listed = listing(store, bucket, key)
            if not listed:
                raise s3_refusal(f"The specified S3 prefix '{key}' does not exist")
            addresses = [f"s3://{bucket}/{name}" for name in listed]
        return [(address, self.plain(fetch(store, address))) for address in addresses]

    def entries(self, store, bucket, key):
        try:
            manifest = json.loads(store.get_object(Bucket=bucket, Key=key)["Body"].read())
        except ClientError as fault:
            raise s3_refusal("Problem reading manifest file - S3ServiceException:" + s3_text(fault)) from fault
        except ValueError as fault:
            raise s3_refusal("Invalid JSON in the manifest file") from fault
        present = []
        for entry in manifest.get("entries", []):
            size = size_of(store, entry["url"])
            promised = entry.get("meta", {}).get("content_length")
            if size is None:
                # Not mandatory by default: a file that is missing is passed over in silence.
                if entry.get("mandatory", False):
                    raise s3_refusal(f"Mandatory url is not present in manifest file: {entry['url']}")
                continue
            if promised is not None and promised != size:
                raise s3_refusal(f"File size {size} of {entry['url']} does not match content_length {promised}")
            present.append(entry["url"])
        return present

    def plain(self, data):
        try:
            if "GZIP" in self.options:
                return gzip.decompress(data)
            if "BZIP2" in self.options:
                return bz2.decompress(data)
        except (OSError, EOFError, ValueError) as fault:
            raise s3_refusal("Failed to decompress a file (expected the compression that COPY names)") from fault
        if "ZSTD" in self.options:
            raise Refusal("0A000", "the stand-in does not read ZSTD")
        return data

    def records(self, data):
        """Line number and fields of each record, the header left out."""
        skipped = int(self.options.get("IGNOREHEADER", 0))
        text = data.decode("utf-8", "surrogateescape")
        if "CSV" in self.options:
            delimiter = self.options.get("DELIMITER", ",")
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            reader = ((rows.line_num, row) for row in rows)
        else:
            delimiter = self.options.get("DELIMITER", "|")
            reader = ((n, line.split(delimiter)) for n, line in enumerate(text.splitlines(), 1))
        count = 0
        try:
            for number, record in reader:
                count += 1
                if count > skipped:
                    yield number, record
        except csv.Error as fault:
            raise LoadFault(1214, f"Invalid quote formatting for CSV: {fault}") from fault

    def values(self, record, columns):
        """The fields as texts for PostgreSQL; None for null."""
        if len(record) > len(columns):
            raise LoadFault(1202, "Extra column(s) found")
        if len(record) < len(columns):
            raise LoadFault(1214, "Delimiter not found")
        return [self.value(field, column) for field, column in zip(record, columns)]

    def value(self, field, column):
        # Whether Redshift takes a quoted field for null is not documented: here it does.
        is_null = field == self.options.get("NULL", "\\N")
        is_text = column.type == "text"
        if field == "" and (not is_text or "EMPTYASNULL" in self.options):
            is_null = True
        if is_null:
            if column.is_required:
                raise LoadFault(1213, "Missing data for not-null field", column, field)
            return None
        try:
            return CONVERSIONS.get(column.type, as_is)(field, column, self.options)
        except LoadFault as fault:
            fault.column, fault.value = column, field
            raise


# --- values ----------------------------------------------------------------------------------------------------------


def as_is(field, column, _):
    return field


def as_text(field, column, chosen):
    try:
        size = len(field.encode())
    except UnicodeEncodeError as fault:
        raise LoadFault(1220, "String contains invalid or unsupported UTF8 codepoints") from fault
    if column.width is not None and size > column.width:
        if "TRUNCATECOLUMNS" not in chosen:
            raise LoadFault(1204, "String length exceeds DDL length")
        return field.encode()[: column.width].decode("utf-8", "ignore")
    if "\0" in field:
        raise LoadFault(1224, "Invalid null byte")
    return field


def whole(bits):
    def convert(field, *_):
        if not re.fullmatch(r"\s*[+-]?\d+\s*", field):
            raise LoadFault(1207, "Invalid digit, Value is not a number")
        if not -(1 << bits - 1) <= int(field) < 1 << bits - 1:
            raise LoadFault(1216, "Overflow: the value is out of range")
        return field.strip()

    return convert


def as_number(field, *_):
    if not re.fullmatch(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", field):
        raise LoadFault(1207, "Invalid digit, Value is not a number")
    return field.strip()


def as_boolean(field, *_):
    word = field.strip().lower()
    if word not in ("true", "t", "yes", "y", "1", "false", "f", "no", "n", "0"):
        raise LoadFault(1210, "Invalid boolean value")
    return word


def as_date(field, *_):
    try:
        datetime.date.fromisoformat(field)
    except ValueError as fault:
        raise LoadFault(1206, "Invalid Date Format - length must be 10 or more") from fault
    return field


def as_timestamp(field, _, chosen):
    pattern = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?"
    if chosen.get("TIMEFORMAT", "").lower() == "auto":
        pattern = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?Z?"
    if not re.fullmatch(pattern, field):
        raise LoadFault(1206, "Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]")
    try:
        datetime.datetime.fromisoformat(field[:19].replace("T", " "))
    except ValueError as fault:
        raise LoadFault(1206, "Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]") from fault
    return field


def as_super(field, *_):
    try:
        json.loads(field)
    except ValueError as fault:
        raise LoadFault(1224, "Invalid JSON for a SUPER column") from fault
    return field


CONVERSIONS = {
    "text": as_text, "smallint": whole(16), "integer": whole(32), "bigint": whole(64), "double precision": as_number,
    "real": as_number, "numeric": as_number, "boolean": as_boolean, "date": as_date, "jsonb": as_super,
    "timestamp without time zone": as_timestamp, "timestamp with time zone": as_timestamp,
}


def copy_line(values):
    """A row in the text format of PostgreSQL's COPY."""
    escapes = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
    return "\t".join("\\N" if v is None else re.sub(r"[\\\t\n\r]", lambda m: escapes[m.group()], v) for v in values) + "\n"


# --- S3 --------------------------------------------------------------------------------------------------------------


def check_role(chosen):
    role = chosen.get("IAM_ROLE")
    if role is None:
        raise Refusal("XX000", "IAM_ROLE is required: keys in SQL text end in query logs")
    if role not in ROLES:
        user = "arn:aws:redshift:us-east-1:123456789012:dbuser:stand-in/loader"
        raise Refusal("XX000", f"User {user} is not authorized to assume IAM Role {role}")


def check_region(chosen, region):
    if chosen.get("REGION", region) != region:
        raise s3_refusal(
            "S3ServiceException:The bucket you are attempting to access must be addressed using the specified "
            "endpoint. Please send all future requests to this endpoint.,Status 301,Error PermanentRedirect"
        )


def s3_refusal(message):
    return Refusal("XX000", message)


def s3_text(fault):
    answer = fault.response
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return f"{answer['Error']['Message']},Status {status},Error {answer['Error']['Code']}"


def split_address(address):
    match = re.fullmatch(r"s3://([^/]+)/(.*)", address, re.DOTALL)
    if not match:
        raise s3_refusal(f"Invalid S3 address: {address}")
    return match.groups()


def listing(store, bucket, prefix):
    try:
        pages = store.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]
    except ClientError as fault:
        raise s3_refusal("S3ServiceException:" + s3_text(fault)) from fault


def size_of(store, address):
    bucket, key = split_address(address)
    try:
        return store.head_object(Bucket=bucket, Key=key)["ContentLength"]
    except ClientError:
        return None


def fetch(store, address):
    bucket, key = split_address(address)
    try:
        return store.get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as fault:
        raise s3_refusal("S3ServiceException:" + s3_text(fault)) from fault


class UnloadCommand:
    """UNLOAD ('query') TO 's3://…' options: one file."""

    def __init__(self, sql):
        items = code(sql)
        self.query = unquoted(items[2].text)
        if items[4].word != "TO":
            raise Refusal("42601", f'syntax error at or near "{items[4].text}"')
        self.target = unquoted(items[5].text)
        self.options = options(items[6:])
        check_role(self.options)
        if "CSV" not in self.options:
            raise Refusal("0A000", "the stand-in unloads CSV only")

    @property
    def copy(self):
        header = ", HEADER" if "HEADER" in self.options else ""
        return f"COPY ({{query}}) TO STDOUT WITH (FORMAT csv{header})"

    def write(self, store, data):
        bucket, key = split_address(self.target)
        ending = ""
        if "GZIP" in self.options:
            data, ending = gzip.compress(data), ".gz"
        try:
            store.put_object(Bucket=bucket, Key=f"{key}000{ending}", Body=data)
        except ClientError as fault:
            raise s3_refusal("S3ServiceException:" + s3_text(fault)) from fault
