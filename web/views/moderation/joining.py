"""Who may join: those who wait for a yes, the policy, invites of everybody, and what is turned away."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from common.errors import Invalid
from common.paging import whole_id
from joining.actions import add_block, approve, end_invite, refuse, remove_block, set_policy
from joining.queries import block_by_id, blocks, open_invites, policy, request_by_id, waiting
from web.access import prove_again, staff_required
from web.forms.deciding import BlockForm, DecisionForm, PolicyForm
from web.views.moderation.frame import staff_of, staff_page

_deciders = staff_required(Permission.DECIDE_JOINING)


@_deciders
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Who waits, the longest first."""
    rows = list(waiting()[: settings.JOIN_REQUESTS_SHOWN])
    return _page(request, "joining", {"rows": rows, "now": policy(), "decision": DecisionForm()})


@_deciders
@require_POST
def decide(request: HttpRequest, request_id: int) -> HttpResponse:
    """`decision` is in or away."""
    asked, form = request_by_id(request_id), DecisionForm(request.POST)
    if not form.is_valid():
        raise Invalid("That is too long. Go back and say it in fewer words.")
    decision = request.POST.get("decision")
    if decision not in ("in", "away"):
        raise Invalid("Go back and choose: let them in, or turn them away.")
    if decision == "in":
        is_done, done = approve(staff_of(request), asked), "is in"
    else:
        is_done, done = refuse(staff_of(request), asked, form.cleaned_data["words"]), "was turned away"
    if is_done:
        messages.success(request, f"{asked.user.handle} {done}.")
    else:
        messages.info(request, f"Somebody decided about {asked.user.handle} already.")
    return redirect("staff_joining")


@_deciders
@require_http_methods(["GET", "HEAD", "POST"])
def edit_policy(request: HttpRequest) -> HttpResponse:
    form = PolicyForm(request.POST if request.method == "POST" else None, instance=policy())
    if form.is_valid():
        prove_again(request)
        try:
            set_policy(staff_of(request), form.instance)
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        else:
            messages.success(request, "Saved. It counts from now on.")
            return redirect("joining_policy")
    return _page(request, "joining_policy", {"form": form}, 422 if form.errors else 200)


@_deciders
@require_http_methods(["GET", "HEAD", "POST"])
def invites(request: HttpRequest) -> HttpResponse:
    """Of everybody; a POST ends one."""
    if request.method == "POST":
        end_invite(staff_of(request), whole_id(request.POST.get("end", "")) or 0)
        messages.success(request, "That invite lets nobody in any more.")
        return redirect("staff_invites")
    return _page(request, "joining_invites", {"invites": list(open_invites()[: settings.INVITES_SHOWN])})


@_deciders
@require_http_methods(["GET", "HEAD", "POST"])
def turned_away(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "remove" in request.POST:
        remove_block(staff_of(request), block_by_id(whole_id(request.POST["remove"]) or 0))
        messages.success(request, "That is turned away no more.")
        return redirect("join_blocks")
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_block(staff_of(request), form.instance)
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        else:
            messages.success(request, f"{form.instance.value} is turned away from now on.")
            return redirect("join_blocks")
    return _page(request, "join_blocks", {"form": form, "rows": list(blocks())}, 422 if form.errors else 200)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return staff_page(request, f"{template}.html", "joining", {**context, "place": template}, status=status)
