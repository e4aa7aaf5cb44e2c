"""The mailbox of a trial server: mails that would have been sent, for whoever sits at this machine."""

import email
import email.policy
import ipaddress
import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_KEPT = timedelta(days=1)
_SHOWN = 50  # mails
_SEPARATOR = re.compile(
    rb"^-{79}\n", re.MULTILINE
)  # django.core.mail.backends.console, which writes the files
_LINK = re.compile(r"https?://[^\s<>\"']+")


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Newest first, only the last day, only on a trial server, only for requests from this machine."""
    if not mailbox_path(request):
        raise Http404
    return render(request, "web/mailbox.html", {"mails": recent_mails()})


def mailbox_path(request: HttpRequest) -> str:
    """Where this visitor finds the mailbox; empty when it is not for them."""
    return reverse("mailbox") if settings.TRIAL_MAILBOX and _is_from_here(request) else ""


def recent_mails() -> list[dict[str, Any]]:
    """What the file mail backend wrote within a day: to, subject, when, text_html."""
    oldest = timezone.now() - _KEPT
    mails = [_shown(message) for file in _files(oldest) for message in _messages(file)]
    mails = [mail for mail in mails if mail["when"] >= oldest]
    return sorted(mails, key=lambda mail: mail["when"], reverse=True)[:_SHOWN]


def _is_from_here(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _files(oldest: datetime) -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    recent = [file for file in folder.glob("*.log") if file.stat().st_mtime >= oldest.timestamp()]
    return sorted(recent, key=lambda file: file.stat().st_mtime)[-_SHOWN:]


def _messages(file: Path) -> list[EmailMessage]:
    parts = [part.strip() for part in _SEPARATOR.split(file.read_bytes())]
    return [email.message_from_bytes(part, policy=email.policy.default) for part in parts if part]


def _shown(message: EmailMessage) -> dict[str, Any]:
    body = message.get_body(("plain",))
    when = parsedate_to_datetime(message["Date"]) if message["Date"] else timezone.now()
    return {
        "to": message["To"] or "",
        "subject": message["Subject"] or "(no subject)",
        "when": when if when.tzinfo else when.replace(tzinfo=UTC),
        "text_html": _with_links(body.get_content() if body else ""),
    }


def _with_links(text: str) -> SafeString:
    """Escaped text; only addresses of this very site become links."""
    parts: list[str] = []
    done = 0
    for found in _LINK.finditer(text):
        address = found.group()
        shown: str = escape(address)
        if address.startswith(settings.SITE_URL + "/"):
            shown = f'<a href="{escape(address.removeprefix(settings.SITE_URL))}">{shown}</a>'
        parts += [escape(text[done : found.start()]), shown]
        done = found.end()
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts).strip().replace("\n", "<br>"))  # noqa: S308  every part is escaped above
