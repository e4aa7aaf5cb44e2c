"""How the server is called: as its owner named it in the browser, else SITE_NAME.

Every page says it, so each process remembers it until it may have changed (common/revision), and where nobody
can say that, for NAME_KEPT_SECONDS.
"""

import time

from django.conf import settings
from django.db import DatabaseError, transaction

from common import revision
from common.errors import Invalid
from common.models import Fact

NAME_KEPT_SECONDS = 30
MAX_LENGTH = 40  # characters

_KEY = "site_name"
_known, _asked_at = "", float("-inf")
_known_under: str | None = None


def site_name() -> str:
    """One query when it may have changed; while the database does not answer, what was known last."""
    global _known, _asked_at, _known_under
    sign = revision.current(revision.OFFERED)
    if sign != _known_under or time.monotonic() - _asked_at > NAME_KEPT_SECONDS:
        try:
            _known = Fact.objects.filter(key=_KEY).values_list("value", flat=True).first() or ""
        except DatabaseError:
            return known_site_name()
        _asked_at, _known_under = time.monotonic(), sign
    return known_site_name()


def known_site_name() -> str:
    """The same without asking; for pages that say that the database is away."""
    return _known or str(settings.SITE_NAME)


@transaction.atomic
def name_site(name: str) -> str:
    """Call the server so from now on; who may decide that is asked elsewhere. Returns the name as it is kept.

    Raises Invalid for nothing, and for more than MAX_LENGTH characters.
    """
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if not name or len(name) > MAX_LENGTH:
        raise Invalid(f"Give it a name of at most {MAX_LENGTH} characters.", "site_name")
    Fact.objects.update_or_create(key=_KEY, defaults={"value": name})
    transaction.on_commit(_renamed, robust=True)
    return name


def forget_name() -> None:
    """Ask anew at once, in this process."""
    global _known, _asked_at
    _known, _asked_at = "", float("-inf")


def _renamed() -> None:
    forget_name()
    revision.bump()
    revision.bump(revision.OFFERED)
