"""Where one is logged in, and ending it there."""

import re
from typing import Any, cast

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import FORGOTTEN
from accounts.models import User
from accounts.queries import open_sessions

_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method != "POST":
        rows = [_row(session, request) for session in open_sessions(user)]
        rows.sort(key=lambda row: (not row["is_current"], -row["seen"].timestamp()))
        context = {
            "sessions": rows,
            "address_days": settings.IP_ADDRESSES_KEPT_DAYS,
            "nav": "settings",
            "section": "sessions",
        }
        return render(request, "web/settings/sessions.html", context)
    if "others" in request.POST:
        end_other_sessions(request, user)
        messages.success(request, "You are logged out everywhere else.")
    else:
        _revoke(request, user)
    return redirect("settings_sessions")


def _revoke(request: HttpRequest, user: User) -> None:
    wanted = request.POST.get("session", "")
    chosen = [session for session in open_sessions(user) if str(session.pk) == wanted]
    end_sessions(request, chosen)
    if chosen and request.user.is_authenticated:
        messages.success(request, "That device is logged out.")


def _row(session: UserSession, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": session.pk,
        "ip": "" if session.ip == FORGOTTEN else session.ip,
        "browser": browser_name(session.user_agent),
        "when": session.created_at,
        "seen": session.last_seen_at,
        "is_current": session.session_key == request.session.session_key,
    }


def browser_name(user_agent: str) -> str:
    """A few words a person recognises; what we do not know is shown as the browser calls itself."""
    browser = next((name for name, pattern in _BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for name, pattern in _SYSTEMS if re.search(pattern, user_agent)), "")
    return " on ".join(filter(None, (browser, system))) or user_agent[:40] or "Unknown browser"
