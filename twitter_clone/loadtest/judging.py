"""Whether a step was carried, and if not, what gave way."""

import os
from dataclasses import asdict, dataclass, field
from typing import Any

from twitter_clone.loadtest.gauges import Busy
from twitter_clone.loadtest.riding import Ride, percentile

_ERRORS_BORNE = 0.005  # of all requests
_OLDEST_BORNE_SECONDS = 15.0  # a job may wait so long at the end of a step
_TESTER_LATE_SECONDS = 0.5  # then it was the tester who could not keep up
_OTHERS_BORNE = 0.25  # of all cores
_FULL = 0.8  # of what there is; beyond that one speaks of full


@dataclass(frozen=True, slots=True)
class Step:
    """So many active people for a while: what they saw and what it took."""

    active: int
    seconds: float
    requests_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    errors: dict[str, int]
    requests: int
    jobs_waiting: int
    oldest_job_seconds: float
    cores_used: dict[str, float]  # by role, and “machine” for everybody
    memory_mb: float
    tester_late_seconds: float
    open_pages: int
    by_deed_p95_ms: dict[str, float] = field(default_factory=dict)
    by_deed_count: dict[str, int] = field(default_factory=dict)

    def trouble(self, p95_limit_ms: float) -> str:
        """Why this was too much; empty if it was carried."""
        if self.tester_late_seconds > _TESTER_LATE_SECONDS:
            return f"the tester itself came {self.tester_late_seconds:.1f} s late"
        errors = sum(self.errors.values())
        if errors > self.requests * _ERRORS_BORNE:
            said = ", ".join(f"{count} × {name}" for name, count in sorted(self.errors.items()))
            return f"{errors} of {self.requests} requests failed ({said})"
        if self.p95_ms > p95_limit_ms:
            return f"p95 was {self.p95_ms:.0f} ms"
        if self.oldest_job_seconds > _OLDEST_BORNE_SECONDS:
            return f"a job had waited for {self.oldest_job_seconds:.0f} s"
        return ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measured(active: int, ride: Ride, busy: Busy, waiting: tuple[int, float], memory_mb: float) -> Step:
    """What one stretch says."""
    times = [seconds for deed in ride.seconds.values() for seconds in deed]
    errors = dict(ride.errors) | ({"not even asked": ride.skipped} if ride.skipped else {})
    used = {**busy.seconds, "machine": busy.machine}
    return Step(
        active=active,
        seconds=round(busy.clock, 2),
        requests_per_second=round(ride.count / busy.clock, 1),
        p50_ms=round(percentile(times, 50) * 1000, 1),
        p95_ms=round(percentile(times, 95) * 1000, 1),
        p99_ms=round(percentile(times, 99) * 1000, 1),
        errors=errors,
        requests=ride.count + ride.skipped,
        jobs_waiting=waiting[0],
        oldest_job_seconds=waiting[1],
        cores_used={role: round(seconds / busy.clock, 3) for role, seconds in used.items()},
        memory_mb=round(memory_mb, 1),
        tester_late_seconds=round(ride.late_seconds, 2),
        open_pages=ride.open_pages,
        by_deed_p95_ms={
            name: round(percentile(seconds, 95) * 1000, 1) for name, seconds in ride.seconds.items()
        },
        by_deed_count={name: len(seconds) for name, seconds in ride.seconds.items()},
    )


def what_gives_way(step: Step, *, web_processes: int, p95_limit_ms: float) -> str:
    """What was full when it became too much: the fullest of what can be."""
    cores = os.cpu_count() or 1
    used = step.cores_used
    others = used["machine"] - sum(spent for role, spent in used.items() if role != "machine")
    if others > _OTHERS_BORNE * cores:
        return f"this test itself: other programs took {others:.1f} of {cores} cores meanwhile"
    if step.tester_late_seconds > _TESTER_LATE_SECONDS:
        return "the processor: even the tester had to wait for its turn"
    if step.oldest_job_seconds > _OLDEST_BORNE_SECONDS and step.p95_ms <= p95_limit_ms:
        return "the worker: work for later piles up while pages are still fast; start more of them"
    name, share = _fullest(used, min(web_processes, cores), cores)
    if share >= _FULL:
        return name
    if used["machine"] >= _FULL * cores:
        return f"the processor: all {cores} cores are busy, most with {name}"
    return f"waiting, not working (locks of the database, or the disk); the fullest is {name}"


def _fullest(used: dict[str, float], web_room: int, cores: int) -> tuple[str, float]:
    rooms = {"web": web_room, "stream": 1, "worker": 1, "database": cores}
    role = max(rooms, key=lambda role: used.get(role, 0.0) / rooms[role])
    cores_of_it = "1 core" if rooms[role] == 1 else f"{rooms[role]} cores"
    name = {
        "web": "the web processes" if web_room > 1 else "the web process",
        "stream": "the process of open pages",
    }.get(role, f"the {role}")
    return f"{name} ({used.get(role, 0.0):.2f} of {cores_of_it})", used.get(role, 0.0) / rooms[role]
