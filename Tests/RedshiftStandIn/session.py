"""One client of the stand-in: its messages to PostgreSQL and back."""

import socket
import struct
import threading

import denylist
import wire
from copying import Column, CopyCommand, LoadFault, UnloadCommand, copy_line
from rewriting import Refusal, functions, rewritten
from sql_text import bare, code, statements

SERVER_VERSION = "8.0.2"
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), a.attnotnull,
        (SELECT min(CAST(substring(pg_get_constraintdef(c.oid) FROM '<= ([0-9]+)') AS int)) FROM pg_constraint c
         WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND c.conkey = ARRAY[a.attnum]
             AND pg_get_constraintdef(c.oid) LIKE '%octet_length%')
    FROM pg_attribute a WHERE a.attrelid = CAST('{table}' AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum"""


class Failed(Exception):
    """A statement failed; the client has been told."""


class Session:
    """Serves one connection until it ends.

    `cluster` has the PostgreSQL server, a client of S3, the region and the number of the next COPY.
    """

    def __init__(self, connection, cluster):
        self.client = wire.Stream(connection)
        self.cluster = cluster
        self.status = b"I"
        self.copy_id = -1
        self.copy_count = -1
        self.prepared = {}

    # --- connection ---

    def serve(self):
        try:
            if self.open():
                self.relay_until_ready()
                while True:
                    kind, body = self.client.message()
                    if kind == b"X":
                        break
                    self.answer(kind, body)
        except (wire.Closed, OSError):
            pass
        finally:
            self.client.connection.close()
            if hasattr(self, "backend"):
                self.backend.connection.close()

    def open(self):
        body = self.client.start()
        (code_number,) = struct.unpack_from("!i", body)
        while code_number in (wire.SSL_REQUEST, wire.GSS_REQUEST):
            self.client.connection.sendall(b"N")
            body = self.client.start()
            (code_number,) = struct.unpack_from("!i", body)
        backend = socket.create_connection(("127.0.0.1", self.cluster.server.port))
        # Without it each message of a batch waits 40 ms for the one before.
        backend.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        backend.sendall(struct.pack("!i", len(body) + 4) + body)
        if code_number == wire.CANCEL_REQUEST:
            backend.recv(1)
            backend.close()
            return False
        self.backend = wire.Stream(backend)
        return True

    def relay_until_ready(self):
        """Start-up: authentication goes through; the version becomes that of Redshift."""
        while True:
            kind, body = self.backend.message()
            if kind == b"S" and body.startswith(b"server_version\0"):
                body = b"server_version\0" + SERVER_VERSION.encode() + b"\0"
            self.client.send(kind, body)
            if kind == b"E":
                raise wire.Closed()
            if kind == b"Z":
                self.status = body
                return
            (method,) = struct.unpack_from("!i", body) if kind == b"R" else (0,)
            if method not in (0, 12):  # neither done nor the last word of SCRAM
                answer_kind, answer = self.client.message()
                self.backend.send(answer_kind, answer)

    # --- requests ---

    def answer(self, kind, body):
        if kind == b"Q":
            self.simple(body.rstrip(b"\0").decode())
            self.client.send(b"Z", self.status)
        elif kind in (b"P", b"B", b"D", b"E", b"C", b"H", b"S"):
            batch = [(kind, body)]
            while batch[-1][0] != b"S":
                batch.append(self.client.message())
            self.extended(batch)
        # Anything else belongs to a COPY FROM STDIN, which is refused before it begins.

    def simple(self, sql):
        parts = statements(sql)
        if not parts:
            self.client.send(b"I")
        try:
            for part in parts:
                self.run(part)
        except Failed:
            pass

    def run(self, sql):
        """Runs one statement; the client gets all but the end of the answer."""
        try:
            self.run_or_refuse(sql)
        except Refusal as refusal:
            self.refuse(refusal)

    def run_or_refuse(self, sql):
        self.check(sql)
        head = [item.word for item in code(sql)[:2]]
        if head[:1] == ["COPY"]:
            self.copy(CopyCommand(sql))
        elif head[:1] == ["UNLOAD"]:
            self.unload(UnloadCommand(sql))
        elif head[:1] == ["VACUUM"]:
            if self.status == b"T":
                raise Refusal("25001", "VACUUM cannot run inside a transaction block")
            self.client.send(b"C", wire.text("VACUUM"))
        elif head[:1] == ["TRUNCATE"]:
            # Commits the transaction in which it runs, and itself.
            if self.status == b"T":
                self.backend_query("COMMIT", lambda *_: None)
            self.forward(sql)
        else:
            self.forward(rewritten(sql, self.copy_id, self.copy_count))

    def check(self, sql):
        self.cluster.note_statement(sql)
        met = denylist.refused(sql)
        if met:
            raise Refusal("42601", f"the stand-in refuses \"{met[0]['id']}\": Redshift has no such SQL", bare(sql)[:200])

    def refuse(self, refusal):
        self.client.send(b"E", wire.error(refusal.state, refusal.message, refusal.detail))
        self.fail_transaction()
        raise Failed()

    def fail_transaction(self):
        """What failed here must have failed there."""
        if self.status == b"T":
            self.backend_query("SELECT 1 / 0", lambda *_: None)

    # --- the server behind ---

    def backend_query(self, sql, receive):
        """One statement; `receive` gets each message but the last. Returns whether it succeeded."""
        self.backend.send(b"Q", wire.text(sql))
        is_good = True
        while True:
            kind, body = self.backend.message()
            if kind == b"Z":
                self.status = body
                return is_good
            is_good = is_good and kind != b"E"
            if kind == b"G":
                receive(kind, body)
                continue
            receive(kind, body)

    def forward(self, sql):
        if not self.backend_query(sql, self.relay):
            raise Failed()

    def relay(self, kind, body):
        if kind == b"E":
            body = as_redshift(body)
        self.client.send(kind, body)

    def rows(self, sql):
        found = []

        def receive(kind, body):
            if kind == b"D":
                found.append(wire.row_values(body))
            elif kind == b"E":
                self.client.send(kind, as_redshift(body))

        if not self.backend_query(sql, receive):
            raise Failed()
        return found

    # --- COPY and UNLOAD ---

    def copy(self, command):
        self.copy_id = self.cluster.next_copy()
        table = command.table.replace("'", "''")
        all_columns = [
            Column(name, kind, required == "t", int(width) if width else None)
            for name, kind, required, width in self.rows(COLUMNS.replace("{table}", table))
        ]
        by_name = {column.name: column for column in all_columns}
        names = command.columns or [column.name for column in all_columns]
        missing = [name for name in names if name.strip('"') not in by_name]
        if missing:
            raise Refusal("42703", f'column "{missing[0]}" of relation "{command.table}" does not exist')
        columns = [by_name[name.strip('"')] for name in names]
        left_out = [c.name for c in all_columns if c.is_required and c not in columns]
        if left_out:
            raise Refusal("42601", f'NOT NULL column without DEFAULT must be included in column list: "{left_out[0]}"')
        lines, faults, scanned = self.read(command, columns)
        if len(faults) > int(command.options.get("MAXERROR", 0)):
            self.cluster.note_errors(self.copy_id, faults)
            raise Refusal(
                "XX000",
                f"Load into table '{command.table}' failed.  Check 'stl_load_errors' system table for details.",
            )
        self.cluster.note_errors(self.copy_id, faults)
        if "NOLOAD" not in command.options:
            self.feed(command.table, [column.name for column in columns], lines)
            self.copy_count = len(lines)
            self.cluster.note_files(self.copy_id, scanned)
        done = f"Load into table '{command.table}' completed, {len(lines)} record(s) loaded successfully."
        self.client.send(b"N", wire.notice({"S": "INFO", "V": "INFO", "C": "00000", "M": done}))
        self.client.send(b"C", wire.text("COPY"))

    def read(self, command, columns):
        """Lines for PostgreSQL, rows that were refused, and the lines of each file."""
        lines, faults, scanned = [], [], []
        for address, data in command.files(self.cluster.store, self.cluster.region):
            number = 0
            records = command.records(data)
            while True:
                try:
                    number, record = next(records)
                    lines.append(copy_line(command.values(record, columns)))
                except StopIteration:
                    break
                except LoadFault as fault:
                    raw = "" if number == 0 else ",".join(record)
                    faults.append((address, number, raw, fault))
            scanned.append((address, number))
        return lines, faults, scanned

    def feed(self, table, names, lines):
        listed = ", ".join(f'"{name}"' for name in names)

        def receive(kind, body):
            if kind == b"G":
                for start in range(0, len(lines), 1_000):
                    self.backend.send(b"d", "".join(lines[start : start + 1_000]).encode())
                self.backend.send(b"c")
            elif kind == b"E":
                self.client.send(kind, as_redshift(body))

        if not self.backend_query(f"COPY {table} ({listed}) FROM STDIN", receive):
            raise Failed()

    def unload(self, command):
        self.check(command.query)
        data = []

        def receive(kind, body):
            if kind == b"d":
                data.append(body)
            elif kind == b"E":
                self.client.send(kind, as_redshift(body))

        sql = command.copy.replace("{query}", functions(command.query, self.copy_id, self.copy_count))
        if not self.backend_query(sql, receive):
            raise Failed()
        command.write(self.cluster.store, b"".join(data))
        self.client.send(b"C", wire.text("UNLOAD"))

    # --- extended protocol ---

    def extended(self, batch):
        """Messages up to a Sync: sent on with rewritten text, or answered here where they run COPY or UNLOAD."""
        outgoing, own = [], False
        try:
            for kind, body in batch:
                if kind == b"P":
                    (name, sql), rest = wire.c_strings(body, 2)
                    self.check(sql)
                    head = [item.word for item in code(sql)[:1]]
                    is_own = head in (["COPY"], ["UNLOAD"], ["VACUUM"], ["TRUNCATE"])
                    self.prepared[name] = sql if is_own else None
                    own = own or is_own
                    if not is_own:
                        sql = rewritten(sql, self.copy_id, self.copy_count)
                    body = wire.text(name) + wire.text(sql) + rest
                elif kind == b"B":
                    (_, statement), _ = wire.c_strings(body, 2)
                    own = own or self.prepared.get(statement) is not None
                outgoing.append((kind, body))
        except Refusal as refusal:
            try:
                self.refuse(refusal)
            except Failed:
                self.client.send(b"Z", self.status)
            return
        if own:
            self.run_own(outgoing)
        else:
            for kind, body in outgoing:
                self.backend.send(kind, body)
            self.relay_until_synced()

    def relay_until_synced(self):
        while True:
            kind, body = self.backend.message()
            if kind == b"Z":
                self.status = body
                self.client.send(kind, body)
                return
            self.relay(kind, body)

    def run_own(self, batch):
        try:
            for kind, body in batch:
                if kind == b"P":
                    self.client.send(b"1")
                elif kind == b"B":
                    (_, statement), _ = wire.c_strings(body, 2)
                    chosen = self.prepared.get(statement)
                    self.client.send(b"2")
                elif kind == b"D":
                    self.client.send(b"n")
                elif kind == b"E":
                    self.run(chosen)
                elif kind == b"C":
                    self.client.send(b"3")
        except Failed:
            pass
        self.client.send(b"Z", self.status)


def as_redshift(body):
    """An error of PostgreSQL in the words of Redshift, where they differ."""
    values = wire.fields(body)
    if values.get("C") == "40001":
        detail = "Serializable isolation violation on table - 100042, transactions forming the cycle are: 1, 2"
        return wire.error("XX000", "1023", detail)
    if values.get("C") == "23514":
        return wire.error("22001", "value too long for type character varying")
    return body


class Proxy:
    """Listens on a free port of loopback; each client has a thread."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Session(connection, self.cluster).serve, daemon=True).start()
