"""Blocking whole servers, for oneself. Nobody is told."""

from django.conf import settings

from accounts.models import User
from common.errors import Invalid
from common.hosts import host_name
from relationships.models import BlockedDomain


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
    host = host_name(typed)
    if host is None:
        raise Invalid("This is no name of a server.", "domain")
    return host
