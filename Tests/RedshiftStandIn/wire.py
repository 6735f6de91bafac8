"""Messages of the PostgreSQL wire protocol, version 3.0 (PostgreSQL 15 manual, chapter 55)."""

import struct

SSL_REQUEST = 80877103
GSS_REQUEST = 80877104
CANCEL_REQUEST = 80877102


class Closed(Exception):
    """The other side closed the connection."""


class Stream:
    """One side of a connection, message by message."""

    def __init__(self, connection):
        self.connection = connection
        self.buffer = bytearray()

    def take(self, count):
        while len(self.buffer) < count:
            received = self.connection.recv(65_536)
            if not received:
                raise Closed()
            self.buffer += received
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def start(self):
        """A message without a type: what a client begins with."""
        (length,) = struct.unpack("!i", self.take(4))
        return self.take(length - 4)

    def message(self):
        kind, length = struct.unpack("!ci", self.take(5))
        return kind, self.take(length - 4)

    def send(self, kind, body=b""):
        self.connection.sendall(kind + struct.pack("!i", len(body) + 4) + body)


def text(value):
    return value.encode() + b"\0"


def fields(body):
    """The fields of an ErrorResponse or NoticeResponse, by their letters."""
    return {part[:1].decode(): part[1:].decode() for part in body.rstrip(b"\0").split(b"\0") if part}


def notice(values):
    return b"".join(name.encode() + text(value) for name, value in values.items() if value) + b"\0"


def error(code, message, detail=None, hint=None):
    return notice({"S": "ERROR", "V": "ERROR", "C": code, "M": message, "D": detail, "H": hint})


def row_values(body):
    """The values of a DataRow as text; None for null."""
    (count,) = struct.unpack_from("!h", body)
    position, values = 2, []
    for _ in range(count):
        (length,) = struct.unpack_from("!i", body, position)
        position += 4
        values.append(None if length < 0 else body[position : position + length].decode())
        position += max(length, 0)
    return values


def c_strings(body, count):
    """The first texts of a message, and the rest."""
    texts = []
    for _ in range(count):
        text_bytes, _, body = body.partition(b"\0")
        texts.append(text_bytes.decode())
    return texts, body
