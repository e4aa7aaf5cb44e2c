"""The race's table in docs/performance.md, written anew by each run of `bin/bench api`."""

import re
from datetime import date
from typing import Any

from twitter_clone.crowd.scratch import ROOT

PAGE = ROOT / "docs" / "performance.md"
_BEGIN, _END = "<!-- race: written by bin/bench api -->", "<!-- race ends -->"

# What others took on the same kind of machine, in CPU milliseconds, and what we must and want to take.
PEERS: dict[str, tuple[str, str, float, float]] = {
    "home": ("5.8", "95", 4, 1.9),
    "home, 18,000 statuses down": ("13.8", "91", 4, 1.9),
    "public, local": ("9.9", "42", 4, 1.9),
    "one status": ("1.5", "17.5", 1.4, 0.9),
    "an account's statuses": ("13.3", "57", 4, 1.9),
    "notifications": ("11.5", "126", 5, 2.3),
    "favourite": ("4.6", "27.8", 4, 2.3),
    "post, 199 followers": ("192", "20.4 without fan-out", 20, 10),
}


def write(found: dict[str, Any], machine: dict[str, Any], day: date) -> None:
    """Raises ValueError where the page has no place for it."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(placed(text, table(found, machine, day)), encoding="utf-8")


def placed(text: str, table: str) -> str:
    """The page with this table instead of the last one. Raises ValueError where there is no place for it."""
    changed, number = re.subn(
        f"{re.escape(_BEGIN)}.*?{re.escape(_END)}",
        lambda _: f"{_BEGIN}\n{table}\n{_END}",
        text,
        flags=re.DOTALL,
    )
    if number != 1:
        raise ValueError(f"{PAGE.name} has no place for the race: {_BEGIN} … {_END}")
    return changed


def table(found: dict[str, Any], machine: dict[str, Any], day: date) -> str:
    """Every database that was measured has a column: all processes together, the background work within."""
    databases = list(found)
    lines = [
        _when(machine, day),
        "",
        f"| CPU ms for one request | GoToSocial 0.20 | Takahē 0.11 | {' | '.join(databases)} | must | aim |",
        "|---" * (5 + len(databases)) + "|",
    ]
    for scenario, (go, django, must, aim) in PEERS.items():
        ours = " | ".join(_cell(found[database].get(scenario)) for database in databases)
        lines.append(f"| {scenario} | {go} | {django} | {ours} | {must:g} | {aim:g} |")
    return "\n".join(lines)


def _when(machine: dict[str, Any], day: date) -> str:
    calibration, load = machine["calibration_ms"], machine["load"]
    return f"On {day.day} {day:%B %Y}, {machine['cores']} cores, calibration {calibration} ms, load {load}:"


def _cell(figures: dict[str, float] | None) -> str:
    if not figures:
        return "–"
    behind = figures.get("worker_ms", 0.0)
    return f"{figures['cpu_ms']:.1f}" + (f" ({behind:.1f} of it later)" if behind >= 0.1 else "")
