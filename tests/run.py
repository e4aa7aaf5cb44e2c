"""What bin/test does: the suite on each database, then one closing account of all runs."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTHING_COLLECTED = 5  # pytest's exit code
MOST_WORKERS = 4
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass
class Run:
    """One pass of the suite and what came of it."""

    database: str
    exit_code: int
    counts: Counter = field(default_factory=Counter)
    skipped: Counter = field(default_factory=Counter)  # reason -> how many


def main(arguments: list[str]) -> int:
    """Run everything that can run here; the answer is the exit code."""
    # In the background of a script we are deaf to Ctrl+C, and so would be every server under test.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = time.monotonic()
    chromium = find_chromium()
    postgresql = os.environ.get("TEST_DATABASE_URL", "")
    # Short, because the path of a Unix socket may have 108 bytes at most.
    with tempfile.TemporaryDirectory(prefix="tc-") as folder:
        runs = [run("SQLite", "", folder, arguments, chromium=chromium)]
        if postgresql and runs[0].exit_code != 2:  # 2: interrupted
            runs.append(run("PostgreSQL", postgresql, folder, arguments, chromium=None))
    tell(runs, left_out(runs, chromium, postgresql), time.monotonic() - started)
    return exit_code(runs)


def find_chromium() -> str | None:
    """The browser of this machine: the one CHROMIUM names, else the first known name."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, CHROMIUMS)), None)


def run(database: str, url: str, folder: str, arguments: list[str], *, chromium: str | None) -> Run:
    """One pytest on one database. A pass without a browser leaves the browser tests out."""
    print(f"\n== {database} ==", flush=True)
    report = Path(folder) / f"{database}.xml"
    command = [sys.executable, "-m", "pytest", f"--junit-xml={report}"]
    if not arguments:
        command += at_once()
        if url:
            command += ["--asking-only"]
    if not chromium:
        command += ["-m", "not browser"]
    environment = {**os.environ, "TEST_DATABASE_URL": url, "CHROMIUM": chromium or "", "TMPDIR": folder}
    finished = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False)
    return read(report, Run(database, finished.returncode))


def at_once() -> list[str]:
    """Options that use the cores. One file stays in one worker: its tests may share ports and files."""
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    if workers == 1:
        return []
    # A test that hangs is ended by faulthandler_timeout together with its worker. That is the end of the run:
    # a new worker would hang again, and pytest-xdist loses count of the files that were waiting.
    return ["-n", str(workers), "--dist", "loadfile", "--max-worker-restart=0", "--durations=5"]


def read(report: Path, run: Run) -> Run:
    """Fill in what the report of the run says; a run that died early left none."""
    if not report.exists():
        return run
    for case in ET.parse(report).getroot().iter("testcase"):
        outcome = next((child for child in case if child.tag in {"failure", "error", "skipped"}), None)
        if outcome is None:
            run.counts["passed"] += 1
        elif outcome.tag == "skipped":
            run.counts["skipped"] += 1
            run.skipped[outcome.get("message") or "no reason given"] += 1
        else:
            run.counts["failed"] += 1
    return run


def left_out(runs: list[Run], chromium: str | None, postgresql: str) -> list[str]:
    """What did not run here, each with its reason."""
    told = []
    if not chromium:
        told.append(
            "browser tests: no Chromium found (install the package chromium, or name one in CHROMIUM)"
        )
    elif postgresql:
        told.append("browser tests on PostgreSQL: once, on SQLite, is enough")
    if postgresql:
        told.append("what asks no database, on PostgreSQL: it says the same")
    else:
        told.append("the suite on PostgreSQL: TEST_DATABASE_URL is not set")
    for run in runs:
        told += [f"{number} on {run.database}: {reason}" for reason, number in run.skipped.items()]
    return told


def tell(runs: list[Run], told: list[str], seconds: float) -> None:
    """The last lines: what was left out, each run, and the sum."""
    print()
    if told:
        print("Left out:", *told, sep="\n  - ")
    for run in runs:
        print(
            f"{run.database}: {counted(run.counts)}"
            + (f", exit code {run.exit_code}" if run.exit_code else "")
        )
    print(f"{counted(sum((run.counts for run in runs), Counter()))} in {seconds:.0f}s", flush=True)


def counted(counts: Counter) -> str:
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped"))


def exit_code(runs: list[Run]) -> int:
    """The first real failure; “nothing collected” only when no run found a test."""
    real = [run.exit_code for run in runs if run.exit_code not in {0, NOTHING_COLLECTED}]
    if real:
        return real[0]
    return NOTHING_COLLECTED if all(run.exit_code for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
