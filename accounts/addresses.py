"""Which e-mail addresses we take from people who join."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.errors import Invalid

_LIST = Path(__file__).with_name("disposable_domains.txt")
_MAX_LENGTH = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets


def check_address(email: str) -> str:
    """The address in lower case. Raises Invalid if it has no right form or is made to be thrown away."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(_complaint(email), "email") from None
    if len(email) > _MAX_LENGTH:
        raise Invalid(f"Use an address of at most {_MAX_LENGTH} characters.", "email")
    if is_disposable(email):
        raise Invalid("This is a throw-away address. Use one that still reaches you next year.", "email")
    return email


def is_disposable(email: str) -> bool:
    """Whether the domain, or one it belongs to, hands out addresses for minutes."""
    labels = email.rpartition("@")[2].lower().split(".")
    parents = {".".join(labels[start:]) for start in range(len(labels) - 1)}
    return not parents.isdisjoint(_domains(settings.DISPOSABLE_EMAIL_DOMAINS))


def _complaint(email: str) -> str:
    name, at, domain = email.rpartition("@")
    if not at:
        return "An e-mail address has an @ in the middle."
    if name and domain and "." not in domain:
        return "This address is missing its ending, such as .org"
    return "This is not an e-mail address. Write it like name@example.org."


@cache
def _domains(local_changes: str) -> frozenset[str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    listed = {line.strip() for line in lines if line and not line.startswith("#")}
    changes = local_changes.lower().replace(",", " ").split()
    allowed = {change[1:] for change in changes if change.startswith("-")}
    return frozenset((listed | {change for change in changes if change[0] != "-"}) - allowed)
