"""Of which strangers one wants to hear."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from notifications.actions import set_policy
from notifications.queries import policy_of, requests_count
from web.forms.notifications import PolicyForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notification_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    policy = policy_of(user)
    form = PolicyForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(policy, name) for name in PolicyForm.base_fields},
    )
    if form.is_valid():
        set_policy(user, form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("settings_notifications")
    context = {"form": form, "waiting": requests_count(user), "nav": "settings", "section": "notifications"}
    return render(request, "web/settings/notifications.html", context, status=422 if form.errors else 200)
