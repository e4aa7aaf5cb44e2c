"""How the machine is: what the doctor found last, calling it, and what the clock tidies up."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from jobs.housekeeping import Chore, chores, is_looking, runs
from jobs.models import ChoreRun
from server.actions import call_doctor, count_housekeeping
from server.queries import last_checkup
from web.access import staff_required
from web.pace import paced
from web.views.moderation.frame import staff_of, staff_page

_ORDER = ("bad", "warning", "good", "not applicable")
_WORDS = {"bad": "Bad", "warning": "Warning", "good": "Good", "not applicable": "Not used"}


@staff_required(Permission.CALL_DOCTOR)
@paced("doctor")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    if request.method == "POST":
        made = call_doctor(
            staff,
            mail_to=staff.email if "mail" in request.POST and staff.is_confirmed else "",
            client=str(request.META.get("REMOTE_ADDR", "")),
            forwarded=request.headers.get("X-Forwarded-For", ""),
            is_one_of_several=bool(request.META.get("wsgi.multiprocess")),
        )
        messages.info(request, f"Examined in {made.seconds:.1f} seconds.")
        return redirect("staff_doctor")
    checkup = last_checkup()
    results = checkup.results if checkup else []
    context = {
        "checkup": checkup,
        "is_fresh": checkup is not None and timezone.now() - checkup.made_at < timedelta(minutes=1),
        "groups": _groups(results),
        "summary": _summary(results),
        "staff": staff,
        "chores": _chores(),
        "is_counting": is_looking(),
    }
    return staff_page(request, "doctor.html", "doctor", context)


@staff_required(Permission.CALL_DOCTOR)
@paced("doctor")
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    count_housekeeping(staff_of(request))
    messages.info(request, "A worker counts. Look again in a moment.")
    return redirect(f"{reverse('staff_doctor')}#housekeeping")


def _chores() -> list[tuple[Chore, ChoreRun | None]]:
    last = runs()
    return [(chore, last.get(chore.name)) for chore in chores()]


def _summary(results: list[dict[str, Any]]) -> str:
    bad, warnings = (sum(result["state"] == state for result in results) for state in ("bad", "warning"))
    if not bad and not warnings:
        return "All is well"
    said = [f"{bad} {'is' if bad == 1 else 'are'} bad"] if bad else []
    if warnings:
        said.append(f"{warnings} {'needs' if warnings == 1 else 'need'} a look")
    return ", ".join(said)


def _groups(results: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """State, its word and what is in it; the worst first."""
    return [
        (state, _WORDS[state], found)
        for state in _ORDER
        if (found := [result for result in results if result["state"] == state])
    ]
