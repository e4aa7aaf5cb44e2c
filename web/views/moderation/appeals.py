"""Appeals that wait, and deciding them."""

from collections.abc import Mapping
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from common.errors import Invalid
from moderation.actions import grant_appeal, refuse_appeal
from moderation.models import Measure
from moderation.policies import may_decide_appeal
from moderation.queries import appeals_waiting, measure_by_id
from web.access import staff_required
from web.forms.moderation import AnswerForm
from web.views.moderation.frame import staff_of, staff_page

_deciders = staff_required(Permission.DECIDE_APPEALS)


@_deciders
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    return _page(request)


@_deciders
@require_POST
def decide(request: HttpRequest, measure_id: int) -> HttpResponse:
    """`decision` is lift or stay. An answer that cannot be taken stays in its form, which says why."""
    measure = measure_by_id(measure_id)
    decision = request.POST.get("decision")
    if decision not in ("lift", "stay"):
        raise Invalid("Go back and choose: lift it, or it stays.")
    form = AnswerForm(request.POST, prefix=_prefix(measure))
    if not form.is_valid():
        return _page(request, {measure.pk: form}, 422)
    answer = form.cleaned_data["answer"]
    if decision == "lift":
        grant_appeal(staff_of(request), measure, answer)
        messages.success(request, f"Lifted. {measure.person.handle} is told.")
    else:
        refuse_appeal(staff_of(request), measure, answer)
        messages.success(request, f"It stays. {measure.person.handle} is told.")
    return redirect("staff_appeals")


def _page(
    request: HttpRequest, begun: Mapping[int, AnswerForm] = MappingProxyType({}), status: int = 200
) -> HttpResponse:
    """`begun`: by the id of their measure, forms that somebody filled in already."""
    staff = staff_of(request)
    rows = [
        (row, begun.get(row.pk) or AnswerForm(prefix=_prefix(row)), may_decide_appeal(staff, row))
        for row in appeals_waiting()
    ]
    return staff_page(request, "appeals.html", "appeals", {"rows": rows}, status=status)


def _prefix(measure: Measure) -> str:
    return f"m{measure.pk}"
