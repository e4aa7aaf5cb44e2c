"""Blocking whole servers, for oneself. Nobody is told."""

import re

from django.conf import settings

from accounts.models import User
from common.errors import Invalid
from relationships.models import BlockedDomain

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


def block_domain(owner: User, domain: str) -> None:
    """Keep the server from this person; twice is harmless.

    Raises Invalid for what is no host name, for this very server, and beyond BLOCKED_DOMAINS_MAX.
    """
    host = _host(domain)
    if host == settings.SITE_HOST:
        raise Invalid("This is the server you are on.", "domain")
    mine = BlockedDomain.objects.filter(owner=owner)
    if not mine.filter(domain=host).exists() and mine.count() >= settings.BLOCKED_DOMAINS_MAX:
        raise Invalid(f"You block {settings.BLOCKED_DOMAINS_MAX} servers already.", "domain")
    BlockedDomain.objects.get_or_create(owner=owner, domain=host)


def unblock_domain(owner: User, domain: str) -> None:
    """Twice is harmless. Raises Invalid for what is no host name."""
    BlockedDomain.objects.filter(owner=owner, domain=_host(domain)).delete()


def _host(typed: str) -> str:
    """As servers are called, however it was typed: bücher.example is xn--bcher-kva.example."""
    try:
        host = typed.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise Invalid("This is no name of a server.", "domain")
    return host
