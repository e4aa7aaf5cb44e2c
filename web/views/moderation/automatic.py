"""Automatic rules: writing one, rehearsing it, switching it on and off, and what it caught."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.roles import Permission
from common.errors import Conflict, Invalid
from moderation.actions import (
    call_hit_right,
    call_hit_wrong,
    change_automatic_rule,
    rehearse,
    start_automatic_rule,
    stop_automatic_rule,
    write_automatic_rule,
)
from moderation.models import AutomaticRule, Rehearsal, RuleHit
from moderation.policies import may_write_automatic_rules
from moderation.queries import (
    RuleRow,
    automatic_rule,
    automatic_rules,
    examples_of,
    hit_by_id,
    hits_of,
    sites_are_known,
)
from web.access import staff_required
from web.forms.automatic import FIELDS, AutomaticRuleForm
from web.fragments import wants_fragment
from web.views.moderation.frame import page_of, revision_read, staff_of, staff_page

_readers = staff_required(Permission.HANDLE_REPORTS)
_writers = staff_required(Permission.WRITE_AUTOMATIC_RULES)
_SECTION = "automatic"
_BAR_HEIGHT = 48  # of the highest one, in units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of a rehearsal as a bar: where it stands and how high it is, in units of the drawing."""

    day: str
    number: int
    x: int
    y: int
    height: int


@_readers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {"rows": automatic_rules(), "may_write": may_write_automatic_rules(staff_of(request))}
    return staff_page(request, "automatic.html", _SECTION, context)


@_writers
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


@_writers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, automatic_id: int) -> HttpResponse:
    return _form_page(request, automatic_rule(automatic_id).rule)


@_readers
@require_safe
@vary_on_headers("HX-Request")
def show(request: HttpRequest, automatic_id: int) -> HttpResponse:
    """The rule with its rehearsal and its hits; for htmx the rehearsal alone, while that is running."""
    row = automatic_rule(automatic_id)
    context = {
        "row": row,
        "rule": row.rule,
        "bars": _bars(row.rehearsal) if row.rehearsal else [],
        "examples": examples_of(row.rehearsal) if row.rehearsal else [],
        "may_write": may_write_automatic_rules(staff_of(request)),
        "waits_for_sites": row.rule.conditions.new_site_hours is not None and not sites_are_known(),
    }
    if wants_fragment(request):
        return _fragment(request, row, context)
    hits, next_url = page_of(request, hits_of(row.rule), settings.REPORTS_PAGE_SIZE)
    return staff_page(
        request, "automatic_rule.html", _SECTION, {**context, "hits": hits, "next_url": next_url}
    )


def _fragment(request: HttpRequest, row: RuleRow, context: dict[str, Any]) -> HttpResponse:
    """Once it is done there is more on the page that looks otherwise: the browser loads it anew."""
    answer = render(request, "web/moderation/_rehearsal.html", context)
    if not row.is_rehearsing:
        answer["HX-Refresh"] = "true"
    return answer


@_writers
@require_POST
def begin_rehearsal(request: HttpRequest, automatic_id: int) -> HttpResponse:
    rule = automatic_rule(automatic_id).rule
    rehearse(staff_of(request), rule)
    return redirect(f"{rule.path}#rehearsal")


@_writers
@require_POST
def start(request: HttpRequest, automatic_id: int) -> HttpResponse:
    rule = automatic_rule(automatic_id).rule
    try:
        start_automatic_rule(staff_of(request), rule)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Live. Everything is looked at from now on.")
    return redirect(rule.path)


@_writers
@require_POST
def stop(request: HttpRequest, automatic_id: int) -> HttpResponse:
    rule = automatic_rule(automatic_id).rule
    stop_automatic_rule(staff_of(request), rule)
    messages.success(request, "Off. What it caught stays as it is.")
    return redirect(rule.path)


@_readers
@require_POST
def decide(request: HttpRequest, hit_id: int) -> HttpResponse:
    """`decision` is right or wrong."""
    hit = hit_by_id(hit_id)
    try:
        said = _decided(request, hit)
    except Conflict as conflict:
        messages.error(request, conflict.message)
    else:
        messages.success(request, said)
    return redirect(hit.rule.path)


def _decided(request: HttpRequest, hit: RuleHit) -> str:
    """Does it, and says in a sentence what was done. Raises Conflict."""
    staff, revision = staff_of(request), revision_read(request)
    decision = request.POST.get("decision")
    if decision not in ("right", "wrong"):
        raise Invalid("Go back and choose: the rule was right, or it was wrong.")
    if decision == "right":
        call_hit_right(staff, hit, revision=revision)
        return "Noted: the rule was right here."
    if call_hit_wrong(staff, hit, revision=revision):
        return "Undone, and noted: the rule was wrong here."
    return "Noted: the rule was wrong here. The tweet stays held, because another rule holds it, too."


def _form_page(request: HttpRequest, rule: AutomaticRule | None) -> HttpResponse:
    form = AutomaticRuleForm(request.POST if request.method == "POST" else None, changed=rule)
    if form.is_valid() and (saved := _saved(request, form, rule)):
        return redirect(saved.path)
    context = {"form": form, "rule": rule}
    return staff_page(request, "automatic_form.html", _SECTION, context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: AutomaticRuleForm, rule: AutomaticRule | None) -> AutomaticRule | None:
    """None when the action refuses, which is said on the form."""
    try:
        if rule is None:
            saved = write_automatic_rule(staff_of(request), form.to_draft())
        else:
            saved = change_automatic_rule(staff_of(request), rule, form.to_draft())
    except Invalid as error:
        field = FIELDS.get(error.field or "", error.field)
        form.add_error(field if field in form.fields else None, error.message)
        return None
    messages.success(
        request,
        "Saved. It catches nothing until it is rehearsed and live." if not saved.is_live else "Saved.",
    )
    return saved


def _bars(rehearsal: Rehearsal) -> list[Bar]:
    highest = max(rehearsal.per_day.values(), default=0)
    bars = []
    for place, (day, number) in enumerate(rehearsal.days):
        height = max(round(_BAR_HEIGHT * number / highest), 2) if number else 0
        bars.append(Bar(f"{day:%-d %b}", number, place * 10, _BAR_HEIGHT - height, height))
    return bars
