"""What the host reads at the end, and how two runs differ."""

import os
import platform
from typing import Any

from twitter_clone.loadtest.judging import Step

_COMPARED = ("carries", "p95_ms", "web_ms_per_request", "worker_ms_per_tweet", "database_ms_per_request")


def line_of(step: Step, trouble: str) -> str:
    """One line of progress."""
    used = ", ".join(
        f"{role} {cores:.2f}"
        for role, cores in step.cores_used.items()
        if role != "machine" and cores >= 0.005
    )
    return (
        f"  {step.active:>9,} active: {step.requests_per_second:>7,.1f} requests/s,"
        f" {step.open_pages:,} pages open, p50 {step.p50_ms:.0f},"
        f" p95 {step.p95_ms:.0f}, p99 {step.p99_ms:.0f} ms; cores: {used}; {step.jobs_waiting} jobs wait"
        + (f" – too much: {trouble}" if trouble else "")
    )


def figures(
    steps: list[Step],
    *,
    database: str,
    server: str,
    sizes: dict[str, Any],
    options: dict[str, Any],
    gives_way: str,
) -> dict[str, Any]:
    """Everything as JSON has it."""
    limit = options["p95_ms"]
    borne = [step for step in steps if not step.trouble(limit)]
    best = max(borne, key=lambda step: step.active, default=None)
    found: dict[str, Any] = {
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "python": platform.python_version(),
            "load_before": options.pop("load_before"),
        },
        "database": database,
        "server": server,
        "options": options,
        "carries": best.active if best else 0,
        "p95_ms": best.p95_ms if best else None,
        "gives_way": gives_way,
        "sizes": sizes,
        "steps": [step.as_json() for step in steps],
    }
    one = best or steps[0]  # what a request costs, a machine that was too busy tells as well
    found["web_ms_per_request"] = _per(one, "web", one.requests)
    found["database_ms_per_request"] = _per(one, "database", one.requests)
    found["worker_ms_per_tweet"] = _per(one, "worker", one.by_deed_count.get("tweet", 0))
    found["memory_mb"] = one.memory_mb
    return found


def verdict(found: dict[str, Any]) -> str:
    """The sentence for the host."""
    limit = found["options"]["p95_ms"]
    carries = found["carries"]
    if not carries:
        return (
            f"This machine does not carry {found['steps'][0]['active']} active people"
            f" at p95 under {limit} ms. The first thing to give way is {found['gives_way']}."
        )
    whole = "at least" if not found["gives_way"] else "about"
    end = (
        f" The first thing to give way is {found['gives_way']}."
        if found["gives_way"]
        else " Nothing gave way; try with more."
    )
    return f"This machine carries {whole} {_rounded(carries):,} active people at p95 under {limit} ms.{end}"


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What changed since an earlier run, figure by figure."""
    lines = []
    for name in _COMPARED:
        old, new = before.get(name), now.get(name)
        if isinstance(old, int | float) and isinstance(new, int | float):
            change = f"{(new - old) / old:+.0%}" if old else "new"
            lines.append(f"  {name.replace('_', ' '):<26} {old:>12,.2f} → {new:>12,.2f}  {change}")
    for name in ("database", "server", "machine", "options"):
        if before.get(name) != now.get(name):
            lines.append(f"  {name} differs: {before.get(name)} → {now.get(name)}")
    return lines


def _per(step: Step, role: str, number: int) -> float | None:
    """Milliseconds of CPU for each."""
    if not number or role not in step.cores_used:
        return None
    return round(step.cores_used[role] * step.seconds * 1000 / number, 2)


def _rounded(number: int) -> int:
    """Two digits say as much as such a figure knows."""
    size: int = 10 ** max(len(str(number)) - 2, 0)
    return number // size * size
