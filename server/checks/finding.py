"""What a check is asked with, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands, the worst first."""

    BAD = "bad"  # something does not work, or is not safe
    WARNING = "warning"  # it works, and somebody should look
    GOOD = "good"
    IDLE = "not applicable"  # this server has none of it


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in a sentence or two without anything about people, and what mends it."""

    state: State
    found: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What checks are asked with. All of it may be empty."""

    mail_to: str = ""
    probe_id: int | None = None  # of the job that a worker answers, see server/probes
    client: str = ""  # the address that the request which asks seems to come from; "" for the command
    forwarded: str = ""  # its X-Forwarded-For
    is_one_of_several: bool = False  # of processes that make pages


@dataclass(frozen=True, slots=True)
class Check:
    """One question. `look` may take LIMIT_SECONDS and may fail: the others go on."""

    name: str
    title: str
    look: Callable[[Visit], Finding]


def good(found: str) -> Finding:
    return Finding(State.GOOD, found)


def warning(found: str, mend: str) -> Finding:
    return Finding(State.WARNING, found, mend)


def bad(found: str, mend: str) -> Finding:
    return Finding(State.BAD, found, mend)


def idle(found: str, mend: str = "") -> Finding:
    return Finding(State.IDLE, found, mend)
