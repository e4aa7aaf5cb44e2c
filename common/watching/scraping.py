"""The answer to /metrics: what all processes of this machine counted, as text for Prometheus.

With METRICS_DIR each process keeps its counts in files there. Those of processes that are gone are added up
into one set, so that counters never go back and the folder stays small, however often workers are replaced.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from common.watching.meters import start_of

_GONE = "0"  # stands in the name of a file where the number of a process would; none is called so
_SUMMED = ("counter", "histogram")


def answer(more: Iterable[Metric]) -> bytes:
    """All meters, figures of all processes, and `more`."""
    registry = CollectorRegistry()
    if settings.METRICS_DIR:
        folder = Path(settings.METRICS_DIR)
        with _alone(folder):
            _bury(folder)
            counted = list(MultiProcessCollector(None, path=str(folder)).collect())
    else:
        counted = [metric for metric in REGISTRY.collect() if metric.name.startswith("twitter_")]
    registry.register(_Given([*counted, *_of_processes(counted), *more]))
    return generate_latest(registry)


class _Given(Collector):
    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _of_processes(counted: list[Metric]) -> list[Metric]:
    """CPU, memory, files and start of each living process, told apart by role and number."""
    known = [
        (sample.labels["role"], int(sample.labels.get("pid") or os.getpid()))
        for metric in counted
        if metric.name == "twitter_process"
        for sample in metric.samples
    ]
    found: dict[str, Metric] = {}
    for role, pid in known:
        for metric in ProcessCollector(pid=lambda pid=pid: pid, registry=None).collect():  # type: ignore[misc]
            whole = found.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
            for sample in metric.samples:
                whole.add_sample(sample.name, {"role": role, "pid": str(pid)}, sample.value)
    return list(found.values())


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other process adds up meanwhile."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bury(folder: Path) -> None:
    """Add what dead processes counted to the sums of all that are gone, and remove their files."""
    files: dict[str, list[Path]] = {}
    for file in sorted(folder.glob("*.db")):
        files.setdefault(file.stem.rpartition("_")[2], []).append(file)
    files.pop(_GONE, None)
    for number, its in files.items():
        if not _lives(int(number), folder / f"gauge_liveall_{number}.db"):
            for file in its:
                kind = file.stem.rpartition("_")[0]
                if kind in _SUMMED:
                    _add(file, folder / f"{kind}_{_GONE}.db")
                file.unlink()


def _add(file: Path, sums: Path) -> None:
    whole = MmapedDict(str(sums))
    try:
        for key, value, moment, _ in MmapedDict.read_all_values_from_file(str(file)):
            whole.write_value(key, whole.read_value(key)[0] + value, moment)
    finally:
        whole.close()


def _lives(pid: int, note: Path) -> bool:
    """Whether that process lives and is the one that wrote the note of its start, no later namesake."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return False
    with contextlib.suppress(FileNotFoundError):
        began = next((value for _, value, _, _ in MmapedDict.read_all_values_from_file(str(note))), None)
        return began is None or began == start_of(pid)
    return True
