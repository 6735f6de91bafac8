"""The pipeline as a plain script would do it: the alternative that bench.py compares Chargehouse with.

Reads recorded chargecloud answers (one JSON file a poll, named by slot) and writes status intervals of charging points
as CSV + gzip, with the standard library only. It does less than `chargehouse clean`: no rejects, no versions of
attributes, no connectors, no gaps, no check of what it read.
"""

import csv
import gzip
import json
import pathlib
import sys


def intervals(folder):
    """Yields (point, status, first slot, last slot) of equal statuses in a row."""
    running = {}
    for path in sorted(folder.glob("*.json")):
        slot = path.stem
        answer = json.loads(path.read_bytes())
        for station in answer["data"]:
            for point in station["evses"]:
                uid, status = point["uid"], point["status"]
                known = running.get(uid)
                if known and known[0] == status:
                    known[2] = slot
                    continue
                if known:
                    yield (uid, *known)
                running[uid] = [status, slot, slot]
    for uid, known in running.items():
        yield (uid, *known)


def main(source, target):
    for folder in sorted(path for path in pathlib.Path(source).iterdir() if path.is_dir()):
        with gzip.open(pathlib.Path(target) / f"{folder.name}.csv.gz", "wt", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["point", "status", "first_slot", "last_slot"])
            rows.writerows(intervals(folder))


if __name__ == "__main__":
    main(*sys.argv[1:3])
