"""Measures the pipeline against named alternatives in the same run: `make bench`.

Every command runs several times, turn about with its alternative; the table shows medians, the spread, the ratio and
the largest resident memory. The input is one simulated day of 38 cities, polled over loopback by the demo.
"""

import argparse
import gzip
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHARGEHOUSE = str(ROOT / ".build/release/chargehouse")
BASELINE = str(ROOT / "Benchmarks/python_baseline.py")
DAY = "2026-03-23"


def measure(command):
    """Runs a command; returns seconds of wall time and the largest resident memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}\n{error.decode()}")
    return time.monotonic() - start, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def compare(title, work, ours, theirs, rounds, prepare):
    """Runs two commands turn about and prints one block of the table."""
    samples = {name: [] for name, _ in (ours, theirs)}
    for _ in range(rounds):
        for name, command in (ours, theirs):
            prepare()
            samples[name].append(measure(command))
    print(f"{title} ({work})")
    medians = []
    for name, runs in samples.items():
        seconds = sorted(run[0] for run in runs)
        medians.append(statistics.median(seconds))
        memory = max(run[1] for run in runs)
        print(f"  {name:42} {medians[-1]:8.2f} s  ({seconds[0]:.2f} to {seconds[-1]:.2f})  {memory:7.0f} MB")
    print(f"  {'ratio':42} {medians[1] / medians[0]:8.1f} times as fast\n")


def size(folder, pattern="**/*"):
    return sum(path.stat().st_size for path in pathlib.Path(folder).glob(pattern) if path.is_file())


def compare_sizes(archive, recorded, scratch):
    """One pack a feed and day against one compressed file an answer."""
    raw = size(recorded)
    rows = [("one file an answer, as it came", raw)]
    rows.append(("one gzip file an answer (level 6)", sum(len(gzip.compress(path.read_bytes(), 6)) for path in recorded.glob("*/*"))))
    copies = scratch / "zstd"
    shutil.copytree(recorded, copies)
    subprocess.run(["zstd", "-q", "-19", "--rm", "-r", str(copies)], check=True)
    rows.append(("one zstd file an answer (level 19)", size(copies)))
    rows.append(("Chargehouse: live day packs", size(archive, "**/*.zst")))
    subprocess.run([CHARGEHOUSE, "archive", "seal", "--quiet", "--data", str(archive.parent)], check=True)
    rows.append(("Chargehouse: sealed day packs", size(archive, "**/*.zst")))
    print(f"archive size ({raw / 1e6:.0f} MB of answers)")
    for name, count in rows:
        print(f"  {name:42} {count / 1e6:8.2f} MB  {raw / count:7.1f} : 1")
    print()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3, help="runs of each command (default: 3)")
    arguments.add_argument("--scale", default="1", help="1 is 2,423 charging points (default: 1)")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="chargehouse-bench-") as name:
        scratch = pathlib.Path(name)
        world, recorded, target = scratch / "world", scratch / "recorded", scratch / "out"
        seconds, memory = measure([CHARGEHOUSE, "demo", "--days", "1", "--scale", options.scale, "--quiet", "--dir", str(world)])
        print(f"demo, one day: {seconds:.1f} s, {memory:.0f} MB\n")
        feeds = sorted(path.name for path in (world / "raw/simulation").iterdir())
        config = ["--config", str(world / "chargehouse.toml"), "--quiet"]
        for feed in feeds:
            command = [CHARGEHOUSE, "archive", "export", f"simulation/{feed}", DAY, str(recorded / feed), *config]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        answers = len(list(recorded.glob("*/*.json")))

        def fresh():
            shutil.rmtree(target, ignore_errors=True)
            shutil.rmtree(world / "flat", ignore_errors=True)
            target.mkdir()

        compare(
            "clean",
            f"{answers} answers, {size(recorded) / 1e6:.0f} MB to flat files",
            ("chargehouse clean", [CHARGEHOUSE, "clean", *config]),
            ("Python: json + csv + gzip, intervals only", [sys.executable, BASELINE, str(recorded), str(target)]),
            options.rounds,
            fresh,
        )
        largest = max(feeds, key=lambda feed: size(recorded / feed))
        compare(
            "import",
            f"one feed and day, {len(list((recorded / largest).iterdir()))} files",
            (
                "chargehouse archive import",
                [CHARGEHOUSE, "archive", "import", "--feed", f"simulation/{largest}", "--data", str(target),
                 *config, str(recorded / largest)],
            ),
            ("tar + zstd -19", ["tar", "-C", str(recorded / largest), "-I", "zstd -19", "-cf", str(target / "x.tar.zst"), "."]),
            options.rounds,
            fresh,
        )
        compare_sizes(world / "raw", recorded, scratch)


if __name__ == "__main__":
    main()
