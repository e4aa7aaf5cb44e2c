"""Theme and shortcuts: cookies of the browser, so that the first paint is right, also for visitors."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Invalid
from web.context import THEMES

_YEAR_SECONDS = 60 * 60 * 24 * 365


@require_http_methods(["GET", "HEAD", "POST"])
def appearance_settings(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        context = {"themes": THEMES, "nav": "settings", "section": "appearance"}
        return render(request, "web/settings/appearance.html", context)
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise Invalid("There is no such theme. Go back and choose one of the five.")
    keys = request.POST.get("keys", "")
    if keys not in ("", "on", "off"):
        raise Invalid("Shortcuts are on or off. Go back and choose one of the two.")
    response = redirect("settings_appearance")
    _keep(response, "theme", theme)
    if keys:
        _keep(response, "keys", keys)
    messages.success(request, "Saved for this browser.")
    return response


def _keep(response: HttpResponse, name: str, choice: str) -> None:
    response.set_cookie(
        name,
        choice,
        max_age=_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
