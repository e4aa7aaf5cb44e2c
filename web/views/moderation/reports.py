"""The queue of reports, one report with all that is known, and what staff do with it."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import Permission
from common.errors import Conflict, HouseError, Invalid
from common.paging import whole_id
from moderation.actions import assign_report, close_report, note_report, open_report, take_measure
from moderation.models import Measure, Report
from moderation.policies import may_handle_report, may_take
from moderation.queries import (
    CLOSED,
    MINE,
    WAITING,
    kept_picture,
    measures_in_force,
    notes_on,
    past_of,
    queue,
    report_for,
    told_in,
    who_may,
)
from web.access import staff_required
from web.forms.moderation import MeasureForm, NoteForm
from web.inert import inert
from web.views.moderation.frame import page_of, staff_of, staff_page

_handlers = staff_required(Permission.HANDLE_REPORTS)
TABS = ((WAITING, "Waiting"), (MINE, "Mine"), (CLOSED, "Closed"))


@_handlers
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("staff_reports")


@_handlers
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    which = request.GET.get("which", WAITING)
    which = which if which in dict(TABS) else WAITING
    rows, next_url = page_of(request, queue(staff_of(request), which), settings.REPORTS_PAGE_SIZE)
    context = {"rows": rows, "next_url": next_url, "which": which, "tabs": TABS}
    return staff_page(request, "reports.html", "reports", context)


@_handlers
@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    return _report_page(request, report_for(staff_of(request), report_id))


@_handlers
@require_safe
def picture(request: HttpRequest, report_id: int, picture_id: int) -> HttpResponse:
    """What a reported picture showed, for staff alone: kept by no cache, and nothing but drawn."""
    found = kept_picture(report_for(staff_of(request), report_id), picture_id)
    answer = inert(HttpResponse(bytes(found.content), content_type=found.content_type))
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@_handlers
@require_POST
def assign(request: HttpRequest, report_id: int) -> HttpResponse:
    """`to` is the id of somebody of staff, or empty for nobody."""
    found = report_for(staff_of(request), report_id)
    assignee = User.objects.filter(pk=whole_id(request.POST.get("to", "")) or 0).first()
    assign_report(staff_of(request), found, assignee)
    name = assignee.handle if assignee else "nobody"
    messages.success(request, f"Now {name} looks after it.")
    return redirect(found.path)


@_handlers
@require_POST
def note(request: HttpRequest, report_id: int) -> HttpResponse:
    found, form = report_for(staff_of(request), report_id), NoteForm(request.POST)
    if not form.is_valid():
        return _report_page(request, found, note_form=form)
    note_report(staff_of(request), found, form.cleaned_data["text"])
    return redirect(f"{found.path}#notes")


@_handlers
@require_POST
def close(request: HttpRequest, report_id: int) -> HttpResponse:
    found = report_for(staff_of(request), report_id)
    if close_report(staff_of(request), found):
        messages.success(request, "Closed. Nothing was done about it.")
    else:
        messages.info(request, "Somebody closed it already.")
    return redirect("staff_reports")


@_handlers
@require_POST
def reopen(request: HttpRequest, report_id: int) -> HttpResponse:
    found = report_for(staff_of(request), report_id)
    try:
        open_report(staff_of(request), found)
    except Invalid as error:
        messages.error(request, error.message)
    return redirect(found.path)


@_handlers
@require_POST
def decide(request: HttpRequest, report_id: int) -> HttpResponse:
    """A measure against the reported person, about the ticked tweets; it closes the report."""
    found = report_for(staff_of(request), report_id)
    form = MeasureForm(request.POST, kinds=kinds_for(staff_of(request), found.target))
    try:
        shown = found.tweets.values_list("tweet_id", flat=True)
        if form.is_valid() and is_taken(request, found.target, form, shown=shown, report=found):
            return redirect("staff_reports")
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect(found.path)
    return _report_page(request, found, measure_form=form)


def kinds_for(staff: User, person: User) -> list[Measure.Kind]:
    """The measures that this member of staff can take now. One query."""
    in_force = measures_in_force(person) - {Measure.Kind.WARN, Measure.Kind.TAKE_DOWN}
    return [kind for kind in Measure.Kind if kind not in in_force and may_take(staff, person, kind)]


def is_taken(
    request: HttpRequest,
    person: User,
    form: MeasureForm,
    *,
    shown: Iterable[int],
    report: Report | None = None,
) -> bool:
    """Take the measure, about those of the tweets `shown` on the page that are ticked; what the action
    refuses is said on the form, and nothing that was typed is lost. Raises Conflict: then there is no form
    any more.
    """
    ticked = {whole_id(text) for text in request.POST.getlist("tweets")}
    ids = [an_id for an_id in shown if an_id in ticked]
    said = form.cleaned_data
    try:
        take_measure(staff_of(request), person, said["kind"], said["reason"], report=report, tweet_ids=ids)
    except Conflict:
        raise
    except HouseError as error:
        field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
        form.add_error(field, error.message)
        return False
    messages.success(request, f"Done. {person.handle} is told why.")
    return True


def _report_page(
    request: HttpRequest,
    found: Report,
    *,
    note_form: NoteForm | None = None,
    measure_form: MeasureForm | None = None,
) -> HttpResponse:
    staff = staff_of(request)
    failed = any(form is not None and form.errors for form in (note_form, measure_form))
    context = {
        "report": found,
        "rules": list(found.rules.all()),
        "told": told_in(found),
        "notes": notes_on(found),
        "past": past_of(staff, found.target),
        "handlers": [one for one in who_may(Permission.HANDLE_REPORTS) if may_handle_report(one, found)],
        "note_form": note_form or NoteForm(),
        "measure_form": measure_form or MeasureForm(kinds=kinds_for(staff, found.target)),
    }
    return staff_page(request, "report.html", "reports", context, status=422 if failed else 200)
