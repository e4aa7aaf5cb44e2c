"""What the frame of every page needs, beside what the view gives."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User
from notifications.queries import MOST_COUNTED, unread_count
from web.fragments import wants_fragment
from web.side import side_column

THEMES = ("system", "light", "dark", "dim", "contrast")


def frame(request: HttpRequest) -> dict[str, Any]:
    user: User | AnonymousUser | None = getattr(request, "user", None)  # none before the session is read
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "site_host": settings.SITE_HOST,
        "theme": theme_of(request),
        "unverified": isinstance(user, User) and not user.may_write,
        "admin_path": f"/{settings.ADMIN_PATH}/",
        "unread": _unread(request, user),
        "side": side_column,  # a callable: templates without a side column do not pay for it
    }


def _unread(request: HttpRequest, user: User | AnonymousUser | None) -> str:
    """The number on the bell, of whole pages only: a fragment has no frame."""
    if not isinstance(user, User) or not hasattr(request, "htmx") or wants_fragment(request):
        return ""
    if request.path.startswith(f"/{settings.ADMIN_PATH}/"):  # a frame of its own, without a bell
        return ""
    number = unread_count(user)
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number or "")


def theme_of(request: HttpRequest) -> str:
    """The reader's choice, from its cookie; anything unknown is the system's own."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else "system"
