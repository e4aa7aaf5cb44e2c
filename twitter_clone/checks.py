"""What `manage.py check --deploy`, and `migrate`, say beyond Django's own words."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connections

COMPILES = (
    "PostgreSQL compiles queries before it runs them (jit), and ours are over sooner than that. No session"
    " behind a pooler can be told otherwise: say once on the server ALTER ROLE our_user SET jit = off."
)
NOBODY_CAN_JOIN = "Nobody can join until EMAIL_HOST is set: mails stay here as files."


def lacks_mail() -> bool:
    """Whether people outside this machine are invited and no mail can reach them."""
    return not settings.SITE_IS_LOCAL and not settings.EMAIL_HOST


@register(Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public address without a mail server."""
    return [checks.Warning(NOBODY_CAN_JOIN, id="twitter_clone.W001")] if lacks_mail() else []


@register(Tags.database)
def check_jit(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A server that compiles what it does not pay to compile; `migrate` asks, which has a database anyway."""
    return [
        checks.Warning(COMPILES, id="twitter_clone.W002", obj=f"Database {alias}")
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and _compiles(alias)
    ]


def _compiles(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW jit")
        return str(cursor.fetchone()[0]) == "on"
