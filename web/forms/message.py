"""To whom a message goes: names as people type them."""

import re
from dataclasses import dataclass, field

from django.conf import settings

from accounts.models import User
from accounts.queries import reachable_named

_BETWEEN = re.compile(r"[\s,;]+")
_MOST_NAMES = 100  # that are looked up; more is no list of people


@dataclass(slots=True)
class Addressed:
    """The people a field of names means, and a sentence for each name that nobody has."""

    people: list[User] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(person.pk for person in self.people)


def addressed_in(text: str, author: User) -> Addressed:
    """Names between spaces, commas or lines, with or without @; the author's own means nobody. One query."""
    home = f"@{settings.SITE_HOST}".lower()
    typed = _BETWEEN.split(text.replace("\0", ""))  # PostgreSQL fails on NUL
    words = (word.removeprefix("@").lower().removesuffix(home) for word in typed)
    names = list(dict.fromkeys(word for word in words if word))[:_MOST_NAMES]
    found = {person.username.lower(): person for person in reachable_named(names)}
    return Addressed(
        people=[found[name] for name in names if name in found and found[name] != author],
        errors=[f"There is nobody called @{name[:30]} to write to." for name in names if name not in found],
    )
