"""Who may follow, who sees the lists; whom one blocked and muted."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.actions import update_privacy
from accounts.models import User
from relationships.queries import blocked_by, muted_by, requests_to
from web.forms.people import PrivacyForm
from web.fragments import wants_fragment
from web.people import people_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    now = {name: getattr(user, name) for name in PrivacyForm.base_fields}
    form = PrivacyForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        update_privacy(user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("settings_privacy")
    context = {"form": form, "waiting": requests_to(user).count(), "nav": "settings", "section": "privacy"}
    return render(request, "web/settings/privacy.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def blocked_people(request: HttpRequest) -> HttpResponse:
    return _people(request, blocked_by(cast(User, request.user)), "blocked")


@login_required
@require_safe
@vary_on_headers("HX-Request")
def muted_people(request: HttpRequest) -> HttpResponse:
    return _people(request, muted_by(cast(User, request.user)), "muted")


def _people(request: HttpRequest, rows: QuerySet[Any, Any], whom: str) -> HttpResponse:
    page = people_page(request, rows, whom)
    template = f"web/settings/_{whom}.html" if wants_fragment(request) else f"web/settings/{whom}.html"
    return render(request, template, {"page": page, "nav": "settings", "section": whom})
