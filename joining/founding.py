"""The first run: making the owner, naming the server, choosing whom it is for.

Whoever comes first to a new server could make it theirs. So it takes a code that only the start of the server
shows to whoever started it; of the code a checksum is kept, the newest alone counts, and it works once.
"""

import secrets
from hmac import compare_digest

from django.db import models, transaction

from accounts.actions import confirm_email, register_user
from accounts.models import User
from audit.actions import Subject, record
from audit.deeds import Deed
from clients.keys import checksum_of
from common.errors import Invalid, NotFound
from common.models import Fact
from common.naming import name_site
from joining.actions import set_policy
from joining.models import JoiningPolicy

_KEY = "setup_code"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
_GROUPS, _GROUP = 4, 4  # 79 bits


class Purpose(models.TextChoices):
    """Whom the server is for: what is set by it can all be changed later."""

    OPEN = "open", "Open: whoever likes may join"
    COMMUNITY = "community", "Community: you look at each request, and members invite"
    COMPANY = "company", "Company or class: only by your invite"
    PERSONAL = "personal", "Personal: for you alone"


_MODES = {
    Purpose.OPEN: (JoiningPolicy.Mode.OPEN, False),
    Purpose.COMMUNITY: (JoiningPolicy.Mode.APPROVAL, True),
    Purpose.COMPANY: (JoiningPolicy.Mode.INVITE, False),
    Purpose.PERSONAL: (JoiningPolicy.Mode.CLOSED, False),
}


def has_owner() -> bool:
    """Whether the first run is over, also when the owner is suspended or leaving. One query."""
    return User.objects.filter(is_superuser=True).exists()


@transaction.atomic
def make_setup_code() -> str:
    """A new code, for whoever started the server; a former one is worth nothing from now on.

    Raises NotFound when there is an owner.
    """
    if has_owner():
        raise NotFound("This server has an owner already.")
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    Fact.objects.update_or_create(key=_KEY, defaults={"value": checksum_of(_tidy(code))})
    return code


@transaction.atomic
def found_server(
    code: str, *, username: str, email: str, password: str, site_name: str, purpose: str
) -> User:
    """The owner, whose address counts as proved, for there may be no mail yet. Once, and with the code only.

    Raises NotFound when there is an owner, Invalid with the field to blame.
    """
    kept = Fact.objects.select_for_update().filter(key=_KEY).first()
    if has_owner():
        raise NotFound("This server has an owner already.")
    if kept is None or not compare_digest(kept.value, checksum_of(_tidy(code))):
        raise Invalid("This is not the code that the server showed when it was started last.", "code")
    if purpose not in Purpose.values:
        raise Invalid("Choose whom the server is for.", "purpose")
    owner = register_user(username, email, password, staff=True)
    confirm_email(owner)
    name = name_site(site_name)
    mode, people_invite = _MODES[Purpose(purpose)]
    set_policy(owner, JoiningPolicy(mode=mode, people_invite=people_invite))
    record(owner, Deed.CHANGE_SERVER, Subject("server", 1, name), {}, {"name": name, "for": purpose})
    kept.delete()
    return owner


def _tidy(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())[:100]
