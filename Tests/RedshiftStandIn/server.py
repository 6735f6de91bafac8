"""A PostgreSQL 15 of our own in a temporary folder, which ends when this process does."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

OWNER = "rs_owner"  # the owner behind the proxy; clients never are it


def program(name):
    """A server program: of the newest Debian package, or on the path."""
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(packaged[-1]) if packaged else shutil.which(name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgreSQL:
    """A running server. `users` are names and passwords of clients."""

    def __init__(self, users, database="dev"):
        self.database = database
        self.folder = tempfile.mkdtemp(prefix="chargehouse-pg-")
        # The server refuses to run as root.
        self.account = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
        if self.account:
            entry = pwd.getpwnam("postgres")
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        data = f"{self.folder}/data"
        subprocess.run(
            [program("initdb"), "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.account,
        )
        Path(data, "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        self.port = free_port()
        options = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder,
            "fsync": "off", "timezone": "UTC", "allow_system_table_mods": "on", "max_connections": 60,
            "logging_collector": "off", "standard_conforming_strings": "off", "escape_string_warning": "off",
            # Temporary tables have no statistics here: nested loops over them would take minutes.
            "enable_nestloop": "off", "log_min_messages": "fatal", "datestyle": "ISO, MDY",
        }
        arguments = [program("postgres"), "-D", data] + [f"--{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen(
            arguments, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=end_with_parent, **self.account,
        )
        self.prepare(users)

    def prepare(self, users):
        with self.owner("postgres", wait=True) as setup:
            setup.cursor().execute(f"CREATE DATABASE {self.database}")
        with self.owner() as setup:
            cursor = setup.cursor()
            cursor.execute(Path(__file__).with_name("shims.sql").read_text())
            for name, password in users.items():
                cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD %s", [password])
                cursor.execute(f"GRANT ALL ON DATABASE {self.database} TO {name}")
                cursor.execute(f"GRANT ALL ON SCHEMA public TO {name}")

    def owner(self, database=None, wait=False):
        """A connection that commits each statement, with all rights."""
        deadline = time.monotonic() + 30
        while True:
            try:
                connection = psycopg2.connect(
                    host=self.folder, port=self.port, user=OWNER, dbname=database or self.database
                )
                break
            except psycopg2.OperationalError:
                if not wait or time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.02)
        connection.autocommit = True
        return Closing(connection)

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Closing:
    """A connection that `with` closes."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        return self.connection

    def __exit__(self, *_):
        self.connection.close()


def end_with_parent():
    """The server gets SIGQUIT when the process that started it ends, however it ends (Linux)."""
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGQUIT)
