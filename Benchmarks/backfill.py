"""Measures a first load of a long simulated history, into DuckDB and into PostgreSQL: part of `make bench`.

A simulated archive is written without a network, cleaned, and loaded into a DuckDB file and into a PostgreSQL server that
is made for the purpose and removed afterwards. The server's time beyond DuckDB's is what copying costs.
"""

import argparse
import glob
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile

from bench import CHARGEHOUSE, measure, size


class Server:
    """A PostgreSQL server in a folder of its own; as root its programs run as the user `postgres`."""

    def __init__(self, folder):
        self.folder = folder
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/opt/homebrew/opt/postgresql@*/bin"))
        if not found:
            sys.exit("no PostgreSQL server found (expected initdb below /usr/lib/postgresql)\n  next: make setup")
        self.programs = found[-1]
        self.owner = "postgres" if os.getuid() == 0 else None
        folder.mkdir()
        if self.owner:
            account = pwd.getpwnam(self.owner)
            os.chown(folder, account.pw_uid, account.pw_gid)

    def run(self, program, *arguments):
        command = [f"{self.programs}/{program}", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=self.owner, cwd=self.folder, env={"PATH": os.environ["PATH"]})

    def start(self, port):
        self.run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "bench")
        settings = f"-p {port} -k {self.folder} -c listen_addresses=127.0.0.1 -c shared_buffers=512MB -c max_wal_size=4GB"
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-o", settings, "-l", f"{self.folder}/log", "-w", "start")
        self.address = f"postgresql://bench@127.0.0.1:{port}/postgres"

    def stop(self):
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--days", type=int, default=365, help="days of history (default: 365)")
    arguments.add_argument("--scale", default="1", help="1 is 2,423 charging points (default: 1)")
    arguments.add_argument("--port", type=int, default=54329, help="port of the PostgreSQL server (default: 54329)")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="chargehouse-backfill-") as name:
        scratch = pathlib.Path(name)
        scratch.chmod(0o755)
        world = scratch / "world"
        config = ["--quiet", "--config", str(world / "chargehouse.toml")]
        server = Server(scratch / "server")
        server.start(options.port)
        try:
            rows = []
            simulate = [CHARGEHOUSE, "simulate", "--quiet", "--from", "2025-01-01", "--days", str(options.days)]
            rows.append(("simulate the archive", *measure([*simulate, "--scale", options.scale, "--into", str(world)])))
            rows.append(("clean: archive to flat files", *measure([CHARGEHOUSE, "clean", *config])))
            derived = measure([CHARGEHOUSE, "load", *config])
            rows.append(("load into DuckDB", *derived))
            os.environ["CHARGEHOUSE_WAREHOUSE"] = server.address
            copied = measure([CHARGEHOUSE, "load", *config])
            rows.append(("load into PostgreSQL", *copied))
            print(f"backfill: {options.days} days of 38 feeds at scale {options.scale}")
            for title, seconds, memory in rows:
                print(f"  {title:42} {seconds:8.1f} s  {memory:7.0f} MB")
            print(f"  {'PostgreSQL beyond deriving':42} {copied[0] - derived[0]:8.1f} s")
            parts = {"raw archive": world / "raw", "flat files": world / "flat", "PostgreSQL": scratch / "server/data/base"}
            for title, folder in parts.items():
                print(f"  {title:42} {size(folder) / 1e6:8.0f} MB")
            print(f"  {'DuckDB file':42} {(world / 'warehouse.duckdb').stat().st_size / 1e6:8.0f} MB\n")
        finally:
            server.stop()
            shutil.rmtree(scratch / "server", ignore_errors=True)


if __name__ == "__main__":
    main()
