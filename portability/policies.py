"""Who may have an archive, and fetch it."""

from accounts.models import User
from portability.models import Export


def may_export(person: User) -> bool:
    """Everybody who is here: who is frozen, too, for these are their own words."""
    return person.is_local and person.is_active


def may_fetch(person: User, export: Export) -> bool:
    return may_export(person) and export.owner_id == person.pk and export.is_open
