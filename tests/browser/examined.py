"""What the doctor found in the scene, and archives of people: ready, and given up."""

from django.utils import timezone

from accounts.models import User
from portability.actions import ask_for_export, make_some
from portability.models import Export
from server.checks import CHECKS, State
from server.models import Checkup

_FOUND = {
    State.GOOD: (
        "The certificate holds until 1 March 2027.",
        "",
    ),
    State.WARNING: (
        "The certificate ends on 9 December 2026.",
        "Renew it.",
    ),
    State.BAD: (
        "ALLOWED_HOSTS does not name chirp.example: whoever opens https://chirp.example gets 400.",
        "Add chirp.example to ALLOWED_HOSTS and start anew.",
    ),
    State.IDLE: ("There are none.", ""),
}


def examine_and_keep(staff: User, ready: User, failed: User) -> None:
    """Something of each kind."""
    states = list(_FOUND)
    results = []
    for number, check in enumerate(CHECKS):
        state = states[number % len(states)]
        found, mend = _FOUND[state]
        told = {"state": state, "found": found, "mend": mend, "seconds": 0.1}
        results.append({"name": check.name, "title": check.title, **told})
    Checkup.objects.create(made_by=staff, results=results, seconds=2.4)
    export = ask_for_export(ready)
    while make_some(export.pk):
        pass
    given_up = ask_for_export(failed)
    Export.objects.filter(pk=given_up.pk).update(state=Export.State.FAILED, ended_at=timezone.now())
