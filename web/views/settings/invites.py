"""Links by which others may join: a new one, those one made, who came by them, ending one."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.errors import Invalid
from common.paging import whole_id
from joining.actions import end_invite, make_invite
from joining.policies import may_invite
from joining.queries import invites_of, policy
from web.forms.joining import InviteForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST" and "end" in request.POST:
        end_invite(user, whole_id(request.POST["end"]) or 0)
        messages.success(request, "That invite lets nobody in any more.")
        return redirect("settings_invites")
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            make_invite(user, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        else:
            messages.success(request, "The invite is ready. Copy its link and send it to whom you like.")
            return redirect("settings_invites")
    return _page(request, user, form)


def _page(request: HttpRequest, user: User, form: InviteForm) -> HttpResponse:
    now = timezone.now()
    context = {
        "form": form,
        "may_invite": may_invite(user, policy()),
        "rows": [
            {"invite": invite, "works": invite.works_at(now), "guests": list(invite.guests.all())}
            for invite in invites_of(user)[: settings.INVITES_SHOWN]
        ],
        "nav": "settings",
        "section": "invites",
    }
    return render(request, "web/settings/invites.html", context, status=422 if form.errors else 200)
