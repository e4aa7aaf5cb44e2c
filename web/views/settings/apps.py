"""Which apps act for the person, letting one in no more, and a token for one of one's own."""

from typing import Any, cast

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from clients.actions import end_app_of, make_token
from clients.queries import apps_of
from clients.scopes import in_words
from common.errors import Invalid
from common.paging import whole_id
from web.access import has_proved
from web.forms.apps import TokenForm
from web.pace import paced


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


@never_cache
@login_required
@paced("apps")
@require_http_methods(["GET", "HEAD", "POST"])
def create_token(request: HttpRequest) -> HttpResponse:
    """The key is shown once, in the answer itself."""
    if not has_proved(request, within_hours=settings.OAUTH_PROOF_HOURS):
        raise ReauthenticationRequired  # whoever finds an open browser makes no token that outlives it
    form = TokenForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "nav": "settings", "section": "apps"}
    if form.is_valid():
        try:
            context["key"] = make_token(cast(User, request.user), form.cleaned_data["name"], form.wanted)
        except Invalid as error:
            form.add_error("name", error.message)
    status = 422 if form.errors else 200
    return render(request, "web/settings/app_token.html", context, status=status)
