"""Calling the doctor: every check at the same time, each for a few seconds, none able to stop the others."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import Error as DatabaseTrouble
from django.db import connections

from accounts.models import User
from common.errors import NotAllowed
from server import probes
from server.checks import CHECKS, Check, Finding, State, Visit
from server.models import Checkup
from server.policies import may_call_doctor

logger = logging.getLogger(__name__)

LIMIT_SECONDS = 15.0  # for each check; all of them run at the same time
CHECKUPS_KEPT = 10


@dataclass(slots=True)
class _Running:
    """One check in a thread of its own."""

    check: Check
    thread: threading.Thread
    answer: dict[str, Any]


def call_doctor(
    staff: User, *, mail_to: str = "", client: str = "", forwarded: str = "", is_one_of_several: bool = False
) -> Checkup:
    """Look at everything, and keep what was found. It takes LIMIT_SECONDS at most, outside of a transaction.

    `client` and `forwarded` are where the request of the staff seems to come from; `is_one_of_several` says
    whether others make pages beside the process that asks. Raises NotAllowed.
    """
    if not may_call_doctor(staff):
        raise NotAllowed("You may not examine the server.")
    visit = Visit(mail_to=mail_to, client=client, forwarded=forwarded, is_one_of_several=is_one_of_several)
    return examine(visit, made_by=staff)


def examine(visit: Visit, *, checks: Sequence[Check] = CHECKS, made_by: User | None = None) -> Checkup:
    """The same for a command, whose caller owns the machine. It is told even where nothing can be kept."""
    began = time.monotonic()
    results = _look(visit, checks)
    checkup = Checkup(made_by=made_by, results=results, seconds=round(time.monotonic() - began, 2))
    try:
        checkup.save(force_insert=True)
        newest = Checkup.objects.order_by("-id").values_list("pk", flat=True)[:CHECKUPS_KEPT]
        Checkup.objects.exclude(pk__in=list(newest)).delete()
    except DatabaseTrouble as trouble:
        logger.warning("What the doctor found was not kept: %s", type(trouble).__name__)
    return checkup


def _look(visit: Visit, checks: Sequence[Check]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    try:
        with probes.asked() as probe:
            found = _all(replace(visit, probe_id=probe.pk), checks)
    except DatabaseTrouble:  # the probe could not be written, or taken away: the checks say why
        return found or _all(visit, checks)
    return found


def _all(visit: Visit, checks: Sequence[Check]) -> list[dict[str, Any]]:
    until = time.monotonic() + LIMIT_SECONDS
    running = [_begin(check, visit) for check in checks]
    for one in running:
        one.thread.join(max(until - time.monotonic(), 0))
    return [_result(one) for one in running]


def _begin(check: Check, visit: Visit) -> _Running:
    answer: dict[str, Any] = {}
    thread = threading.Thread(
        target=_ask, args=(check, visit, answer), name=f"doctor {check.name}", daemon=True
    )
    thread.start()
    return _Running(check, thread, answer)


def _ask(check: Check, visit: Visit, answer: dict[str, Any]) -> None:
    """In the thread. What a check throws is a finding about the check."""
    began = time.monotonic()
    try:
        finding = check.look(visit)
    except DatabaseTrouble as trouble:
        words = " ".join(str(trouble).split())[:200]
        finding = Finding(
            State.BAD,
            f"The database did not answer this: {words or type(trouble).__name__}",
            "See that the database runs, that DATABASE_URL leads to it, and that its tables are there"
            " (migrate).",
        )
    except Exception as error:
        logger.exception("The check %s failed.", check.name)
        finding = Finding(
            State.BAD,
            f"The check itself failed: {type(error).__name__}.",
            "The log has the whole story; tell whoever looks after the code.",
        )
    finally:
        connections.close_all()  # this thread's own
    answer.update(asdict(finding), seconds=round(time.monotonic() - began, 2))


def _result(one: _Running) -> dict[str, Any]:
    """As it is kept."""
    found = dict(one.answer)
    if not found:
        found = {
            **asdict(
                Finding(
                    State.BAD,
                    f"This was not found out within {LIMIT_SECONDS:.0f} seconds.",
                    "Something neither answers nor refuses: look at the network between the parts.",
                )
            ),
            "seconds": LIMIT_SECONDS,
        }
    return {"name": one.check.name, "title": one.check.title, **found}
