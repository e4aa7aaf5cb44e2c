"""What the frame of every page needs, beside what the view gives."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from common.counting import CountOf
from common.naming import site_name
from common.prepared import Prepared
from conversations.queries import unread as unread_conversations
from joining.queries import waiting_of
from notifications.queries import unread as unread_notifications
from server.queries import current_announcements
from server.queries import unread as unread_announcements
from web.fragments import wants_fragment
from web.side import side_column, strangers_of

_MOST_COUNTED = 100  # a badge says 99+ beyond that
THEMES = ("system", "light", "dark", "dim", "contrast")


def frame(request: HttpRequest) -> dict[str, Any]:
    user: User | AnonymousUser | None = getattr(request, "user", None)  # none before the session is read
    return {
        "site_name": site_name(),
        "site_url": settings.SITE_URL,
        "site_host": settings.SITE_HOST,
        "theme": theme_of(request),
        "keys_off": request.COOKIES.get("keys") == "off",
        "waits": lambda: isinstance(user, User) and waiting_of(user) is not None,
        "unverified": isinstance(user, User)
        and not user.may_write,  # may not write, for one reason or the other
        "admin_path": f"/{settings.ADMIN_PATH}/",
        "live_sockets": settings.LIVE_SOCKETS,
        "live_poll": settings.LIVE_POLL_SECONDS,
        **_unread(request, user),
        "side": side_column,  # callables: templates without a side column do not pay for it
        "strangers": lambda: strangers_of(request),
    }


def _unread(request: HttpRequest, user: User | AnonymousUser | None) -> dict[str, Any]:
    """The numbers on the bell, on Messages and in the title, of whole pages only: a fragment has no frame."""
    if not isinstance(user, User) or not hasattr(request, "htmx") or wants_fragment(request):
        return {}
    if request.path.startswith(f"/{settings.ADMIN_PATH}/"):  # a frame of its own, without a bell
        return {}
    badges, announced = _unread_of(user.pk)
    # Announcements are rare, so they are only asked for when the count says that one was not read yet.
    return badges | ({"announcements": lambda: current_announcements(user)} if announced else {})


def unread_badges(user_id: int) -> dict[str, str]:
    """What stands on the bell, on Messages and in the title; "" for nothing. One query."""
    return _unread_of(user_id)[0]


def _unread_of(user_id: int) -> tuple[dict[str, Any], int]:
    """The badges, and how many announcements were not read. One query."""
    found = _WAITING.rows(user_id=user_id, moment=timezone.now())
    notices, messages, announced = found[0] if found else (0, 0, 0)
    badges = {
        "unread": _badge(notices),
        "unread_messages": _badge(messages),
        "unread_all": _badge(notices + messages),
    }
    return badges, announced


def _waiting(user_id: int, moment: datetime) -> QuerySet[User, tuple[int, ...]]:
    """How many notifications, conversations and announcements wait, in one query."""
    user = cast(User, SimpleNamespace(pk=user_id))  # the rules want to know no more; every page asks them
    waiting = (
        unread_notifications(user, moment),
        unread_conversations(user, moment),
        unread_announcements(user, moment),
    )
    counts = [CountOf(rows.values("pk")[:_MOST_COUNTED]) for rows in waiting]
    return User.objects.filter(pk=user_id).values_list(*counts)


_WAITING = Prepared(_waiting)


def _badge(number: int) -> str:
    return f"{_MOST_COUNTED - 1}+" if number >= _MOST_COUNTED else str(number or "")


def theme_of(request: HttpRequest) -> str:
    """The reader's choice, from its cookie; anything unknown is the system's own."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else "system"
