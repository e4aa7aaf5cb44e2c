"""Appeals that wait, and deciding them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from common.errors import Invalid
from moderation.actions import grant_appeal, refuse_appeal
from moderation.policies import may_decide_appeal
from moderation.queries import appeals_waiting, measure_by_id
from web.access import staff_required
from web.forms.moderation import AnswerForm
from web.views.moderation.frame import staff_of, staff_page

_deciders = staff_required(Permission.DECIDE_APPEALS)


@_deciders
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    rows = [
        (row, AnswerForm(prefix=f"m{row.pk}"), may_decide_appeal(staff, row)) for row in appeals_waiting()
    ]
    return staff_page(request, "appeals.html", "appeals", {"rows": rows})


@_deciders
@require_POST
def decide(request: HttpRequest, measure_id: int) -> HttpResponse:
    """`decision` is lift or stay."""
    measure = measure_by_id(measure_id)
    answer, decision = request.POST.get(f"m{measure_id}-answer", ""), request.POST.get("decision")
    if decision not in ("lift", "stay"):
        raise Invalid("Go back and choose: lift it, or it stays.")
    if decision == "lift":
        grant_appeal(staff_of(request), measure, answer)
        messages.success(request, f"Lifted. {measure.person.handle} is told.")
    else:
        refuse_appeal(staff_of(request), measure, answer)
        messages.success(request, f"It stays. {measure.person.handle} is told.")
    return redirect("staff_appeals")
