"""Which apps act for the person, and letting one in no more."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from clients.actions import end_app_of
from clients.queries import apps_of
from clients.scopes import in_words
from common.paging import whole_id


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def app_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        end_app_of(user, whole_id(request.POST.get("app", "")) or 0)
        messages.success(request, "That app is logged out.")
        return redirect("settings_apps")
    context: dict[str, Any] = {
        "apps": [{"app": app, "wishes": in_words(app.scopes)} for app in apps_of(user)],
        "nav": "settings",
        "section": "apps",
    }
    return render(request, "web/settings/apps.html", context)
